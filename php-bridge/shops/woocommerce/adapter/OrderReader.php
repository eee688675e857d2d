<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use DateTimeImmutable;
use Orderbridge\Shop\Decimal;
use Orderbridge\Shop\OrderSummary;

use function array_filter;
use function array_key_first;
use function array_map;
use function array_values;
use function count;
use function current;
use function gmdate;
use function in_array;
use function is_scalar;
use function preg_match;
use function str_replace;
use function str_starts_with;
use function strlen;
use function substr;
use function trim;
use function wc_get_price_decimals;

/**
 * Reads a WooCommerce order as the canonical order, by the order's own methods.
 *
 * WooCommerce keeps net amounts and the tax of each line beside them, coupons taken off already, all in the order's
 * currency. What the buyer pays is their sum, so everything comes out gross.
 */
final class OrderReader
{
    /** Of the order's attribution, what WooCommerce's script writes when there is nothing. */
    private const NOTHING = ['(none)', '(direct)', '(not set)', '(not provided)'];
    private const UTM = ['source', 'medium', 'campaign', 'content', 'term'];
    private const ATTRIBUTION = '_wc_order_attribution_';
    /** Fields of a checkout that begin with an underscore, as the shop's own do. */
    private const FIELDS = ['_billing_', '_shipping_', '_wc_other/', '_wc_billing/', '_wc_shipping/'];
    /** The shop's own: search indexes, marks of what has changed. */
    private const OWN = '/^_(?:billing|shipping)_address_index$|^is_vat_exempt$|_hash$/';
    private const LONGEST = 1000;
    private const MOST = 100;

    private readonly Goods $goods;

    public function __construct(private readonly bool $russian)
    {
        $this->goods = new Goods();
    }

    /**
     * @param object $order WooCommerce's WC_Order
     * @return array<string, mixed>
     */
    public function read(object $order): array
    {
        $places = self::places($order);
        $total = Amount::of($order->get_total())->rounded($places);
        $refunds = new Refunds($order->get_refunds());
        $rates = [];
        foreach ($order->get_items('tax') as $tax) {
            $rates[(int) $tax->get_rate_id()] = $tax->get_rate_percent();
        }
        $lines = $this->lines($order, $rates, $refunds, $places);
        $extra = $this->extra($order);

        return array_filter([
            'id' => (string) $order->get_id(),
            'number' => (string) $order->get_order_number(),
            'created_at' => self::moment($order),
            'status' => (string) $order->get_status(),
            'currency' => (string) $order->get_currency(),
            'total' => $total->toString(),
            'refunded' => $refunds->amount()->isZero() ? null : $refunds->amount()->rounded($places)->toString(),
            'url' => self::url($order),
            'buyer' => Addressee::buyer($order, $extra),
            'lines' => $lines,
            'charges' => $this->charges($order, $rates, $lines, $total, $places),
            'comment' => Plain::typed($order->get_customer_note()),
            'payment' => Plain::told([
                'code' => (string) $order->get_payment_method(),
                'name' => Plain::name($order->get_payment_method_title()),
            ]),
            'delivery' => Addressee::delivery($order),
            'utm' => $this->utm($order),
            'coupons' => array_values(array_map(strval(...), $order->get_coupon_codes())),
            'extra' => $extra,
        ], static fn (mixed $part): bool => $part !== null && $part !== '' && $part !== []) + ['lines' => []];
    }

    /**
     * @param array<int, mixed> $rates per cent by tax
     * @return list<array<string, mixed>>
     */
    private function lines(object $order, array $rates, Refunds $refunds, int $places): array
    {
        $lines = [];
        foreach ($order->get_items() as $itemId => $item) {
            $returned = $refunds->of((int) $itemId);
            $product = $this->goods->of($item);
            $lines[] = Plain::told([
                // Deleting a product takes its id out of old orders.
                'product_id' => (string) ((int) $item->get_variation_id() ?: (int) $item->get_product_id() ?: ''),
                'sku' => $product['sku'],
                'name' => Plain::name($item->get_name()),
                'options' => $this->goods->options($item),
                'quantity' => Amount::plain($item->get_quantity()),
                'price' => Amount::of($order->get_item_subtotal($item, true))->rounded($places)->toString(),
                'total' => Amount::gross($item)->rounded($places)->toString(),
                'refunded_quantity' => $returned === null ? '' : Amount::plain($returned['quantity']->toString()),
                'refunded_total' => $returned === null ? '' : $returned['amount']->rounded($places)->toString(),
                'vat_rate' => self::vatRate($item, $rates),
                'brand' => $product['brand'],
                'categories' => $product['categories'],
            ]) + ['vat_rate' => null];
        }

        return $lines;
    }

    /**
     * Delivery and fees, each with its tax. Coupons are in the lines already. What is left of the total is rounding
     * (of taxes by line or by order), or a gift card of a plugin, which takes from the total without a line.
     *
     * @param array<int, mixed> $rates
     * @param list<array<string, mixed>> $lines
     * @return list<array<string, mixed>>
     */
    private function charges(object $order, array $rates, array $lines, Decimal $total, int $places): array
    {
        $left = $total;
        foreach ($lines as $line) {
            $left = $left->minus(Decimal::of($line['total']));
        }
        $charges = [];
        foreach ($order->get_items(['shipping', 'fee']) as $item) {
            $amount = Amount::gross($item)->rounded($places);
            if ($amount->isZero()) {
                continue;
            }
            $left = $left->minus($amount);
            $kind = $item->get_type() === 'shipping' ? 'shipping' : ($amount->isNegative() ? 'discount' : 'fee');
            $charges[] = [
                'kind' => $kind,
                'name' => Plain::name($item->get_name()),
                'amount' => $amount->toString(),
                'vat_rate' => self::vatRate($item, $rates),
            ];
        }
        if (!$left->isZero()) {
            $unit = Decimal::minorUnit($places)->times(Decimal::of(count($lines) + count($charges) + 1));
            $rounding = $left->absolute()->compare($unit) <= 0;
            $charges[] = [
                'kind' => $rounding ? 'rounding' : 'other',
                'name' => $this->russian ? ($rounding ? 'Округление' : 'Прочее') : ($rounding ? 'Rounding' : 'Other'),
                'amount' => $left->rounded($places)->toString(),
            ];
        }

        return $charges;
    }

    /**
     * With one tax its rate, none without; which rate several make together, the shop does not say.
     *
     * @param array<int, mixed> $rates
     */
    private static function vatRate(object $item, array $rates): ?string
    {
        $taxes = array_filter(
            (array) ($item->get_taxes()['total'] ?? []),
            static fn (mixed $tax): bool => $tax !== '' && $tax !== null,
        );
        if (count($taxes) !== 1) {
            return null;
        }
        $rate = $rates[(int) array_key_first($taxes)] ?? null;
        // Orders from before WooCommerce 3.7 keep no rate.
        $worth = !Amount::of(current($taxes))->isZero() || (float) $rate === 0.0;

        return $rate === null || $rate === '' || !$worth ? null : Amount::plain($rate);
    }

    /** @return array<string, string> */
    private function utm(object $order): array
    {
        $utm = [];
        foreach (self::UTM as $mark) {
            $value = trim((string) $order->get_meta(self::ATTRIBUTION . 'utm_' . $mark));
            $utm[$mark] = in_array($value, self::NOTHING, true) ? '' : $value;
        }

        return Plain::told($utm);
    }

    /**
     * Fields that plugins have added to the checkout or the order, by name, without the underscore; all that the
     * shop's admin shows as custom fields. The deal's comment lists them.
     *
     * @return array<string, string>
     */
    private function extra(object $order): array
    {
        $extra = [];
        foreach ($order->get_meta_data() as $meta) {
            $key = (string) $meta->key;
            $name = self::fieldName($key);
            $value = is_scalar($meta->value) ? trim((string) $meta->value) : '';
            $isWords = $value !== '' && strlen($value) <= self::LONGEST && preg_match('/^(?:[[{]|a:\d)/', $value) === 0;
            if ($name !== '' && $isWords && count($extra) < self::MOST) {
                $extra[$name] = $value;
            }
        }

        return $extra;
    }

    private static function fieldName(string $key): string
    {
        if (preg_match(self::OWN, $key) === 1) {
            return '';
        }
        if (!str_starts_with($key, '_')) {
            return $key;
        }
        foreach (self::FIELDS as $prefix) {
            if (str_starts_with($key, $prefix)) {
                return substr($key, 1);
            }
        }

        return '';
    }

    /** @param object $order WooCommerce's WC_Order */
    public function summary(object $order): OrderSummary
    {
        $name = Addressee::name($order);
        $buyer = trim("$name[first_name] $name[last_name]");

        return new OrderSummary(
            (string) $order->get_id(),
            (string) $order->get_order_number(),
            DateTimeImmutable::createFromInterface($order->get_date_created() ?? new DateTimeImmutable('@0')),
            (string) $order->get_status(),
            Amount::of($order->get_total())->rounded(self::places($order))->toString(),
            (string) $order->get_currency(),
            $buyer !== '' ? $buyer : (string) $order->get_billing_email(),
            self::url($order),
        );
    }

    private static function places(object $order): int
    {
        return Amount::places($order->get_total(), wc_get_price_decimals());
    }

    private static function url(object $order): string
    {
        return str_replace('&amp;', '&', (string) $order->get_edit_order_url());
    }

    private static function moment(object $order): ?string
    {
        $date = $order->get_date_created();

        return $date === null ? null : gmdate(DATE_ATOM, $date->getTimestamp());
    }
}
