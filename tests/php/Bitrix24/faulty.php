<?php

/**
 * A portal that misbehaves in the way the method's name says. GET /seen tells what has come: requests by method, and
 * the number of connections. With arguments `certificate key` it speaks TLS.
 */

declare(strict_types=1);

use Orderbridge\Tests\Support\HttpServer;

require __DIR__ . '/../bootstrap.php';

$server = new HttpServer();
$seen = [];
$last = [];
$handle = static function (string $method, string $path, array $headers, string $body) use ($server, &$seen, &$last) {
    if ($path === '/seen') {
        return HttpServer::answer((string) json_encode([
            'methods' => $seen, 'connections' => $server->connections, 'last' => $last,
        ]));
    }
    $name = basename($path, '.json');
    $seen[$name] = ($seen[$name] ?? 0) + 1;
    $last = ['method' => $method, 'path' => $path, 'headers' => $headers, 'body' => $body];
    $page = '{"result":"' . str_repeat('a', 100_000) . '"}';

    return match ($name) {
        'echo' => HttpServer::answer($body),
        'hang' => null,
        'cut' => [''],
        'half' => ["HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" . '{"result":'],
        'status' => HttpServer::answer(
            '{"error":"QUERY_LIMIT_EXCEEDED"}',
            503,
            "Retry-After: 7\r\nSet-Cookie: a=b\r\n",
        ),
        'redirect' => HttpServer::answer('', 302, 'Location: /rest/1/abcdef0123456789/echo.json' . "\r\n"),
        'gzip' => HttpServer::answer((string) gzencode($page), 200, "Content-Encoding: gzip\r\n"),
        'bomb' => HttpServer::answer(
            (string) gzencode(str_repeat('a', 30_000_000), 9),
            200,
            "Content-Encoding: gzip\r\n",
        ),
        'spoilt' => HttpServer::answer('this is not gzip', 200, "Content-Encoding: gzip\r\n"),
        'huge' => HttpServer::answer(str_repeat('a', 2_000_000)),
        'html' => HttpServer::answer('<h1>502</h1>', 502),
        'cp1251' => HttpServer::answer("\xCE\xF8\xE8\xE1\xEA\xE0", 500),
        'garbage' => ["SSH-2.0-OpenSSH_9.2\r\n"],
        'headers' => HttpServer::answer('{}', 200, str_repeat("X-Much: abc\r\n", 10) . 'X-Long: '
            . str_repeat('b', 5000) . "\r\n"),
        default => HttpServer::answer('{}', 404),
    };
};
$context = ($argv[1] ?? '') === '' ? null : stream_context_create([
    'ssl' => ['local_cert' => $argv[1], 'local_pk' => $argv[2]],
]);

$server->serve($handle, $context);
