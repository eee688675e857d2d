<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

use Orderbridge\Shop\Shop;
use Orderbridge\Tests\Shop\ShopContractTestCase;

// phpcs:disable PSR1.Files.SideEffects -- the adapter is no part of the bridge's own folder
require_once __DIR__ . '/autoload.php';

/** WooCommerce under the contract; its oddities are in the tests beside. */
abstract class WooContractTestCase extends ShopContractTestCase
{
    private ?FakeWoo $woo = null;
    private ?Shop $shop = null;
    /** Seconds by which the shop's clock is ahead: its cursor goes by time. */
    private int $ahead = 0;

    abstract protected function woo(): FakeWoo;

    protected function setUp(): void
    {
        $this->woo = $this->woo();
        $this->shop = $this->woo->shop();
    }

    protected function tearDown(): void
    {
        $this->woo = $this->shop = null;
    }

    protected function shop(): Shop
    {
        return $this->shop;
    }

    protected function letTimePass(): void
    {
        $this->ahead++;
    }

    /** With a coupon, a delivery, a tax, and a kopeck lost between taxes by line and the tax of the order. */
    protected function placeOrder(): string
    {
        $this->woo->products[14] = new FakeProduct('GZHEL-1');
        $this->woo->termsOf['product_cat'][12] = [$this->woo->terms[17], $this->woo->terms[18]];
        $order = $this->woo->order([
            'status' => 'processing',
            'total' => '2460.01',
            'created' => time() + $this->ahead,
            'modified' => time() + $this->ahead,
            'billing_first_name' => 'Иван',
            'billing_last_name' => "О'Нил «Кот» 😀",
            'billing_phone' => '+7 900 123-45-67',
            'billing_email' => 'ivan@example.ru',
            'billing_city' => 'Москва',
            'coupon_codes' => ['ten'],
            'customer_note' => 'Этаж <3> 😀',
        ], [
            new FakeItem('line_item', [
                'name' => 'Чайник &quot;гжель&quot; - 1 л',
                'product_id' => 12,
                'variation_id' => 14,
                'quantity' => 3,
                'subtotal' => 2400.0,
                'total' => '1800',
                'total_tax' => '360',
                'taxes' => ['total' => [1 => '360']],
                'shown' => ['Объём' => '1&nbsp;л'],
            ]),
            new FakeItem('shipping', [
                'name' => 'Курьер',
                'total' => '250',
                'total_tax' => '50',
                'taxes' => ['total' => [1 => '50']],
                'method_id' => 'flat_rate',
                'instance_id' => '1',
            ]),
            new FakeItem('tax', ['rate_id' => 1, 'rate_percent' => 20.0]),
        ]);

        return (string) $order->get_id();
    }

    protected function changeOrder(string $orderId): void
    {
        $order = $this->woo->orders[(int) $orderId];
        $order->is['customer_note'] = 'Позже';
        $order->is['modified'] = time() + $this->ahead;
        $order->save();
    }

    protected function history(string $orderId): array
    {
        return $this->woo->notes[(int) $orderId] ?? [];
    }

    public function testNeitherDraftsNorTrashNorRefundsAreOrders(): void
    {
        $item = [new FakeItem('line_item', ['total' => '5'])];
        foreach (['checkout-draft', 'auto-draft', 'trash'] as $status) {
            $this->woo->order(['status' => $status, 'total' => '5'], $item);
        }
        $this->woo->order(['type' => 'shop_order_refund', 'status' => 'completed', 'total' => '-5']);
        $real = (string) $this->woo->order(['total' => '5'], $item)->get_id();

        self::assertSame([$real], $this->shop->ordersAfter('', 10)['ids']);
        foreach (['1', '2', '3', '4'] as $none) {
            self::assertNull($this->shop->order($none));
            self::assertNull($this->shop->orderStatus($none));
        }
        self::assertNotNull($this->shop->order($real));
    }

    public function testDraftIsNoStatus(): void
    {
        self::assertSame(
            ['pending', 'processing', 'on-hold', 'completed', 'cancelled', 'packed'],
            array_column($this->shop->statuses(), 'id'),
        );
        self::assertSame('Выполнен & закрыт', $this->shop->statuses()[3]['name']);
    }
}
