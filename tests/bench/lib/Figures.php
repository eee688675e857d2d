<?php

declare(strict_types=1);

namespace Bench;

/** What a bench says: one JSON line a figure, and which of its ratios and counts do not hold. */
final class Figures
{
    private int $wrong = 0;

    /** @param array<string, mixed> $parameters @param float|null $baseline the same work's, measured in the same run */
    public function say(string $bench, array $parameters, float $value, string $unit, ?float $baseline = null): void
    {
        echo json_encode(
            ['bench' => $bench] + $parameters + [
                'value' => self::short($value),
                'unit' => $unit,
                'baseline' => $baseline === null ? null : self::short($baseline),
            ],
            JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR,
        ), "\n";
    }

    /** Of ratios and counts only: how fast this machine is just now proves nothing. */
    public function holds(string $what, bool $right, string $seen = ''): void
    {
        if (!$right) {
            $this->wrong++;
            fwrite(STDERR, "  does not hold: $what" . ($seen === '' ? '' : " ($seen)") . "\n");
        }
    }

    /** @return int exit code */
    public function end(): int
    {
        return $this->wrong === 0 ? 0 : 1;
    }

    private static function short(float $value): float|int
    {
        $digits = $value >= 100 ? 0 : ($value >= 10 ? 1 : 3);

        return $digits === 0 ? (int) round($value) : round($value, $digits);
    }
}
