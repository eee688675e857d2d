<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Support;

use function array_map;
use function explode;
use function fclose;
use function feof;
use function fread;
use function fwrite;
use function is_array;
use function stream_select;
use function stream_set_blocking;
use function stream_socket_accept;
use function stream_socket_get_name;
use function stream_socket_server;
use function strlen;
use function strpos;
use function strtolower;
use function substr;
use function trim;

/**
 * A small HTTP/1.1 server with connections that stay open, for tests that need a real socket at the other end. It
 * prints its port when it listens, so nobody has to wait by guessing.
 */
final class HttpServer
{
    /** @var array<int, resource> */
    private array $clients = [];
    /** @var array<int, string> */
    private array $buffers = [];
    public int $connections = 0;

    /**
     * @param callable(string $method, string $path, array<string, string> $headers, string $body): mixed $handle
     *     answers the bytes to send; in an array: closes the connection after them; null: never answers
     * @param resource|null $context
     */
    public function serve(callable $handle, mixed $context = null): void
    {
        $context ??= stream_context_create();
        $server = stream_socket_server(
            'tcp://127.0.0.1:0',
            $number,
            $text,
            STREAM_SERVER_BIND | STREAM_SERVER_LISTEN,
            $context,
        );
        $tls = isset(stream_context_get_options($context)['ssl']);
        fwrite(STDOUT, explode(':', stream_socket_get_name($server, false))[1] . "\n");
        while (true) {
            $read = [$server, ...$this->clients];
            $write = $except = null;
            stream_select($read, $write, $except, null);
            foreach ($read as $ready) {
                if ($ready === $server) {
                    $this->accept($server, $tls);
                } else {
                    $this->receive($ready, $handle);
                }
            }
        }
    }

    /** @param resource $server */
    private function accept(mixed $server, bool $tls): void
    {
        $client = @stream_socket_accept($server, 5);
        if ($client === false) {
            return;
        }
        if ($tls && !@stream_socket_enable_crypto($client, true, STREAM_CRYPTO_METHOD_TLS_SERVER)) {
            fclose($client);
            return;
        }
        stream_set_blocking($client, false);
        $this->connections++;
        $this->clients[(int) $client] = $client;
        $this->buffers[(int) $client] = '';
    }

    /** @param resource $client */
    private function receive(mixed $client, callable $handle): void
    {
        $id = (int) $client;
        $chunk = fread($client, 65536);
        if ($chunk === '' || $chunk === false) {
            if (feof($client)) {
                $this->drop($client);
            }
            return;
        }
        $this->buffers[$id] .= $chunk;
        while (isset($this->buffers[$id]) && ($request = $this->request($id)) !== null) {
            $bytes = $handle(...$request);
            if ($bytes === null) {
                continue;
            }
            stream_set_blocking($client, true);
            fwrite($client, is_array($bytes) ? $bytes[0] : $bytes);
            stream_set_blocking($client, false);
            if (is_array($bytes) || strtolower($request[2]['connection'] ?? '') === 'close') {
                $this->drop($client);
            }
        }
    }

    /** @return array{string, string, array<string, string>, string}|null */
    private function request(int $id): ?array
    {
        $end = strpos($this->buffers[$id], "\r\n\r\n");
        if ($end === false) {
            return null;
        }
        $lines = explode("\r\n", substr($this->buffers[$id], 0, $end));
        [$method, $path] = explode(' ', $lines[0]);
        $headers = [];
        foreach (array_slice($lines, 1) as $line) {
            [$name, $value] = array_map(trim(...), explode(':', $line, 2));
            $headers[strtolower($name)] = $value;
        }
        $length = (int) ($headers['content-length'] ?? 0);
        if (strlen($this->buffers[$id]) < $end + 4 + $length) {
            return null;
        }
        $body = substr($this->buffers[$id], $end + 4, $length);
        $this->buffers[$id] = substr($this->buffers[$id], $end + 4 + $length);

        return [$method, $path, $headers, $body];
    }

    /** @param resource $client */
    private function drop(mixed $client): void
    {
        unset($this->clients[(int) $client], $this->buffers[(int) $client]);
        fclose($client);
    }

    public static function answer(string $body, int $status = 200, string $headers = ''): string
    {
        return "HTTP/1.1 $status Any\r\nContent-Type: application/json\r\nContent-Length: " . strlen($body)
            . "\r\n$headers\r\n$body";
    }
}
