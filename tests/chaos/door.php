<?php

/** The shop's door for the portal, behind PHP's own server. */

declare(strict_types=1);

use Chaos\Site;

require __DIR__ . '/lib/autoload.php';

ini_set('display_errors', 'stderr');
$answer = (new Site())->bridge->endpoint()->handle(
    $_SERVER['REQUEST_METHOD'],
    $_GET,
    [],
    (string) file_get_contents('php://input'),
);
http_response_code($answer->status);
echo $answer->body;
