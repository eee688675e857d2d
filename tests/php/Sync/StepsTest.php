<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use Orderbridge\Bridge;
use Orderbridge\Outbox\Job;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\BridgeTestCase;

use function array_column;
use function array_map;
use function array_values;
use function range;

/** What a host does for the steps that ask nothing of the portal. */
final class StepsTest extends BridgeTestCase
{
    private const NOW = 1_800_000_000;

    /** @dataProvider databases */
    public function testDrawsInTurnAndTheSameAgain(string $kind): void
    {
        $bridge = $this->quiet($kind);
        $this->engine->instead['sync.start'] = static fn (array $data): array => [
            'step' => 'draw',
            'state' => ['order' => $data['task']['order']['id']],
            'round' => 'tea',
            'order_id' => $data['task']['order']['id'],
        ];
        $drawn = [];
        $this->engine->instead['sync.resume'] = static function (array $data) use (&$drawn): array {
            $drawn[] = [$data['state']['order'], $data['reply']];

            return ['step' => 'done', 'result' => []];
        };
        foreach (range(1, 3) as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }
        $bridge->worker()->run(5);
        $bridge->orderSaved('2');
        $bridge->worker()->run(5);

        self::assertSame([
            ['1', ['drawn' => 0]],
            ['2', ['drawn' => 1]],
            ['3', ['drawn' => 2]],
            ['2', ['drawn' => 1]],
        ], $drawn);
    }

    /**
     * They go one after another, each through several steps: a wholesale buyer's hundredth is no endless task.
     *
     * @dataProvider databases
     */
    public function testManyOrdersOfOneBuyerAllComeThrough(string $kind): void
    {
        $bridge = $this->quiet($kind);
        $this->engine->instead['sync.start'] = static fn (array $data): array => [
            'step' => 'call',
            'state' => ['at' => 'find', 'order' => $data['task']['order']['id'], 'print' => 'p'],
            'calls' => [['find', $data['task']['order']['id'], '']],
            'locks' => ['phone-1'],
        ];
        foreach (range(1, 120) as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }

        self::assertSame(120, $bridge->worker()->run(60)->done);
        self::assertSame([], $bridge->outbox()->dead());
        self::assertCount(120, $this->deals());
    }

    /** @dataProvider databases */
    public function testATaskThatNeverEndsIsEndedAndItsNeighboursGoOn(string $kind): void
    {
        $bridge = $this->quiet($kind);
        $this->engine->instead['sync.start'] = static fn (array $data): ?array => $data['task']['order']['id'] === '2'
            ? ['step' => 'look', 'state' => ['at' => 'endless'], 'deals' => [], 'buyers' => []]
            : null;
        $this->engine->instead['sync.resume'] = static fn (array $data): ?array => $data['state']['at'] === 'endless'
            ? ['step' => 'look', 'state' => ['at' => 'endless'], 'deals' => [], 'buyers' => []]
            : null;
        foreach ([1, 2, 3] as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }
        $bridge->worker()->run(10);

        self::assertSame([['2', 'core_fault']], array_map(
            static fn (array $job): array => [(string) $job['order_id'], $job['code']],
            $bridge->outbox()->dead(),
        ));
        self::assertSame([1 => 1, 3 => 1], $this->deals());
    }

    /**
     * Each has the name that the other wants next: one gives way, and has lost nothing but a moment.
     *
     * @dataProvider databases
     */
    public function testTwoThatWaitForEachOtherDoNotWaitForEver(string $kind): void
    {
        $bridge = $this->quiet($kind);
        $find = static fn (string $order, string $at, string ...$locks): array => [
            'step' => 'call', 'state' => ['at' => $at, 'order' => $order, 'print' => 'p'],
            'calls' => [['find', $order, '']], 'locks' => $locks,
        ];
        $this->engine->instead['sync.start'] = static fn (array $data): array => $data['task']['order']['id'] === '1'
            ? $find('1', 'first', 'a')
            : $find('2', 'first', 'b');
        $this->engine->instead['sync.resume'] = static fn (array $data): ?array => $data['state']['at'] === 'first'
            ? $find($data['state']['order'], 'find', 'a', 'b')
            : null;
        foreach ([1, 2] as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }
        $report = $bridge->worker()->run(2);

        self::assertSame([], $bridge->outbox()->dead());
        self::assertGreaterThanOrEqual(1, $report->done);
        $this->shop->now += 60;
        $this->engine->instead['sync.start'] = static fn (array $data): ?array => null;
        $bridge->worker()->run(5);
        self::assertSame([1 => 1, 2 => 1], $this->deals());
    }

    /**
     * What the first of a buyer's orders has found or made, the second need not search for.
     *
     * @dataProvider databases
     */
    public function testAnOrderThatWaitedForAnotherLooksAgain(string $kind): void
    {
        $bridge = $this->quiet($kind);
        $started = [];
        $this->engine->instead['sync.start'] = static function (array $data) use (&$started): array {
            $started[] = $order = $data['task']['order']['id'];

            return [
                'step' => 'call',
                'state' => ['at' => 'find', 'order' => $order, 'print' => "print $order"],
                'calls' => [['find', $order, '']],
                'locks' => ['phone-1'],
            ];
        };
        foreach ([1, 2, 3] as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }

        self::assertSame(3, $bridge->worker()->run(5)->done);

        self::assertSame(['1', '2', '3', '2', '3'], $started, 'the first at once, the others when it was their turn');
        self::assertSame([1 => 1, 2 => 1, 3 => 1], $this->deals());
    }

    /** @dataProvider databases */
    public function testLooksUpDealsAndBuyersAndStoresWhoTheBuyerIs(string $kind): void
    {
        $bridge = $this->quiet($kind);
        $this->engine->instead['sync.start'] = static fn (array $data): array => [
            'step' => 'look',
            'state' => ['order' => $data['task']['order']['id']],
            'learn' => ['order_id' => $data['task']['order']['id'], 'buyer' => 'ivan'],
            'deals' => ['7'],
            'buyers' => ['ivan', 'anna'],
        ];
        $found = [];
        $this->engine->instead['sync.resume'] = static function (array $data) use (&$found): array {
            $found[] = array_column($data['reply']['links'], 'deal_id');
            $learn = ['order_id' => $data['state']['order'], 'deal_id' => '1' . $data['state']['order']];

            return ['step' => 'done', 'result' => [], 'learn' => $learn];
        };
        $bridge->links()->learn(['order_id' => '70', 'deal_id' => '7']);
        foreach ([1, 2] as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
            $bridge->worker()->run(5);
        }

        self::assertSame([['7'], ['7', '11']], $found, 'the deal asked for, and of the buyer the last one');
    }

    /** @dataProvider databases */
    public function testForgetsWhatTheCoreWantsForgotten(string $kind): void
    {
        $bridge = $this->quiet($kind);
        $this->shop->place(1);
        $bridge->links()->learn(['order_id' => '1', 'deal_id' => '5', 'stage' => 'C5:NEW']);
        $this->engine->instead['sync.start'] = static fn (): array => [
            'step' => 'done',
            'result' => [],
            'learn' => ['order_id' => '1', 'forget' => true],
        ];
        $bridge->orderSaved('1');

        $bridge->worker()->run(5);

        self::assertNull($bridge->links()->ofOrder('1'));
    }

    /** @dataProvider databases */
    public function testTheCoreDecidesAboutADealWhoseOrderIsGone(string $kind): void
    {
        $bridge = $this->quiet($kind);
        $bridge->links()->learn(['order_id' => '1', 'deal_id' => '5', 'stage' => 'C5:NEW']);
        $bridge->links()->learn(['order_id' => '2', 'memo' => ['tried' => true]]);
        $this->engine->asked = [];
        foreach (['1', '2', '3'] as $gone) {
            $bridge->outbox()->enqueue($gone, Job::PUSH | Job::PULL);
        }

        $bridge->worker()->run(5);

        $tasks = [];
        foreach ($this->engine->asked as [$op, $data]) {
            if ($op === 'sync.start') {
                $tasks[] = $data['task'];
            }
        }
        self::assertCount(1, $tasks, 'an order that never became a deal is nobody’s business');
        self::assertSame(['push_order', null], [$tasks[0]['kind'], $tasks[0]['order']]);
        self::assertSame(['1', '5'], [$tasks[0]['link']['order_id'], $tasks[0]['link']['deal_id']]);
        self::assertSame(0, $bridge->outbox()->figures()['ready'] + $bridge->outbox()->figures()['dead']);
    }

    /** @dataProvider databases */
    public function testFilesThatWereReplacedBringTheirTablesThemselves(string $kind): void
    {
        $bridge = $this->quiet($kind);
        $tables = new Tables($this->database, $this->prefix . 'ob_');
        $tables->execute('DROP TABLE {round}');
        $tables->execute('DROP TABLE {draw}');
        $tables->execute("UPDATE {setting} SET value = '1' WHERE name = 'migration'");
        self::assertFalse($bridge->migrations()->complete());

        $this->another()->worker()->run(5);

        self::assertTrue($bridge->migrations()->complete());
        self::assertSame([], $tables->rows('SELECT * FROM {draw}'));
    }

    /** @dataProvider databases */
    public function testOldDrawsAreTrimmedOnceADay(string $kind): void
    {
        $bridge = $this->quiet($kind);
        $tables = new Tables($this->database, $this->prefix . 'ob_');
        foreach ([29, 31] as $days) {
            $at = self::NOW + 86400 - $days * 86400;
            $tables->execute("INSERT INTO {draw} VALUES ('tea', 'of $days days', $days, $at)");
        }
        $this->shop->now = self::NOW + 86400;

        $bridge->worker()->run(5);

        self::assertSame([['of 29 days']], array_map(array_values(...), $tables->rows('SELECT order_id FROM {draw}')));
    }

    /** A bridge that has polled already and will not again. */
    private function quiet(string $kind): Bridge
    {
        $bridge = $this->bridge($kind, ['pollEvery' => 1_000_000]);
        $this->shop->now = self::NOW;
        $bridge->worker()->run(5);

        return $bridge;
    }
}
