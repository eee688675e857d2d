<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart4;

use Orderbridge\Shops\OpenCart\Boot;
use Orderbridge\Shops\OpenCart\Installation;
use Orderbridge\Shops\OpenCart4\OpenCart4;
use Orderbridge\Tests\Shops\OpenCart\OpenCartConnection;
use Orderbridge\Tests\Shops\OpenCart3\Registry;
use Orderbridge\Tests\Support\MariadbOfOurOwn;
use PDO;
use PHPUnit\Framework\TestCase;

use function array_column;
use function array_filter;
use function array_keys;
use function array_unique;
use function array_values;
use function count;
use function strlen;

// phpcs:disable PSR1.Files.SideEffects -- the adapter is no part of the bridge's own folder
require_once __DIR__ . '/shop.php';

/** What the module puts into an OpenCart 4, that nothing of it stays, and the door that makes up for its cron. */
final class InstallationTest extends TestCase
{
    use MariadbOfOurOwn;

    private const FOREIGN = ['code' => 'orderbridge_else', 'trigger' => 'x', 'action' => 'y', 'sort_order' => 0];

    private PDO $pdo;
    private Registry $registry;
    private object $admin;

    protected function setUp(): void
    {
        [$dsn, $user, $password] = $this->createDatabase();
        $this->pdo = new PDO($dsn, $user, $password, [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
        $this->registry = new Registry(['config_language_id' => 1, 'config_language_admin' => 'ru-ru']);
        $this->registry->set('db', new OpenCartConnection($this->pdo));
        $this->admin = self::admin();
        foreach (['setting/event', 'setting/cron', 'setting/setting', 'user/user_group'] as $route) {
            $this->registry->model($route, $this->admin);
        }
        $this->admin->events[] = self::FOREIGN;
        Boot::as(new OpenCart4());
    }

    public function testEverythingIsThereOnceHoweverOftenItIsInstalled(): void
    {
        (new Installation($this->registry))->install();
        $key = $this->admin->settings['module_orderbridge_tick_key'];
        (new Installation($this->registry))->install();

        $ours = array_filter($this->admin->events, static fn (array $row): bool => $row['code'] === 'orderbridge');
        self::assertSame((new OpenCart4())->events(), array_column($ours, 'action', 'trigger'));
        self::assertCount(count((new OpenCart4())->events()), $ours);
        // It is removed by an exact match, and the column holds no more.
        self::assertSame(['orderbridge'], array_values(array_unique(array_column($ours, 'code'))));
        foreach (array_keys(array_column($ours, 'action', 'trigger')) as $trigger) {
            self::assertMatchesRegularExpression('#/(before|after)$#', $trigger, 'anchored at the start only');
            self::assertLessThanOrEqual(128, strlen($trigger));
        }
        $hourly = ['hour', 'extension/orderbridge/cron/orderbridge', true];
        self::assertSame(['orderbridge' => $hourly], $this->admin->crons);
        self::assertSame($key, $this->admin->settings['module_orderbridge_tick_key']);
        self::assertMatchesRegularExpression('/^[0-9a-f]{32}$/', $key);
    }

    public function testNothingStaysAndNothingOfOthersGoes(): void
    {
        (new Installation($this->registry))->install();
        (new Installation($this->registry))->uninstall();

        self::assertSame([self::FOREIGN], array_values($this->admin->events));
        self::assertSame([], $this->admin->crons);
        self::assertSame([], $this->admin->settings);
        self::assertSame(
            ['access' => ['common/home'], 'modify' => []],
            array_map(array_values(...), $this->admin->rights),
        );
        self::assertSame([], $this->pdo->query("SHOW TABLES LIKE 'oc\\_orderbridge\\_%'")->fetchAll());
        self::assertSame([], $this->registry->log);
    }

    /** The shop's own cron.php ends with 0 and does nothing: a door with a key of its own does the work. */
    public function testTheDoorForTheSystemsCronWorksForWhoHasTheKey(): void
    {
        (new Installation($this->registry))->install();
        $key = $this->admin->settings['module_orderbridge_tick_key'];

        self::assertNull(Boot::tick($this->registry, ''));
        self::assertNull(Boot::tick($this->registry, substr($key, 0, -1)));
        self::assertSame('not_connected', Boot::tick($this->registry, $key)?->idle);
        $this->registry->settings['module_orderbridge_status'] = '0';
        self::assertSame('switched_off', Boot::tick($this->registry, $key)?->idle);
        // A module whose settings are lost has an open door for nobody.
        $this->registry->settings['module_orderbridge_tick_key'] = '';
        self::assertNull(Boot::tick($this->registry, ''));
    }

    /** The admin's models, as far as the module asks them. */
    private static function admin(): object
    {
        return new class () {
            /** @var array<int, array<string, mixed>> */
            public array $events = [];
            /** @var array<string, array{string, string, bool}> cycle, action, status by code */
            public array $crons = [];
            /** @var array<string, mixed> */
            public array $settings = [];
            /** @var array<string, list<string>> */
            public array $rights = [
                'access' => ['extension/orderbridge/module/orderbridge', 'common/home'],
                'modify' => ['extension/orderbridge/module/orderbridge'],
            ];

            public function deleteEventByCode(string $code): void
            {
                $this->events = array_filter($this->events, static fn (array $row): bool => $row['code'] !== $code);
            }

            /** @param array<string, mixed> $row */
            public function addEvent(array $row): void
            {
                // As the shop does it: without any of them it complains.
                $wanted = ['code', 'description', 'trigger', 'action', 'status', 'sort_order'];
                TestCase::assertSame($wanted, array_keys($row));
                $this->events[] = $row;
            }

            public function addCron(string $code, string $text, string $cycle, string $action, bool $status): void
            {
                $this->crons[$code] = [$cycle, $action, $status];
            }

            public function deleteCronByCode(string $code): void
            {
                unset($this->crons[$code]);
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
                return [['user_group_id' => '1', 'permission' => json_encode($this->rights)]];
            }

            public function removePermission(int $group, string $right, string $route): void
            {
                $this->rights[$right] = array_diff($this->rights[$right], [$route]);
            }
        };
    }
}
