<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\Piala;

use CurlHandle;
use Orderbridge\Admin\Api;
use Orderbridge\Tests\Support\Child;
use PHPUnit\Framework\TestCase;
use stdClass;

use function bin2hex;
use function curl_exec;
use function curl_getinfo;
use function curl_init;
use function curl_setopt_array;
use function explode;
use function glob;
use function http_build_query;
use function is_dir;
use function json_decode;
use function json_encode;
use function microtime;
use function mkdir;
use function preg_match;
use function random_bytes;
use function rmdir;
use function str_repeat;
use function stream_socket_client;
use function stream_socket_get_name;
use function stream_socket_server;
use function sys_get_temp_dir;
use function unlink;
use function usleep;

use const CURLINFO_RESPONSE_CODE;
use const CURLOPT_COOKIEFILE;
use const CURLOPT_HEADERFUNCTION;
use const CURLOPT_HTTPHEADER;
use const CURLOPT_POSTFIELDS;
use const CURLOPT_RETURNTRANSFER;
use const CURLOPT_URL;

/** Whom the reference shop lets speak with the settings app's end: over HTTP, as a browser does, and as others would. */
final class SettingsDoorTest extends TestCase
{
    private const API = '/admin/orderbridge/api';
    private const SHOP = __DIR__ . '/../../../shop';
    private const JSON = 'Content-Type: application/json';

    private string $folder = '';
    private string $url = '';
    private ?Child $server = null;
    private CurlHandle $browser;
    /** @var array<string, string> */
    private array $headers = [];

    protected function setUp(): void
    {
        $this->folder = sys_get_temp_dir() . '/orderbridge-door-' . bin2hex(random_bytes(4));
        mkdir($this->folder, 0o700);
        $free = stream_socket_server('tcp://127.0.0.1:0');
        $address = (string) stream_socket_get_name($free, false);
        fclose($free);
        $this->url = "http://$address";
        $environment = [
            'SHOP_DATA' => $this->folder, 'SHOP_DSN' => "sqlite:$this->folder/shop.sqlite", 'SHOP_URL' => $this->url,
            'SHOP_ADMIN_PASSWORD' => 'parol', 'SHOP_PRICES' => 'gross', 'SHOP_CLOCK_SHIFT' => '0',
        ];
        $install = new Child(self::SHOP . '/bin/install', [], $environment);
        self::assertStringContainsString('Магазин готов', $install->rest());
        $this->server = new Child('-S', [$address, self::SHOP . '/public/index.php'], $environment);
        $until = microtime(true) + 10;
        while (!($open = @stream_socket_client("tcp://$address")) && microtime(true) < $until) {
            usleep(10_000);
        }
        self::assertIsResource($open, 'the shop answers');
        fclose($open);
        $this->browser = curl_init();
        curl_setopt_array($this->browser, [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_COOKIEFILE => '',
            CURLOPT_HEADERFUNCTION => function (CurlHandle $curl, string $line): int {
                [$name, $value] = explode(':', $line, 2) + [1 => ''];
                $this->headers[strtolower($name)] = trim($value);

                return strlen($line);
            },
        ]);
    }

    protected function tearDown(): void
    {
        $this->server?->kill();
        foreach ([...glob("$this->folder/*/*") ?: [], ...glob("$this->folder/*") ?: []] as $path) {
            is_dir($path) ? rmdir($path) : unlink($path);
        }
        rmdir($this->folder);
    }

    public function testLetsNobodyInButTheAdminWithHisToken(): void
    {
        $open = $this->body('page.open');
        self::assertSame(401, $this->ask($open), 'a stranger without a session');
        self::assertSame(401, $this->ask($open, $this->visitorsToken()), 'a visitor with a token of his own');
        $token = $this->login();

        self::assertSame(403, $this->ask($open), 'a forged request has no token');
        self::assertSame(403, $this->ask($open, str_repeat('0', 32)), 'nor the right one');
        self::assertSame(404, $this->send(self::API, null, ["X-CSRF-Token: $token"])[0], 'it is no page');
        self::assertSame(200, $this->ask($open, $token));
        self::assertSame('application/json; charset=utf-8', $this->headers['content-type']);
        self::assertSame('no-store', $this->headers['cache-control']);

        self::assertSame(303, $this->send('/admin/logout', http_build_query(['csrf' => $token]), [])[0]);
        self::assertSame(401, $this->ask($open, $token), 'nor is he who has left');
    }

    public function testTellsWhoHasSaved(): void
    {
        $token = $this->login();
        $settings = $this->answer('page.open', new stdClass(), $token)->data->settings;
        $settings->document->deal->title = 'Заказ {order.number}';

        $settings->document->funnel->id = '7';

        $saved = $this->answer('settings.save', $settings, $token);
        self::assertTrue($saved->ok, json_encode($saved, JSON_THROW_ON_ERROR));
        self::assertSame('Заказ {order.number}', $saved->data->document->deal->title);
        $refused = $this->answer('settings.save', $settings, $token)->error;
        self::assertSame(['settings_changed', 'admin'], [$refused->code, $refused->data->by]);
        self::assertSame(400, $this->ask(str_repeat(' ', Api::LARGEST_BODY + 1), $token), 'too long a body');
    }

    private function visitorsToken(): string
    {
        preg_match('/name="csrf" value="(\w+)"/', $this->send('/admin/login', null, [])[1], $found);

        return $found[1];
    }

    /** @return string the token that the settings app is mounted with */
    private function login(): string
    {
        $form = http_build_query(['csrf' => $this->visitorsToken(), 'login' => 'admin', 'password' => 'parol']);
        self::assertSame(303, $this->send('/admin/login', $form, [])[0]);
        preg_match('/data-orderbridge="([^"]+)"/', $this->send('/admin/orderbridge', null, [])[1], $mounted);
        $config = json_decode(htmlspecialchars_decode($mounted[1]), true);
        self::assertSame(self::API, $config['api']);

        return $config['headers']['X-Csrf-Token'];
    }

    private function answer(string $action, stdClass $params, string $token): stdClass
    {
        return json_decode($this->send(self::API, $this->body($action, $params), [
            self::JSON, "X-CSRF-Token: $token",
        ])[1], false, 64, JSON_THROW_ON_ERROR);
    }

    private function body(string $action, stdClass $params = new stdClass()): string
    {
        return json_encode(['action' => $action, 'params' => $params], JSON_THROW_ON_ERROR);
    }

    private function ask(string $body, ?string $token = null): int
    {
        return $this->send(self::API, $body, [self::JSON, ...($token === null ? [] : ["X-CSRF-Token: $token"])])[0];
    }

    /**
     * @param string|null $body null: by GET
     * @param list<string> $headers
     * @return array{int, string} status and body
     */
    private function send(string $path, ?string $body, array $headers): array
    {
        curl_setopt_array($this->browser, [CURLOPT_URL => $this->url . $path, CURLOPT_HTTPHEADER => $headers]
            + ($body === null ? [CURLOPT_HTTPGET => true] : [CURLOPT_POST => true, CURLOPT_POSTFIELDS => $body]));
        $answer = curl_exec($this->browser);
        self::assertIsString($answer);

        return [(int) curl_getinfo($this->browser, CURLINFO_RESPONSE_CODE), $answer];
    }
}
