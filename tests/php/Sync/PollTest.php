<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use Orderbridge\Tests\Support\BridgeTestCase;

use function http_build_query;

final class PollTest extends BridgeTestCase
{
    private const NOW = 1_800_000_000;

    /** @dataProvider databases */
    public function testPollsWhenItIsDueAndGoesOnFromItsCursor(string $kind): void
    {
        $bridge = $this->bridge($kind, ['pollEvery' => 60]);
        $this->shop->now = self::NOW;
        $bridge->worker()->run(5);
        self::assertSame(1, $this->portal->state()['requests']);

        $this->shop->now += 59;
        $bridge->worker()->run(5);
        self::assertSame(1, $this->portal->state()['requests'], 'not yet');

        $this->shop->now += 1;
        $bridge->worker()->run(5);
        self::assertSame(2, $this->portal->state()['requests']);
        self::assertSame(-1, $bridge->settings()->cursor('poll')->n);
        self::assertSame(self::NOW + 60, $bridge->settings()->seen('poll'));
    }

    /** @dataProvider databases */
    public function testAHintThatComesBeforeItsDealIsKnownIsKept(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->now = self::NOW;
        $bridge->worker()->run(5);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        // Another process makes the deal, and the manager is quicker than its answer.
        $lease = 'UPDATE ' . $this->prefix . 'ob_job SET lease_by = ?, lease_until = ?';
        $this->database->execute($lease, ['somebody', self::NOW + 60]);
        $event = http_build_query(['event' => 'ONCRMDEALUPDATE', 'data' => ['FIELDS' => ['ID' => '1']]]);
        $bridge->endpoint()->handle('POST', ['secret' => $bridge->secrets()->inbound()], [], $event);

        self::assertSame(0, $bridge->worker()->run(5)->hints);
        self::assertSame(1, $bridge->health()['inbox'], 'nobody knows yet whose deal it is');

        $this->database->execute($lease, ['', 0]);
        $bridge->worker()->run(5);
        self::assertSame(0, $bridge->health()['inbox'], 'nobody is making a deal any more');
    }

    /** @dataProvider databases */
    public function testAHintAboutAStrangerIsNotKeptForEver(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->now = self::NOW;
        $bridge->worker()->run(5);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $lease = 'UPDATE ' . $this->prefix . 'ob_job SET lease_by = ?, lease_until = ?';
        $event = http_build_query(['event' => 'ONCRMDEALUPDATE', 'data' => ['FIELDS' => ['ID' => '777']]]);
        $bridge->endpoint()->handle('POST', ['secret' => $bridge->secrets()->inbound()], [], $event);
        $this->shop->now += 60;
        $this->database->execute($lease, ['somebody', self::NOW + 120]);

        self::assertSame(1, $bridge->worker()->run(5)->hints);
        self::assertSame(0, $bridge->health()['inbox']);
    }

    /** @dataProvider databases */
    public function testDealsOfOthersAreNoBusinessOfOurs(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->now = self::NOW;
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $bridge->worker()->run(5);
        $this->portal->move('1', 'WON');
        $this->portal->move('777', 'WON');
        $query = ['secret' => $bridge->secrets()->inbound()];
        foreach (['777', '888'] as $deal) {
            $event = http_build_query(['event' => 'ONCRMDEALUPDATE', 'data' => ['FIELDS' => ['ID' => $deal]]]);
            $bridge->endpoint()->handle('POST', $query, [], $event);
        }
        $this->shop->now += 60;

        $report = $bridge->worker()->run(5);

        self::assertSame(2, $report->hints);
        self::assertSame(1, $report->done, 'one pull for our deal');
        self::assertSame('at WON', $this->shop->orderStatus('1'));
        self::assertSame(0, $bridge->health()['inbox']);
        self::assertSame(1, $bridge->links()->count());
    }

    /** @dataProvider databases */
    public function testGoesOnAtOnceWhenThereIsMore(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->now = self::NOW;
        $pages = 0;
        $this->engine->instead['sync.start'] = static function (array $data) use (&$pages): array {
            $pages++;

            return ['step' => 'done', 'result' => ['more' => $pages < 5], 'cursor' => ['n' => $pages]];
        };

        $report = $bridge->worker()->run(5);

        self::assertSame(5, $report->polled);
        self::assertSame(5, $bridge->settings()->cursor('poll')->n);
    }

    /** @dataProvider databases */
    public function testWaitsAsLongAsTheCoreSays(string $kind): void
    {
        $bridge = $this->bridge($kind, ['pollEvery' => 60]);
        $this->shop->now = self::NOW;
        $asked = 0;
        $this->engine->instead['sync.start'] = static function () use (&$asked): array {
            $asked++;

            return ['step' => 'wait', 'seconds' => 200, 'counts' => true, 'hold' => 0,
                'reason' => ['code' => 'portal_operating_limit', 'message' => 'slow', 'hint' => '']];
        };
        foreach ([0, 60, 199] as $later) {
            $this->shop->now = self::NOW + $later;
            $bridge->worker()->run(5);
        }
        self::assertSame(1, $asked);

        $this->shop->now = self::NOW + 200;
        $bridge->worker()->run(5);
        self::assertSame(2, $asked);
    }

    /** @dataProvider databases */
    public function testAHintDuringTheWorkIsNotLost(string $kind): void
    {
        $query = [];
        $came = 0;
        $bridge = $this->bridge($kind, ['onPoint' => function (string $point) use (&$query, &$came): void {
            // The deal moves again while its first move is being brought over.
            if ($point === 'applied' && ++$came === 1) {
                $this->portal->move('1', 'WON');
                $this->another()->endpoint()->handle(
                    'POST',
                    $query,
                    [],
                    'event=ONCRMDEALUPDATE&data[FIELDS][ID]=1',
                );
            }
        }]);
        $query = ['secret' => $bridge->secrets()->inbound()];
        $this->shop->now = self::NOW;
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $bridge->worker()->run(5);
        $this->portal->move('1', 'WORK');
        $this->another()->endpoint()->handle('POST', $query, [], 'event=ONCRMDEALUPDATE&data[FIELDS][ID]=1');

        $bridge->worker()->run(5);

        self::assertSame('at WON', $this->shop->orderStatus('1'));
        self::assertSame(['status at WORK: ', 'status at WON: '], $this->shop->history('1'));
    }
}
