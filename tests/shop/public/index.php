<?php

declare(strict_types=1);

namespace Piala;

use Piala\Http\Request;
use Piala\Http\Response;

// The front controller. Under nginx only addresses without a file come here; PHP's own server sends everything,
// and "return false" tells it to serve the file itself.
if (PHP_SAPI === 'cli-server' && is_file(__DIR__ . parse_url((string) $_SERVER['REQUEST_URI'], PHP_URL_PATH))) {
    return false;
}

require dirname(__DIR__) . '/src/autoload.php';

ini_set('display_errors', '0');

$app = null;
try {
    $app = new App(Config::fromEnvironment());
    $response = $app->handle(Request::current());
} catch (\Throwable $problem) {
    error_log($problem::class . ": {$problem->getMessage()} at {$problem->getFile()}:{$problem->getLine()}");
    $response = new Response(
        '<!DOCTYPE html><html lang="ru"><meta charset="utf-8"><title>Ошибка</title>'
        . '<link rel="stylesheet" href="/assets/shop.css"><main class="wrap message"><h1>Что-то сломалось</h1>'
        . '<p>Мы уже знаем. Попробуйте через минуту.</p></main></html>',
        500,
    );
}
$response->send();

if ($app !== null) {
    Integration\Wiring::afterResponse($app);
}
