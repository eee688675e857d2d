<?php

declare(strict_types=1);

namespace Orderbridge\Outbox;

use Orderbridge\Store\Tables;

use function array_fill;
use function array_merge;
use function count;
use function implode;

/**
 * The jobs of a backfill: in a lane behind all others, and marked with its number, so that it learns how each ended
 * even when the order was saved again meanwhile and has become urgent.
 */
final class BackfillJobs
{
    public function __construct(private readonly Tables $tables)
    {
    }

    /**
     * An order that has a job already, be it waiting or dead, keeps it as it is.
     *
     * @param list<string> $orderIds not more than some hundreds
     */
    public function add(array $orderIds, int $number): void
    {
        if ($orderIds === []) {
            return;
        }
        $rows = array_fill(0, count($orderIds), '(?, ?, ?, ?, {now}, {now}, {now})');
        $values = [];
        foreach ($orderIds as $orderId) {
            $values[] = [$orderId, Job::PUSH, Job::LANE_BACKFILL, $number];
        }
        $this->tables->execute(
            $this->tables->insertNew() . ' {job} (order_id, wants, lane, backfill, not_before, created_at, updated_at) '
            . 'VALUES ' . implode(', ', $rows),
            array_merge(...$values),
        );
        $this->tables->execute(
            'UPDATE {job} SET backfill = ? WHERE backfill <> ? AND order_id IN (' . Tables::marks($orderIds) . ')',
            [$number, $number, ...$orderIds],
        );
    }

    /** @return array{fresh: int, all: int} how many wait in the lane: those never tried, and all */
    public function waiting(): array
    {
        $row = $this->tables->row(
            'SELECT COUNT(*) AS n, SUM(CASE WHEN attempts = 0 THEN 1 ELSE 0 END) AS fresh FROM {job} '
            . "WHERE state = 'ready' AND lane = ?",
            [Job::LANE_BACKFILL],
        );

        return ['fresh' => (int) ($row['fresh'] ?? 0), 'all' => (int) ($row['n'] ?? 0)];
    }

    /** @return array{left: int, retrying: int, dead: int} how the jobs of one backfill stand; those done are gone */
    public function figures(int $number): array
    {
        $row = $this->tables->row(
            "SELECT SUM(CASE WHEN state = 'ready' THEN 1 ELSE 0 END) AS waits, "
            . "SUM(CASE WHEN state = 'ready' AND attempts > 0 THEN 1 ELSE 0 END) AS retrying, "
            . "SUM(CASE WHEN state = 'dead' THEN 1 ELSE 0 END) AS dead FROM {job} WHERE backfill = ?",
            [$number],
        );

        return [
            'left' => (int) ($row['waits'] ?? 0),
            'retrying' => (int) ($row['retrying'] ?? 0),
            'dead' => (int) ($row['dead'] ?? 0),
        ];
    }

    /**
     * Takes the jobs away that nobody has begun. One that a worker holds, held when it was killed, or has tried, goes
     * on to its end: its deal may have been made.
     */
    public function drop(int $number): int
    {
        return $this->tables->execute(
            "DELETE FROM {job} WHERE backfill = ? AND state = 'ready' AND lane = ? AND attempts = 0 AND code = '' "
            . "AND lease_by = ''",
            [$number, Job::LANE_BACKFILL],
        );
    }
}
