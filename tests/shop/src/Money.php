<?php

declare(strict_types=1);

namespace Piala;

/** Money is a whole number of kopecks everywhere in the shop; these are its two spellings. */
final class Money
{
    /** «1 234,50 ₽» */
    public static function human(int $kopecks): string
    {
        $sign = $kopecks < 0 ? '−' : '';
        $roubles = number_format(intdiv(abs($kopecks), 100), 0, '', "\u{00A0}");
        $rest = abs($kopecks) % 100;

        return $sign . $roubles . ($rest === 0 ? '' : sprintf(',%02d', $rest)) . "\u{00A0}₽";
    }

    /** "1234.50", the spelling of the canonical order. */
    public static function decimal(int $kopecks): string
    {
        return sprintf('%s%d.%02d', $kopecks < 0 ? '-' : '', intdiv(abs($kopecks), 100), abs($kopecks) % 100);
    }

    /** A part in percent, rounded half up to the kopeck. */
    public static function percent(int $kopecks, int $percent): int
    {
        return intdiv($kopecks * $percent + 50, 100);
    }
}
