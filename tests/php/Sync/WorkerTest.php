<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use Orderbridge\Outbox\Job;
use Orderbridge\Tests\Support\BridgeTestCase;
use Orderbridge\Tests\Support\CountingDatabase;
use Orderbridge\Tests\Support\TableShop;

use function array_fill;
use function array_map;
use function range;

final class WorkerTest extends BridgeTestCase
{
    /** @dataProvider databases */
    public function testBringsAnOrderThereAndBack(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->place(17);
        $bridge->orderSaved('17');

        $report = $bridge->worker()->run(5);

        self::assertSame(1, $report->done);
        self::assertSame(['17' => 1], array_map(null, $this->deals()));
        self::assertSame('1', $bridge->links()->ofOrder('17')['deal_id']);
        self::assertSame(0, $bridge->outbox()->figures()['ready']);

        $this->portal->move('1', 'WON');
        $bridge->settings()->setDue('poll', 0);
        $bridge->worker()->run(5);

        self::assertSame('at WON', $this->shop->orderStatus('17'));
        self::assertSame('WON', $bridge->links()->ofOrder('17')['stage']);
    }

    /** @dataProvider databases */
    public function testSharesRequestsBetweenOrders(string $kind): void
    {
        $bridge = $this->bridge($kind);
        foreach (range(1, 40) as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }

        $report = $bridge->worker()->run(10);

        self::assertSame(40, $report->done);
        self::assertSame(array_fill(1, 40, 1), $this->deals());
        self::assertSame(10, $this->portal->state()['most']);
        // One for the poll, four for the searches, four for the creates.
        self::assertSame(9, $this->portal->state()['requests']);
    }

    /** @dataProvider databases */
    public function testSendsNothingWhenNothingHasChanged(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $bridge->worker()->run(5);
        $before = $this->portal->state()['requests'];

        $bridge->orderSaved('1');
        $bridge->worker()->run(5);

        self::assertSame($before, $this->portal->state()['requests']);
        self::assertSame(0, $bridge->outbox()->figures()['ready']);
    }

    /** @dataProvider databases */
    public function testLookingRoundCostsThreeQueries(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $bridge->worker()->run(5);
        $counting = new CountingDatabase($this->database);
        $this->shop = new TableShop($counting, $this->prefix);
        $idle = $this->another();
        $idle->worker()->run(5);
        $counting->count = 0;

        $idle->worker()->run(5);

        self::assertSame(3, $counting->count);
    }

    /** @dataProvider databases */
    public function testSavingAnOrderCostsOne(string $kind): void
    {
        $this->bridge($kind);
        $counting = new CountingDatabase($this->database);
        $this->shop = new TableShop($counting, $this->prefix);
        $request = $this->another();

        $request->orderSaved('1');

        self::assertSame(1, $counting->count);
        self::assertSame([], $this->engine->asked);
    }

    /** @dataProvider databases */
    public function testPushesBeforeItPullsInOneClaim(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->place(1);
        $bridge->outbox()->enqueue('1', Job::PUSH | Job::PULL);

        $bridge->worker()->run(5);

        $kinds = [];
        foreach ($this->engine->asked as [$op, $data]) {
            if ($op === 'sync.start') {
                $kinds[] = $data['task']['kind'];
            }
        }
        self::assertSame(['poll', 'push_order', 'pull_deal'], $kinds);
        self::assertSame(0, $bridge->outbox()->figures()['ready']);
    }
}
