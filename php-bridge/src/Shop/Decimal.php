<?php

declare(strict_types=1);

namespace Orderbridge\Shop;

use InvalidArgumentException;

use function intdiv;
use function ltrim;
use function max;
use function preg_match;
use function str_pad;
use function str_repeat;
use function strcmp;
use function strlen;
use function strrev;
use function substr;

/**
 * A decimal number as the shop's database writes it, without floats.
 *
 * Kept as digits and a scale, so DECIMAL(15,4) times DECIMAL(15,8) loses nothing on a 64-bit host
 * and bcmath is not needed.
 */
final class Decimal
{
    /** @param string $digits the absolute value without point and leading zeros; "0" for nothing */
    private function __construct(
        private readonly bool $negative,
        private readonly string $digits,
        private readonly int $scale,
    ) {
    }

    public static function of(string|int|null $text): self
    {
        $text = (string) ($text ?? '0');
        if ($text === '') {
            $text = '0';
        }
        if (preg_match('/^(-?)(\d+)(?:\.(\d*))?$/D', $text, $part) !== 1) {
            throw new InvalidArgumentException('not a decimal number');
        }
        $fraction = $part[3] ?? '';

        return self::build($part[1] === '-', $part[2] . $fraction, strlen($fraction));
    }

    public static function zero(): self
    {
        return new self(false, '0', 0);
    }

    /** One kopeck of a currency with two places. */
    public static function minorUnit(int $places): self
    {
        return new self(false, '1', $places);
    }

    public function plus(self $other): self
    {
        $scale = max($this->scale, $other->scale);
        $a = $this->digits . str_repeat('0', $scale - $this->scale);
        $b = $other->digits . str_repeat('0', $scale - $other->scale);
        if ($this->negative === $other->negative) {
            return self::build($this->negative, self::addDigits($a, $b), $scale);
        }
        return self::compareDigits($a, $b) >= 0
            ? self::build($this->negative, self::subtractDigits($a, $b), $scale)
            : self::build($other->negative, self::subtractDigits($b, $a), $scale);
    }

    public function minus(self $other): self
    {
        return $this->plus($other->negated());
    }

    public function negated(): self
    {
        return self::build(!$this->negative, $this->digits, $this->scale);
    }

    public function times(self $other): self
    {
        return self::build(
            $this->negative !== $other->negative,
            self::multiplyDigits($this->digits, $other->digits),
            $this->scale + $other->scale,
        );
    }

    /** Half away from zero: what the shop's own round() shows to the buyer. */
    public function rounded(int $places): self
    {
        if ($this->scale <= $places) {
            return self::build($this->negative, $this->digits . str_repeat('0', $places - $this->scale), $places);
        }
        $cut = $this->scale - $places;
        $digits = str_pad($this->digits, $cut + 1, '0', STR_PAD_LEFT);
        $kept = substr($digits, 0, -$cut);
        if ($digits[strlen($digits) - $cut] >= '5') {
            $kept = self::addDigits($kept, '1');
        }
        return self::build($this->negative, $kept, $places);
    }

    public function isZero(): bool
    {
        return $this->digits === '0';
    }

    public function isNegative(): bool
    {
        return $this->negative;
    }

    public function compare(self $other): int
    {
        $difference = $this->minus($other);

        return $difference->isZero() ? 0 : ($difference->negative ? -1 : 1);
    }

    public function absolute(): self
    {
        return new self(false, $this->digits, $this->scale);
    }

    public function toString(): string
    {
        if ($this->scale === 0) {
            return ($this->negative ? '-' : '') . $this->digits;
        }
        $digits = str_pad($this->digits, $this->scale + 1, '0', STR_PAD_LEFT);

        return ($this->negative ? '-' : '') . substr($digits, 0, -$this->scale) . '.' . substr($digits, -$this->scale);
    }

    private static function build(bool $negative, string $digits, int $scale): self
    {
        $digits = ltrim($digits, '0');
        if ($digits === '') {
            return new self(false, '0', $scale);
        }
        return new self($negative, $digits, $scale);
    }

    private static function compareDigits(string $a, string $b): int
    {
        $a = ltrim($a, '0');
        $b = ltrim($b, '0');

        return strlen($a) <=> strlen($b) ?: strcmp($a, $b);
    }

    private static function addDigits(string $a, string $b): string
    {
        $a = strrev($a);
        $b = strrev($b);
        $out = '';
        $carry = 0;
        for ($i = 0, $n = max(strlen($a), strlen($b)); $i < $n; $i++) {
            $sum = (int) ($a[$i] ?? 0) + (int) ($b[$i] ?? 0) + $carry;
            $out .= $sum % 10;
            $carry = intdiv($sum, 10);
        }
        return strrev($out . ($carry > 0 ? (string) $carry : ''));
    }

    /** INVARIANT: $a is not smaller than $b. */
    private static function subtractDigits(string $a, string $b): string
    {
        $a = strrev($a);
        $b = strrev($b);
        $out = '';
        $borrow = 0;
        for ($i = 0, $n = strlen($a); $i < $n; $i++) {
            $digit = (int) $a[$i] - (int) ($b[$i] ?? 0) - $borrow;
            $borrow = $digit < 0 ? 1 : 0;
            $out .= $digit + 10 * $borrow;
        }
        return strrev($out);
    }

    private static function multiplyDigits(string $a, string $b): string
    {
        $a = strrev($a);
        $b = strrev($b);
        $cells = [];
        for ($i = 0, $n = strlen($a); $i < $n; $i++) {
            for ($j = 0, $m = strlen($b); $j < $m; $j++) {
                $cells[$i + $j] = ($cells[$i + $j] ?? 0) + (int) $a[$i] * (int) $b[$j];
            }
        }
        $out = '';
        $carry = 0;
        foreach ($cells as $cell) {
            $cell += $carry;
            $out .= $cell % 10;
            $carry = intdiv($cell, 10);
        }
        return strrev($out) === '' ? '0' : ($carry > 0 ? (string) $carry : '') . strrev($out);
    }
}
