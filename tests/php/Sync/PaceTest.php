<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use Orderbridge\Outbox\Job;
use Orderbridge\Store\Tables;
use Orderbridge\Sync\Outcome;
use Orderbridge\Sync\Pace;
use Orderbridge\Tests\Support\BridgeTestCase;

use function array_map;
use function range;

/** What the chart is made of. */
final class PaceTest extends BridgeTestCase
{
    private const NOON = 1_790_000_000;

    private function pace(string $kind): Pace
    {
        $this->bridge($kind, [], false);
        $this->shop->now = self::NOON;

        return new Pace(new Tables($this->database, $this->prefix . 'ob_'), $this->shop);
    }

    private static function job(int $waited, int $lane = Job::LANE_LIVE): Job
    {
        return Job::fromRow([
            'id' => 1, 'order_id' => '1', 'wants' => 1, 'version' => 1, 'lane' => $lane, 'attempts' => 0,
            'lease_by' => '', 'lease_until' => 0, 'code' => '', 'created_at' => self::NOON - $waited,
        ]);
    }

    private static function outcome(string $word): Outcome
    {
        return Outcome::done(['result' => (object) ['outcome' => $word]]);
    }

    /** @dataProvider databases */
    public function testCountsWhatWentOverAndHowLongItHadWaited(string $kind): void
    {
        $pace = $this->pace($kind);
        $pace->note(array_map(
            static fn (int $at): array => [self::job($at <= 18 ? 2 : 900), self::outcome('created')],
            range(1, 20),
        ), self::NOON);
        $pace->note([
            [self::job(1), self::outcome('applied')], [self::job(1), self::outcome('unchanged')],
            [self::job(1), null], [self::job(1), Outcome::unfinished()],
        ], self::NOON);

        $days = $pace->days(3);
        self::assertCount(3, $days);
        self::assertSame([0, 0, null, null], [
            $days[0]['orders'], $days[0]['statuses'], $days[0]['delay_median'], $days[0]['delay_p95'],
        ]);
        self::assertSame(
            ['day' => gmdate('Y-m-d', self::NOON), 'orders' => 20, 'statuses' => 1, 'delay_median' => 2,
                'delay_p95' => 1800],
            $days[2],
        );
    }

    /** @dataProvider databases */
    public function testABackfillIsCountedButNobodyWaitedForIt(string $kind): void
    {
        $pace = $this->pace($kind);
        $pace->note([[self::job(90000, Job::LANE_BACKFILL), self::outcome('created')]], self::NOON);

        $today = $pace->days(1)[0];
        self::assertSame([1, null, null], [$today['orders'], $today['delay_median'], $today['delay_p95']]);
    }

    /** @dataProvider databases */
    public function testWhatTookForEverIsTheSlowestThereIs(string $kind): void
    {
        $pace = $this->pace($kind);
        $pace->note([[self::job(10 ** 8), self::outcome('adopted')]], self::NOON);
        $pace->note([[self::job(-5), self::outcome('adopted')]], self::NOON);

        self::assertSame([1, 604800], [$pace->days(1)[0]['delay_median'], $pace->days(1)[0]['delay_p95']]);
    }

    /** @dataProvider databases */
    public function testOldDaysGo(string $kind): void
    {
        $pace = $this->pace($kind);
        $pace->note([[self::job(1), self::outcome('created')]], self::NOON);
        self::assertSame(0, $pace->trim());
        $this->shop->now = self::NOON + 401 * 86400;
        self::assertSame(1, $pace->trim());
    }

    /** @dataProvider databases */
    public function testWorkersKeepIt(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $bridge->worker()->run(5);
        $pace = new Pace(new Tables($this->database, $this->prefix . 'ob_'), $this->shop);

        self::assertSame(1, $pace->days(1)[0]['orders']);
        self::assertNotNull($pace->days(1)[0]['delay_median']);
    }
}
