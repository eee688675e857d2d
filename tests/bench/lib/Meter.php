<?php

declare(strict_types=1);

namespace Bench;

use Orderbridge\Tests\Support\CountingDatabase;

/** What a piece of work costs: queries, rows that MariaDB has read for them, milliseconds of processor time. */
final class Meter
{
    /** Rows that looking at the figure reads. */
    private readonly int $own;

    public function __construct(private readonly CountingDatabase $database)
    {
        $before = $this->rows();
        $this->own = $this->rows() - $before;
    }

    /** @return array{queries: float, rows: float, ms: float} */
    public function measure(callable $work): array
    {
        [$rows, $queries, $cpu] = [$this->rows(), $this->database->count, Sample::cpu()];
        $work();
        $ms = Sample::cpu() - $cpu;
        $queries = $this->database->count - $queries;

        return ['queries' => $queries, 'rows' => $this->rows() - $rows - $this->own, 'ms' => $ms];
    }

    /**
     * @param array{queries: float, rows: float, ms: float} $cost
     * @return array{queries: float, rows: float, ms: float} of each of so many
     */
    public static function each(array $cost, int $many): array
    {
        return array_map(static fn (float $sum): float => $sum / $many, $cost);
    }

    private function rows(): int
    {
        $read = $this->database->query("SHOW SESSION STATUS LIKE 'Handler_read%'");

        return (int) array_sum(array_column($read, 'Value'));
    }
}
