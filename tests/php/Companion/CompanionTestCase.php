<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Companion;

use CCrmDeal;
use PDO;
use PHPUnit\Framework\TestCase;

use function array_filter;
use function array_values;
use function explode;
use function getenv;
use function strpos;

/** The companion module in a box of stand-ins, on SQLite and on a real MariaDB. */
abstract class CompanionTestCase extends TestCase
{
    protected const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    protected const OTHER = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX';
    protected const URL = 'https://shop.example/bitrix24';
    private const TABLES = ['change', 'known', 'push', 'state'];

    /** @return array<string, array{string}> */
    public function databases(): array
    {
        return ['SQLite' => ['sqlite'], 'MariaDB' => ['mysql']];
    }

    /** A box, the module not yet installed. */
    protected function box(string $kind = 'sqlite'): void
    {
        if ($kind === 'sqlite') {
            $pdo = new PDO('sqlite::memory:');
        } else {
            $server = (string) getenv('ORDERBRIDGE_TEST_MYSQL');
            if ($server === '') {
                $this->markTestSkipped('ORDERBRIDGE_TEST_MYSQL is not set: "host;port;user;password;database"');
            }
            [$host, $port, $user, $password, $name] = explode(';', $server);
            $pdo = new PDO("mysql:host=$host;port=$port;dbname=$name", $user, $password);
        }
        $pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
        Kernel::boot($pdo);
        foreach (self::TABLES as $table) {
            $pdo->exec("DROP TABLE IF EXISTS b_orderbridge_$table");
        }
    }

    /** A box with the module, and one shop when asked for. */
    protected function installed(string $kind = 'sqlite', bool $shop = false): CCrmDeal
    {
        $this->box($kind);
        self::assertTrue(Kernel::module()->DoInstall(), implode(' ', Kernel::$thrown));
        \Bitrix\Main\Loader::includeModule(Kernel::MODULE);
        if ($shop) {
            $this->save(['shops' => [self::shop()]]);
        }
        Kernel::$written = Kernel::$read = [];

        return new CCrmDeal();
    }

    /** @return array<string, string> as the settings page posts it */
    protected static function shop(array $other = []): array
    {
        return $other + ['url' => self::URL, 'secret' => self::SECRET, 'active' => 'Y'];
    }

    protected function save(array $post): void
    {
        self::assertSame([], \Orderbridge\Companion\Settings::save($post));
    }

    /** @return list<array<string, mixed>> */
    protected function table(string $name): array
    {
        $order = $name === 'state' ? 'NAME' : ($name === 'known' ? 'DEAL_ID' : 'ID');

        return Kernel::$pdo->query("SELECT * FROM b_orderbridge_$name ORDER BY $order")->fetchAll(PDO::FETCH_ASSOC);
    }

    /** @return list<string> changes as `deal kind old>new`, without the row that says where they begin */
    protected function changes(): array
    {
        $told = [];
        foreach ($this->table('change') as $row) {
            if ($row['KIND'] !== 'B') {
                $told[] = "{$row['DEAL_ID']} {$row['KIND']} {$row['OLD_STAGE']}>{$row['STAGE']}";
            }
        }

        return $told;
    }

    /** @return list<string> statements that wrote into a table since the last look */
    protected function inserts(): array
    {
        $written = array_values(Kernel::$written);
        Kernel::$written = [];

        return $written;
    }

    protected function state(string $name): string
    {
        return \Orderbridge\Companion\State::get($name);
    }

    /** @return list<array<string, mixed>> bodies of what was sent */
    protected function sent(): array
    {
        return array_map(static fn (array $post): array => (array) json_decode($post[3], true), Kernel::$posted);
    }

    /** Seconds go by for what is in the tables: every moment in them is put back. */
    protected function later(int $seconds): void
    {
        Kernel::$pdo->exec("UPDATE b_orderbridge_change SET CREATED_AT = CREATED_AT - $seconds");
        foreach (
            array_filter(
                $this->table('state'),
                static fn (array $row): bool => strpos((string) $row['NAME'], 'hold.') === 0,
            ) as $row
        ) {
            $hold = (array) json_decode((string) $row['VALUE'], true);
            $hold['until'] -= $seconds;
            \Orderbridge\Companion\State::put((string) $row['NAME'], (string) json_encode($hold));
        }
    }

    protected function tearDown(): void
    {
        if (isset(Kernel::$pdo)) {
            Kernel::$broken = '';
            foreach (self::TABLES as $table) {
                Kernel::$pdo->exec("DROP TABLE IF EXISTS b_orderbridge_$table");
            }
        }
    }
}
