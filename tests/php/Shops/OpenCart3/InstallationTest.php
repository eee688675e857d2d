<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart3;

use Orderbridge\Shops\OpenCart\Boot;
use Orderbridge\Shops\OpenCart\Installation;
use Orderbridge\Shops\OpenCart3\OpenCart3;
use Orderbridge\Tests\Shops\OpenCart\OpenCartConnection;
use Orderbridge\Tests\Support\MariadbOfOurOwn;
use PDO;
use PHPUnit\Framework\TestCase;

use function array_values;
use function count;

// phpcs:disable PSR1.Files.SideEffects -- the adapter is no part of the bridge's own folder
require_once __DIR__ . '/shop.php';

/** What the module puts into a shop, and that nothing of it stays. */
final class InstallationTest extends TestCase
{
    use MariadbOfOurOwn;

    private PDO $pdo;
    private Registry $registry;
    private object $admin;

    protected function setUp(): void
    {
        [$dsn, $user, $password] = $this->createDatabase();
        $this->pdo = new PDO($dsn, $user, $password, [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
        $this->registry = new Registry(['config_language_id' => 1]);
        $this->registry->set('db', new OpenCartConnection($this->pdo));
        $this->admin = self::admin();
        foreach (['setting/event', 'setting/setting', 'user/user_group'] as $route) {
            $this->registry->model($route, $this->admin);
        }
        Boot::as(new OpenCart3());
    }

    public function testEverythingIsThereAfterwards(): void
    {
        (new Installation($this->registry))->install();

        self::assertSame((new OpenCart3())->events(), $this->admin->events);
        self::assertSame('https://shop.example/', $this->admin->settings['module_orderbridge_admin_url']);
        self::assertMatchesRegularExpression('/^[0-9a-f]{32}$/', $this->admin->settings['module_orderbridge_tick_key']);
        self::assertTrue((new Installation($this->registry))->isOn());
        self::assertGreaterThan(5, $this->tables());
    }

    public function testInstalledAgainItKeepsItsKeyAndHasEachEventOnce(): void
    {
        (new Installation($this->registry))->install();
        $key = $this->admin->settings['module_orderbridge_tick_key'];
        (new Installation($this->registry))->install();

        self::assertSame($key, $this->admin->settings['module_orderbridge_tick_key']);
        self::assertCount(count((new OpenCart3())->events()), $this->admin->events);
    }

    public function testNothingStays(): void
    {
        (new Installation($this->registry))->install();
        (new Installation($this->registry))->uninstall();

        self::assertSame([], $this->admin->events);
        self::assertSame([], $this->admin->settings);
        self::assertSame(['common/home'], array_values($this->admin->rights[1]['access']));
        self::assertSame([], $this->admin->rights[1]['modify']);
        self::assertSame(0, $this->tables());
        self::assertSame([], $this->registry->log);
    }

    public function testTheDataStayWhenTheOwnerSaysSo(): void
    {
        (new Installation($this->registry))->install();
        Boot::bridge($this->registry)->preferences()->save(['keep_data_on_uninstall' => true]);
        $before = $this->tables();
        (new Installation($this->registry))->uninstall();

        self::assertSame([], $this->admin->events);
        self::assertSame($before, $this->tables());
    }

    private function tables(): int
    {
        return count($this->pdo->query("SHOW TABLES LIKE 'oc\\_orderbridge\\_%'")->fetchAll());
    }

    /** The admin's models, as far as the module asks them; groups as they are in a shop: one without any right. */
    private static function admin(): object
    {
        return new class () {
            /** @var array<string, string> */
            public array $events = [];
            /** @var array<string, mixed> */
            public array $settings = [];
            /** @var array<int, array<string, list<string>>> */
            public array $rights = [
                1 => [
                    'access' => ['extension/module/orderbridge', 'common/home'],
                    'modify' => ['extension/module/orderbridge'],
                ],
            ];

            public function deleteEventByCode(string $code): void
            {
                $this->events = [];
            }

            public function addEvent(string $code, string $trigger, string $action): void
            {
                $this->events[$trigger] = $action;
            }

            public function editSetting(string $code, array $settings): void
            {
                $this->settings = $settings;
            }

            public function deleteSetting(string $code): void
            {
                $this->settings = [];
            }

            public function getUserGroups(): array
            {
                return [
                    ['user_group_id' => '1', 'permission' => json_encode($this->rights[1])],
                    ['user_group_id' => '10', 'permission' => ''],
                ];
            }

            /** As the shop does it: without the key it dies. */
            public function removePermission(int $group, string $right, string $route): void
            {
                $this->rights[$group][$right] = array_diff($this->rights[$group][$right], [$route]);
            }
        };
    }
}
