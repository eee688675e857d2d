<?php

/** A shop's door for the companion, on a port of its own: the bridge's endpoint over the database that is named. */

declare(strict_types=1);

use Orderbridge\Bridge;
use Orderbridge\Options;
use Orderbridge\Tests\Support\HttpServer;
use Orderbridge\Tests\Support\ScriptedEngine;
use Orderbridge\Tests\Support\TableShop;

require __DIR__ . '/../bootstrap.php';

$prefix = $argv[4];
$database = Orderbridge\Shop\PdoDatabase::connect($argv[1], $argv[2], $argv[3]);
$bridge = new Bridge(new TableShop($database, $prefix), new Options(
    prefix: $prefix . 'ob_',
    engine: new ScriptedEngine(),
    selfTest: false,
));
(new HttpServer())->serve(static function (string $method, string $path, array $headers, string $body) use ($bridge) {
    $bridge->settings()->refresh();
    $answer = $bridge->endpoint()->handle($method, [], $headers, $body);

    return HttpServer::answer($answer->body, $answer->status);
});
