<?php

declare(strict_types=1);

namespace Piala\Store;

use Piala\Money;

/** Coupon codes: a part in percent or a fixed sum off the goods. */
final class Coupons
{
    public function __construct(private readonly Database $database)
    {
    }

    public static function normal(string $code): string
    {
        return mb_strtoupper(trim($code));
    }

    /** The discount that a code gives on goods worth $goods; null when there is no such code. */
    public function discount(string $code, int $goods): ?int
    {
        $coupon = $this->database->row('SELECT * FROM coupon WHERE code = ?', [self::normal($code)]);
        if ($coupon === null) {
            return null;
        }
        if ($goods < $coupon['from_total']) {
            return 0;
        }

        $value = (int) $coupon['value'];

        return $coupon['kind'] === 'percent' ? Money::percent($goods, $value) : min($value, $goods);
    }

    /** Why a code gives nothing, for the buyer; null when it gives something. */
    public function problem(string $code, int $goods): ?string
    {
        $from = $this->database->value('SELECT from_total FROM coupon WHERE code = ?', [self::normal($code)]);

        return match (true) {
            $from === null => 'Такого промокода нет. Проверьте, нет ли опечатки.',
            $goods < $from => 'Промокод действует при заказе от ' . Money::human((int) $from) . '.',
            default => null,
        };
    }
}
