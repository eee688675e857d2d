<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Setup;

use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Leases;
use Orderbridge\Outbox\Reason;
use Orderbridge\Settings\PortalHold;
use Orderbridge\Settings\Rows;
use Orderbridge\Store\Clock;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\BridgeTestCase;

use function array_column;
use function json_decode;
use function json_encode;

/** What the core is told of an order, and of the shop and the portal when it checks settings. */
final class ExplainTest extends BridgeTestCase
{
    /** @dataProvider databases */
    public function testTellsWhereAnOrderStands(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $setup = $bridge->setup();
        $told = function (string $orderId) use ($setup): array {
            self::assertSame('told', $setup->explain($orderId)['verdict']);

            return $this->asked('order.explain');
        };
        $tables = new Tables($this->database, $this->prefix . 'ob_');
        $clock = new Clock($this->shop);

        $nothing = $told('404');
        self::assertSame([null, null, null, null], [
            $nothing['order'], $nothing['status'], $nothing['link'], $nothing['job'],
        ]);
        self::assertFalse($nothing['connected']);
        self::assertSame(['worker' => null, 'poll' => null, 'event' => null, 'sweep' => null], $nothing['seen']);
        self::assertSame(['pending', 'paid'], array_column($nothing['statuses'], 'id'));

        $this->shop->place(1);
        $bridge->orderSaved('1');
        $bridge->settings()->saw('cron');
        $ready = $told('1');
        self::assertSame(['id' => '1', 'status' => 'pending'], $ready['order']);
        self::assertSame(['ready', ['push'], 0], [
            $ready['job']['state'], $ready['job']['wants'], $ready['job']['attempts'],
        ]);
        self::assertSame($clock->seconds(), $ready['seen']['worker']);
        self::assertNull($ready['hold']);

        [$job] = (new Leases($tables))->take(1);
        self::assertSame('leased', $told('1')['job']['state']);
        $bridge->outbox()->bury($job, Job::PUSH | Job::PULL, Reason::of('field', 'Нет поля', 'Создайте поле'));
        $dead = $told('1')['job'];
        self::assertSame(['dead', ['push', 'pull'], 1, 'field', 'Нет поля', 'Создайте поле'], [
            $dead['state'], $dead['wants'], $dead['attempts'], $dead['code'], $dead['message'], $dead['hint'],
        ]);

        $bridge->links()->learn(['order_id' => '1', 'deal_id' => '394', 'stage' => 'C5:NEW']);
        $bridge->journal()->write(['order_id' => '1', 'level' => 'info', 'code' => 'a', 'message' => 'раз']);
        $bridge->journal()->write(['order_id' => '2', 'level' => 'info', 'code' => 'b', 'message' => 'два']);
        (new PortalHold(new Rows($tables, $clock), $clock))->place(60, true, Reason::of('down', 'Нет связи', 'Ждать'));
        $linked = $told('1');
        self::assertSame(['394', 'C5:NEW'], [$linked['link']['deal_id'], $linked['link']['stage']]);
        self::assertSame(['раз'], array_column($linked['journal'], 'message'));
        self::assertSame(['down', $clock->seconds()], [$linked['hold']['code'], $linked['hold']['since']]);
    }

    public function testAnOrderThatIsNotPlacedHasAStatus(): void
    {
        $setup = $this->bridge('sqlite', [], false)->setup();
        $this->shop->place(7);
        $this->shop->unplaced = ['7'];
        $setup->explain('7');
        $asked = $this->asked('order.explain');
        self::assertSame([null, 'pending'], [$asked['order'], $asked['status']]);

        $this->shop->unplaced = [];
        $this->shop->broken = ['7'];
        $setup->explain('7');
        self::assertSame('7', $this->asked('order.explain')['order']['id'], 'placed, though it cannot be read');
    }

    public function testSettingsAreCheckedAgainstShopAndPortal(): void
    {
        $setup = $this->bridge('sqlite')->setup();
        $setup->document();
        $setup->check(['shop' => ['id' => 'other']]);
        $asked = $this->asked('settings.check');
        self::assertSame([['RUB'], null, 0], [$asked['currencies'], $asked['portal'], $asked['links']]);
        self::assertStringStartsWith('shop.example', $asked['shop_id']);

        $stage = ['id' => 'C5:NEW', 'name' => 'Новый', 'color' => '#fff', 'row' => '1', 'sort' => 10];
        $this->engine->instead['sync.start'] = static fn (): array => ['step' => 'done', 'result' => [
            'funnels' => [['id' => '5', 'name' => 'Магазин', 'stages' => [$stage]]],
            'users' => [['id' => '1', 'name' => 'Админ', 'active' => true]],
            'currencies' => [['code' => 'RUB', 'base' => true]],
            'fields' => [],
        ]];
        $setup->snapshot();
        $setup->check([]);
        self::assertSame([
            'funnels' => [['id' => '5', 'stages' => [['id' => 'C5:NEW']]]],
            'currencies' => [['code' => 'RUB']],
            'users' => [['id' => '1', 'name' => 'Админ', 'active' => true]],
        ], $this->asked('settings.check')['portal'], 'what is there and who, not what it looks like');

        $this->engine->instead['sync.start'] = static fn (): array => ['step' => 'done', 'result' => [
            'complete' => true, 'settings' => ['funnel' => ['id' => '6']],
        ]];
        $setup->provision(['create']);
        self::assertNull($this->asked('settings.check')['portal'], 'a new funnel is not in the old list');
    }

    /** @return array<string, mixed> the data of the last request of this kind */
    private function asked(string $op): array
    {
        $found = [];
        foreach ($this->engine->asked as [$asked, $data]) {
            $found = $asked === $op ? $data : $found;
        }

        return json_decode((string) json_encode($found), true);
    }
}
