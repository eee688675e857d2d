<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Link;

use Orderbridge\Exception\DuplicateKey;
use Orderbridge\Link\Links;
use Orderbridge\Store\Clock;
use Orderbridge\Store\Migrations;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\OpensDatabases;
use Orderbridge\Tests\Support\TableShop;
use PHPUnit\Framework\TestCase;

use function array_column;
use function array_map;
use function json_encode;
use function range;

final class LinksTest extends TestCase
{
    use OpensDatabases;

    private TableShop $shop;

    private function links(string $kind): Links
    {
        $this->open($kind);
        $tables = new Tables($this->database, $this->prefix);
        (new Migrations($tables))->run();

        $this->shop = new TableShop($this->database, $this->prefix);

        return new Links($tables, new Clock($this->shop));
    }

    /** @dataProvider databases */
    public function testWritesOnlyTheKeysThatAreThere(string $kind): void
    {
        $links = $this->links($kind);
        $memo = (object) ['sent' => (object) [], 'list' => [], 'name' => 'Чайник', 'deep' => (object) ['n' => 1]];
        $links->learn(['order_id' => '17', 'deal_id' => '5', 'stage' => 'C5:NEW', 'memo' => $memo]);
        $links->learn(['order_id' => '17', 'stage' => 'C5:WON']);

        $link = $links->ofOrder('17');
        self::assertSame(['17', '5', 'C5:WON'], [$link['order_id'], $link['deal_id'], $link['stage']]);
        self::assertSame(json_encode($memo), json_encode($link['memo']), 'to the letter: empty objects stay objects');

        $links->learn(['order_id' => '17', 'deal_id' => null, 'memo' => null]);
        $link = $links->ofOrder('17');
        self::assertSame([null, 'C5:WON', null], [$link['deal_id'], $link['stage'], $link['memo']]);
    }

    /** @dataProvider databases */
    public function testOneDealBelongsToOneOrder(string $kind): void
    {
        $links = $this->links($kind);
        $links->learn(['order_id' => '1', 'deal_id' => '5', 'stage' => 'A']);
        $links->learn(['order_id' => '2', 'stage' => 'B']);
        foreach (['2', '3'] as $order) {
            try {
                $links->learn(['order_id' => $order, 'deal_id' => '5', 'stage' => 'C']);
                self::fail('deal 5 is taken');
            } catch (DuplicateKey) {
            }
        }

        self::assertSame('A', $links->ofOrder('1')['stage']);
        self::assertSame('B', $links->ofOrder('2')['stage']);
        self::assertNull($links->ofOrder('3'));
        self::assertSame(1, $links->count());
    }

    /** @dataProvider databases */
    public function testFindsByOrderAndByDealInAnyNumber(string $kind): void
    {
        $links = $this->links($kind);
        foreach (range(1, 30) as $id) {
            $links->learn(['order_id' => "$id"] + ($id % 3 === 0 ? [] : ['deal_id' => (string) ($id + 1000)]));
        }
        $many = array_map('strval', range(1, 1200));

        self::assertCount(30, $links->ofOrders($many));
        self::assertCount(20, $links->ofDeals(array_map('strval', range(1001, 2200))));
        self::assertSame([], $links->ofDeals([]));
        $links->forget('1');
        self::assertNull($links->ofOrder('1'));
    }

    /** @dataProvider databases */
    public function testABuyersLastDealIsFound(string $kind): void
    {
        $links = $this->links($kind);
        $this->shop->now = 1000;
        $links->learn(['order_id' => '1', 'deal_id' => '11', 'buyer' => 'ivan']);
        $links->learn(['order_id' => '2', 'deal_id' => '12', 'buyer' => 'ivan']);
        $links->learn(['order_id' => '3', 'deal_id' => '13', 'buyer' => 'anna', 'memo' => ['user' => '6']]);
        $this->shop->now = 1001;
        $links->learn(['order_id' => '1', 'stage' => 'C5:WON']);
        // Not a deal yet: there is nobody to ask for it.
        $links->learn(['order_id' => '4', 'buyer' => 'ivan']);
        $orders = static fn (array $buyers): array => array_column($links->ofBuyers($buyers), 'order_id');

        self::assertSame(['1'], $orders(['ivan']));
        self::assertSame(['3', '1'], $orders(['anna', 'nobody', 'ivan']));
        self::assertSame([], $orders([]));
        self::assertSame('6', $links->ofBuyers(['anna'])[0]['memo']->user);

        $links->learn(['order_id' => '1', 'buyer' => null]);
        self::assertSame(['2'], $orders(['ivan']));
    }

    /** @dataProvider databases */
    public function testForgetsWhenTheCoreSaysSo(string $kind): void
    {
        $links = $this->links($kind);
        $links->learn(['order_id' => '1', 'deal_id' => '5', 'buyer' => 'ivan']);
        $links->learn(['order_id' => '2', 'deal_id' => '6', 'forget' => false]);

        $links->learn(['order_id' => '1', 'forget' => true, 'stage' => 'C5:LOSE']);
        $links->learn(['order_id' => 'never', 'forget' => true]);

        self::assertNull($links->ofOrder('1'));
        self::assertSame([], $links->ofBuyers(['ivan']));
        self::assertSame('6', $links->ofOrder('2')['deal_id']);
        $links->learn(['order_id' => '3', 'deal_id' => '5']);
        self::assertSame('5', $links->ofOrder('3')['deal_id'], 'the deal is free again');
    }

    /** @dataProvider databases */
    public function testIdsAreComparedAsTheyAreWritten(string $kind): void
    {
        $links = $this->links($kind);
        $links->learn(['order_id' => 'a1', 'deal_id' => '7']);
        $links->learn(['order_id' => 'A1', 'deal_id' => '8']);
        $links->learn(['order_id' => '01', 'deal_id' => '9']);

        self::assertSame(['7', '8', '9'], array_map(
            static fn (string $id): string => $links->ofOrder($id)['deal_id'],
            ['a1', 'A1', '01'],
        ));
        self::assertNull($links->ofOrder('1'));
    }
}
