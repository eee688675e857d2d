<?php

declare(strict_types=1);

namespace Bench;

use LogicException;

/** Measurements of the same thing. */
final class Sample
{
    /** @var list<float> */
    private array $values = [];

    public function add(float $value): void
    {
        $this->values[] = $value;
    }

    public function count(): int
    {
        return count($this->values);
    }

    public function median(): float
    {
        return $this->quantile(0.5);
    }

    /** The smallest value that so large a part is not above. */
    public function quantile(float $part): float
    {
        if ($this->values === []) {
            throw new LogicException('nothing has been measured');
        }
        sort($this->values);

        return $this->values[max(0, (int) ceil($part * count($this->values)) - 1)];
    }

    /** @return float milliseconds of processor time of this process and of its children that have ended */
    public static function cpu(): float
    {
        $sum = 0.0;
        foreach ([getrusage(0), getrusage(1)] as $used) {
            foreach (['ru_utime', 'ru_stime'] as $part) {
                $sum += $used["$part.tv_sec"] * 1000 + $used["$part.tv_usec"] / 1000;
            }
        }

        return $sum;
    }

    /** @param callable(): mixed $work @return float milliseconds */
    public static function time(callable $work): float
    {
        $start = hrtime(true);
        $work();

        return (hrtime(true) - $start) / 1e6;
    }
}
