<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

use DateTimeImmutable;
use Orderbridge\Shop\Decimal;

use function array_filter;
use function implode;
use function is_array;
use function is_string;
use function json_decode;
use function preg_match;

use const DATE_ATOM;

/**
 * Reads an OpenCart order as the canonical order.
 *
 * OpenCart stores net amounts in the shop's base currency, the tax of a unit beside the line and the order's tax as
 * totals of their own; the buyer saw gross amounts in the order's currency.
 */
final class OrderReader
{
    private readonly OrderLines $lines;
    private readonly OrderCharges $charges;
    private readonly CheckoutFields $fields;

    /** @param string $page where the admin shows an order; its id is put behind. '' when not known yet */
    public function __construct(
        private readonly ShopTables $tables,
        private readonly PlacedOrders $placed,
        int $languageId,
        bool $hasProductCodes,
        bool $hasVouchers,
        private readonly string $page,
    ) {
        $this->lines = new OrderLines($tables, $hasProductCodes, $hasVouchers);
        $this->charges = new OrderCharges($tables);
        $this->fields = new CheckoutFields($tables, $languageId);
    }

    /** @return array<string, mixed>|null null for a basket at the last step (status 0) and for no such order */
    public function read(string $orderId): ?array
    {
        $order = $this->placed->row($orderId);
        if ($order === null) {
            return null;
        }
        $totals = $this->tables->rows(
            'SELECT * FROM {order_total} WHERE order_id = ? ORDER BY sort_order, order_total_id',
            [(int) $orderId],
        );
        $rate = Decimal::of($order['currency_value'] ?? '1');
        $places = $this->places((string) $order['currency_code']);
        $total = Decimal::of($order['total'])->times($rate)->rounded($places);
        $bought = $this->lines->read($orderId, $rate, $places);

        return array_filter([
            'id' => (string) $order['order_id'],
            'number' => (string) $order['order_id'],
            'created_at' => (new DateTimeImmutable((string) $order['date_added']))->format(DATE_ATOM),
            'status' => (string) $order['order_status_id'],
            'currency' => (string) $order['currency_code'],
            'total' => $total->toString(),
            'url' => $this->page === '' ? null : $this->page . $order['order_id'],
            'buyer' => $this->buyer($order),
            'lines' => $bought['lines'],
            'charges' => $this->charges->read($order, $totals, $bought, $rate, $places, $total),
            'comment' => ShopTables::text($order['comment'] ?? ''),
            'payment' => self::method($order, 'payment'),
            'delivery' => $this->delivery($order),
            'utm' => array_filter(['campaign' => ShopTables::text($order['tracking'] ?? '')]),
            'coupons' => self::coupons($totals),
            'extra' => $this->fields->read($order),
        ], static fn (mixed $part): bool => $part !== null && $part !== '' && $part !== []) + ['lines' => []];
    }

    /**
     * @param array<string, mixed> $order
     * @return array<string, mixed>
     */
    private function buyer(array $order): array
    {
        // 4.1 asks no payment address by default, and a shop may ask no telephone at all.
        $company = array_filter(['name' => self::first($order, ['payment_company', 'shipping_company'])]);

        return array_filter([
            'id' => (int) $order['customer_id'] > 0 ? (string) $order['customer_id'] : '',
            'last_name' => self::first($order, ['lastname', 'shipping_lastname', 'payment_lastname']),
            'first_name' => self::first($order, ['firstname', 'shipping_firstname', 'payment_firstname']),
            'phone' => self::first($order, ['telephone']),
            'email' => self::first($order, ['email']),
            'group' => $this->fields->group((int) ($order['customer_group_id'] ?? 0)),
            'company' => $company === [] ? [] : $company + $this->fields->requisites($order),
        ], static fn (mixed $part): bool => $part !== '' && $part !== []);
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

    private function places(string $currency): int
    {
        $row = $this->tables->row('SELECT decimal_place FROM {currency} WHERE code = ?', [$currency]);

        return $row === null || (string) $row['decimal_place'] === '' ? 2 : (int) $row['decimal_place'];
    }

    /**
     * The code is between brackets in the title: the shop itself looks for it there.
     *
     * @param list<array<string, mixed>> $totals
     * @return list<string>
     */
    private static function coupons(array $totals): array
    {
        $codes = [];
        foreach ($totals as $row) {
            if ($row['code'] === 'coupon' && preg_match('/\(([^()]+)\)\s*$/u', (string) $row['title'], $part) === 1) {
                $codes[] = ShopTables::text($part[1]);
            }
        }

        return $codes;
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
                $told[$key] = ShopTables::text($method[$key]);
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
            $text = ShopTables::text($row[$key] ?? '');
            if ($text !== '') {
                return $text;
            }
        }
        return '';
    }
}
