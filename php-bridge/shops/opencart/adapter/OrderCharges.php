<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

use Orderbridge\Shop\Decimal;

use function array_filter;
use function count;
use function in_array;
use function is_array;
use function json_decode;
use function strtok;

/**
 * The totals of an order that are no goods, each with its share of the tax, so that lines and charges add up to the
 * order's total.
 *
 * Tax lines say only "VAT (20%)" for all together. What the goods' own tax leaves of it belongs to delivery and fees
 * when positive and to the discounts when negative; where both are there, the tax of the delivery is counted from its
 * tax class.
 */
final class OrderCharges
{
    private const DISCOUNTS = ['coupon', 'reward', 'voucher', 'credit'];
    private const SUMS = ['sub_total', 'tax', 'total'];

    public function __construct(private readonly ShopTables $tables)
    {
    }

    /**
     * @param array<string, mixed> $order
     * @param list<array<string, mixed>> $totals rows of the table `order_total`
     * @param array{lines: list<array<string, mixed>>, sum: Decimal} $bought
     * @param Decimal $total what the buyer pays
     * @return list<array<string, mixed>>
     */
    public function read(
        array $order,
        array $totals,
        array $bought,
        Decimal $rate,
        int $places,
        Decimal $total,
    ): array {
        $rest = Decimal::of($order['total'])->minus($bought['sum']);
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
                'name' => ShopTables::text($row['title']),
                'amount' => $value,
            ];
        }

        $charges = $this->withTax($order, $charges, $rest, $taxTitles);

        return $this->inMoney($charges, $bought['lines'], $rate, $places, $total);
    }

    /**
     * @param array<string, mixed> $order
     * @param list<array{kind: string, name: string, amount: Decimal}> $charges
     * @param Decimal $rest tax that belongs to none of the goods
     * @param list<string> $taxTitles
     * @return list<array{kind: string, name: string, amount: Decimal}>
     */
    private function withTax(array $order, array $charges, Decimal $rest, array $taxTitles): array
    {
        $fees = self::signed($charges, false);
        $discounts = self::signed($charges, true);
        if ($fees !== [] && $discounts !== []) {
            foreach ($fees as $at => $fee) {
                if ($fee['kind'] === 'shipping') {
                    $tax = $this->shippingTax($order, $fee['amount'], $taxTitles);
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

        return $charges;
    }

    /**
     * @param list<array{kind: string, name: string, amount: Decimal}> $charges in the base currency
     * @param list<array<string, mixed>> $lines
     * @return list<array<string, mixed>> in the buyer's; what rounding leaves over is one more
     */
    private function inMoney(array $charges, array $lines, Decimal $rate, int $places, Decimal $total): array
    {
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
    private function shippingTax(array $order, Decimal $cost, array $taxTitles): Decimal
    {
        $tax = Decimal::zero();
        $class = $this->shippingClass($order);
        if ($class === 0) {
            return $tax;
        }
        $rates = $this->tables->rows(
            'SELECT DISTINCT r.tax_rate_id, r.name, r.rate, r.type FROM {tax_rule} u'
            . ' JOIN {tax_rate} r ON r.tax_rate_id = u.tax_rate_id WHERE u.tax_class_id = ?',
            [$class],
        );
        foreach ($rates as $row) {
            if (in_array((string) $row['name'], $taxTitles, true)) {
                $tax = $tax->plus(
                    $row['type'] === 'P'
                        ? $cost->times(Decimal::of($row['rate']))->times(Decimal::of('0.01'))
                        : Decimal::of($row['rate']),
                );
            }
        }

        return $tax;
    }

    /**
     * 4 keeps the tax class with the order's method; for 3 it is among the settings of the method's extension.
     *
     * @param array<string, mixed> $order
     */
    private function shippingClass(array $order): int
    {
        $method = json_decode((string) ($order['shipping_method'] ?? ''), true);
        if (is_array($method)) {
            return (int) ($method['tax_class_id'] ?? 0);
        }
        $extension = (string) strtok((string) ($order['shipping_code'] ?? ''), '.');
        $setting = $extension === '' ? null : $this->tables->row(
            'SELECT value FROM {setting} WHERE store_id = 0 AND `key` = ?',
            ["shipping_{$extension}_tax_class_id"],
        );

        return (int) ($setting['value'] ?? 0);
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
}
