<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use Orderbridge\Shop\Decimal;

use function is_numeric;
use function max;
use function min;
use function number_format;
use function preg_match;
use function rtrim;
use function str_contains;
use function strlen;
use function strrpos;
use function substr;
use function trim;

/** WooCommerce's numbers: text out of its tables, floats out of its methods and plugins. */
final class Amount
{
    private const FINEST = 4;

    public static function of(mixed $number): Decimal
    {
        $text = trim((string) $number);
        if (preg_match('/^-?\d+(?:\.\d*)?$/D', $text) !== 1) {
            $text = is_numeric($text) ? number_format((float) $text, 8, '.', '') : '0';
        }

        return Decimal::of($text);
    }

    /**
     * What a line, a delivery or a fee costs with its tax.
     *
     * @param object $item WooCommerce's WC_Order_Item
     */
    public static function gross(object $item): Decimal
    {
        return self::of($item->get_total())->plus(self::of($item->get_total_tax()));
    }

    /** Without an exponent and without zeros at its end. */
    public static function plain(mixed $number): string
    {
        return self::short(self::of($number)->rounded(self::FINEST)->toString());
    }

    /** Decimals of an order: the shop's, or as many as the total has that was stored when the shop had more of them. */
    public static function places(mixed $total, int $shop): int
    {
        $text = self::plain($total);
        $point = strrpos($text, '.');

        return max($shop, $point === false ? 0 : min(self::FINEST, strlen(substr($text, $point + 1))));
    }

    private static function short(string $text): string
    {
        return str_contains($text, '.') ? rtrim(rtrim($text, '0'), '.') : $text;
    }
}
