<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart3;

use Orderbridge\Shops\OpenCart\BeingEdited;
use Orderbridge\Tests\Shops\OpenCart\OpenCartContractTestCase;

use function array_column;
use function date;
use function time;

/** OpenCart 3 under the contract, and what is only its own. */
abstract class OpenCart3TestCase extends OpenCartContractTestCase
{
    private const TEA = [
        'product_id' => 7,
        'name' => 'Чайник',
        'model' => 'M-7',
        'quantity' => 2,
        'price' => '500.0000',
        'total' => '1000.0000',
    ];

    protected function setUp(): void
    {
        parent::setUp();
        // The tax class of a delivery is among the settings of its extension.
        $this->cart->rows('setting', [
            ['code' => 'shipping_flat', 'key' => 'shipping_flat_tax_class_id', 'value' => '9'],
        ]);
    }

    protected function methods(): array
    {
        return [
            'shipping_method' => 'Flat',
            'shipping_code' => 'flat.flat',
            'payment_method' => 'Оплата &amp; доставка',
            'payment_code' => 'cod',
        ];
    }

    public function testTheDeliveryTakesItsTaxFromTheSettingsOfItsExtension(): void
    {
        $order = $this->shop()->order($this->placeOrder());

        self::assertSame(['shipping', 'coupon'], array_column($order['charges'], 'kind'));
        self::assertSame('6.28', $order['charges'][0]['amount'], 'the delivery the buyer was shown');
        self::assertSame(['code' => 'cod', 'name' => 'Оплата & доставка'], $order['payment']);
        self::assertSame(['2222'], $order['coupons']);
    }

    /** The admin's edit makes the order void, rewrites it row by row and gives the status back. */
    public function testAnOrderUnderEditIsNeitherGoneNorReadInHalves(): void
    {
        $id = $this->cart->placed(['total' => '1000.0000'], [self::TEA]);
        $seen = [];
        $this->cart->edit($id, function () use ($id, &$seen): void {
            $this->cart->pdo->exec("DELETE FROM oc_order_product WHERE order_id = $id");
            foreach (['order', 'orderStatus', 'setStatus', 'addNote'] as $what) {
                try {
                    $arguments = ['setStatus' => ['5', '', false], 'addNote' => ['note']][$what] ?? [];
                    $this->shop()->$what((string) $id, ...$arguments);
                } catch (BeingEdited) {
                    $seen[] = $what;
                }
            }
            $this->cart->rows('order_product', [['order_id' => $id] + self::TEA]);
        });

        self::assertSame(['order', 'orderStatus', 'setStatus', 'addNote'], $seen);
        self::assertSame('1', $this->shop()->order((string) $id)['status']);
    }

    /** An edit that died half way leaves the order among the shop's "missing orders". */
    public function testAnOrderThatStayedVoidIsGone(): void
    {
        $id = $this->cart->placed([], [self::TEA]);
        $this->cart->pdo->exec("UPDATE oc_order SET order_status_id = 0 WHERE order_id = $id");
        $this->cart->rows('order_history', [[
            'order_id' => $id,
            'order_status_id' => 0,
            'date_added' => date('Y-m-d H:i:s', time() - 120),
        ]]);

        self::assertNull($this->shop()->order((string) $id));
        self::assertNull($this->shop()->orderStatus((string) $id));
    }

    public function testABasketIsNoOrderAndADeletedOneIsGone(): void
    {
        $basket = $this->cart->basket([], [self::TEA]);
        $deleted = $this->cart->placed([], [self::TEA]);
        $this->cart->delete($deleted);

        self::assertNull($this->shop()->order((string) $basket));
        self::assertNull($this->shop()->order((string) $deleted));
    }

    public function testGiftVouchersAreLinesOfTheirOwn(): void
    {
        $id = $this->cart->placed(['total' => '1550.0000'], [self::TEA], [
            ['sub_total', 'Сумма', '1500.0000'],
            ['shipping', 'Курьер', '50.0000'],
        ]);
        $this->cart->rows('order_voucher', [
            ['order_id' => $id, 'description' => 'Сертификат &quot;500&quot;', 'amount' => '500.0000'],
        ]);
        $order = $this->shop()->order((string) $id);

        self::assertSame(
            ['name' => 'Сертификат "500"', 'quantity' => '1', 'price' => '500.00', 'total' => '500.00'],
            $order['lines'][1],
        );
        self::assertSame([['kind' => 'shipping', 'name' => 'Курьер', 'amount' => '50.00']], $order['charges']);
    }
}
