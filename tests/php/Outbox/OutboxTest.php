<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Outbox;

use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Leases;
use Orderbridge\Outbox\Outbox;
use Orderbridge\Outbox\Reason;
use Orderbridge\Store\Migrations;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\OpensDatabases;
use Orderbridge\Tests\Support\TableShop;
use PHPUnit\Framework\TestCase;

use function array_map;
use function ksort;
use function range;

final class OutboxTest extends TestCase
{
    use OpensDatabases;

    private const NOW = 1_800_000_000;

    private TableShop $shop;
    private Tables $tables;
    private Outbox $outbox;
    private Leases $leases;

    private function start(string $kind): void
    {
        $this->open($kind);
        $this->shop = new TableShop($this->database, $this->prefix);
        $this->shop->now = self::NOW;
        $this->tables = new Tables($this->shop->database(), $this->prefix);
        (new Migrations($this->tables))->run();
        $this->outbox = new Outbox($this->tables);
        $this->leases = new Leases($this->tables);
    }

    /** @dataProvider databases */
    public function testTenSavesAreOneJob(string $kind): void
    {
        $this->start($kind);
        for ($save = 0; $save < 10; $save++) {
            $this->outbox->enqueue('17', $save % 2 === 0 ? Job::PUSH : Job::PULL);
        }

        $jobs = $this->leases->take(50);

        self::assertCount(1, $jobs);
        self::assertSame(Job::PUSH | Job::PULL, $jobs[0]->wants);
        self::assertSame(10, $jobs[0]->version);
    }

    /** @dataProvider databases */
    public function testWhatIsClaimedIsFreeAgainWhenTheLeaseRunsOut(string $kind): void
    {
        $this->start($kind);
        $this->outbox->enqueue('17');
        $first = $this->leases->take(1);
        $this->shop->now = self::NOW + Leases::SECONDS - 1;
        self::assertSame([], $this->leases->take(1));
        self::assertSame(1, $this->outbox->figures()['leased']);

        $this->shop->now = self::NOW + Leases::SECONDS;
        $second = $this->leases->take(1);

        self::assertCount(1, $second);
        self::assertSame([], $this->leases->extend($first));
        $this->outbox->finish($first[0]);
        self::assertCount(1, $this->leases->extend($second), 'who has lost a lease settles nothing');
    }

    /** @dataProvider databases */
    public function testALeaseFromTheFutureBlocksNothing(string $kind): void
    {
        $this->start($kind);
        $this->outbox->enqueue('17');
        $this->leases->take(1);

        $this->shop->now = self::NOW - 3600;
        $this->outbox->enqueue('17');

        self::assertCount(1, $this->leases->take(1), 'the clock was put back by an hour');
    }

    /** @dataProvider databases */
    public function testAnOrderSavedMeanwhileIsNotForgotten(string $kind): void
    {
        $this->start($kind);
        foreach (['finish', 'wait', 'bury'] as $how) {
            $this->outbox->enqueue($how);
            [$job] = $this->leases->take(1);
            $this->outbox->enqueue($how);
            match ($how) {
                'finish' => $this->outbox->finish($job),
                'wait' => $this->outbox->wait($job, Job::PUSH, 9000, true, Reason::of('x', 'x')),
                'bury' => $this->outbox->bury($job, Job::PUSH, Reason::of('x', 'x')),
            };

            [$again] = $this->leases->take(1);
            self::assertSame($how, $again->orderId);
            self::assertSame(1, $again->attempt(), $how);
            $this->outbox->finish($again);
            self::assertSame([], $this->leases->take(1));
        }
    }

    /** @dataProvider databases */
    public function testLiveBeforeRetryBeforeBackfill(string $kind): void
    {
        $this->start($kind);
        $this->outbox->enqueue('old', Job::PUSH, Job::LANE_BACKFILL);
        $this->outbox->enqueue('poison');
        [$poison] = $this->leases->take(1);
        $this->outbox->wait($poison, Job::PUSH, 5, true, Reason::of('refused', 'refused'));
        $this->shop->now += 5;
        $this->outbox->enqueue('live');
        $this->outbox->enqueue('edited', Job::PUSH, Job::LANE_BACKFILL);
        $this->outbox->enqueue('edited');

        $ids = static fn (array $jobs): array => array_map(static fn (Job $job): string => $job->orderId, $jobs);
        $urgent = $this->leases->take(10);

        self::assertSame(['live', 'edited', 'poison'], $ids($urgent), 'old ones fill no requests of theirs');
        self::assertFalse($this->leases->due(), 'nor are they a reason to go on in a web process');
        self::assertSame([], $this->leases->take(10, 0));
        self::assertSame(['old'], $ids($this->leases->take(10)));
    }

    /** @dataProvider databases */
    public function testABackfillIsClaimedInItsOwnPortions(string $kind): void
    {
        $this->start($kind);
        foreach (range(1, 9) as $id) {
            $this->outbox->enqueue((string) $id, Job::PUSH, Job::LANE_BACKFILL);
        }

        self::assertCount(6, $this->leases->take(2, 6));
        self::assertCount(1, $this->leases->take(2, 1));
        self::assertCount(2, $this->leases->take(2));
    }

    /**
     * Else it would be gone with the backfill when that is cancelled.
     *
     * @dataProvider databases
     */
    public function testWhatASweepFindsInABackfillIsUrgentFromThenOn(string $kind): void
    {
        $this->start($kind);
        $this->outbox->enqueue('old', Job::PUSH, Job::LANE_BACKFILL);

        self::assertSame(0, $this->outbox->enqueueNew(['old']));

        self::assertCount(1, $this->leases->take(10, 0));
    }

    /** @dataProvider databases */
    public function testWaitingCountsOnlyWhenItShall(string $kind): void
    {
        $this->start($kind);
        $this->outbox->enqueue('17');
        [$job] = $this->leases->take(1);
        $this->outbox->wait($job, Job::PUSH, 30, false, Reason::of('portal_limit', 'slow down'));
        self::assertSame([], $this->leases->take(1));
        self::assertSame(1, $this->outbox->figures()['waiting']);
        $this->shop->now += 30;
        [$job] = $this->leases->take(1);
        self::assertSame([1, Job::LANE_LIVE], [$job->attempt(), $job->lane]);

        $this->outbox->wait($job, Job::PUSH, 30, true, Reason::of('portal_error', 'again'));
        $this->shop->now += 30;
        [$job] = $this->leases->take(1);
        self::assertSame([2, Job::LANE_RETRY, 'portal_error'], [$job->attempt(), $job->lane, $job->code]);

        $this->outbox->enqueue('17', Job::PULL);
        $this->outbox->release($job);
        self::assertSame(2, $this->leases->take(1)[0]->attempt(), 'a hint does not begin anew');
        $this->outbox->enqueue('17', Job::PUSH);
        $this->shop->now += 61;
        self::assertSame(1, $this->leases->take(1)[0]->attempt(), 'a change of the order does');
    }

    /** @dataProvider databases */
    public function testKeepsWhatIsStillWanted(string $kind): void
    {
        $this->start($kind);
        $this->outbox->enqueue('17', Job::PUSH | Job::PULL);
        [$job] = $this->leases->take(1);

        $this->outbox->wait($job, Job::PULL, 0, true, Reason::of('x', 'x'));

        self::assertSame(Job::PULL, $this->leases->take(1)[0]->wants);
    }

    /** @dataProvider databases */
    public function testTheDeadAreKeptNamedAndOneClickAway(string $kind): void
    {
        $this->start($kind);
        foreach (['1', '2', '3'] as $order) {
            $this->outbox->enqueue($order);
        }
        foreach ($this->leases->take(3) as $job) {
            $this->outbox->bury($job, Job::PUSH, Reason::of("code$job->orderId", 'Поле не найдено', 'Проверьте поле'));
        }
        self::assertSame(3, $this->outbox->figures()['dead']);
        self::assertSame(0, $this->outbox->figures()['oldest_age']);
        self::assertSame('Поле не найдено', $this->outbox->dead()[0]['message']);
        self::assertSame(0, $this->outbox->enqueueNew(['1']), 'a sweep does not wake the dead');
        self::assertSame([], $this->leases->take(3));

        self::assertTrue($this->outbox->requeue('2'));
        self::assertFalse($this->outbox->requeue('99'));
        self::assertSame('2', $this->leases->take(3)[0]->orderId);
        self::assertSame(1, $this->outbox->requeueDead('code3'));
        self::assertSame(1, $this->outbox->requeueDead());
        self::assertCount(2, $this->leases->take(3));
    }

    /** @dataProvider databases */
    public function testEnqueuesOnlyWhatIsNew(string $kind): void
    {
        $this->start($kind);
        $this->outbox->enqueue('1');

        self::assertSame(2, $this->outbox->enqueueNew(['1', '2', '3']));
        self::assertSame(0, $this->outbox->enqueueNew([]));

        $versions = array_map(static fn (Job $job): int => $job->version, $this->leases->take(5));
        self::assertSame([1, 1, 1], $versions);
    }

    /** @dataProvider databases */
    public function testWhatASweepWantsJoinsAJobThatWaitsForSomethingElse(string $kind): void
    {
        $this->start($kind);
        foreach (['waits', 'dead', 'leased'] as $order) {
            $this->outbox->enqueue($order, Job::PULL);
        }
        foreach ($this->leases->take(3) as $job) {
            match ($job->orderId) {
                'waits' => $this->outbox->wait($job, Job::PULL, 300, false, Reason::of('x', 'x')),
                'dead' => $this->outbox->bury($job, Job::PULL, Reason::of('x', 'x')),
                'leased' => $leased = $job,
            };
        }

        self::assertSame(0, $this->outbox->enqueueNew(['waits', 'dead', 'leased']));
        $this->outbox->finish($leased);
        $this->outbox->requeue('dead');
        $this->shop->now += 300;

        $wants = [];
        foreach ($this->leases->take(3) as $job) {
            $wants[$job->orderId] = $job->wants;
        }
        ksort($wants);
        $both = Job::PUSH | Job::PULL;
        self::assertSame(['dead' => $both, 'leased' => $both, 'waits' => $both], $wants);
    }

    /** @dataProvider databases */
    public function testKnowsHowOldTheOldestIs(string $kind): void
    {
        $this->start($kind);
        $this->outbox->enqueue('1');
        $this->shop->now += 500;
        $this->outbox->enqueue('1');
        $this->outbox->enqueue('2');
        self::assertSame(500, $this->outbox->figures()['oldest_age']);

        [$job] = $this->leases->take(1);
        $this->shop->now += 10;
        $this->outbox->enqueue($job->orderId);
        $this->outbox->finish($job);
        self::assertSame(10, $this->outbox->figures()['oldest_age'], 'of what is still to be done');
    }

    /** @dataProvider databases */
    public function testIsAsKeptAsTheTransactionItIsIn(string $kind): void
    {
        $this->start($kind);
        try {
            $this->database->transaction(function (): void {
                $this->outbox->enqueue('17');
                throw new \LogicException('the shop changed its mind');
            });
        } catch (\LogicException) {
        }

        self::assertSame([], $this->leases->take(1));
    }

    /** @dataProvider databases */
    public function testASweepOverAnOrderThatIsBeingBroughtOverBringsItOnceMore(string $kind): void
    {
        $this->start($kind);
        $this->outbox->enqueue('17', Job::PULL);
        $this->outbox->enqueue('18');
        $this->outbox->enqueue('19');
        [$pulled, $pushed] = $this->leases->take(2);

        self::assertSame(1, $this->outbox->enqueueNew(['17', '18', '19', '20']));
        $this->outbox->finish($pulled);
        $this->outbox->finish($pushed);

        $jobs = [];
        foreach ($this->leases->take(50) as $job) {
            $jobs[$job->orderId] = [$job->wants, $job->version];
        }
        ksort($jobs);
        self::assertSame([
            17 => [Job::PULL | Job::PUSH, 2],
            18 => [Job::PUSH, 2],
            19 => [Job::PUSH, 1],
            20 => [Job::PUSH, 1],
        ], $jobs);
    }
}
