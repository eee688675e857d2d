<?php

declare(strict_types=1);

namespace Chaos;

/** Chance that repeats: the same seed gives the same throws on every machine and version of PHP (xorshift32). */
final class Dice
{
    private int $state;

    public function __construct(int $seed)
    {
        // Neighbouring seeds must not begin alike.
        $this->state = (int) hexdec(substr(hash('sha256', "chaos $seed"), 0, 8)) ?: 1;
    }

    /** From $least to $most, both included. */
    public function between(int $least, int $most): int
    {
        $x = $this->state;
        $x ^= ($x << 13) & 0xffffffff;
        $x ^= $x >> 17;
        $x ^= ($x << 5) & 0xffffffff;
        $this->state = $x;

        return $least + $x % ($most - $least + 1);
    }

    public function percent(int $chance): bool
    {
        return $this->between(1, 100) <= $chance;
    }

    /**
     * @template T
     * @param list<T> $of
     * @return T
     */
    public function one(array $of): mixed
    {
        return $of[$this->between(0, count($of) - 1)];
    }
}
