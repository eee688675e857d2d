<?php

/** Stands in for Telegram: prints its port, then every request as a line of JSON. Knows one chat, -100500. */

declare(strict_types=1);

use Orderbridge\Tests\Support\HttpServer;

require __DIR__ . '/../bootstrap.php';

(new HttpServer())->serve(static function (string $method, string $path, array $headers, string $body): string {
    fwrite(STDOUT, json_encode(['path' => $path, 'body' => $body], JSON_UNESCAPED_SLASHES) . "\n");
    parse_str($body, $form);
    [$status, $answer] = ($form['chat_id'] ?? '') === '-100500'
        ? ['200 OK', ['ok' => true, 'result' => ['message_id' => 1]]]
        : ['400 Bad Request', ['ok' => false, 'error_code' => 400, 'description' => 'Bad Request: chat not found']];
    $json = json_encode($answer);

    return "HTTP/1.1 $status\r\nContent-Type: application/json\r\nContent-Length: " . strlen($json) . "\r\n\r\n$json";
});
