<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart;

use Orderbridge\Shop\Shop;
use Orderbridge\Tests\Shop\ShopContractTestCase;

use function array_column;
use function array_map;

// phpcs:disable PSR1.Files.SideEffects -- the adapter is no part of the bridge's own folder
require_once __DIR__ . '/autoload.php';

/** OpenCart under the contract; its oddities are in OpenCartShopTest and OrderReaderTest. */
abstract class OpenCartContractTestCase extends ShopContractTestCase
{
    protected ?FakeOpenCart $cart = null;
    private ?Shop $shop = null;

    abstract protected function openCart(): FakeOpenCart;

    protected function setUp(): void
    {
        $this->cart = $this->openCart();
        $this->shop = $this->cart->shop('https://shop.example/office/');
    }

    protected function tearDown(): void
    {
        $this->cart = $this->shop = null;
    }

    protected function shop(): Shop
    {
        return $this->shop;
    }

    /** @return array<string, string> the columns of delivery and payment */
    protected function methods(): array
    {
        return [
            'shipping_method' => '{"code":"flat.flat","name":"Flat","cost":"5.00","tax_class_id":"9"}',
            'payment_method' => '{"code":"cod.cod","name":"Оплата &amp; доставка"}',
        ];
    }

    /** With a coupon, a delivery, two taxes and a currency whose rate leaves kopecks over. */
    protected function placeOrder(): string
    {
        $id = $this->cart->placed(
            [
                'total' => '226.0000',
                'currency_code' => 'EUR',
                'currency_value' => '0.78460002',
                ...$this->methods(),
                'telephone' => '8 (999) 123-45-67',
                'email' => 'ivan@example.com',
                'comment' => 'Этаж &lt;3&gt; 😀',
            ],
            [[
                'product_id' => 7,
                'name' => 'Чай &quot;Ассам&quot;',
                'model' => 'M-7',
                'quantity' => 2,
                'price' => '100.0000',
                'total' => '200.0000',
                'tax' => '22.0000',
            ]],
            [
                ['sub_total', 'Sub-Total', '200.0000'],
                ['shipping', 'Flat Shipping Rate', '5.0000'],
                ['coupon', 'Coupon (2222)', '-20.0000'],
                ['tax', 'Eco Tax (-2.00)', '4.0000'],
                ['tax', 'VAT (20%)', '37.0000'],
                ['total', 'Total', '226.0000'],
            ],
        );
        if ($id === 1) {
            $this->cart->rows('product_to_category', [
                ['product_id' => 7, 'category_id' => 12],
                ['product_id' => 7, 'category_id' => 3],
            ]);
        }
        $line = (int) $this->cart->pdo
            ->query("SELECT order_product_id FROM oc_order_product WHERE order_id = $id")
            ->fetchColumn();
        $this->cart->rows('order_option', [[
            'order_id' => $id,
            'order_product_id' => $line,
            'name' => 'Цвет',
            'value' => 'Красный &amp; белый',
            'type' => 'select',
        ]]);

        return (string) $id;
    }

    /** The admin's editor saves the order and then adds its history, with the status as it was. */
    protected function changeOrder(string $orderId): void
    {
        $this->cart->pdo->exec("UPDATE oc_order SET total = '300.0000' WHERE order_id = $orderId");
        $this->cart->addHistory((int) $orderId, (int) $this->shop->orderStatus($orderId), '', false, false);
    }

    protected function history(string $orderId): array
    {
        $rows = $this->cart->pdo
            ->query("SELECT comment FROM oc_order_history WHERE order_id = $orderId ORDER BY order_history_id")
            ->fetchAll();

        return array_map(strval(...), array_column($rows, 'comment'));
    }

    /** A shop's owner deletes a category, and what was under it stays in the table without a parent. */
    public function testACategoryWhoseParentIsGoneIsARoot(): void
    {
        $this->cart->rows('category', [['category_id' => 40, 'parent_id' => 39]]);
        $this->cart->rows('category_description', [['category_id' => 40, 'language_id' => 2, 'name' => 'Сироты']]);

        self::assertContains(
            ['id' => '40', 'parent_id' => null, 'name' => 'Сироты'],
            $this->shop()->categories(),
        );
    }
}
