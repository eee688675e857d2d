<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart;

use PHPUnit\Framework\TestCase;

// phpcs:disable PSR1.Files.SideEffects -- the adapter is no part of the bridge's own folder
require_once __DIR__ . '/autoload.php';

final class OrderReaderTest extends TestCase
{
    private const TEA = [
        'product_id' => 7,
        'name' => 'Чайник',
        'model' => 'M-7',
        'quantity' => 2,
        'price' => '500.0000',
        'total' => '1000.0000',
    ];

    public function testAnOrderNotYetConfirmedIsNoOrder(): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->basket(['total' => '1000.0000'], [self::TEA]);

        self::assertNull($cart->shop()->order((string) $id));
        self::assertNull($cart->shop()->orderStatus((string) $id));
        self::assertNull($cart->shop()->order('404'));
        self::assertNull($cart->shop()->order('not a number'));
    }

    /** Figures of a real 4.1 order: coupon of 10 %, VAT of 20 % and a fixed tax, the buyer paying in euro. */
    public function testCouponTaxAndCurrencyAddUpToWhatTheBuyerPaid(): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->placed(
            [
                'total' => '226.0000',
                'currency_code' => 'EUR',
                'currency_value' => '0.78460002',
                'shipping_method' => '{"code":"flat.flat","name":"Flat","cost":"5.00","tax_class_id":"9"}',
            ],
            [['price' => '100.0000', 'total' => '200.0000', 'tax' => '22.0000'] + self::TEA],
            [
                ['sub_total', 'Sub-Total', '200.0000'],
                ['shipping', 'Flat Shipping Rate', '5.0000'],
                ['coupon', 'Coupon (2222)', '-20.0000'],
                ['tax', 'Eco Tax (-2.00)', '4.0000'],
                ['tax', 'VAT (20%)', '37.0000'],
                ['total', 'Total', '226.0000'],
            ],
        );
        $order = $cart->shop()->order((string) $id);

        self::assertSame('EUR', $order['currency']);
        self::assertSame('177.32', $order['total']);
        self::assertSame('95.72', $order['lines'][0]['price']);
        self::assertSame('191.44', $order['lines'][0]['total']);
        self::assertSame(['shipping', 'coupon'], array_column($order['charges'], 'kind'));
        self::assertSame('6.28', $order['charges'][0]['amount'], 'the delivery the buyer was shown');
        self::assertAddsUp($order);
        self::assertArrayNotHasKey('vat_rate', $order['lines'][0], 'a fixed tax on top leaves the rate unsaid');
    }

    public function testTaxOfTheDeliveryGoesIntoTheDelivery(): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->placed(
            ['total' => '1500.0000'],
            [self::TEA + ['tax' => '100.0000']],
            [
                ['sub_total', 'Сумма', '1000.0000'],
                ['shipping', 'Курьер', '250.0000'],
                ['tax', 'VAT (20%)', '250.0000'],
                ['total', 'Итого', '1500.0000'],
            ],
        );
        $order = $cart->shop()->order((string) $id);

        self::assertSame('600.00', $order['lines'][0]['price']);
        self::assertSame('20', $order['lines'][0]['vat_rate']);
        self::assertSame([['kind' => 'shipping', 'name' => 'Курьер', 'amount' => '300.00']], $order['charges']);
        self::assertAddsUp($order);
    }

    /** @dataProvider totals */
    public function testWhateverTheTotalsSayItAddsUp(string $total, array $totals, array $expected): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->placed(['total' => $total], [self::TEA], $totals);
        $order = $cart->shop()->order((string) $id);

        self::assertSame(
            $expected,
            array_map(static fn (array $c): array => [$c['kind'], $c['amount']], $order['charges'] ?? []),
        );
        self::assertAddsUp($order);
    }

    public static function totals(): iterable
    {
        yield 'goods only' => ['1000.0000', [['sub_total', 'x', '1000.0000'], ['total', 'x', '1000.0000']], []];
        yield 'free delivery is no charge' => ['1000.0000', [['shipping', 'Самовывоз', '0.0000']], []];
        yield 'fee' => ['1050.0000', [['handling', 'Упаковка', '50.0000']], [['fee', '50.00']]];
        yield 'reward points' => ['900.0000', [['reward', 'Бонусы', '-100.0000']], [['discount', '-100.00']]];
        yield 'store credit' => ['1.0000', [['credit', 'Кредит', '-999.0000']], [['discount', '-999.00']]];
        yield 'a foreign total below zero' => ['950.0000', [['club', 'Клуб', '-50.0000']], [['discount', '-50.00']]];
        yield 'a total that another extension changed without a line' => ['970.0000', [], [['other', '-30.00']]];
        yield 'a kopeck of rounding' => ['1000.0100', [], [['rounding', '0.01']]];
    }

    public function testTextsLeaveTheirHtmlBehind(): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->placed(
            [
                'firstname' => 'Анна &amp; Ко',
                'lastname' => 'О&#039;Нил &quot;мл.&quot;',
                'email' => 'anna&amp;co@example.com',
                'telephone' => '8 (999) 123-45-67',
                'comment' => 'Этаж &lt;3&gt; 😀',
                'shipping_city' => 'Москва',
                'shipping_address_1' => 'Тверская, 1',
                'shipping_postcode' => '125009',
                'payment_method' => '{"code":"cod.cod","name":"Оплата &amp; доставка"}',
                'shipping_method' => '{"code":"flat.flat","name":"Курьер","cost":"5.00"}',
            ],
            [['name' => 'Чай &quot;Ассам&quot;'] + self::TEA],
        );
        $order = $cart->shop()->order((string) $id);

        self::assertSame(
            [
                'last_name' => 'О\'Нил "мл."',
                'first_name' => 'Анна & Ко',
                'phone' => '8 (999) 123-45-67',
                'email' => 'anna&co@example.com',
            ],
            $order['buyer'],
        );
        self::assertSame('Этаж <3> 😀', $order['comment']);
        self::assertSame('Чай "Ассам"', $order['lines'][0]['name']);
        self::assertSame(['code' => 'cod.cod', 'name' => 'Оплата & доставка'], $order['payment']);
        self::assertSame('125009, Москва, Тверская, 1', $order['delivery']['address']);
    }

    public function testMethodsOfBefore402AreTitles(): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->placed(['payment_method' => 'Наложенный платёж'], [self::TEA]);

        self::assertSame(['name' => 'Наложенный платёж'], $cart->shop()->order((string) $id)['payment']);
    }

    public function testNamesComeFromTheDeliveryWhenTheOrderHasNone(): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->placed(
            ['firstname' => '', 'lastname' => '', 'shipping_firstname' => 'Пётр', 'shipping_lastname' => 'Иванов'],
            [self::TEA],
        );

        self::assertSame(
            ['last_name' => 'Иванов', 'first_name' => 'Пётр'],
            $cart->shop()->order((string) $id)['buyer'],
        );
    }

    /** @dataProvider articles */
    public function testArticleComesFromWhereTheVersionKeepsIt(string $version, array $setup, string $expected): void
    {
        $cart = new FakeOpenCart($version);
        foreach ($setup as $table => $rows) {
            $cart->rows($table, $rows);
        }
        $id = $cart->placed([], [self::TEA + ['master_id' => 70]]);

        self::assertSame($expected, $cart->shop()->order((string) $id)['lines'][0]['sku']);
    }

    public static function articles(): iterable
    {
        $ean = ['product_id' => 7, 'code' => 'EAN', 'value' => '460'];

        $sku = ['product_id' => 7, 'code' => 'SKU', 'value' => 'A&amp;1'];
        $master = ['product_id' => 70, 'code' => 'SKU', 'value' => 'MASTER'];

        yield '4.1: product_code' => ['4.1', ['product_code' => [$ean, $sku]], 'A&1'];
        yield '4.1: of the master product' => ['4.1', ['product_code' => [$master]], 'MASTER'];
        yield '4.1: none' => ['4.1', ['product_code' => [$ean]], 'M-7'];
        yield '4.0: product.sku' => ['4.0', ['product' => [['product_id' => 7, 'sku' => 'S-7']]], 'S-7'];
        yield '4.0: product deleted since' => ['4.0', [], 'M-7'];
    }

    public function testOptionsAndCategoriesWithTheirPaths(): void
    {
        $cart = new FakeOpenCart();
        $cart->rows('product_to_category', [
            ['product_id' => 7, 'category_id' => 12],
            ['product_id' => 7, 'category_id' => 3],
        ]);
        $cart->rows('upload', [['code' => 'abc', 'name' => 'макет.pdf']]);
        $id = $cart->placed([], [self::TEA]);
        $of = ['order_id' => $id, 'order_product_id' => 1];
        $cart->rows('order_option', [
            $of + ['name' => 'Цвет', 'value' => 'Красный &amp; белый', 'type' => 'select'],
            $of + ['name' => 'Файл', 'value' => 'abc', 'type' => 'file'],
        ]);
        $line = $cart->shop()->order((string) $id)['lines'][0];

        self::assertSame([['3'], ['1', '12']], $line['categories']);
        self::assertSame(
            [['name' => 'Цвет', 'value' => 'Красный & белый'], ['name' => 'Файл', 'value' => 'макет.pdf']],
            $line['options'],
        );
    }

    public function testFieldsThatTheOwnerAddedHaveHisNamesForThem(): void
    {
        $cart = new FakeOpenCart();
        $cart->rows('custom_field', [
            ['custom_field_id' => 1, 'type' => 'text', 'sort_order' => 2],
            ['custom_field_id' => 2, 'type' => 'checkbox', 'sort_order' => 1],
            ['custom_field_id' => 3, 'type' => 'radio', 'sort_order' => 3],
        ]);
        $cart->rows('custom_field_description', [
            ['custom_field_id' => 1, 'language_id' => 1, 'name' => 'Tax number'],
            ['custom_field_id' => 1, 'language_id' => 2, 'name' => 'ИНН компании'],
            ['custom_field_id' => 2, 'language_id' => 2, 'name' => 'Когда &amp; как'],
            ['custom_field_id' => 3, 'language_id' => 1, 'name' => 'Lift'],
        ]);
        $cart->rows('custom_field_value_description', [
            ['custom_field_value_id' => 11, 'language_id' => 2, 'name' => 'Утром'],
            ['custom_field_value_id' => 12, 'language_id' => 2, 'name' => 'Вечером'],
        ]);
        $cart->rows('customer_group_description', [
            ['customer_group_id' => 4, 'language_id' => 2, 'name' => 'Опт'],
        ]);
        $id = $cart->placed([
            'customer_group_id' => 4,
            'payment_company' => 'ООО &quot;Ромашка&quot;',
            'custom_field' => '{"1":"77 07083893","99":"of a field that is gone"}',
            'payment_custom_field' => '[]',
            'shipping_custom_field' => '{"2":["11","12"],"3":"13"}',
        ], [self::TEA]);
        $order = $cart->shop()->order((string) $id);

        self::assertSame(['Когда & как' => 'Утром, Вечером', 'ИНН компании' => '77 07083893'], $order['extra']);
        self::assertSame('Опт', $order['buyer']['group']);
        self::assertSame(['name' => 'ООО "Ромашка"', 'inn' => '7707083893'], $order['buyer']['company']);
    }

    public function testACurrencyWithoutKopecks(): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->placed(['total' => '10.4000', 'currency_code' => 'JPY', 'currency_value' => '1.50000000'], []);
        $order = $cart->shop()->order((string) $id);

        self::assertSame('16', $order['total']);
        self::assertSame([], $order['lines']);
    }

    public function testTheDealLinksToTheOrderInTheAdmin(): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->placed([], [self::TEA]);

        self::assertSame(
            "https://shop.example/office/index.php?route=sale/order.info&order_id=$id",
            $cart->shop('https://shop.example/office/')->order((string) $id)['url'],
        );
        self::assertArrayNotHasKey('url', $cart->shop()->order((string) $id));
    }

    private static function assertAddsUp(array $order): void
    {
        $kopecks = static fn (string $amount): int => (int) str_replace('.', '', $amount);
        $sum = 0;
        foreach ($order['lines'] as $line) {
            $sum += $kopecks($line['total']);
        }
        foreach ($order['charges'] ?? [] as $charge) {
            $sum += $kopecks($charge['amount']);
        }
        self::assertSame($kopecks($order['total']), $sum, 'lines and charges make the total');
    }
}
