<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use Orderbridge\Tests\Support\BridgeTestCase;

use function array_column;
use function count;
use function range;

final class SweepTest extends BridgeTestCase
{
    private const NOW = 1_800_000_000;

    /** @return list<string> */
    private function enqueued(): array
    {
        return array_column($this->database->query(
            "SELECT order_id FROM {$this->prefix}ob_job ORDER BY id",
        ), 'order_id');
    }

    private function forgetJobs(): void
    {
        $this->database->execute("DELETE FROM {$this->prefix}ob_job");
    }

    /** @dataProvider databases */
    public function testOldOrdersAreNotSentBySurprise(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $this->shop->now = self::NOW;
        foreach (range(1, 450) as $id) {
            $this->shop->place($id);
        }

        self::assertSame(0, $bridge->sweep(10));
        self::assertSame([], $this->enqueued());

        $this->shop->now += 10;
        $this->shop->place(451);
        self::assertSame(1, $bridge->sweep(10));
        self::assertSame(['451'], $this->enqueued());
    }

    /** @dataProvider databases */
    public function testFindsWhatTheHooksForgotInAnyNumber(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $this->shop->now = self::NOW;
        $bridge->sweep(10);
        $this->shop->now += 10;
        foreach (range(1, 450) as $id) {
            $this->shop->place($id);
        }
        $bridge->outbox()->enqueue('7');

        self::assertSame(449, $bridge->sweep(10));
        self::assertCount(450, $this->enqueued());
    }

    /** @dataProvider databases */
    public function testAnOrderCommittedLateIsFound(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $this->shop->now = self::NOW;
        $this->shop->place(1);
        $bridge->sweep(10);
        $this->shop->now += 600;
        $this->shop->place(3);
        $bridge->sweep(10);
        $this->shop->now += 600;
        // Its transaction took eleven minutes; its time is before the end of the last sweep.
        $this->shop->now -= 660;
        $this->shop->place(2);
        $this->shop->now += 660;
        $this->forgetJobs();

        $bridge->sweep(10);

        self::assertContains('2', $this->enqueued());
    }

    /** @dataProvider databases */
    public function testWhatItHasSeenItLooksAtOnceMoreForAQuarterOfAnHour(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $this->shop->now = self::NOW;
        $bridge->sweep(10);
        $this->shop->now += 600;
        $this->shop->place(1);
        $this->shop->place(2);
        $bridge->sweep(10);
        self::assertSame(['1', '2'], $this->enqueued());
        $bridge->links()->learn(['order_id' => '1', 'deal_id' => '11']);
        $this->forgetJobs();

        $this->shop->now += 600;
        $bridge->sweep(10);
        self::assertSame(['1', '2'], $this->enqueued(), 'a change of one with a deal may be committed late, too');
        $this->forgetJobs();
        $this->shop->now += 1000;
        $bridge->sweep(10);
        $this->forgetJobs();
        $this->shop->now += 1000;
        $bridge->sweep(10);
        self::assertSame([], $this->enqueued());

        $this->shop->now += 600;
        $this->shop->change(1, '5.00');
        $this->forgetJobs();
        $bridge->sweep(10);
        self::assertContains('1', $this->enqueued(), 'a changed order is new');
    }

    /** @dataProvider databases */
    public function testItsMarksDoNotPileUp(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $this->shop->now = self::NOW;
        foreach (range(1, 30) as $sweep) {
            $this->shop->now += 600;
            $bridge->sweep(10);
        }

        self::assertLessThanOrEqual(4, count(((array) $bridge->settings()->cursor('sweep'))['marks']));
    }

    /** @dataProvider databases */
    public function testOnlyOneSweepsAtATime(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $inner = 'not asked';
        $sweeping = $this->another(['onPoint' => static function (string $point) use ($bridge, &$inner): void {
            $inner = $bridge->sweep(10);
        }]);

        self::assertSame(0, $sweeping->sweep(10));
        self::assertNull($inner);
        self::assertSame(0, $bridge->sweep(10));
    }

    /** @dataProvider databases */
    public function testAShopThatCannotListItsOrdersStopsNothingElse(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $this->shop->broken = ['list'];

        $report = $bridge->worker()->run(5);

        self::assertSame(1, $report->done);
        self::assertStringContainsString('the sweep failed', $this->log->text());
    }
}
