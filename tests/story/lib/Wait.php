<?php

declare(strict_types=1);

namespace Story;

use RuntimeException;

/** Waiting is looking again and again until a deadline; nothing here sleeps and hopes. */
final class Wait
{
    /**
     * @template T
     * @param callable(): T $look null or false: not yet
     * @return T
     */
    public static function until(string $what, float $seconds, callable $look): mixed
    {
        $deadline = microtime(true) + $seconds;
        do {
            $seen = $look();
            if ($seen !== null && $seen !== false) {
                return $seen;
            }
            usleep(20_000);
        } while (microtime(true) < $deadline);

        throw new RuntimeException(sprintf('waited %.0f s in vain: %s', $seconds, $what));
    }
}
