<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shop;

use Orderbridge\Shop\Shop;
use Orderbridge\Tests\Support\OpensDatabases;
use Orderbridge\Tests\Support\TableShop;

/** The contract's own test: the tests' shop passes it, so the other tests are about a shop as shops are. */
final class TableShopTest extends ShopContractTestCase
{
    use OpensDatabases;

    private ?TableShop $shop = null;
    private int $last = 0;

    protected function shop(): Shop
    {
        if ($this->shop === null) {
            $this->open('sqlite');
            $this->shop = new TableShop($this->database, $this->prefix);
            $this->shop->createTables();
            $this->shop->now = 1_800_000_000;
        }

        return $this->shop;
    }

    protected function placeOrder(): string
    {
        $this->shop();
        $this->shop->place(++$this->last, '1234.50');

        return (string) $this->last;
    }

    protected function changeOrder(string $orderId): void
    {
        $this->shop->change((int) $orderId, '99.00');
    }

    protected function letTimePass(): void
    {
        $this->shop->now += 1;
    }

    protected function history(string $orderId): array
    {
        return $this->shop->history($orderId);
    }
}
