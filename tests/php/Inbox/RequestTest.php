<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Inbox;

use Orderbridge\Inbox\Request;
use Orderbridge\Tests\Support\Child;
use PHPUnit\Framework\TestCase;

use function explode;
use function fclose;
use function fwrite;
use function json_decode;
use function ksort;
use function microtime;
use function str_repeat;
use function stream_get_contents;
use function stream_socket_client;
use function stream_socket_get_name;
use function stream_socket_server;
use function strlen;
use function usleep;

/** What PHP itself makes of a request on the wire is a part of it. */
final class RequestTest extends TestCase
{
    private string $address = '';
    private ?Child $server = null;

    protected function setUp(): void
    {
        $free = stream_socket_server('tcp://127.0.0.1:0');
        $this->address = (string) stream_socket_get_name($free, false);
        fclose($free);
        $this->server = new Child('-S', [$this->address, __DIR__ . '/request.php']);
        $until = microtime(true) + 10;
        while (!($open = @stream_socket_client("tcp://$this->address")) && microtime(true) < $until) {
            usleep(10_000);
        }
        self::assertIsResource($open, 'the server answers');
        fclose($open);
    }

    protected function tearDown(): void
    {
        $this->server?->kill();
    }

    public function testIsReadAsItCame(): void
    {
        $body = '{"<&\\":1}';
        self::assertSame(
            ['POST', [
                'content-length' => (string) strlen($body), 'content-type' => 'application/json',
                'host' => 'shop.example', 'webhook-signature' => 'v1,a+b/c= <"\'\\',
            ], $body],
            $this->told('POST', "Webhook-Signature: v1,a+b/c= <\"'\\\r\nContent-Type: application/json\r\n", $body),
        );
    }

    /** PHP-FPM names these two like this and in no other way. */
    public function testTheHeadersOfTheBodyAreAmongThem(): void
    {
        $before = $_SERVER;
        $_SERVER = ['CONTENT_TYPE' => 'text/plain', 'CONTENT_LENGTH' => '7', 'HTTP_X_ONE' => '1', 'PATH' => '/bin'];
        try {
            $headers = Request::headers();
        } finally {
            $_SERVER = $before;
        }

        self::assertSame(['x-one' => '1', 'content-type' => 'text/plain', 'content-length' => '7'], $headers);
    }

    public function testOfALongBodyOneByteMoreThanAllowedIsRead(): void
    {
        self::assertSame('12345678901', $this->told('PUT', '', '12345678901' . str_repeat('x', 100_000))[2]);
        self::assertSame('1234567890', $this->told('PUT', '', '1234567890')[2]);
        self::assertSame(['GET', ''], [($told = $this->told('GET', '', ''))[0], $told[2]]);
    }

    /** @return array{string, array<string, string>, string} method, headers, at most ten bytes and one of the body */
    private function told(string $method, string $headers, string $body): array
    {
        $call = stream_socket_client("tcp://$this->address");
        $length = $body === '' ? '' : 'Content-Length: ' . strlen($body) . "\r\n";
        fwrite($call, "$method /?a=b HTTP/1.0\r\nHost: shop.example\r\n$headers$length\r\n$body");
        $told = json_decode(explode("\r\n\r\n", stream_get_contents($call), 2)[1], true, 8, JSON_THROW_ON_ERROR);
        fclose($call);
        ksort($told[1]);

        return $told;
    }
}
