<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Settings\Settings;

use function array_key_last;
use function array_slice;
use function array_values;
use function json_decode;
use function json_encode;

/**
 * Where the shop's list of orders ended on days past. Its cursor is the shop's own, so a day cannot be turned into
 * one; but what it was on that day can be remembered.
 */
final class Beginnings
{
    private const NAME = 'compare.marks';
    private const APART = 20 * 3600;

    public function __construct(
        private readonly Settings $settings,
        private readonly Sweep $sweep,
    ) {
    }

    /** @return bool whether it is known where the list ends now */
    public function remember(): bool
    {
        $end = $this->sweep->end();
        if ($end === null) {
            return false;
        }
        $marks = $this->marks();
        $now = $this->settings->now();
        if ($marks === [] || $marks[array_key_last($marks)]['at'] <= $now - self::APART) {
            $marks[] = ['at' => $now, 'cursor' => $end];
            $this->settings->storeCursor(self::NAME, $marks);
        }

        return true;
    }

    /** The cursor of that moment or of the last one known before it, else the first there is; forgets older ones. */
    public function before(int $moment): string
    {
        $first = 0;
        $marks = $this->marks();
        foreach ($marks as $index => $mark) {
            if ($mark['at'] <= $moment) {
                $first = $index;
            }
        }
        $this->settings->storeCursor(self::NAME, array_slice($marks, $first));

        return (string) ($marks[$first]['cursor'] ?? $this->sweep->end() ?? '');
    }

    /** @return list<array{at: int, cursor: string}> */
    private function marks(): array
    {
        return array_values((array) json_decode((string) json_encode($this->settings->cursor(self::NAME)), true));
    }
}
