<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Outbox;

use Orderbridge\Outbox\Outbox;
use Orderbridge\Store\Migrations;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\Child;
use Orderbridge\Tests\Support\OpensDatabases;
use PHPUnit\Framework\TestCase;

use function array_count_values;
use function array_filter;
use function array_map;
use function count;
use function explode;
use function range;
use function trim;

/** Several processes claim at once: nothing twice, nothing left. */
final class ClaimsTest extends TestCase
{
    use OpensDatabases;

    private const WORKERS = 6;
    private const JOBS = 300;

    /** @return array<string, array{string, string}> */
    public function ways(): array
    {
        return [
            'SQLite' => ['sqlite', ''],
            'MariaDB' => ['mysql', ''],
            'MariaDB as if it could not skip locked rows' => ['mysql', 'old'],
        ];
    }

    /** @dataProvider ways */
    public function testEveryJobGoesToOneWorker(string $kind, string $age): void
    {
        $words = $this->open($kind);
        $tables = new Tables($this->database, $this->prefix);
        (new Migrations($tables))->run();
        $outbox = new Outbox($tables);
        $outbox->enqueueNew(array_map('strval', range(1, self::JOBS)));
        $workers = array_map(
            static fn (): Child => new Child(__DIR__ . '/claimer.php', [...$words, $age]),
            range(1, self::WORKERS),
        );
        foreach ($workers as $worker) {
            self::assertSame('ready', $worker->line());
        }
        foreach ($workers as $worker) {
            $worker->tell('go');
        }

        $claimed = $shares = [];
        foreach ($workers as $worker) {
            $printed = $worker->rest();
            self::assertSame(0, $worker->exit(), $printed);
            $share = array_filter(explode("\n", trim($printed)));
            $shares[] = $share;
            $claimed = [...$claimed, ...$share];
        }

        $times = array_count_values($claimed);
        self::assertCount(self::JOBS, $times);
        foreach ($times as $order => $count) {
            self::assertSame((int) $order % 10 === 0 ? 2 : 1, $count, "order $order");
        }
        self::assertSame(0, $outbox->figures()['ready'] + $outbox->figures()['leased']);
        self::assertGreaterThan(1, count(array_filter($shares)), 'they did work at the same time');
    }
}
