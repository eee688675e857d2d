<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart3;

use Orderbridge\Shops\OpenCart\AdminPage;
use Orderbridge\Shops\OpenCart\Boot;
use Orderbridge\Shops\OpenCart3\OpenCart3;
use Orderbridge\Tests\Shops\OpenCart\OpenCartConnection;
use Orderbridge\Tests\Support\MariadbOfOurOwn;
use PDO;
use PHPUnit\Framework\TestCase;

use function json_decode;

// phpcs:disable PSR1.Files.SideEffects -- the adapter is no part of the bridge's own folder
require_once __DIR__ . '/shop.php';

/** The page around the settings app, for those who may change the module and for those who may look. */
final class AdminPageTest extends TestCase
{
    use MariadbOfOurOwn;

    private Registry $registry;
    private object $admin;

    protected function setUp(): void
    {
        [$dsn, $user, $password] = $this->createDatabase();
        $this->registry = new Registry([
            'config_language_id' => 1,
            'config_admin_language' => 'ru-ru',
            'module_orderbridge_status' => '1',
            'module_orderbridge_admin_url' => HTTP_SERVER,
            'module_orderbridge_tick_key' => '0123456789abcdef',
        ]);
        $this->registry->set('db', new OpenCartConnection(new PDO($dsn, $user, $password)));
        $this->admin = self::admin();
        foreach (['document', 'language', 'load', 'response', 'session', 'url', 'user'] as $part) {
            $this->registry->set($part, $this->admin);
        }
        Boot::as(new OpenCart3());
        Boot::bridge($this->registry)->install();
    }

    public function testMountsTheAppAndShowsThePasswordsToThoseWhoMayChangeIt(): void
    {
        $this->admin->rights = ['access', 'modify'];
        (new AdminPage($this->registry))->show();
        $data = $this->admin->shown;
        $mount = json_decode($data['mount'], true);

        self::assertSame('/admin/index.php?route=extension/module/orderbridge/api&user_token=t', $mount['api']);
        self::assertStringStartsWith('/view/javascript/orderbridge/orderbridge_bg.wasm', $mount['wasm']);
        self::assertSame('ru', $mount['lang']);
        self::assertSame('', $data['fatal']);
        self::assertTrue($data['can_modify']);
        self::assertStringEndsWith('extension/payment/orderbridge/tick&key=0123456789abcdef', $data['tick']);
    }

    public function testWhoMayOnlyLookGetsNoPasswordAndChangesNothing(): void
    {
        $this->admin->rights = ['access'];
        $page = new AdminPage($this->registry);
        $page->show();
        self::assertSame('', $this->admin->shown['tick']);
        self::assertFalse($this->admin->shown['can_modify']);

        $_SERVER['REQUEST_METHOD'] = 'POST';
        $_POST['enabled'] = '0';
        $page->status();
        self::assertSame('1', $this->registry->settings['module_orderbridge_status']);
        self::assertSame('/admin/index.php?route=extension/module/orderbridge&user_token=t', $this->admin->redirected);
    }

    /** Nothing has been posted here: the bridge's own words for it come through. */
    public function testHandsOnWhatTheBridgeAnswers(): void
    {
        $this->admin->rights = ['access'];
        (new AdminPage($this->registry))->api();

        self::assertSame('admin_action_unknown', json_decode($this->admin->output, true)['error']['code']);
        self::assertContains('Content-Type: application/json; charset=utf-8', $this->admin->headers);
    }

    public function testTheMenuHasAnEntryForThoseWhoMayOpenThePage(): void
    {
        $data = ['menus' => []];
        $this->admin->rights = [];
        (new AdminPage($this->registry))->menu($data, 'fa-exchange');
        self::assertSame([], $data['menus']);

        $this->admin->rights = ['access'];
        (new AdminPage($this->registry))->menu($data, 'fa-exchange');
        self::assertSame(['menu-orderbridge'], array_column($data['menus'], 'id'));
    }

    /** All parts of the admin that the page asks, in one. */
    private static function admin(): object
    {
        return new class () {
            /** @var list<string> */
            public array $rights = [];
            /** @var array<string, mixed> */
            public array $shown = [];
            /** @var array<string, string> the session */
            public array $data = ['user_token' => 't'];
            /** @var list<string> */
            public array $headers = [];
            public string $output = '';
            public string $redirected = '';

            public function hasPermission(string $right, string $route): bool
            {
                return $route === 'extension/module/orderbridge' && in_array($right, $this->rights, true);
            }

            public function getUserName(): string
            {
                return 'admin';
            }

            /** This shop escapes its addresses, and has its host in them. */
            public function link(string $route, string $query, bool $secure): string
            {
                return "https://shop.example/admin/index.php?route=$route&amp;" . str_replace('&', '&amp;', $query);
            }

            public function get(string $text): string
            {
                return $text;
            }

            public function language(string $route): void
            {
            }

            public function setTitle(string $title): void
            {
            }

            public function controller(string $route): string
            {
                return $route;
            }

            public function view(string $route, array $data): string
            {
                $this->shown = $data;

                return $route;
            }

            public function addHeader(string $header): void
            {
                $this->headers[] = $header;
            }

            public function setOutput(string $output): void
            {
                $this->output = $output;
            }

            public function redirect(string $url): void
            {
                $this->redirected = $url;
            }
        };
    }
}
