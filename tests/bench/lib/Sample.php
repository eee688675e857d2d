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

    /** @param callable(): mixed $work @return float milliseconds */
    public static function time(callable $work): float
    {
        $start = hrtime(true);
        $work();

        return (hrtime(true) - $start) / 1e6;
    }
}
