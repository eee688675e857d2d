<?php

declare(strict_types=1);

namespace Orderbridge\Outbox;

use Orderbridge\Store\Tables;

use function array_chunk;
use function array_column;
use function array_filter;
use function array_map;
use function array_slice;
use function array_values;
use function bin2hex;
use function count;
use function implode;
use function in_array;
use function preg_match;
use function random_bytes;
use function random_int;
use function version_compare;

/**
 * Claims jobs for a while, for any number of workers on any number of machines. A lease that runs out is free again
 * by itself: nobody has to clean up after a worker that was killed.
 *
 * Candidates are found by a plain read; only the rows that are taken are locked, for a checkout may be waiting.
 */
final class Leases
{
    public const SECONDS = 60;

    /** A claim that has so many seconds left need not be renewed. */
    private const FRESH = 50;
    private const TRIES = 5;
    /** How many claims' worth of candidates are looked at, so that workers do not all reach for the same. */
    private const PORTIONS = 4;

    /** @param bool|null $skipsLocked whether the database can pass over locked rows; null: ask it */
    public function __construct(
        private readonly Tables $tables,
        private ?bool $skipsLocked = null,
    ) {
    }

    /**
     * The most urgent ones: by lane, then by time. Jobs of a backfill only when there are no others, so that no
     * buyer's order waits for requests that are full of old ones.
     *
     * @param int|null $backfill how many jobs of a backfill at most; 0: none; null: as many as of others
     * @return list<Job>
     */
    public function take(int $limit, ?int $backfill = null): array
    {
        $by = bin2hex(random_bytes(16));
        for ($try = 1; $try <= self::TRIES; $try++) {
            $portions = $this->portions($limit, $backfill ?? $limit);
            if ($portions === []) {
                return [];
            }
            // When others were quicker with the most urgent ones, not everybody shall reach for the next.
            $portion = $portions[$try === 1 ? 0 : random_int(0, count($portions) - 1)];
            $this->claim($portion, $by);
            $jobs = $this->held($portion, $by);
            if ($jobs !== []) {
                return $jobs;
            }
        }

        return [];
    }

    /** Whether there is anything to take now that is not of a backfill. */
    public function due(): bool
    {
        return $this->portions(1, 0) !== [];
    }

    /**
     * Holds on to the jobs for another while, unless they were claimed a moment ago.
     *
     * @param list<Job> $jobs
     * @return list<Job> those that are still ours; a lost one belongs to somebody else by now
     */
    public function extend(array $jobs): array
    {
        if ($jobs === []) {
            return [];
        }
        $by = $jobs[0]->leaseBy;
        $ids = array_map(static fn (Job $job): int => $job->id, $jobs);
        $fresh = $this->tables->row(
            "SELECT COUNT(*) AS n FROM {$this->byId()} WHERE id IN (" . Tables::marks($ids) . ') AND lease_by = ? '
            . 'AND lease_until > {now} + ' . self::FRESH,
            [...$ids, $by],
        );
        if ((int) ($fresh['n'] ?? 0) === count($ids)) {
            return $jobs;
        }
        $this->tables->execute(
            "UPDATE {$this->byId()} SET lease_until = {now} + " . self::SECONDS
            . ' WHERE lease_by = ? AND id IN (' . Tables::marks($ids) . ')',
            [$by, ...$ids],
        );
        $ours = array_map(static fn (Job $job): int => $job->id, $this->held($ids, $by));

        return array_values(array_filter($jobs, static fn (Job $job): bool => in_array($job->id, $ours, true)));
    }

    /**
     * What several workers may take now, each a portion. Each lane is read by its own index range, so that the cost
     * does not grow with what waits.
     *
     * @return list<list<int>> ids
     */
    private function portions(int $limit, int $backfill): array
    {
        $free = $this->free();
        $lanes = [];
        foreach ([$limit, $limit, $backfill] as $lane => $most) {
            $most *= self::PORTIONS;
            $lanes[] = "SELECT * FROM (SELECT id, lane, not_before FROM {job} WHERE state = 'ready' AND lane = $lane "
                . "AND $free ORDER BY not_before, id LIMIT $most) AS lane$lane";
        }
        $rows = $this->tables->rows(implode(' UNION ALL ', $lanes) . " ORDER BY lane, not_before, id");
        $urgent = array_filter($rows, static fn (array $row): bool => (int) $row['lane'] < Job::LANE_BACKFILL);
        $size = $urgent === [] ? $backfill : $limit;
        $ids = array_map('intval', array_column($urgent === [] ? $rows : $urgent, 'id'));

        return $ids === [] ? [] : array_slice(array_chunk($ids, $size), 0, self::PORTIONS);
    }

    /** @param list<int> $ids */
    private function claim(array $ids, string $by): void
    {
        $set = 'SET lease_by = ?, lease_until = {now} + ' . self::SECONDS;
        $free = "state = 'ready' AND " . $this->free();
        $job = $this->byId();
        if (!$this->tables->isMysql() || !$this->skipsLocked()) {
            $this->tables->together(fn (): int => $this->tables->execute(
                "UPDATE $job $set WHERE id IN (" . Tables::marks($ids) . ") AND $free",
                [$by, ...$ids],
            ));
            return;
        }
        $this->tables->together(function () use ($job, $free, $ids, $set, $by): void {
            $taken = array_map('intval', array_column($this->tables->rows(
                "SELECT id FROM $job WHERE id IN (" . Tables::marks($ids) . ") AND $free FOR UPDATE SKIP LOCKED",
                $ids,
            ), 'id'));
            if ($taken !== []) {
                $this->tables->execute(
                    "UPDATE $job $set WHERE id IN (" . Tables::marks($taken) . ')',
                    [$by, ...$taken],
                );
            }
        });
    }

    /**
     * Due, and leased by nobody. A lease that ends later than any lease given now was given by a clock that has been
     * put back since; it would block the order for as long.
     */
    private function free(): string
    {
        $latest = 2 * self::SECONDS;

        return "not_before <= {now} AND (lease_until <= {now} OR lease_until > {now} + $latest)";
    }

    /**
     * @param list<int> $ids
     * @return list<Job>
     */
    private function held(array $ids, string $by): array
    {
        return array_map(Job::fromRow(...), $this->tables->rows(
            "SELECT * FROM {$this->byId()} WHERE id IN (" . Tables::marks($ids) . ') AND lease_by = ? '
            . 'ORDER BY lane, not_before, id',
            [...$ids, $by],
        ));
    }

    /** Read by another index or none, MySQL would lock rows that are not taken, and read those of all dead jobs. */
    private function byId(): string
    {
        return $this->tables->isMysql() ? '{job} FORCE INDEX (PRIMARY)' : '{job}';
    }

    /** MariaDB from 10.6, MySQL from 8.0.1. */
    private function skipsLocked(): bool
    {
        if ($this->skipsLocked === null) {
            $version = (string) ($this->tables->row('SELECT VERSION() AS version')['version'] ?? '');
            preg_match('/(\d+\.\d+\.\d+)(?=-MariaDB)|^\d+\.\d+\.\d+/i', $version, $found);
            $this->skipsLocked = version_compare($found[0] ?? '0', isset($found[1]) ? '10.6.0' : '8.0.1', '>=');
        }

        return $this->skipsLocked;
    }
}
