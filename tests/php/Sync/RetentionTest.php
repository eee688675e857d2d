<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use Orderbridge\Core\EngineFault;
use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Leases;
use Orderbridge\Outbox\Reason;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\BridgeTestCase;
use Orderbridge\Tests\Support\CountingDatabase;
use Orderbridge\Tests\Support\TableShop;

use function array_column;
use function array_fill;
use function array_filter;
use function array_map;
use function array_merge;
use function count;
use function implode;
use function preg_match;
use function range;
use function time;

/** What is kept long enough goes, in portions; what is not stays. */
final class RetentionTest extends BridgeTestCase
{
    private const DAY = 86400;

    /** @param list<list<string|int>> $rows */
    private function fill(string $table, string $columns, string $values, array $rows): void
    {
        $all = implode(', ', array_fill(0, count($rows), $values));
        $this->database->execute("INSERT INTO {$this->prefix}ob_$table ($columns) VALUES $all", array_merge(...$rows));
    }

    private function number(string $table): int
    {
        return (int) $this->database->query("SELECT COUNT(*) AS n FROM {$this->prefix}ob_$table")[0]['n'];
    }

    /** @dataProvider databases */
    public function testTheJournalGoesInPortionsWhereverTheShopIsConnected(string $kind): void
    {
        $this->bridge($kind, [], false);
        $now = time();
        $line = static fn (int $at): array => [$at, 'info', 'code', 'text'];
        $columns = 'at, level, code, message';
        foreach ([1, 2, 3] as $part) {
            $rows = array_fill(0, 367, $line($now - 31 * self::DAY));
            $this->fill('journal', $columns, '(?, ?, ?, ?)', $rows);
        }
        $this->fill('journal', $columns, '(?, ?, ?, ?)', [$line($now - 29 * self::DAY), $line($now)]);
        $counting = new CountingDatabase($this->database);
        $this->shop = new TableShop($counting, $this->prefix);
        $this->shop->now = $now;
        $bridge = $this->another(['keepJournalDays' => 30]);

        self::assertSame('not_connected', $bridge->worker()->run(5)->idle);

        self::assertSame(2, $this->number('journal'));
        $deletes = array_filter(
            $counting->changes,
            static fn (string $sql): bool => preg_match('/^DELETE FROM \w+_ob_journal /', $sql) === 1,
        );
        self::assertCount(3, $deletes, '1101 rows in portions of 500');

        $this->fill('journal', $columns, '(?, ?, ?, ?)', [$line($now - 31 * self::DAY)]);
        $this->shop->now = $now + self::DAY - 1;
        $bridge->worker()->run(5);
        self::assertSame(3, $this->number('journal'), 'once a day');
        $this->shop->now = $now + self::DAY;
        $bridge->worker()->run(5);
        self::assertSame(2, $this->number('journal'));
    }

    /** @dataProvider databases */
    public function testAWorkerWhoseTimeIsUpGoesOnAMinuteLater(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $this->shop->now = time();
        $rows = array_fill(0, 700, [$this->shop->now - 91 * self::DAY, 'info', 'code', 'text']);
        $this->fill('journal', 'at, level, code, message', '(?, ?, ?, ?)', $rows);

        $bridge->worker()->run(0.0);
        self::assertSame(200, $this->number('journal'), 'one portion');
        $bridge->worker()->run(0.0);
        self::assertSame(200, $this->number('journal'));
        $this->shop->now += 60;
        $bridge->worker()->run(0.0);
        self::assertSame(0, $this->number('journal'));
    }

    /** @dataProvider databases */
    public function testHintsThatNobodyCanReadDoNotPileUp(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $this->shop->now = time();
        $this->engine->instead['core.describe'] = static fn () => throw EngineFault::because('scripted', 'broken');
        $old = array_map(
            fn (int $n): array => ["old$n", '{}', $this->shop->now - 30 * self::DAY - 1],
            range(1, 501),
        );
        $this->fill('inbox', 'digest, payload, received_at', '(?, ?, ?)', $old);
        $young = [['a', '{}', $this->shop->now - 30 * self::DAY], ['b', '{}', $this->shop->now]];
        $this->fill('inbox', 'digest, payload, received_at', '(?, ?, ?)', $young);

        self::assertSame('engine', $bridge->worker()->run(5)->idle);

        $left = $this->database->query("SELECT digest FROM {$this->prefix}ob_inbox ORDER BY id");
        self::assertSame(['a', 'b'], array_column($left, 'digest'));
    }

    /** @dataProvider databases */
    public function testAHintGoesWhenItHasBeenRead(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->fill('inbox', 'digest, payload, received_at', '(?, ?, ?)', [
            ['a', '{"query":{"ID":"404"},"form":{}}', time()],
        ]);
        $bridge->worker()->run(5);
        self::assertSame(0, $this->number('inbox'));
    }

    /** @dataProvider databases */
    public function testTheDeadAreKeptNinetyDaysAndLeaveALine(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $this->shop->now = $begin = time();
        $leases = new Leases(new Tables($this->shop->database(), $this->prefix . 'ob_'));
        $bury = static function (string $order) use ($bridge, $leases): void {
            $bridge->outbox()->enqueue($order);
            foreach ($leases->take(1) as $job) {
                $bridge->outbox()->bury($job, Job::PUSH, Reason::of('field_refused', "No field of order $order"));
            }
        };
        $bury('1');
        $this->shop->now = $begin + 1;
        $bury('2');
        $bridge->outbox()->enqueue('3');
        $this->shop->now = $begin + 90 * self::DAY + 1;

        $bridge->worker()->run(5);

        self::assertSame(['2'], array_column($bridge->outbox()->dead(), 'order_id'));
        self::assertSame(1, $bridge->outbox()->figures()['ready'], 'what waits is not dead');
        [$line] = $bridge->journal()->latest(1, '1');
        self::assertSame(['warning', 'dead_removed'], [$line['level'], $line['code']]);
        self::assertSame(
            'order 1 had needed a decision for 90 days (field_refused) and is taken out of the queue',
            $line['message'],
        );
    }

    /** @dataProvider databases */
    public function testUpkeepThatFailsStopsNoOrder(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $this->database->execute("DROP TABLE {$this->prefix}ob_draw");

        self::assertSame(1, $bridge->worker()->run(5)->done);

        self::assertStringContainsString('the upkeep failed', $this->log->text());
    }

    /** @dataProvider databases */
    public function testDrawsAndLeftoversGoAndLinksStay(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $this->shop->now = $now = time();
        $this->fill('draw', 'round, order_id, number, at', '(?, ?, ?, ?)', [
            ['r', '1', 0, $now - 31 * self::DAY], ['r', '2', 1, $now - 29 * self::DAY],
        ]);
        $this->fill('round', 'name, drawn', '(?, ?)', [['r', 2]]);
        $this->fill('busy', 'name, holder, until', '(?, ?, ?)', [
            ['left', 'killed', $now - 3601], ['fresh', 'killed', $now - 3599], ['held', 'alive', $now + 60],
        ]);
        $this->fill('link', 'order_id, deal_id, created_at, updated_at', '(?, ?, ?, ?)', [['1', '7', 0, 0]]);

        $bridge->worker()->run(5);

        self::assertSame([1, 1, 2, 1], [
            $this->number('draw'), $this->number('round'), $this->number('busy'), $this->number('link'),
        ]);
    }
}
