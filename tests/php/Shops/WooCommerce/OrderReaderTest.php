<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

use Orderbridge\Shops\WooCommerce\OrderReader;
use PHPUnit\Framework\TestCase;

// phpcs:disable PSR1.Files.SideEffects -- the adapter is no part of the bridge's own folder
require_once __DIR__ . '/autoload.php';

final class OrderReaderTest extends TestCase
{
    private FakeWoo $woo;

    protected function setUp(): void
    {
        $this->woo = new FakeWoo();
    }

    /** Figures of a real one: coupon ten per cent, delivery 250, VAT twenty per cent. */
    public function testACouponIsInTheLinesAndTheRestAddsUp(): void
    {
        $order = $this->read(['total' => '3399.60', 'coupon_codes' => ['ten']], [
            new FakeItem('line_item', [
                'name' => 'Чайник',
                'quantity' => 1,
                'subtotal' => 2400.0,
                'total' => '1800',
                'total_tax' => '360',
                'taxes' => ['total' => [1 => '360']],
            ]),
            new FakeItem('line_item', [
                'name' => 'Ассам',
                'quantity' => 2,
                'subtotal' => 1044.0,
                'total' => '783',
                'total_tax' => '156.6',
                'taxes' => ['total' => [1 => '156.6']],
            ]),
            self::shipping('250', '50'),
            self::tax(),
        ]);

        self::assertSame('3399.60', $order['total']);
        self::assertSame(['2400.00', '522.00'], array_column($order['lines'], 'price'));
        self::assertSame(['2160.00', '939.60'], array_column($order['lines'], 'total'));
        self::assertSame(['20', '20'], array_column($order['lines'], 'vat_rate'));
        self::assertSame(
            [['kind' => 'shipping', 'name' => 'Курьер', 'amount' => '300.00', 'vat_rate' => '20']],
            $order['charges'],
        );
        self::assertSame(['ten'], $order['coupons']);
    }

    /** The block checkout stores it escaped, the classic one as it is. */
    public function testWhatABuyerHasTypedIsPlain(): void
    {
        foreach (["О'Нил &amp; Ко", "О'Нил & Ко"] as $stored) {
            $order = $this->read([
                'billing_last_name' => $stored,
                'billing_first_name' => 'Анна',
                'shipping_last_name' => $stored,
                'shipping_first_name' => 'Борис',
                'customer_note' => "Этаж &lt; 3\nи «15К»",
            ], []);

            self::assertSame("О'Нил & Ко", $order['buyer']['last_name']);
            self::assertSame("Борис О'Нил & Ко", $order['delivery']['recipient']);
            self::assertSame("Этаж < 3\nи «15К»", $order['comment']);
        }
    }

    /** @dataProvider remainders */
    public function testWhatNoLineExplainsIsNamed(string $total, string $kind, string $name, string $amount): void
    {
        $order = $this->read(['total' => $total], [new FakeItem('line_item', ['total' => '100'])]);

        self::assertSame([['kind' => $kind, 'name' => $name, 'amount' => $amount]], $order['charges']);
    }

    /** @return array<string, array{string, string, string, string}> */
    public static function remainders(): array
    {
        return [
            'taxes rounded by order' => ['100.01', 'rounding', 'Округление', '0.01'],
            'the other way' => ['99.98', 'rounding', 'Округление', '-0.02'],
            'a gift card' => ['60', 'other', 'Прочее', '-40.00'],
        ];
    }

    public function testFeesAreChargesAndNegativeOnesDiscounts(): void
    {
        $fee = static fn (string $name, string $total, string $tax): FakeItem => new FakeItem(
            'fee',
            [
                'name' => $name,
                'total' => $total,
                'total_tax' => $tax,
                'taxes' => ['total' => $tax === '' ? [] : [1 => $tax]],
            ],
        );
        $order = $this->read(['total' => '107.01'], [
            new FakeItem('line_item', ['total' => '100']),
            $fee('Упаковка', '10.005', '2.001'),
            $fee('Скидка &amp; бонус', '-5', ''),
            $fee('Ничего', '0', ''),
            self::tax(),
        ]);

        self::assertSame(['fee', 'discount'], array_column($order['charges'], 'kind'));
        self::assertSame(['12.01', '-5.00'], array_column($order['charges'], 'amount'));
        self::assertSame(['20', null], array_column($order['charges'], 'vat_rate'));
        self::assertSame('Скидка & бонус', $order['charges'][1]['name']);
    }

    /** @dataProvider taxes */
    public function testTheRateIsToldWhereItIsOne(array $taxes, ?string $rate): void
    {
        $order = $this->read(['total' => '100'], [
            new FakeItem('line_item', ['total' => '100', 'taxes' => ['total' => $taxes]]),
            self::tax(),
            new FakeItem('tax', ['rate_id' => 2, 'rate_percent' => 9.975]),
            new FakeItem('tax', ['rate_id' => 3, 'rate_percent' => 0.0]),
            new FakeItem('tax', ['rate_id' => 4, 'rate_percent' => null]),
        ]);

        self::assertSame($rate, $order['lines'][0]['vat_rate']);
    }

    /** @return array<string, array{array<int, string>, string|null}> */
    public static function taxes(): array
    {
        return [
            'none' => [[], null],
            'one' => [[1 => '20'], '20'],
            'a broken one' => [[2 => '9.975'], '9.975'],
            'no per cent' => [[3 => '0'], '0'],
            'two' => [[1 => '20', 2 => '9.975'], null],
            'the second one does not apply' => [[1 => '20', 2 => ''], '20'],
            'free of it by exemption' => [[1 => '0'], null],
            'from before rates were kept' => [[4 => '18'], null],
        ];
    }

    public function testArticleNumbersAreTheVariationsElseTheParents(): void
    {
        $this->woo->products = [12 => new FakeProduct('GZHEL'), 14 => new FakeProduct('GZHEL-1')];
        $this->woo->termsOf['product_cat'][12] = [$this->woo->terms[17], $this->woo->terms[18]];
        $this->woo->termsOf['product_brand'][12] = [(object) ['term_id' => 40, 'name' => 'Гжель &amp; Ко']];
        $line = static fn (int $product, int $variation): FakeItem => new FakeItem(
            'line_item',
            ['product_id' => $product, 'variation_id' => $variation, 'name' => 'Чайник'],
        );
        $lines = $this->read(['total' => '1'], [$line(12, 14), $line(12, 99), $line(0, 0)])['lines'];

        self::assertSame(['14', '99'], array_column($lines, 'product_id'), 'a deleted product has no id any more');
        self::assertSame(['GZHEL-1', 'GZHEL'], array_column($lines, 'sku'));
        self::assertSame([['16', '17'], ['18']], $lines[0]['categories']);
        self::assertSame('Гжель & Ко', $lines[1]['brand']);
        self::assertSame(
            ['name' => 'Чайник', 'quantity' => '1', 'price' => '0.00', 'total' => '0.00', 'vat_rate' => null],
            $lines[2],
        );
    }

    public function testTextIsPlain(): void
    {
        $order = $this->read(['total' => '1', 'payment_method_title' => 'Карта <b>онлайн</b> &amp; СБП'], [
            new FakeItem('line_item', [
                'name' => 'Ассам &quot;Golden&quot; <TGFOP><br>100&nbsp;г',
                'quantity' => 0.35,
                'shown' => ['Гравировка:' => 'Для <b>мамы</b> &amp; папы', 'Пусто' => ''],
            ]),
        ]);

        self::assertSame('Ассам "Golden" <TGFOP> 100 г', $order['lines'][0]['name']);
        self::assertSame([['name' => 'Гравировка:', 'value' => 'Для мамы & папы']], $order['lines'][0]['options']);
        self::assertSame('0.35', $order['lines'][0]['quantity']);
        self::assertSame('Карта онлайн & СБП', $order['payment']['name']);
    }

    public function testRefundsAreAddedUpByLine(): void
    {
        $refund = static fn (string $amount, array $item): FakeOrder => self::refund($amount, $item);
        $order = $this->woo->order(['total' => '1044', 'status' => 'processing'], [
            new FakeItem('line_item', ['quantity' => 2, 'total' => '870', 'total_tax' => '174']),
        ]);
        $of = ['_refunded_item_id' => 1];
        $order->refunds = [
            $refund('522', ['quantity' => -1, 'total' => '-435', 'total_tax' => '-87', 'meta' => $of]),
            $refund('10.50', ['quantity' => 0, 'total' => '-10.50', 'meta' => $of]),
            $refund('5', []),
        ];
        $read = (new OrderReader(true))->read($order);

        self::assertSame('1044.00', $read['total']);
        self::assertSame('537.50', $read['refunded']);
        self::assertSame('1', $read['lines'][0]['refunded_quantity']);
        self::assertSame('532.50', $read['lines'][0]['refunded_total']);
    }

    public function testTheShippingAddressStandsInForTheBillingOne(): void
    {
        $order = $this->read([
            'total' => '1',
            'billing_email' => 'anna@example.ru',
            'shipping_first_name' => 'Анна',
            'shipping_last_name' => 'Доставкина',
            'shipping_phone' => '+7 903 333-33-33',
            'shipping_country' => 'RU',
            'shipping_state' => 'MOS',
            'shipping_city' => 'Химки',
            'shipping_postcode' => '141400',
            'shipping_address_1' => 'Мира 3',
            'shipping_method' => 'Курьер',
        ], [self::shipping('0', '0')]);

        self::assertSame([
            'last_name' => 'Доставкина',
            'first_name' => 'Анна',
            'phone' => '+7 903 333-33-33',
            'email' => 'anna@example.ru',
        ], $order['buyer']);
        self::assertSame([
            'code' => 'flat_rate:1',
            'name' => 'Курьер',
            'postcode' => '141400',
            'country' => 'Россия',
            'region' => 'Московская область',
            'city' => 'Химки',
            'address' => '141400, Россия, Московская область, Химки, Мира 3',
        ], $order['delivery'], 'the buyer receives it');
    }

    public function testTheBillingAddressStandsInForTheShippingOne(): void
    {
        $delivery = $this->read([
            'total' => '1',
            'billing_first_name' => 'Иван',
            'billing_country' => 'AX',
            'billing_city' => 'Mariehamn',
            'shipping_first_name' => 'Пётр',
        ], [])['delivery'];

        self::assertSame('Åland Islands, Mariehamn', $delivery['address']);
        self::assertSame('Пётр', $delivery['recipient']);
    }

    public function testAPickupIsAtTheShopsPlace(): void
    {
        $delivery = $this->read(['total' => '1', 'billing_city' => 'Тула', 'shipping_method' => 'Самовывоз'], [
            new FakeItem('shipping', [
                'method_id' => 'pickup_location',
                'instance_id' => '0',
                'meta' => ['pickup_location' => 'Магазин на Тверской', 'pickup_address' => 'Тверская 1, Москва'],
            ]),
        ])['delivery'];

        self::assertSame('Магазин на Тверской, Тверская 1, Москва', $delivery['address']);
        self::assertArrayNotHasKey('city', $delivery);
    }

    public function testCustomersHaveTheirRoleAndCompaniesTheirNumbers(): void
    {
        $this->woo->users[7] = (object) ['roles' => ['wholesale']];
        $order = $this->read([
            'total' => '1',
            'customer_id' => 7,
            'billing_company' => 'ООО &quot;Ромашка&quot;',
            'meta' => [
                '_billing_inn' => '7707083893',
                '_wc_other/shop/kpp' => '770701001',
                'ОГРН' => 'не та',
                '_billing_address_index' => 'вся строка',
                '_edit_lock' => '123:1',
                'is_vat_exempt' => 'no',
                'cart_hash' => 'abc',
                'Способ связи' => 'Telegram',
                'packed' => '{"a":1}',
                'list' => ['a'],
            ],
        ], []);

        self::assertSame('7', $order['buyer']['id']);
        self::assertSame('Опт & дилеры', $order['buyer']['group']);
        self::assertSame(
            ['name' => 'ООО "Ромашка"', 'inn' => '7707083893', 'kpp' => '770701001'],
            $order['buyer']['company'],
        );
        self::assertSame([
            'billing_inn' => '7707083893',
            'wc_other/shop/kpp' => '770701001',
            'ОГРН' => 'не та',
            'Способ связи' => 'Telegram',
        ], $order['extra']);
        $this->woo->users[7] = (object) ['roles' => []];
        self::assertArrayNotHasKey('group', $this->read(['total' => '1', 'customer_id' => 7], [])['buyer']);
    }

    public function testAdvertisingMarksAreTheShopsAttribution(): void
    {
        $order = $this->read(['total' => '1', 'meta' => [
            '_wc_order_attribution_utm_source' => 'yandex',
            '_wc_order_attribution_utm_medium' => 'cpc',
            '_wc_order_attribution_utm_content' => '(none)',
            '_wc_order_attribution_utm_term' => 'чай',
            '_wc_order_attribution_user_agent' => 'Mozilla',
        ]], []);

        self::assertSame(['source' => 'yandex', 'medium' => 'cpc', 'term' => 'чай'], $order['utm']);
        self::assertArrayNotHasKey('extra', $order);
        $direct = ['_wc_order_attribution_utm_source' => '(direct)'];
        self::assertArrayNotHasKey('utm', $this->read(['total' => '1', 'meta' => $direct], []));
    }

    /** The owner has changed how many decimals his shop shows: orders from before keep theirs. */
    public function testOldOrdersKeepTheirKopecks(): void
    {
        $this->woo->decimals = 0;
        $order = $this->read(['total' => '99.50'], [new FakeItem('line_item', ['total' => '99.5'])]);
        self::assertSame(['99.5', '99.5'], [$order['total'], $order['lines'][0]['total']]);
        self::assertArrayNotHasKey('charges', $order);

        $line = new FakeItem('line_item', ['total' => '83.33', 'total_tax' => '16.67']);
        $order = $this->read(['total' => '100'], [$line]);
        self::assertSame(['100', '100'], [$order['total'], $order['lines'][0]['total']]);
    }

    public function testNumberTimeAndAddressAreForPeople(): void
    {
        $order = $this->read(['total' => '1', 'number' => 'Ч-0042', 'created' => 1764100800], []);

        self::assertSame('Ч-0042', $order['number']);
        self::assertSame('2025-11-25T20:00:00+00:00', $order['created_at']);
        self::assertSame('https://shop.example/wp-admin/admin.php?page=wc-orders&action=edit&id=1', $order['url']);
    }

    /**
     * @param array<string, mixed> $is
     * @param list<FakeItem> $items
     * @return array<string, mixed>
     */
    private function read(array $is, array $items): array
    {
        return (new OrderReader(true))->read($this->woo->order($is + ['status' => 'processing'], $items));
    }

    private static function shipping(string $total, string $tax): FakeItem
    {
        return new FakeItem('shipping', [
            'name' => 'Курьер',
            'total' => $total,
            'total_tax' => $tax,
            'taxes' => ['total' => [1 => $tax]],
            'method_id' => 'flat_rate',
            'instance_id' => '1',
        ]);
    }

    private static function tax(): FakeItem
    {
        return new FakeItem('tax', ['rate_id' => 1, 'rate_percent' => 20.0]);
    }

    /** @param array<string, mixed> $item */
    private static function refund(string $amount, array $item): FakeOrder
    {
        $refund = new FakeOrder(FakeWoo::here(), ['type' => 'shop_order_refund', 'amount' => $amount]);
        $refund->items = $item === [] ? [] : [1 => new FakeItem('line_item', $item)];

        return $refund;
    }
}
