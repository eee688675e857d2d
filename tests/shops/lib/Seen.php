<?php

declare(strict_types=1);

namespace Shops;

/** An order as the shop's own admin page shows it. */
final class Seen
{
    /** @param list<string> $history what was noted about it */
    public function __construct(
        public readonly string $status,
        /** The total as it is printed: "$1,234.50", "1 234р.". */
        public readonly string $total,
        public readonly array $history,
    ) {
    }

    public function noted(string $words): bool
    {
        return str_contains(implode("\n", $this->history), $words);
    }

    /** Whether the printed total is this amount; a currency may be printed without its hundredths. */
    public function comesTo(string $amount): bool
    {
        $printed = html_entity_decode($this->total);
        // The currency's own dot («р.») is no part of the figure.
        if (preg_match('/\d[\d\s.,\x{a0}\x{202f}]*/u', $printed, $match) !== 1) {
            return false;
        }
        $figure = rtrim((string) preg_replace('/[^\d.,]/u', '', $match[0]), '.,');
        $whole = (string) preg_replace('/[.,](\d\d)$/', '', $figure);
        $hundredths = $whole === $figure ? null : substr($figure, -2);
        $digits = preg_replace('/\D/', '', $whole);

        return $hundredths === null
            ? abs((float) $digits - (float) $amount) <= 0.5
            : abs((float) "$digits.$hundredths" - (float) $amount) < 0.005;
    }
}
