<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Bitrix24;

use Orderbridge\Bitrix24\Client;
use Orderbridge\Bitrix24\Portal;
use Orderbridge\Tests\Support\Child;
use PHPUnit\Framework\TestCase;

use function array_column;
use function array_map;
use function explode;
use function file_get_contents;
use function json_decode;
use function json_encode;
use function mb_check_encoding;
use function microtime;
use function openssl_csr_new;
use function openssl_csr_sign;
use function openssl_pkey_export_to_file;
use function openssl_pkey_new;
use function openssl_x509_export_to_file;
use function range;
use function str_repeat;
use function stream_socket_get_name;
use function stream_socket_server;
use function strlen;
use function sys_get_temp_dir;
use function tempnam;
use function unlink;

final class ClientTest extends TestCase
{
    private const SECRET = 'abcdef0123456789';

    private static ?Child $server = null;
    private static string $port = '';

    public static function setUpBeforeClass(): void
    {
        self::$server = new Child(__DIR__ . '/faulty.php');
        self::$port = self::$server->line();
    }

    public static function tearDownAfterClass(): void
    {
        self::$server?->kill();
        self::$server = null;
    }

    private function client(int $largest = 1_000_000): Client
    {
        return new Client($this->portal('http', self::$port), null, 4, $largest);
    }

    private function portal(string $scheme, string $port, string $host = '127.0.0.1'): Portal
    {
        return Portal::fromWebhook("$scheme://$host:$port/rest/1/" . self::SECRET . '/', true);
    }

    /** @return array<string, mixed> */
    private function ask(string $method, string $body = '{}', float $seconds = 5.0): array
    {
        return $this->client()->post([['method' => $method, 'body' => $body]], $seconds)[0];
    }

    /** @return array<string, mixed> */
    private function seen(): array
    {
        return json_decode((string) file_get_contents('http://127.0.0.1:' . self::$port . '/seen'), true);
    }

    public function testPostsTheBodyAsItIs(): void
    {
        $body = json_encode(['cmd' => ['a' => 'crm.item.add?title=Чайник 😀 %20']]);

        $answer = $this->ask('echo', $body);

        self::assertSame(200, $answer['status']);
        self::assertSame($body, $answer['body']);
        $last = $this->seen()['last'];
        self::assertSame('POST', $last['method']);
        self::assertSame('/rest/1/' . self::SECRET . '/echo.json', $last['path']);
        self::assertSame('application/json', $last['headers']['content-type']);
        self::assertSame((string) strlen($body), $last['headers']['content-length']);
        self::assertSame('gzip', $last['headers']['accept-encoding']);
        self::assertArrayNotHasKey('expect', $last['headers']);
        self::assertArrayNotHasKey('transfer-encoding', $last['headers']);
    }

    /** @return array<string, array{string, string}> */
    public function failures(): array
    {
        return [
            'closed without an answer' => ['cut', 'reset'],
            'cut in the middle' => ['half', 'reset'],
            'never answers' => ['hang', 'timeout'],
            'longer than allowed' => ['huge', 'too_large'],
            'unpacks to more than allowed' => ['bomb', 'too_large'],
            'broken compression' => ['spoilt', 'reset'],
            'not HTTP at all' => ['garbage', 'reset'],
        ];
    }

    /** @dataProvider failures */
    public function testNamesWhatWentWrong(string $method, string $word): void
    {
        $answer = $this->ask($method, '{}', $method === 'hang' ? 0.3 : 5.0);

        self::assertSame($word, $answer['failure']);
        self::assertStringNotContainsString(self::SECRET, json_encode($answer));
    }

    public function testNamesWhatKeptItFromTheServer(): void
    {
        $closed = stream_socket_server('tcp://127.0.0.1:0');
        $port = explode(':', stream_socket_get_name($closed, false))[1];
        fclose($closed);
        $words = [];
        foreach ([['127.0.0.1', $port], ['nobody.invalid', '80']] as [$host, $at]) {
            $client = new Client($this->portal('http', $at, $host));
            $words[] = $client->post([['method' => 'echo', 'body' => '']], 5)[0]['failure'];
        }

        self::assertSame(['refused', 'dns'], $words);
    }

    public function testHandsOverWhateverStatusThereIs(): void
    {
        $limited = $this->ask('status');
        self::assertSame(503, $limited['status']);
        self::assertSame('7', $limited['headers']->{'retry-after'});
        self::assertFalse(isset($limited['headers']->{'set-cookie'}));
        self::assertSame('{"error":"QUERY_LIMIT_EXCEEDED"}', $limited['body']);
        self::assertSame([502, '<h1>502</h1>'], [$this->ask('html')['status'], $this->ask('html')['body']]);
        self::assertTrue(mb_check_encoding($this->ask('cp1251')['body'], 'UTF-8'));
        self::assertFalse(isset($this->ask('headers')['headers']->{'x-long'}));
    }

    public function testFollowsNoRedirect(): void
    {
        $before = $this->seen()['methods']['echo'] ?? 0;

        self::assertSame(302, $this->ask('redirect')['status']);
        self::assertSame($before, $this->seen()['methods']['echo'] ?? 0);
    }

    public function testUnpacksWhatIsPacked(): void
    {
        self::assertSame(100_013, strlen($this->ask('gzip')['body']));
    }

    public function testKeepsItsConnection(): void
    {
        $before = $this->seen()['connections'];
        $client = $this->client();
        foreach (range(1, 5) as $number) {
            self::assertSame("$number", $client->post([['method' => 'echo', 'body' => "$number"]])[0]['body']);
        }

        // One for these, one for asking.
        self::assertSame($before + 2, $this->seen()['connections']);
        self::assertSame(5, $client->posted());
    }

    public function testNeverSendsTwiceByItself(): void
    {
        $client = $this->client();
        $client->post([['method' => 'echo', 'body' => '{}']]);
        $before = $this->seen()['methods']['cut'] ?? 0;

        $answer = $client->post([['method' => 'cut', 'body' => '{"create":"a deal"}']])[0];

        self::assertSame('reset', $answer['failure']);
        self::assertSame($before + 1, $this->seen()['methods']['cut'], 'a deal would be created twice');
        self::assertSame(200, $client->post([['method' => 'echo', 'body' => '{}']])[0]['status'], 'and goes on');
    }

    public function testGoesAbreastAndKeepsTheOrder(): void
    {
        $requests = array_map(
            static fn (int $number): array => ['method' => 'echo', 'body' => $number . str_repeat(' ', $number * 1000)],
            range(1, 30),
        );
        $requests[7] = ['method' => 'html', 'body' => ''];

        $answers = $this->client()->post($requests);

        self::assertCount(30, $answers);
        foreach ($answers as $index => $answer) {
            self::assertSame($index === 7 ? '<h1>502</h1>' : $requests[$index]['body'], $answer['body']);
        }
    }

    public function testOneThatHangsDoesNotHoldUpTheOthers(): void
    {
        $start = microtime(true);
        $answers = $this->client()->post([
            ['method' => 'hang', 'body' => ''],
            ['method' => 'echo', 'body' => '1'],
            ['method' => 'hang', 'body' => ''],
        ], 0.5);

        self::assertSame(['timeout', 'timeout'], array_column($answers, 'failure'));
        self::assertSame('1', $answers[1]['body']);
        self::assertLessThan(1.0, microtime(true) - $start);
    }

    public function testTrustsOnlyWhoIsVouchedFor(): void
    {
        [$certificate, $key] = $this->certificate();
        $server = new Child(__DIR__ . '/faulty.php', [$certificate, $key]);
        $port = $server->line();
        $request = [['method' => 'echo', 'body' => 'hello']];

        $doubted = (new Client($this->portal('https', $port)))->post($request)[0];
        $trusted = (new Client($this->portal('https', $port), $certificate))->post($request)[0];

        self::assertSame('tls', $doubted['failure']);
        self::assertSame('hello', $trusted['body'] ?? $trusted);
        unlink($certificate);
        unlink($key);
    }

    /** @return array{string, string} files */
    private function certificate(): array
    {
        $config = tempnam(sys_get_temp_dir(), 'orderbridge');
        file_put_contents($config, "[req]\ndistinguished_name=dn\n[dn]\n[ext]\nsubjectAltName=IP:127.0.0.1\n");
        $options = ['config' => $config, 'x509_extensions' => 'ext', 'digest_alg' => 'sha256'];
        $key = openssl_pkey_new(['private_key_bits' => 2048]);
        $request = openssl_csr_new(['commonName' => '127.0.0.1'], $key, $options);
        $certificate = openssl_csr_sign($request, null, $key, 1, $options);
        $files = [tempnam(sys_get_temp_dir(), 'crt'), tempnam(sys_get_temp_dir(), 'key')];
        openssl_x509_export_to_file($certificate, $files[0]);
        openssl_pkey_export_to_file($key, $files[1]);
        unlink($config);

        return $files;
    }
}
