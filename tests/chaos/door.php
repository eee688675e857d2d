<?php

/** The shop's door for the portal, behind PHP's own server. */

declare(strict_types=1);

use Chaos\Site;

require __DIR__ . '/lib/autoload.php';

ini_set('display_errors', 'stderr');
$names = array_filter(array_keys($_SERVER), static fn (string $name): bool => str_starts_with($name, 'HTTP_'));
$answer = (new Site())->bridge->endpoint()->handle(
    $_SERVER['REQUEST_METHOD'],
    $_GET,
    array_combine(
        array_map(static fn (string $name): string => strtr(strtolower(substr($name, 5)), '_', '-'), $names),
        array_map(static fn (string $name): string => (string) $_SERVER[$name], $names),
    ),
    (string) file_get_contents('php://input'),
);
http_response_code($answer->status);
echo $answer->body;
