<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use DateTimeImmutable;
use Orderbridge\Exception\BackfillRefused;
use Orderbridge\Options;
use Orderbridge\Outbox\Job;
use Orderbridge\Shop\OrderRange;
use Orderbridge\Sync\BackfillFeed;
use Orderbridge\Sync\Points;
use Orderbridge\Tests\Support\BridgeTestCase;
use Orderbridge\Tests\Support\CountingDatabase;
use Orderbridge\Tests\Support\TableShop;
use Orderbridge\Wiring;

use function array_column;
use function array_fill;
use function array_intersect_key;
use function array_keys;
use function array_map;
use function count;
use function max;
use function range;
use function substr_count;
use function time;

/** Sending the orders that the shop had before: which, how, how it is halted, and what it leaves alone. */
final class BackfillTest extends BridgeTestCase
{
    private const NOW = 1_800_000_000;

    private function place(int $first, int $last): void
    {
        $this->database->transaction(function () use ($first, $last): void {
            array_map($this->shop->place(...), range($first, $last));
        });
    }

    /** @return list<array<string, string|int|float|null>> */
    private function jobs(string $where = '1 = 1'): array
    {
        return $this->database->query("SELECT * FROM {$this->prefix}ob_job WHERE $where ORDER BY id");
    }

    /**
     * @param array<string, mixed> $status
     * @return array<string, mixed>
     */
    private static function figures(array $status): array
    {
        return array_intersect_key($status, ['state' => 1, 'total' => 1, 'done' => 1, 'failed' => 1, 'left' => 1]);
    }

    private static function refused(callable $what): string
    {
        try {
            $what();
        } catch (BackfillRefused $refusal) {
            return $refusal->reason;
        }

        return 'it was done';
    }

    /** @dataProvider databases */
    public function testEveryOrderBecomesOneDeal(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->place(1, 430);

        $status = $bridge->backfill()->start(new OrderRange());
        self::assertSame(
            ['state' => 'running', 'total' => 430, 'done' => 0, 'failed' => 0, 'left' => 430],
            self::figures($status),
        );
        self::assertSame([], $this->jobs(), 'the one who asks does not wait for it');
        $bridge->worker()->run(60);

        self::assertSame(array_fill(1, 430, 1), $this->deals());
        $status = $bridge->backfill()->status();
        self::assertSame(
            ['state' => 'finished', 'total' => 430, 'done' => 430, 'failed' => 0, 'left' => 0],
            self::figures($status),
        );
        self::assertIsInt($status['ended']);
        self::assertSame([], $this->jobs());
        $told = array_column($bridge->journal()->latest(500), 'message', 'code');
        self::assertSame('Backfill 1 has begun, orders: 430', $told['backfill_started']);
        self::assertSame('Backfill 1 is finished, orders: 430, need a decision: 0', $told['backfill_finished']);
    }

    /** @dataProvider databases */
    public function testAgainItCostsNoRequestAndOnlyWhatDiffersIsSent(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->place(1, 120);
        $bridge->backfill()->start(new OrderRange());
        $bridge->worker()->run(60);
        $this->shop->change(77, '5.00');
        $before = $this->portal->state()['requests'];

        self::assertSame(2, $bridge->backfill()->start(new OrderRange())['number']);
        $bridge->worker()->run(60);

        self::assertSame($before + 1, $this->portal->state()['requests']);
        self::assertSame(array_fill(1, 120, 1), $this->deals());
        self::assertSame(120, $bridge->backfill()->status()['done']);
    }

    /** @return iterable<string, array{string, array<string, string>, list<int>}> */
    public function ranges(): iterable
    {
        $cases = [
            'from an id' => [['from_id' => '4'], [4, 5]],
            'to an id' => [['to_id' => '2'], [1, 2]],
            'one id' => [['from_id' => '3', 'to_id' => '3'], [3]],
            'a day' => [['from' => '2026-03-02', 'to' => '2026-03-02'], [2, 3, 4]],
            'from a day' => [['from' => '2026-03-03'], [5]],
            'to an hour' => [['to' => '2026-03-02T00:00:01Z'], [1, 2]],
            'both' => [['from' => '2026-03-02', 'to_id' => '3'], [2, 3]],
            'all' => [[], [1, 2, 3, 4, 5]],
            'an empty word' => [['from' => '', 'to' => ''], [1, 2, 3, 4, 5]],
        ];
        foreach ($this->databases() as $name => [$kind]) {
            foreach ($cases as $case => [$words, $ids]) {
                yield "$name, $case" => [$kind, $words, $ids];
            }
        }
    }

    /**
     * @dataProvider ranges
     * @param array<string, string> $words
     * @param list<int> $ids
     */
    public function testSendsWhatIsAskedForAndNothingElse(string $kind, array $words, array $ids): void
    {
        $bridge = $this->bridge($kind);
        $times = ['2026-03-01 23:59:59', '2026-03-02 00:00:00', '2026-03-02 00:00:01', '2026-03-02 23:59:59',
            '2026-03-03 00:00:00'];
        foreach ($times as $index => $time) {
            $this->shop->now = (new DateTimeImmutable("$time UTC"))->getTimestamp();
            $this->shop->place($index + 1);
        }
        $range = OrderRange::of($words, $this->shop->now()->getTimezone());

        self::assertSame(count($ids), $bridge->backfill()->start($range)['total']);
        $bridge->worker()->run(10);

        self::assertSame($ids, array_keys($this->deals()));
    }

    /** @dataProvider databases */
    public function testPagesThatEndExactlyAreNoTrouble(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->place(1, 2 * BackfillFeed::PAGE);
        $bridge->backfill()->start(new OrderRange());

        $bridge->worker()->run(60);

        self::assertSame('finished', $bridge->backfill()->status()['state']);
        self::assertSame(2 * BackfillFeed::PAGE, $bridge->links()->count());
    }

    /** @dataProvider databases */
    public function testNeverManyJobsWaitAtOnce(string $kind): void
    {
        $most = 0;
        $bridge = $this->bridge($kind);
        $this->place(1, 1500);
        $bridge->backfill()->start(new OrderRange());
        $worker = $this->another(['onPoint' => function (string $point) use (&$most): void {
            if ($point === Points::LIST_STORED) {
                $most = max($most, count($this->jobs()));
            }
        }]);

        $worker->worker()->run(120);

        self::assertSame('finished', $bridge->backfill()->status()['state']);
        self::assertGreaterThanOrEqual(BackfillFeed::PAGE, $most);
        self::assertLessThan(2 * BackfillFeed::PAGE, $most);
    }

    /** @dataProvider databases */
    public function testANewOrderGoesBeforeThem(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->place(1, 300);
        $bridge->backfill()->start(new OrderRange(toId: 300));
        $claims = 0;
        $sentAfter = null;
        $worker = $this->another(['group' => 10, 'onPoint' => function (string $point) use (
            $bridge,
            &$claims,
            &$sentAfter,
        ): void {
            if ($point === Points::CLAIMED && ++$claims === 3) {
                // A buyer orders while a group of old ones is under way.
                $this->shop->place(1000);
                $bridge->orderSaved('1000');
            }
            if ($point === Points::FINISHED && $claims >= 3 && $bridge->links()->ofOrder('1000') !== null) {
                $sentAfter ??= $claims;
            }
        }]);

        $worker->worker()->run(60);

        self::assertSame(4, $sentAfter, 'the very next group is the new order alone');
        self::assertSame(301, $bridge->links()->count());
    }

    /** @dataProvider databases */
    public function testAProcessThatServesVisitorsLeavesItAlone(string $kind): void
    {
        $bridge = $this->bridge($kind, ['finishRequest' => static fn () => null]);
        $this->place(1, 20);
        $bridge->backfill()->start(new OrderRange(toId: 20));
        $this->shop->place(21);
        $bridge->orderSaved('21');

        $bridge->afterResponse();

        self::assertSame([21], array_keys($this->deals()));
        $bridge->worker()->run(10);
        self::assertCount(21, $this->deals());
    }

    /** @dataProvider databases */
    public function testRestsWhileItIsPausedAndGoesOn(string $kind): void
    {
        $bridge = $this->bridge($kind, ['group' => 10]);
        $this->place(1, 300);
        $bridge->backfill()->start(new OrderRange(toId: 300));
        $groups = 0;
        $worker = $this->another(['group' => 10, 'onPoint' => static function (string $point) use (
            $bridge,
            &$groups,
        ): void {
            if ($point === Points::FINISHED && ++$groups === 2) {
                $bridge->backfill()->pause();
            }
        }]);

        $worker->worker()->run(30);

        self::assertCount(40, $this->deals(), 'two claims of twice the usual');
        $status = $bridge->backfill()->status();
        self::assertSame(['paused', 40, 260], [$status['state'], $status['done'], $status['left']]);
        self::assertNull($status['remaining']);
        $this->shop->place(301);
        $bridge->orderSaved('301');
        $worker->worker()->run(10);
        self::assertCount(41, $this->deals(), 'new orders go on');
        self::assertSame('backfill_is_so', self::refused($bridge->backfill()->pause(...)));

        self::assertSame('running', $bridge->backfill()->resume()['state']);
        self::assertSame('backfill_is_so', self::refused($bridge->backfill()->resume(...)));
        $worker->worker()->run(30);
        self::assertSame(array_fill(1, 301, 1), $this->deals());
        self::assertSame('finished', $bridge->backfill()->status()['state']);
    }

    /** @dataProvider databases */
    public function testEndsWhenItIsCancelled(string $kind): void
    {
        $bridge = $this->bridge($kind, ['group' => 10]);
        $this->place(1, 300);
        $bridge->backfill()->start(new OrderRange());
        $groups = 0;
        $worker = $this->another(['group' => 10, 'onPoint' => static function (string $point) use (
            $bridge,
            &$groups,
        ): void {
            if ($point === Points::CLAIMED && ++$groups === 2) {
                $bridge->orderSaved('290');
                $bridge->backfill()->cancel();
            }
        }]);

        $worker->worker()->run(30);

        self::assertCount(41, $this->deals(), 'what was begun, and what a hook asked for, is brought to its end');
        self::assertSame([], $this->jobs());
        $status = $bridge->backfill()->status();
        self::assertSame(['cancelled', 0], [$status['state'], $status['failed']]);
        self::assertIsInt($status['ended']);
        self::assertSame('backfill_none', self::refused($bridge->backfill()->cancel(...)));
        self::assertSame('backfill_none', self::refused($bridge->backfill()->resume(...)));
        $bridge->backfill()->start(new OrderRange());
        $worker->worker()->run(60);
        self::assertSame(array_fill(1, 300, 1), $this->deals());
    }

    /** @dataProvider databases */
    public function testCancellingTakesNoJobThatSomebodyElseWants(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->place(1, 20);
        $bridge->orderSaved('20');
        $bridge->backfill()->start(new OrderRange());
        $this->feed();
        $bridge->orderSaved('1');
        $bridge->outbox()->enqueue('2', Job::PULL);
        $bridge->outbox()->enqueueNew(['3']);

        $bridge->backfill()->cancel();

        self::assertEqualsCanonicalizing(['20', '1', '2', '3'], array_column($this->jobs(), 'order_id'));
    }

    /** @dataProvider databases */
    public function testOnlyOneAtATimeAndOnlyWhenThereIsSomethingToDo(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $start = static fn (): array => $bridge->backfill()->start(new OrderRange());
        self::assertSame(['state' => 'none'], $bridge->backfill()->status());
        self::assertSame('not_connected', self::refused($start));
        self::assertSame('backfill_none', self::refused($bridge->backfill()->pause(...)));

        $bridge = $this->bridge($kind);
        $start = static fn (): array => $bridge->backfill()->start(new OrderRange());
        self::assertSame('backfill_nothing', self::refused($start));
        $this->place(1, 3);
        $start();
        self::assertSame('backfill_running', self::refused($start));
        $bridge->backfill()->pause();
        self::assertSame('backfill_running', self::refused($start));
    }

    /**
     * Two people press the button at the same moment.
     *
     * @dataProvider databases
     */
    public function testOfTwoThatBeginAtOnceOneIsRefused(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->place(1, 3);
        $other = $this->another();
        $other->settings()->refresh();
        self::assertNull($other->settings()->cursor('backfill'), 'both have seen that there is none');
        self::assertTrue($bridge->settings()->moveCursor('backfill', null, ['turn' => 1]));
        self::assertFalse($other->settings()->moveCursor('backfill', null, ['turn' => 2]));
        $seen = $other->settings()->cursor('backfill');
        self::assertTrue($bridge->settings()->moveCursor('backfill', $seen, ['turn' => 3]));
        self::assertFalse($other->settings()->moveCursor('backfill', $seen, ['turn' => 4]));
        self::assertEquals((object) ['turn' => 3], $other->settings()->cursor('backfill'));
    }

    /**
     * The page has been read when a person halts it, or another worker was quicker.
     *
     * @dataProvider databases
     */
    public function testAPageThatComesTooLateIsNotStored(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->place(1, 300);
        $bridge->backfill()->start(new OrderRange());
        $cancels = $this->another(['onPoint' => static function (string $point) use ($bridge): void {
            if ($point === Points::LISTED && $bridge->backfill()->status()['state'] === 'running') {
                $bridge->backfill()->cancel();
            }
        }]);
        $cancels->worker()->run(10);
        self::assertSame([], $this->jobs());
        self::assertSame([], $this->deals());

        $bridge->backfill()->start(new OrderRange());
        $lists = 0;
        $overtaken = $this->another(['onPoint' => function (string $point) use (&$lists): void {
            if ($point === Points::LISTED && ++$lists === 1) {
                $this->feed();
            }
        }]);
        $overtaken->worker()->run(60);
        self::assertSame(array_fill(1, 300, 1), $this->deals());
        self::assertSame(300, $bridge->backfill()->status()['total']);
    }

    /** @dataProvider databases */
    public function testAHeldPortalHoldsItUpAndNothingIsLost(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->place(1, 250);
        $this->portal->fault('deaf', 4);
        $bridge->settings()->setDue('poll', 600);
        $bridge->backfill()->start(new OrderRange());

        $bridge->worker()->run(10);

        $status = $bridge->backfill()->status();
        self::assertSame('running', $status['state']);
        self::assertNotNull($status['held']);
        self::assertFalse($status['held']['stopped']);
        self::assertSame([], $this->deals());
        $jobs = count($this->jobs());
        $bridge->worker()->run(2);
        self::assertCount($jobs, $this->jobs(), 'meanwhile no page is listed');

        $this->portal->fault('none', 0);
        $this->shop->now = time() + 3600;
        $bridge->worker()->run(60);
        self::assertSame(array_fill(1, 250, 1), $this->deals());
        self::assertSame('finished', $bridge->backfill()->status()['state']);
    }

    /** @dataProvider databases */
    public function testTheDeadAreKeptWithTheirReasonAndCounted(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->place(1, 30);
        $this->engine->instead['sync.start'] = static fn (array $data): ?array =>
            ($data['task']['order']['id'] ?? '') === '7' || ($data['task']['order']['id'] ?? '') === '8'
            ? ['step' => 'dead', 'reason' => ['code' => 'field', 'message' => 'No such field', 'hint' => 'Make it']]
            : null;
        $bridge->backfill()->start(new OrderRange());

        $bridge->worker()->run(10);

        $status = $bridge->backfill()->status();
        self::assertSame(
            ['state' => 'finished', 'total' => 30, 'done' => 28, 'failed' => 2, 'left' => 0],
            self::figures($status),
        );
        self::assertSame(['No such field', 'No such field'], array_column($bridge->outbox()->dead(), 'message'));
        unset($this->engine->instead['sync.start']);
        $bridge->outbox()->requeueDead();
        $bridge->worker()->run(10);
        self::assertSame([30, 0], [$bridge->backfill()->status()['done'], $bridge->backfill()->status()['failed']]);
    }

    /** @dataProvider databases */
    public function testIsOverOnlyWhenTheLastRetryIs(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->place(1, 3);
        $this->shop->broken = ['2'];
        $bridge->backfill()->start(new OrderRange());

        $bridge->worker()->run(5);

        $status = $bridge->backfill()->status();
        self::assertSame(['running', 2, 1, 1], [
            $status['state'], $status['done'], $status['retrying'], $status['left'],
        ]);
        $this->shop->broken = [];
        $this->shop->now = time() + 600;
        $bridge->worker()->run(5);
        self::assertSame('finished', $bridge->backfill()->status()['state']);
        self::assertCount(3, $this->deals());
    }

    /** @dataProvider databases */
    public function testAShopThatCannotListStopsNothingElse(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->place(1, 3);
        $bridge->backfill()->start(new OrderRange());
        $bridge->orderSaved('1');
        $this->shop->broken = ['list'];
        $bridge->settings()->setDue('sweep', 600);

        $bridge->worker()->run(5);
        $bridge->worker()->run(5);

        self::assertSame([1], array_keys($this->deals()));
        self::assertSame(1, substr_count($this->log->text(), 'the backfill could not read the orders'), 'said once');
        $this->shop->broken = [];
        $this->shop->now = time() + 61;
        $bridge->worker()->run(5);
        self::assertCount(3, $this->deals());
    }

    /** @dataProvider databases */
    public function testSaysHowFastItIsAndHowLongItTakes(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->now = self::NOW;
        $this->place(1, 1000);
        self::assertNull($bridge->backfill()->start(new OrderRange())['rate']);
        // Every group takes ten seconds, by the shop's clock.
        $worker = $this->another(['group' => 50, 'onPoint' => function (string $point) use ($bridge): void {
            if ($point === Points::FINISHED) {
                $this->shop->now += 10;
                if ($bridge->backfill()->status()['done'] === 500) {
                    $bridge->backfill()->pause();
                }
            }
        }]);
        $worker->worker()->run(60);
        $this->shop->now += 86400;
        self::assertNull($bridge->backfill()->resume()['rate'], 'the day that it rested does not count');

        $groups = 0;
        $rates = [];
        $worker = $this->another(['group' => 50, 'onPoint' => function (string $point) use (
            $bridge,
            &$groups,
            &$rates,
        ): void {
            if ($point === Points::FINISHED) {
                $this->shop->now += 10;
                $status = $bridge->backfill()->status();
                $rates[] = [$status['rate'], $status['remaining']];
            }
        }]);
        $worker->worker()->run(60);

        self::assertSame([10.0, 40], $rates[0]);
        self::assertSame([10.0, 10], $rates[3]);
        self::assertSame(1000, $bridge->backfill()->status()['done']);
    }

    /** @dataProvider databases */
    public function testCostsAWorkerNothingWhileThereIsNone(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->place(1, 3);
        $bridge->backfill()->start(new OrderRange());
        $bridge->worker()->run(5);
        $counting = new CountingDatabase($this->database);
        $this->shop = new TableShop($counting, $this->prefix);
        $idle = $this->another();
        $idle->worker()->run(5);
        $counting->count = 0;

        $idle->worker()->run(5);

        self::assertSame(3, $counting->count);
    }

    /** Makes jobs of one page, and works on none. */
    private function feed(): void
    {
        $wiring = new Wiring($this->shop, new Options(prefix: $this->prefix . 'ob_'));
        self::assertTrue($wiring->backfillFeed()->feed());
    }
}
