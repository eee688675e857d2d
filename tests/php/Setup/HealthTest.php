<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Setup;

use Orderbridge\Bridge;
use Orderbridge\Core\EngineFault;
use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Leases;
use Orderbridge\Outbox\Reason;
use Orderbridge\Setup\Alerts;
use Orderbridge\Setup\Finding;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\BridgeTestCase;
use Orderbridge\Tests\Support\CountingDatabase;
use Orderbridge\Tests\Support\TableShop;
use Orderbridge\Text\Texts;

use function array_column;
use function array_diff;
use function array_replace_recursive;
use function array_values;
use function is_array;
use function json_encode;
use function time;

final class HealthTest extends BridgeTestCase
{
    /** @dataProvider databases */
    public function testATroublelessExchangeHasNothingToSay(string $kind): void
    {
        $bridge = $this->bridge($kind, ['key' => 'a key']);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $bridge->worker()->run(5);

        $health = $bridge->health();

        self::assertTrue($health['ok'], (string) json_encode($health['alerts']));
        self::assertSame('ok', $health['level']);
        $engine = ['name' => 'scripted', 'core' => 'test', 'proved' => true, 'problem' => ''];
        self::assertSame($engine, $health['engine']);
        self::assertSame('test', $health['versions']['core']);
        self::assertTrue($health['portal']['reachable']);
        self::assertNull($health['portal']['failed']);
        self::assertStringContainsString('/***/', $health['portal']['webhook']);
        self::assertSame(1, $health['links']);
        self::assertSame(0, $health['inbox']);
        self::assertSame(['portal' => null, 'database' => 0], $health['clock_skew']);
        foreach (['cron', 'poll', 'sweep'] as $seen) {
            self::assertIsInt($health['ago'][$seen], $seen);
        }
        self::assertNull($health['ago']['event']);
    }

    /** @dataProvider databases */
    public function testCountsByLaneAndKnowsTheOldest(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $bridge->worker()->run(5);
        $this->shop->now = time();
        foreach (['1', '2', '3'] as $order) {
            $bridge->outbox()->enqueue($order);
        }
        foreach (['8', '9'] as $order) {
            $bridge->outbox()->enqueue($order, Job::PUSH, Job::LANE_BACKFILL);
        }
        [$job] = (new Leases(new Tables($this->shop->database(), $this->prefix . 'ob_')))->take(1);
        $bridge->outbox()->wait($job, Job::PUSH, 30, true, Reason::of('later', 'Later'));
        $this->shop->now += 900;
        self::assertSame(['live' => 2, 'retry' => 1, 'backfill' => 2], $bridge->health()['jobs']['lanes']);
        self::assertNotContains('old_job', $this->codes($bridge->health()));
        $this->shop->now += 1;
        self::assertContains('old_job', $this->codes($bridge->health()));
        self::assertSame('error', $bridge->health()['level']);

        $patient = $this->another(['oldJobSeconds' => 901]);
        self::assertNotContains('old_job', $this->codes($patient->health()));
    }

    /** @dataProvider databases */
    public function testABackfillIsNoOrderThatWaits(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->now = time();
        $bridge->outbox()->enqueue('8', Job::PUSH, Job::LANE_BACKFILL);
        $this->shop->now += 86400;

        self::assertSame(0, $bridge->health()['jobs']['oldest_age']);
    }

    /** @dataProvider databases */
    public function testAJobBroughtBackFromTheDeadWaitsSinceThen(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->now = time();
        $leases = new Leases(new Tables($this->shop->database(), $this->prefix . 'ob_'));
        foreach (['1', '2'] as $order) {
            $bridge->outbox()->enqueue($order);
        }
        foreach ($leases->take(2) as $job) {
            $bridge->outbox()->bury($job, Job::PUSH, Reason::of('field', 'No field'));
        }
        $this->shop->now += 86400;
        self::assertSame(['dead_jobs'], array_values(array_diff($this->codes($bridge->health()), ['cron_missing'])));

        $bridge->outbox()->requeueDead();
        self::assertSame(0, $bridge->health()['jobs']['oldest_age']);
        foreach ($leases->take(2) as $job) {
            $bridge->outbox()->bury($job, Job::PUSH, Reason::of('field', 'No field'));
        }
        $this->shop->now += 86400;
        $bridge->orderSaved('1');
        self::assertSame(0, $bridge->health()['jobs']['oldest_age']);
        $this->shop->now += 50;
        self::assertSame(50, $bridge->health()['jobs']['oldest_age']);
    }

    /** @dataProvider databases */
    public function testSaysWhenThePortalFailedLastAndWithWhat(string $kind): void
    {
        $bridge = $this->bridge($kind, ['pollEvery' => 1]);
        $this->shop->now = time();
        $bridge->worker()->run(5);
        $this->portal->fault('deaf', 1);
        $this->shop->now += 100;
        $bridge->worker()->run(5);

        $portal = $bridge->health()['portal'];
        self::assertSame([100, 0, 'portal_unreachable', false], [
            $portal['answered'], $portal['failed'], $portal['failure'], $portal['reachable'],
        ]);
        self::assertContains('portal_held', $this->codes($bridge->health()));
        self::assertSame('warning', $bridge->health()['level']);

        $this->shop->now += 31;
        $bridge->worker()->run(5);
        $portal = $bridge->health()['portal'];
        self::assertSame([0, 31, true], [$portal['answered'], $portal['failed'], $portal['reachable']]);
    }

    /** @dataProvider databases */
    public function testKnowsThatTheEngineDoesNotRun(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $fault = EngineFault::because('scripted', 'no such file');
        $this->engine->instead['core.describe'] = static fn () => throw $fault;
        self::assertSame('engine', $bridge->worker()->run(5)->idle);

        $health = $bridge->health();
        self::assertContains('engine_stopped', $this->codes($health));
        self::assertStringContainsString('no such file', $health['engine']['problem']);
        $mended = $this->another();
        $mended->worker()->run(5);
        self::assertNotContains('engine_stopped', $this->codes($mended->health()));
        self::assertSame('', $mended->health()['engine']['problem']);
    }

    /** @dataProvider databases */
    public function testNoticesThatEventsDoNotArriveAnyMore(string $kind): void
    {
        $bridge = $this->bridge($kind, ['pollEvery' => 1]);
        $this->shop->now = time();
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $bridge->worker()->run(5);
        $every = 1000;
        $moves = function (string ...$stages) use ($bridge, &$every): void {
            foreach ($stages as $stage) {
                $this->shop->now += $every;
                $this->portal->move('1', $stage);
                $bridge->worker()->run(5);
            }
        };
        $moves('A', 'B', 'C', 'D');
        self::assertNotContains('events_silent', $this->codes($bridge->health()), 'nobody wants events');

        $this->event($bridge);
        $moves('E', 'F');
        self::assertNotContains('events_silent', $this->codes($bridge->health()));
        $moves('G');
        self::assertContains('events_silent', $this->codes($bridge->health()));
        self::assertSame('at G', $this->shop->orderStatus('1'), 'the poll has found it');

        $this->event($bridge);
        self::assertNotContains('events_silent', $this->codes($bridge->health()));
        $every = 225;
        $moves('H', 'I', 'J', 'K');
        self::assertNotContains('events_silent', $this->codes($bridge->health()), 'one may be late');
    }

    /** @dataProvider databases */
    public function testOtherClocksAreSeen(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $bridge->settings()->saw('skew', '-301');
        self::assertContains('clock_skew', $this->codes($bridge->health()));
        $bridge->settings()->saw('skew', '300');
        self::assertNotContains('clock_skew', $this->codes($bridge->health()));
        self::assertSame(0, $bridge->health()['clock_skew']['database']);
        $this->shop->now = time();
        $this->shop->databaseAhead = -301;
        self::assertSame(-301, $bridge->health()['clock_skew']['database']);
        self::assertContains('clock_apart', $this->codes($bridge->health()));
    }

    /** @dataProvider databases */
    public function testWithoutTablesItStillAnswers(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $whole = $bridge->health();
        $bridge->uninstall();

        $health = $this->another()->health();

        self::assertSame(['tables_missing'], $this->codes($health));
        self::assertSame('error', $health['level']);
        self::assertSame(self::keys($whole), self::keys($health));
    }

    /** @dataProvider databases */
    public function testCostsFewQueriesAndNotTheCore(string $kind): void
    {
        $this->bridge($kind)->worker()->run(5);
        $requests = $this->portal->state()['requests'];
        $counting = new CountingDatabase($this->database);
        $this->shop = new TableShop($counting, $this->prefix);
        $bridge = $this->another();

        $bridge->health();

        self::assertSame(6, $counting->count);
        self::assertSame([], $counting->changes);
        self::assertSame([], $this->engine->asked);
        self::assertSame($requests, $this->portal->state()['requests']);
    }

    /** @return iterable<string, array{string, string, array<string, mixed>}> code, level, what is wrong */
    public function trouble(): iterable
    {
        yield 'tables' => ['tables_missing', Finding::ERROR, ['tables' => false]];
        yield 'engine' => ['engine_stopped', Finding::ERROR, ['engine' => ['problem' => 'gone']]];
        yield 'connection' => ['not_connected', Finding::ERROR, ['portal' => ['connected' => false]]];
        yield 'key' => ['webhook_unreadable', Finding::ERROR, ['portal' => ['readable' => false]]];
        $hold = ['active' => true, 'stopped' => true, 'message' => 'the webhook is not taken', 'hint' => 'Renew it.'];
        yield 'stop' => ['portal_stopped', Finding::ERROR, ['hold' => $hold]];
        yield 'stop, between two tries' => ['portal_stopped', Finding::ERROR, ['hold' => ['active' => false] + $hold]];
        yield 'hold' => ['portal_held', Finding::WARNING, ['hold' => ['stopped' => false] + $hold]];
        yield 'dead' => ['dead_jobs', Finding::WARNING, ['jobs' => ['dead' => 1]]];
        yield 'old' => ['old_job', Finding::ERROR, ['jobs' => ['oldest_age' => 901]]];
        yield 'cron' => ['cron_missing', Finding::ERROR, ['cron_seen' => false]];
        yield 'events' => ['events_silent', Finding::WARNING, ['silent_polls' => 3]];
        yield 'portal clock' => ['clock_skew', Finding::WARNING, ['clock_skew' => ['portal' => -301]]];
        yield 'database clock' => ['clock_apart', Finding::WARNING, ['clock_skew' => ['database' => 301]]];
    }

    /**
     * @dataProvider trouble
     * @param array<string, mixed> $wrong
     */
    public function testEveryAlertSaysWhatToDo(string $code, string $level, array $wrong): void
    {
        $well = [
            'tables' => true,
            'engine' => ['problem' => ''],
            'portal' => ['connected' => true, 'readable' => true],
            'hold' => null,
            'jobs' => ['dead' => 0, 'oldest_age' => 900],
            'cron_seen' => true,
            'silent_polls' => 2,
            'clock_skew' => ['portal' => 300, 'database' => -300],
        ];
        foreach (['ru', 'en'] as $lang) {
            $alerts = new Alerts(new Texts($lang), 900);
            self::assertSame([], $alerts->of($well));
            [$alert] = $alerts->of(array_replace_recursive($well, $wrong));

            self::assertSame([$code, $level], [$alert->code, $alert->level]);
            foreach ([$alert->message, $alert->hint] as $text) {
                self::assertNotSame('', $text);
                self::assertNotSame($code, $text);
                self::assertDoesNotMatchRegularExpression('/\{\w+\}/', $text);
            }
        }
    }

    private function event(Bridge $bridge): void
    {
        $bridge->endpoint()->handle(
            'POST',
            ['secret' => $bridge->secrets()->inbound()],
            [],
            'event=ONCRMDEALUPDATE&data[FIELDS][ID]=1',
        );
        $bridge->worker()->run(5);
    }

    /**
     * @param array<string, mixed> $health
     * @return list<string>
     */
    private function codes(array $health): array
    {
        return array_column($health['alerts'], 'code');
    }

    /**
     * @param array<array-key, mixed> $array
     * @return list<string> names of all that is in it, at every depth
     */
    private static function keys(array $array, string $under = ''): array
    {
        $keys = [];
        foreach ($array as $key => $value) {
            $keys[] = "$under/$key";
            if (is_array($value) && $key !== 'alerts') {
                $keys = [...$keys, ...self::keys($value, "$under/$key")];
            }
        }

        return $keys;
    }
}
