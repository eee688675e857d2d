<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use DateTimeImmutable;
use Orderbridge\Bridge;
use Orderbridge\Sync\Deadline;
use Orderbridge\Tests\Support\BridgeTestCase;
use RuntimeException;

use function array_column;
use function array_filter;
use function range;

/** Orders and deals side by side: what is found, what is mended, and that nobody waits for it. */
final class CompareTest extends BridgeTestCase
{
    /** Half past eight in the morning. */
    private const NOW = 1_800_001_800;
    private const DAY = 86400;

    /** @param array<string, mixed> $options */
    private function sixOrders(string $kind, array $options = []): Bridge
    {
        $bridge = $this->bridge($kind, $options);
        $this->shop->now = self::NOW;
        // The sweep and the comparison only learn where the list of orders ends.
        $bridge->worker()->run(5);
        $this->shop->now += 10;
        foreach (range(1, 6) as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }
        $bridge->worker()->run(5);
        self::assertSame(6, $bridge->links()->count());

        return $bridge;
    }

    /** What people and accidents do to the portal while nobody looks. */
    private function disturb(Bridge $bridge): void
    {
        $deals = $this->portal->state()['deals'];
        $this->portal->set('1', null);
        $this->portal->set('2', ['print' => '77.00pending'] + $deals['2']);
        $this->portal->set('20', $deals['3']);
        $bridge->links()->forget('4');
        $this->portal->set('21', ['order' => '999', 'print' => '', 'stage' => 'NEW']);
    }

    /** @return array<string, string> kinds by order */
    private function found(Bridge $bridge): array
    {
        return array_column($bridge->compareReport()['list'], 'kind', 'order_id');
    }

    /** @dataProvider databases */
    public function testFindsExactlyWhatIsWrong(string $kind): void
    {
        $bridge = $this->sixOrders($kind);
        $this->disturb($bridge);

        $bridge->compare();
        self::assertTrue($bridge->compareReport()['asked']);
        $report = $bridge->worker()->run(5);

        self::assertSame(
            [1 => 'missing', 2 => 'different', 3 => 'doubled', 4 => 'unlinked', 999 => 'foreign'],
            $this->found($bridge),
        );
        $told = $bridge->compareReport();
        self::assertSame([null, false], [$told['running'], $told['asked']]);
        $expected = ['different' => 1, 'missing' => 1, 'unlinked' => 1, 'doubled' => 1, 'foreign' => 1];
        self::assertSame($expected, $told['counts']);
        self::assertSame($expected, $bridge->health()['differences']);
        self::assertSame(2, $told['last']['counts']['equal']);
        self::assertGreaterThanOrEqual(6, $report->compared);
        $row = static fn (string $id): array => array_filter(
            $bridge->differences()->listed(1, $id)[0],
            static fn (string $key): bool => $key === 'deal_ids' || $key === 'detail',
            ARRAY_FILTER_USE_KEY,
        );
        self::assertSame(['deal_ids' => '2', 'detail' => 'print'], $row('2'));
        self::assertSame(['deal_ids' => '3, 20', 'detail' => ''], $row('3'));
        self::assertSame(['deal_ids' => '21', 'detail' => 'order_unknown'], $row('999'));
        self::assertSame(
            [],
            $this->database->query("SELECT * FROM {$this->prefix}ob_job"),
            'a comparison alone changes nothing',
        );
    }

    /** @dataProvider databases */
    public function testMendsWhatAPushCanMendAndNothingElse(string $kind): void
    {
        $bridge = $this->sixOrders($kind);
        $this->disturb($bridge);
        $bridge->compare();
        $bridge->worker()->run(5);

        self::assertSame(1, $bridge->repair('2'));
        $bridge->worker()->run(5);
        self::assertSame('100.00pending', $this->portal->state()['deals']['2']['print']);
        self::assertSame(['missing', 'doubled', 'unlinked', 'foreign'], array_column(
            $this->sorted($bridge->compareReport()['list']),
            'kind',
        ));

        self::assertSame(2, $bridge->repair());
        self::assertSame(0, $bridge->repair(), 'nobody need ask twice');
        $bridge->worker()->run(5);
        $bridge->compare();
        $this->shop->now += 1;
        $bridge->worker()->run(5);

        self::assertSame([3 => 'doubled', 999 => 'foreign'], $this->found($bridge));
        self::assertSame([1 => 1, 2 => 1, 3 => 2, 4 => 1, 5 => 1, 6 => 1, 999 => 1], $this->deals());
        self::assertSame('4', $bridge->links()->ofOrder('4')['deal_id']);
        self::assertSame(0, $bridge->repair('3'));
    }

    /**
     * @param list<array<string, mixed>> $list
     * @return list<array<string, mixed>>
     */
    private function sorted(array $list): array
    {
        usort($list, static fn (array $a, array $b): int => (int) $a['order_id'] <=> (int) $b['order_id']);

        return $list;
    }

    /** @dataProvider databases */
    public function testOneOrderOrSomeDaysOnly(string $kind): void
    {
        $bridge = $this->sixOrders($kind);
        $this->disturb($bridge);

        $bridge->compare(orderId: '2');
        $bridge->worker()->run(5);
        self::assertSame([2 => 'different'], $this->found($bridge));

        // Every order of this shop was placed on 23 November.
        foreach ([['2026-11-24', ''], ['', '2026-11-22']] as [$from, $to]) {
            $bridge->compare($from, $to);
            self::assertSame(0, $bridge->worker()->run(5)->compared);
            self::assertSame([2 => 'different'], $this->found($bridge), 'others are left as they were');
        }
        $bridge->compare('2026-11-23', '2026-11-23');
        self::assertSame(6, $bridge->worker()->run(5)->compared);
        self::assertNull($bridge->compareReport()['last'], 'that was not the whole');
        self::assertCount(4, $this->found($bridge));
    }

    /** @dataProvider databases */
    public function testComesOnceANightAndLooksAMonthBack(string $kind): void
    {
        $bridge = $this->sixOrders($kind, ['compareNightly' => true]);
        $this->disturb($bridge);
        $midnight = (new DateTimeImmutable('@' . self::NOW))->setTime(0, 0)->getTimestamp() + self::DAY;
        foreach (['00:59' => false, '01:30' => true, '02:30' => false, '05:00' => false] as $time => $comes) {
            [$hours, $minutes] = explode(':', $time);
            $this->shop->now = $midnight + 3600 * (int) $hours + 60 * (int) $minutes;
            self::assertSame($comes, $bridge->worker()->run(5)->compared > 0, $time);
        }
        $this->shop->now = $midnight + self::DAY + 7200;
        self::assertGreaterThan(0, $bridge->worker()->run(5)->compared);

        // Forty nights later the list begins a month ago, and the first orders lie before.
        $this->shop->now = $midnight + 40 * self::DAY + 7200;
        $this->shop->place(7);
        $bridge->orderSaved('7');
        $bridge->worker()->run(5);
        self::assertSame(1, $bridge->compareReport()['last']['counts']['equal']);
        self::assertSame([], array_intersect_key($this->found($bridge), [1 => '', 2 => '']), 'no longer spoken of');
    }

    /** @dataProvider databases */
    public function testTheNightDoesNotBeginInAWebProcess(string $kind): void
    {
        $bridge = $this->sixOrders($kind, ['compareNightly' => true]);
        $this->shop->now = (new DateTimeImmutable('@' . self::NOW))->setTime(3, 0)->getTimestamp() + self::DAY;

        self::assertSame(0, $bridge->worker()->until(Deadline::hard(10), 'kick')->compared);
        self::assertSame(6, $bridge->worker()->run(5)->compared);
    }

    /** @dataProvider databases */
    public function testOrdersFromBeforeTheModuleAreNotMissed(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->now = self::NOW;
        $this->shop->place(1);
        $bridge->worker()->run(5);
        $bridge->compare();
        self::assertSame(0, $bridge->worker()->run(5)->compared);

        $bridge->compare('2026-11-01');
        $bridge->worker()->run(5);
        self::assertSame([1 => 'missing'], $this->found($bridge), 'unless somebody asks for them');
    }

    /** @dataProvider databases */
    public function testALiveJobIsNoDifference(string $kind): void
    {
        $bridge = $this->sixOrders($kind);
        $this->shop->change(5, '500.00');
        $bridge->orderSaved('5');
        // Somebody else is at it.
        $this->database->execute(
            "UPDATE {$this->prefix}ob_job SET lease_by = 'other', lease_until = ?",
            [self::NOW + 60],
        );
        $bridge->compare();
        $bridge->worker()->run(5);

        self::assertSame([], $this->found($bridge));
        self::assertSame(1, $bridge->compareReport()['last']['counts']['passed']);
    }

    /** @dataProvider databases */
    public function testWhatIsBroughtOverMeanwhileIsNoDifference(string $kind): void
    {
        $bridge = null;
        $bridge = $this->sixOrders($kind, ['onPoint' => function (string $point) use (&$bridge): void {
            if ($point === 'answered' && $bridge !== null && $bridge->compareReport()['running'] !== null) {
                // The portal has said how deal 2 was; another worker changes order and deal now.
                $bridge->links()->learn(['order_id' => '2', 'memo' => ['print' => '200.00pending']]);
                $bridge = null;
            }
        }]);
        $this->portal->set('2', ['order' => '2', 'print' => '50.00pending', 'stage' => 'NEW']);
        $bridge->compare();
        $bridge->worker()->run(5);

        self::assertSame([], $this->found($this->another()));
    }

    /** @dataProvider databases */
    public function testGoesOnWhereItWasKilled(string $kind): void
    {
        $die = 0;
        $bridge = $this->sixOrders($kind, ['onPoint' => static function (string $point) use (&$die): void {
            if ($point === 'compared' && $die-- > 0) {
                throw new RuntimeException('killed');
            }
        }]);
        $this->disturb($bridge);
        foreach (range(101, 160) as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }
        $bridge->worker()->run(5);
        $bridge->compare();
        $die = 1;
        $this->dies($bridge);
        self::assertSame([], $this->found($bridge), 'nothing of the page was stored');
        $bridge->worker()->run(5);
        self::assertCount(5, $this->found($bridge));
        self::assertSame(62, $bridge->compareReport()['last']['counts']['equal'], 'nothing is counted twice');

        // Between what the core has prepared for mending and the jobs.
        $bridge->repair();
        $die = 1;
        $this->dies($bridge);
        $bridge->worker()->run(5);
        $bridge->compare();
        $this->shop->now += 1;
        $bridge->worker()->run(5);
        self::assertSame([3 => 'doubled', 999 => 'foreign'], $this->found($bridge));
        self::assertSame(66 + 2, array_sum($this->deals()));
    }

    private function dies(Bridge $bridge): void
    {
        try {
            $bridge->worker()->run(5);
            self::fail('it was to be killed');
        } catch (RuntimeException $killed) {
            self::assertSame('killed', $killed->getMessage());
        }
    }

    /** @dataProvider databases */
    public function testAPortalThatDoesNotAnswerHasNoDifferences(string $kind): void
    {
        $bridge = $this->sixOrders($kind);
        $this->disturb($bridge);
        $bridge->compare();
        $this->portal->fault('busy');
        $bridge->worker()->run(5);
        self::assertSame([], $this->found($bridge));
        self::assertNotNull($bridge->compareReport()['running']);
        $requests = $this->portal->state()['requests'];
        $bridge->worker()->run(5);
        self::assertSame($requests, $this->portal->state()['requests'], 'it is left alone as long as the core says');

        $this->shop->now += 31;
        // One job, or one poll, goes ahead; then the comparison goes on.
        $bridge->settings()->setDue('poll', 0);
        $bridge->worker()->run(5);
        self::assertCount(5, $this->found($bridge));
    }

    /** @dataProvider databases */
    public function testABrokenOrderDoesNotStopTheOthers(string $kind): void
    {
        $bridge = $this->sixOrders($kind);
        $this->disturb($bridge);
        $this->shop->broken = ['2'];
        $this->shop->unplaced = ['5'];
        $bridge->compare();
        $bridge->worker()->run(5);

        self::assertSame([1 => 'missing', 3 => 'doubled', 4 => 'unlinked', 999 => 'foreign'], $this->found($bridge));
    }

    /** @dataProvider databases */
    public function testFiftyOrdersCostOneRequestAndLiveJobsComeBetween(string $kind): void
    {
        $bridge = null;
        $late = [];
        $bridge = $this->bridge($kind, ['onPoint' => function (string $point) use (&$bridge, &$late): void {
            if ($point === 'compared' && $late === []) {
                $late = [$this->portal->state()['requests']];
                $this->shop->place(900);
                $bridge->orderSaved('900');
            } elseif ($point === 'compared') {
                $late[] = $this->deals()[900] ?? 0;
            }
        }]);
        $this->shop->now = self::NOW;
        $bridge->worker()->run(5);
        $this->shop->now += 10;
        foreach (range(1, 120) as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }
        $bridge->worker()->run(20);
        $this->engine->together = 50;
        $before = $this->portal->state()['requests'];
        $bridge->compare();
        $bridge->worker()->run(20);

        self::assertSame($before + 1, $late[0], 'fifty orders, one request');
        self::assertSame(1, $late[1], 'the order placed meanwhile is a deal before the next page');
        self::assertSame(121, $bridge->compareReport()['last']['counts']['equal']);
    }

    /** @dataProvider databases */
    public function testWhatIsOldIsTrimmedAndAnotherPortalBeginsAnew(string $kind): void
    {
        $bridge = $this->sixOrders($kind);
        $this->disturb($bridge);
        $bridge->compare();
        $bridge->worker()->run(5);
        $this->shop->now += 91 * self::DAY;
        $bridge->worker()->run(5);
        self::assertSame([], $this->found($bridge));

        $bridge->compare();
        $bridge->worker()->run(5);
        self::assertNotSame([], $this->found($bridge));
        $bridge->links()->forgetAll();
        self::assertSame([], $this->found($bridge));
    }
}
