<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart4;

use DateTimeImmutable;
use Orderbridge\Shop\Database;
use Orderbridge\Shop\Decimal;

use function array_column;
use function array_fill;
use function array_filter;
use function array_map;
use function array_unique;
use function array_values;
use function count;
use function html_entity_decode;
use function implode;
use function in_array;
use function is_array;
use function is_string;
use function json_decode;
use function preg_replace;
use function rtrim;
use function str_contains;
use function trim;

/**
 * Reads an OpenCart 4 order as the canonical order.
 *
 * OpenCart stores net amounts in the shop's base currency, the tax of a unit beside the line and the
 * order's tax as totals of their own; the buyer saw gross amounts in the order's currency. All request
 * data was HTML-escaped before it was stored.
 */
final class OrderReader
{
    private const DISCOUNTS = ['coupon', 'reward', 'voucher', 'credit'];
    private const SUMS = ['sub_total', 'tax', 'total'];

    public function __construct(
        private readonly Database $database,
        private readonly string $prefix,
        private readonly bool $hasProductCodes,
        private readonly string $adminUrl,
    ) {
    }

    /** @return array<string, mixed>|null null for a basket at the last step (status 0) and for no such order */
    public function read(string $orderId): ?array
    {
        if (!self::isId($orderId)) {
            return null;
        }
        $order = $this->rows('SELECT * FROM {order} WHERE order_id = ?', [(int) $orderId])[0] ?? null;
        if ($order === null || (int) $order['order_status_id'] === 0) {
            return null;
        }
        $products = $this->rows(
            'SELECT * FROM {order_product} WHERE order_id = ? ORDER BY order_product_id',
            [(int) $orderId],
        );
        $totals = $this->rows(
            'SELECT * FROM {order_total} WHERE order_id = ? ORDER BY sort_order, order_total_id',
            [(int) $orderId],
        );
        $rate = Decimal::of($order['currency_value'] ?? '1');
        $places = $this->places((string) $order['currency_code']);
        $total = Decimal::of($order['total'])->times($rate)->rounded($places);

        $lines = $this->lines($orderId, $products, $rate, $places);
        $charges = $this->charges($order, $products, $totals, $rate, $places, $lines, $total);

        return array_filter([
            'id' => (string) $order['order_id'],
            'number' => (string) $order['order_id'],
            'created_at' => (new DateTimeImmutable((string) $order['date_added']))->format(DATE_ATOM),
            'status' => (string) $order['order_status_id'],
            'currency' => (string) $order['currency_code'],
            'total' => $total->toString(),
            'url' => $this->adminUrl === ''
                ? null
                : $this->adminUrl . 'index.php?route=sale/order.info&order_id=' . $order['order_id'],
            'buyer' => $this->buyer($order),
            'lines' => $lines,
            'charges' => $charges,
            'comment' => self::text($order['comment'] ?? ''),
            'payment' => self::method($order, 'payment'),
            'delivery' => $this->delivery($order),
            'utm' => array_filter(['campaign' => self::text($order['tracking'] ?? '')]),
        ], static fn (mixed $part): bool => $part !== null && $part !== '' && $part !== []) + ['lines' => []];
    }

    /**
     * @param array<string, mixed> $order
     * @return array<string, string>
     */
    private function buyer(array $order): array
    {
        // 4.1 asks no payment address by default, and a shop may ask no telephone at all.
        return array_filter([
            'id' => (int) $order['customer_id'] > 0 ? (string) $order['customer_id'] : '',
            'last_name' => self::first($order, ['lastname', 'shipping_lastname', 'payment_lastname']),
            'first_name' => self::first($order, ['firstname', 'shipping_firstname', 'payment_firstname']),
            'phone' => self::first($order, ['telephone']),
            'email' => self::first($order, ['email']),
        ], static fn (string $part): bool => $part !== '');
    }

    /**
     * @param array<string, mixed> $order
     * @return array<string, string>
     */
    private function delivery(array $order): array
    {
        $parts = [];
        foreach (['postcode', 'country', 'zone', 'city', 'address_1', 'address_2', 'company'] as $key) {
            $parts[] = self::first($order, ['shipping_' . $key]);
        }
        $address = implode(', ', array_filter($parts, static fn (string $part): bool => $part !== ''));

        return self::method($order, 'shipping') + ($address === '' ? [] : ['address' => $address]);
    }

    /**
     * @param list<array<string, mixed>> $products
     * @return list<array<string, mixed>>
     */
    private function lines(string $orderId, array $products, Decimal $rate, int $places): array
    {
        $ids = [];
        foreach ($products as $product) {
            $ids[] = (int) $product['product_id'];
            $ids[] = (int) ($product['master_id'] ?? 0);
        }
        $ids = array_values(array_unique(array_filter($ids)));
        $skus = $this->skus($ids);
        $paths = $this->categoryPaths($ids);
        $options = $this->options($orderId);
        $taxRates = array_map(
            static fn (array $row): Decimal => Decimal::of($row['rate']),
            $products === [] ? [] : $this->rows("SELECT DISTINCT rate FROM {tax_rate} WHERE type = 'P'"),
        );
        $lines = [];
        foreach ($products as $product) {
            $id = (int) $product['product_id'];
            $master = (int) ($product['master_id'] ?? 0);
            $net = Decimal::of($product['price']);
            $tax = Decimal::of($product['tax']);
            $quantity = Decimal::of($product['quantity']);
            // The shop's own article; a product deleted since, or without one, is known by its model.
            $sku = $skus[$id] ?? $skus[$master] ?? self::text($product['model']);
            $line = [
                'product_id' => (string) $id,
                'sku' => $sku,
                'name' => self::text($product['name']),
                'options' => $options[(int) $product['order_product_id']] ?? [],
                'quantity' => (string) $product['quantity'],
                'price' => $net->plus($tax)->times($rate)->rounded($places)->toString(),
                'total' => self::lineTotal($product)->times($rate)->rounded($places)->toString(),
                'vat_rate' => self::vatRate($net, $tax, $taxRates),
                'categories' => $paths[$id] ?? $paths[$master] ?? [],
            ];
            $lines[] = array_filter(
                $line,
                static fn (mixed $part): bool => $part !== '' && $part !== [] && $part !== null,
            );
        }
        return $lines;
    }

    /**
     * The totals of the order that are no goods, each with its share of the tax, so that lines and charges
     * add up to the order's total.
     *
     * Tax lines say only "VAT (20%)" for all together. What the goods' own tax leaves of it belongs to
     * delivery and fees when positive and to the discounts when negative; where both are there, the tax of
     * the delivery is counted from its tax class.
     *
     * @param array<string, mixed> $order
     * @param list<array<string, mixed>> $products
     * @param list<array<string, mixed>> $totals
     * @param list<array<string, mixed>> $lines
     * @return list<array<string, mixed>>
     */
    private function charges(
        array $order,
        array $products,
        array $totals,
        Decimal $rate,
        int $places,
        array $lines,
        Decimal $total,
    ): array {
        $rest = Decimal::of($order['total']);
        foreach ($products as $product) {
            $rest = $rest->minus(self::lineTotal($product));
        }
        $charges = [];
        $taxTitles = [];
        foreach ($totals as $row) {
            if ($row['code'] === 'tax') {
                $taxTitles[] = (string) $row['title'];
            }
            $value = Decimal::of($row['value']);
            if (in_array($row['code'], self::SUMS, true) || $value->isZero()) {
                continue;
            }
            $rest = $rest->minus($value);
            $charges[] = [
                'kind' => self::kind((string) $row['code'], $value),
                'name' => self::text($row['title']),
                'amount' => $value,
            ];
        }
        $fees = self::signed($charges, false);
        $discounts = self::signed($charges, true);
        if ($fees !== [] && $discounts !== []) {
            foreach ($fees as $at => $fee) {
                if ($fee['kind'] === 'shipping') {
                    $tax = $this->shippingTax($order, $taxTitles);
                    $charges[$at]['amount'] = $fee['amount']->plus($tax);
                    $rest = $rest->minus($tax);
                    break;
                }
            }
        }
        $taker = self::largest($rest->isNegative() ? $discounts : $fees);
        if ($taker !== null) {
            $charges[$taker]['amount'] = $charges[$taker]['amount']->plus($rest);
        }

        $left = $total;
        foreach ($lines as $line) {
            $left = $left->minus(Decimal::of($line['total']));
        }
        foreach ($charges as $at => $charge) {
            $amount = $charge['amount']->times($rate)->rounded($places);
            $left = $left->minus($amount);
            $charges[$at]['amount'] = $amount->toString();
        }
        if (!$left->isZero()) {
            $rounding = $left->absolute()->compare(
                Decimal::minorUnit($places)->times(Decimal::of(count($lines) + count($charges) + 1)),
            ) <= 0;
            $charges[] = [
                'kind' => $rounding ? 'rounding' : 'other',
                'name' => $rounding ? 'Округление' : 'Прочее',
                'amount' => $left->rounded($places)->toString(),
            ];
        }
        return $charges;
    }

    /**
     * @param array<int, array{kind: string, name: string, amount: Decimal}> $charges
     * @return array<int, array{kind: string, name: string, amount: Decimal}>
     */
    private static function signed(array $charges, bool $negative): array
    {
        return array_filter(
            $charges,
            static fn (array $charge): bool => $charge['amount']->isNegative() === $negative,
        );
    }

    /** @param array<int, array{kind: string, name: string, amount: Decimal}> $charges */
    private static function largest(array $charges): ?int
    {
        $largest = null;
        foreach ($charges as $at => $charge) {
            if (
                $largest === null
                || $charge['amount']->absolute()->compare($charges[$largest]['amount']->absolute()) > 0
            ) {
                $largest = $at;
            }
        }
        return $largest;
    }

    /**
     * @param array<string, mixed> $order
     * @param list<string> $taxTitles only rates that this order paid count
     */
    private function shippingTax(array $order, array $taxTitles): Decimal
    {
        $method = json_decode((string) ($order['shipping_method'] ?? ''), true);
        $class = is_array($method) ? (int) ($method['tax_class_id'] ?? 0) : 0;
        $tax = Decimal::zero();
        if ($class === 0) {
            return $tax;
        }
        $cost = Decimal::of((string) ($method['cost'] ?? '0'));
        $rates = $this->rows(
            'SELECT DISTINCT r.tax_rate_id, r.name, r.rate, r.type FROM {tax_rule} u'
            . ' JOIN {tax_rate} r ON r.tax_rate_id = u.tax_rate_id WHERE u.tax_class_id = ?',
            [$class],
        );
        foreach ($rates as $row) {
            if (!in_array((string) $row['name'], $taxTitles, true)) {
                continue;
            }
            $tax = $tax->plus(
                $row['type'] === 'P'
                    ? $cost->times(Decimal::of($row['rate']))->times(Decimal::of('0.01'))
                    : Decimal::of($row['rate']),
            );
        }
        return $tax;
    }

    /** Gross, in the base currency. */
    private static function lineTotal(array $product): Decimal
    {
        return Decimal::of($product['total'])
            ->plus(Decimal::of($product['tax'])->times(Decimal::of($product['quantity'])));
    }

    private static function kind(string $code, Decimal $value): string
    {
        return match (true) {
            $code === 'shipping' => 'shipping',
            $code === 'coupon' => 'coupon',
            in_array($code, self::DISCOUNTS, true), $value->isNegative() => 'discount',
            default => 'fee',
        };
    }

    /**
     * A line carries no rate, only its tax. The rate is told when it is one of the shop's own and gives
     * exactly that tax; a fixed tax on top (which no rate explains) leaves it unsaid.
     *
     * @param list<Decimal> $rates
     */
    private static function vatRate(Decimal $net, Decimal $tax, array $rates): ?string
    {
        foreach ($rates as $rate) {
            $counted = $net->times($rate)->times(Decimal::of('0.01'));
            // Both sides were cut to four places on their way into the table.
            if (!$tax->isZero() && $counted->minus($tax)->absolute()->compare(Decimal::of('0.0002')) <= 0) {
                return self::plain($rate->toString());
            }
        }
        return null;
    }

    private static function plain(string $number): string
    {
        return str_contains($number, '.') ? rtrim(rtrim($number, '0'), '.') : $number;
    }

    /**
     * @param list<int> $ids
     * @return array<int, string>
     */
    private function skus(array $ids): array
    {
        if ($ids === []) {
            return [];
        }
        $marks = implode(', ', array_fill(0, count($ids), '?'));
        $rows = $this->hasProductCodes
            ? $this->rows(
                "SELECT product_id, value AS sku FROM {product_code} WHERE code = 'SKU' AND product_id IN ($marks)",
                $ids,
            )
            : $this->rows("SELECT product_id, sku FROM {product} WHERE product_id IN ($marks)", $ids);
        $skus = [];
        foreach ($rows as $row) {
            $sku = self::text($row['sku']);
            if ($sku !== '') {
                $skus[(int) $row['product_id']] = $sku;
            }
        }
        return $skus;
    }

    /**
     * @param list<int> $ids
     * @return array<int, list<list<string>>>
     */
    private function categoryPaths(array $ids): array
    {
        if ($ids === []) {
            return [];
        }
        $marks = implode(', ', array_fill(0, count($ids), '?'));
        $rows = $this->rows(
            'SELECT p.product_id, p.category_id, c.path_id FROM {product_to_category} p'
            . ' JOIN {category_path} c ON c.category_id = p.category_id'
            . " WHERE p.product_id IN ($marks) ORDER BY p.product_id, p.category_id, c.level",
            $ids,
        );
        $paths = [];
        foreach ($rows as $row) {
            $paths[(int) $row['product_id']][(int) $row['category_id']][] = (string) $row['path_id'];
        }
        return array_map(static fn (array $of): array => array_values($of), $paths);
    }

    /** @return array<int, list<array{name: string, value: string}>> */
    private function options(string $orderId): array
    {
        $rows = $this->rows(
            'SELECT order_product_id, name, value, type FROM {order_option} WHERE order_id = ?'
            . ' ORDER BY order_option_id',
            [(int) $orderId],
        );
        $files = [];
        foreach ($rows as $row) {
            if ($row['type'] === 'file') {
                $files[] = (string) $row['value'];
            }
        }
        if ($files !== []) {
            $marks = implode(', ', array_fill(0, count($files), '?'));
            $files = array_column(
                $this->rows("SELECT code, name FROM {upload} WHERE code IN ($marks)", $files),
                'name',
                'code',
            );
        }
        $options = [];
        foreach ($rows as $row) {
            $value = (string) $row['value'];
            $options[(int) $row['order_product_id']][] = [
                'name' => self::text($row['name']),
                'value' => self::text($row['type'] === 'file' ? ($files[$value] ?? $value) : $value),
            ];
        }
        return $options;
    }

    private function places(string $currency): int
    {
        $row = $this->rows('SELECT decimal_place FROM {currency} WHERE code = ?', [$currency])[0] ?? null;

        return $row === null || (string) $row['decimal_place'] === '' ? 2 : (int) $row['decimal_place'];
    }

    /**
     * 4.0.2 and later keep a method as JSON, older ones as its title with the code in a column of its own.
     *
     * @param array<string, mixed> $order
     * @return array<string, string>
     */
    private static function method(array $order, string $of): array
    {
        $raw = (string) ($order[$of . '_method'] ?? '');
        $method = json_decode($raw, true);
        if (!is_array($method)) {
            $method = ['name' => $raw, 'code' => (string) ($order[$of . '_code'] ?? '')];
        }
        $told = [];
        foreach (['code', 'name'] as $key) {
            if (is_string($method[$key] ?? null) && $method[$key] !== '') {
                $told[$key] = self::text($method[$key]);
            }
        }
        return $told;
    }

    /**
     * @param array<string, mixed> $row
     * @param list<string> $keys
     */
    private static function first(array $row, array $keys): string
    {
        foreach ($keys as $key) {
            $text = self::text($row[$key] ?? '');
            if ($text !== '') {
                return $text;
            }
        }
        return '';
    }

    /** As the shop writes it: `17x` would be order 17 to a cast. */
    public static function isId(string $orderId): bool
    {
        return (string) (int) $orderId === $orderId;
    }

    public static function text(mixed $stored): string
    {
        return trim(html_entity_decode((string) $stored, ENT_QUOTES | ENT_HTML5, 'UTF-8'));
    }

    /**
     * @param list<string|int> $values
     * @return list<array<string, mixed>>
     */
    private function rows(string $sql, array $values = []): array
    {
        $sql = (string) preg_replace('/\{(\w+)\}/', '`' . $this->prefix . '$1`', $sql);

        return $this->database->query($sql, $values);
    }
}
