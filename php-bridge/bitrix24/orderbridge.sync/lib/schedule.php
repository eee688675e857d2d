<?php

namespace Orderbridge\Companion;

/** When to try again: Standard Webhooks, 75 hours and 35 minutes in all; after that once a day, never not at all. */
final class Schedule
{
    /** Seconds. */
    public const WAITS = [5, 30, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400];
    private const JITTER = 20;
    private const LONGEST = 86400;

    /**
     * @param int $failures in a row, the last included
     * @param int $asked seconds that the shop asked for by Retry-After, 0 for none
     */
    public static function wait(int $failures, int $asked = 0): int
    {
        $wait = self::WAITS[min(max($failures, 1), count(self::WAITS)) - 1];
        $percent = random_int(100 - self::JITTER, 100 + self::JITTER);

        return max(intdiv($wait * $percent + 99, 100), min($asked, self::LONGEST));
    }

    /** Whether the schedule has been gone through: somebody has to look at that shop. */
    public static function isExhausted(int $failures): bool
    {
        return $failures > count(self::WAITS);
    }
}
