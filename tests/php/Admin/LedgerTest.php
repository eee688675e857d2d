<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Admin;

use Orderbridge\Link\Difference;
use Orderbridge\Link\Differences;
use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Leases;
use Orderbridge\Outbox\Reason;
use Orderbridge\Store\Tables;
use Orderbridge\Sync\CompareState;
use Orderbridge\Tests\Support\CountingDatabase;
use Orderbridge\Tests\Support\TableShop;

use function array_column;
use function array_filter;
use function array_map;
use function array_values;
use function count;
use function range;

/** Every order with its deal, whatever has become of it. */
final class LedgerTest extends AdminTestCase
{
    /** Of nine orders: 1 to 3 have deals, 4 waits, 5 is dead, 6 differs, 7 to 9 nobody has sent. */
    private function stand(string $kind): void
    {
        $this->bridge = $this->bridge($kind);
        foreach (range(1, 9) as $id) {
            $this->shop->place($id, "$id.50");
        }
        foreach ([1, 2, 3, 6] as $id) {
            $this->bridge->orderSaved((string) $id);
        }
        $this->bridge->worker()->run(5);
        $this->bridge->orderSaved('5');
        [$job] = (new Leases(new Tables($this->database, $this->prefix . 'ob_')))->take(1);
        $this->bridge->outbox()->bury($job, Job::PUSH, Reason::of('field_missing', 'Нет поля', 'Создайте поле'));
        $this->bridge->orderSaved('4');
        $this->bridge->differences()->replace(['6'], [new Difference('6', Differences::DIFFERENT, ['77'], 'title')]);
    }

    /** @dataProvider databases */
    public function testEachFilterShowsItsOwnAndCountsThem(string $kind): void
    {
        $this->stand($kind);
        foreach (
            [
            'all' => ['9', '8', '7', '6', '5', '4', '3', '2', '1'], 'synced' => ['6', '3', '2', '1'],
            'waiting' => ['4'], 'failed' => ['5'], 'differing' => ['6'], 'not_sent' => ['9', '8', '7'],
            ] as $filter => $ids
        ) {
            $answer = $this->ask('orders.list', ['filter' => $filter]);
            self::assertSame($ids, self::ids($answer), $filter);
            self::assertSame(count($ids), $answer['counts'][$filter], $filter);
            self::assertNull($answer['next'], $filter);
        }
    }

    /** @dataProvider databases */
    public function testAnOrderWithADealThatIsOnItsWayAgainIsCountedOnce(string $kind): void
    {
        $this->stand($kind);
        $this->bridge->orderSaved('1');
        $this->bridge->orderSaved('7');
        $filters = ['synced' => ['6', '3', '2'], 'waiting' => ['7', '1', '4'], 'failed' => ['5'],
            'not_sent' => ['9', '8']];
        foreach ($filters as $filter => $ids) {
            $answer = $this->ask('orders.list', ['filter' => $filter]);
            self::assertEqualsCanonicalizing($ids, self::ids($answer), $filter);
            self::assertSame(count($ids), $answer['counts'][$filter], $filter);
        }
    }

    /** @dataProvider databases */
    public function testARowSaysWhatThereIsToSay(string $kind): void
    {
        $this->stand($kind);
        $rows = array_column($this->ask('orders.list')['rows'], null);
        $row = static fn (string $id): array => array_values(array_filter(
            $rows,
            static fn (array $row): bool => $row['order']['id'] === $id,
        ))[0];

        self::assertSame(['N-1', 'Иван', '1.50', 'RUB', 'Ожидание'], [
            $row('1')['order']['number'], $row('1')['order']['buyer'], $row('1')['order']['total'],
            $row('1')['order']['currency'], $row('1')['order']['status_name'],
        ]);
        self::assertStringContainsString("/crm/deal/details/{$row('1')['deal']['id']}/", $row('1')['deal']['url']);
        self::assertSame(['failed', 'Нет поля', 'Создайте поле'], [
            $row('5')['state'], $row('5')['reason']['message'], $row('5')['reason']['hint'],
        ]);
        self::assertSame(['kind' => 'different', 'detail' => 'title'], $row('6')['difference']);
        self::assertSame([null, 'not_sent', null], [$row('7')['deal'], $row('7')['state'], $row('7')['reason']]);
    }

    /** @dataProvider databases */
    public function testPagesHaveNoGapAndNoDouble(string $kind): void
    {
        $this->stand($kind);
        foreach (['all', 'synced', 'not_sent', 'failed', 'waiting'] as $filter) {
            $seen = [];
            $before = '';
            do {
                $answer = $this->ask('orders.list', ['filter' => $filter, 'before' => $before, 'limit' => 2]);
                $seen = [...$seen, ...self::ids($answer)];
                $before = (string) $answer['next'];
            } while ($answer['next'] !== null);
            self::assertSame(self::ids($this->ask('orders.list', ['filter' => $filter])), $seen, $filter);
        }
    }

    /** @dataProvider databases */
    public function testFindsByNumberNameAndPhone(string $kind): void
    {
        $this->stand($kind);
        $this->shop->buyers = [3 => ['first_name' => 'Ольга', 'phone' => '+7 916 000-11-22']];
        foreach (['N-3', 'ольга', '000-11'] as $search) {
            self::assertSame(['3'], self::ids($this->ask('orders.list', ['search' => $search])), $search);
        }
        self::assertSame([], self::ids($this->ask('orders.list', ['search' => 'ольга', 'filter' => 'failed'])));
        self::assertSame(['5'], self::ids($this->ask('orders.list', ['search' => 'N-5', 'filter' => 'failed'])));
    }

    /** @dataProvider databases */
    public function testAPageCostsTheSameHoweverManyRowsItHas(string $kind): void
    {
        $this->stand($kind);
        $counting = new CountingDatabase($this->database);
        $shop = $this->shop;
        $this->shop = new TableShop($counting, $this->prefix);
        $this->shop->now = $shop->now;
        $statements = function (int $limit) use ($counting): int {
            $this->bridge = $this->another();
            $before = $counting->count;
            self::assertCount($limit, $this->ask('orders.list', ['limit' => $limit])['rows']);

            return $counting->count - $before;
        };
        self::assertSame($statements(1), $statements(9));
    }

    /** @dataProvider databases */
    public function testSendsOneNowAndTellsWhatBecameOfIt(string $kind): void
    {
        $this->stand($kind);
        $row = $this->ask('orders.send', ['id' => '8'])['row'];
        self::assertSame('synced', $row['state']);
        self::assertSame(1, $this->deals()['8']);
        self::assertSame('order_not_found', $this->refused(422, 'orders.send', ['id' => '404'])['code']);

        $got = $this->ask('orders.get', ['id' => '5']);
        self::assertSame(['5', 'told'], [$got['row']['order']['id'], $got['explanation']['verdict']]);
    }

    /**
     * It is asked what became of the order, and nothing has yet.
     *
     * @dataProvider databases
     */
    public function testWaitsForTheWorkerWhoIsSendingIt(string $kind): void
    {
        $this->stand($kind);
        $this->bridge->orderSaved('8');
        $taken = (new Leases(new Tables($this->database, $this->prefix . 'ob_')))->take(50);
        self::assertContains('8', array_column($taken, 'orderId'));
        $waited = 0;
        $this->bridge = $this->another(['sleep' => function () use (&$waited, $taken): void {
            $waited++;
            array_map($this->bridge->outbox()->release(...), $taken);
        }]);

        $row = $this->ask('orders.send', ['id' => '8'])['row'];

        self::assertSame([1, 'synced'], [$waited, $row['state']]);
        self::assertSame(1, $this->deals()['8']);
    }

    /** @dataProvider databases */
    public function testTimesAreWrittenAlikeEverywhere(string $kind): void
    {
        $this->stand($kind);
        $this->engine->instead['order.explain'] = static fn (): array => ['verdict' => 'a', 'sentences' => [
            ['code' => 'a', 'message' => 'А', 'hint' => ''],
            ['code' => 'b', 'message' => 'Б', 'hint' => '', 'at' => '1795428000'],
        ]];
        $sentences = $this->ask('orders.get', ['id' => '5'])['explanation']['sentences'];
        self::assertSame(['a', 'b'], array_column($sentences, 'code'));
        self::assertSame(['2026-11-23T10:00:00Z'], array_column($sentences, 'at'), 'of the journal only');

        self::assertNull($this->ask('compare.report')['last']);
        (new CompareState($this->bridge->settings()))
            ->end(['at' => 1795428000, 'whole' => true, 'counts' => CompareState::noCounts()]);
        $last = $this->ask('compare.report')['last'];
        self::assertSame('2026-11-23T10:00:00Z', $last['at']);
        self::assertMatchesRegularExpression('/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/', $last['until']);
    }

    /** @dataProvider databases */
    public function testResendsOneOrAllThatFailed(string $kind): void
    {
        $this->stand($kind);
        self::assertSame(1, $this->ask('orders.resend', ['filter' => 'failed'])['count']);
        self::assertSame([], self::ids($this->ask('orders.list', ['filter' => 'failed'])));
        self::assertSame(1, $this->ask('orders.resend', ['ids' => ['9']])['count']);
        $waiting = self::ids($this->ask('orders.list', ['filter' => 'waiting']));
        self::assertEqualsCanonicalizing(['9', '5', '4'], $waiting);
    }

    /** @dataProvider databases */
    public function testABuyerIsCountedBeforeHeIsErased(string $kind): void
    {
        $this->stand($kind);
        $this->shop->buyers = [3 => ['first_name' => 'Ольга', 'phone' => '+7 916 000-11-22']];
        $before = $this->dump();
        $counted = $this->ask('privacy.erase', ['phone' => '8 916 000 11 22', 'only_count' => true]);
        self::assertSame(['3'], $counted['orders']);
        self::assertSame(1, $counted['links']);
        self::assertStringContainsString('/crm/deal/details/', $counted['remains']['deals'][0]['url']);
        self::assertSame($before, $this->dump(), 'counting touches nothing');

        self::assertSame(['3'], $this->ask('privacy.erase', ['phone' => '8 916 000 11 22'])['orders']);
        self::assertNotSame($before, $this->dump());
        self::assertSame('buyer_missing', $this->refused(422, 'privacy.erase')['code']);
    }

    /** @dataProvider databases */
    public function testABackfillIsCountedBegunHaltedAndTakenUp(string $kind): void
    {
        $this->stand($kind);
        self::assertSame('none', $this->ask('backfill.status')['state']);
        self::assertSame(9, $this->ask('backfill.count')['total']);
        self::assertSame(3, $this->ask('backfill.count', ['from_id' => '7'])['total']);
        self::assertSame('backfill_nothing', $this->refused(422, 'backfill.start', ['from_id' => '99'])['code']);
        $states = ['start' => 'running', 'pause' => 'paused', 'resume' => 'running', 'cancel' => 'cancelled'];
        foreach ($states as $do => $is) {
            self::assertSame($is, $this->ask("backfill.$do", $do === 'start' ? ['from_id' => '7'] : [])['state'], $do);
        }
        self::assertSame('backfill_none', $this->refused(422, 'backfill.pause')['code']);
    }

    /**
     * @param array<string, mixed> $answer
     * @return list<string>
     */
    private static function ids(array $answer): array
    {
        return array_map(static fn (array $row): string => $row['order']['id'], $answer['rows']);
    }
}
