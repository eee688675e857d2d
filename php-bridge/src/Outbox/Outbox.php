<?php

declare(strict_types=1);

namespace Orderbridge\Outbox;

use Orderbridge\Store\Tables;

use function array_chunk;
use function array_column;
use function array_map;
use function array_merge;
use function implode;
use function max;

/**
 * Orders to look at, one row an order: however often it is saved, it is brought over once, as it is then.
 *
 * Whatever settles a job compares the version: an order saved again meanwhile stays to be looked at.
 */
final class Outbox
{
    private const PAGE = 200;
    /** Why a job rests whose order and deal move each other; a person who brings it back lifts that. */
    private const LOOP = 'loop_stopped';
    /** Since when it waits: while it was dead it did not. Comes before the state is changed, which MySQL would see. */
    private const SINCE = "CASE WHEN state = 'dead' THEN {now} ELSE created_at END";

    public function __construct(private readonly Tables $tables)
    {
    }

    /**
     * One statement, for it runs inside the checkout. A push begins the attempts anew: somebody has changed the
     * order, perhaps to mend it. A pull does not, for hints come in numbers.
     */
    public function enqueue(string $orderId, int $wants = Job::PUSH, int $lane = Job::LANE_LIVE): void
    {
        $lower = $this->tables->brought('lane');
        $anew = ($wants & Job::PUSH) !== 0 ? 'attempts = 0, ' : '';
        $this->tables->execute(
            'INSERT INTO {job} (order_id, wants, lane, not_before, created_at, updated_at) VALUES '
            . '(?, ?, ?, {now}, {now}, {now}) '
            . $this->tables->orUpdate('order_id')
            . ' wants = wants | ' . $this->tables->brought('wants')
            . ", lane = CASE WHEN lane < $lower THEN lane ELSE $lower END"
            . ', created_at = ' . self::SINCE
            . ", version = version + 1, state = 'ready', $anew not_before = " . $this->tables->brought('not_before')
            . ', updated_at = ' . $this->tables->brought('updated_at'),
            [$orderId, $wants, $lane],
        );
    }

    /**
     * Enqueues those that have no job yet, be it waiting or dead: for sweeps, which bring no news of their own. One
     * that is being worked on is looked at once more: the worker may have read the order before it was changed. One
     * that waits for something else, or is dead, gets this besides, and neither is woken by it. One of a backfill
     * becomes as urgent as the others: the backfill may be halted, and this is not.
     *
     * @param list<string> $orderIds
     * @return int how many are new
     */
    public function enqueueNew(array $orderIds, int $wants = Job::PUSH, int $lane = Job::LANE_LIVE): int
    {
        $new = 0;
        foreach (array_chunk($orderIds, self::PAGE) as $page) {
            $rows = $values = [];
            foreach ($page as $orderId) {
                $rows[] = '(?, ?, ?, {now}, {now}, {now})';
                $values = array_merge($values, [$orderId, $wants, $lane]);
            }
            $this->tables->execute(
                'UPDATE {job} SET version = version + 1, wants = wants | ?, '
                . "lane = CASE WHEN state = 'ready' AND lane = ? THEN ? ELSE lane END "
                . "WHERE (lease_by <> '' OR (wants & ?) = 0 OR (state = 'ready' AND lane = ?)) "
                . 'AND order_id IN (' . Tables::marks($page) . ')',
                [$wants, Job::LANE_BACKFILL, $lane, $wants, Job::LANE_BACKFILL, ...$page],
            );
            $new += $this->tables->execute(
                $this->tables->insertNew() . ' {job} (order_id, wants, lane, not_before, created_at, updated_at) '
                . 'VALUES ' . implode(', ', $rows),
                $values,
            );
        }

        return $new;
    }

    /** Done, as far as it was known when claimed. */
    public function finish(Job $job): void
    {
        $gone = $this->tables->execute(
            'DELETE FROM {job} WHERE id = ? AND version = ? AND lease_by = ?',
            [$job->id, $job->version, $job->leaseBy],
        );
        if ($gone === 0) {
            $this->tables->execute(
                "UPDATE {job} SET lease_by = '', lease_until = 0, created_at = updated_at, attempts = 0, "
                . "code = '', message = '', hint = '' WHERE id = ? AND lease_by = ?",
                [$job->id, $job->leaseBy],
            );
        }
    }

    /** Gives the claim back unspent: the time was up, or the portal is being left alone. */
    public function release(Job $job): void
    {
        $this->tables->execute(
            "UPDATE {job} SET lease_by = '', lease_until = 0 WHERE id = ? AND lease_by = ?",
            [$job->id, $job->leaseBy],
        );
    }

    /** @param int $remaining what is still wanted */
    public function wait(Job $job, int $remaining, int $seconds, bool $counts, Reason $reason): void
    {
        $this->tables->execute(
            "UPDATE {job} SET lease_by = '', lease_until = 0, "
            . 'wants = CASE WHEN version = ? THEN ? ELSE wants END, '
            . 'not_before = CASE WHEN version = ? THEN {now} + ? ELSE not_before END, '
            . 'attempts = CASE WHEN version = ? THEN ? ELSE attempts END, '
            . 'lane = CASE WHEN version = ? AND lane < ? THEN ? ELSE lane END, '
            . 'code = ?, message = ?, hint = ?, updated_at = {now} WHERE id = ? AND lease_by = ?',
            [
                $job->version, $remaining,
                $job->version, max(0, $seconds),
                $job->version, $job->attempts + ($counts ? 1 : 0),
                $job->version, $counts ? Job::LANE_RETRY : Job::LANE_LIVE, Job::LANE_RETRY,
                $reason->code, $reason->message, $reason->hint, $job->id, $job->leaseBy,
            ],
        );
    }

    /** Kept, named, and one click away. An order saved meanwhile gets its chance first. */
    public function bury(Job $job, int $remaining, Reason $reason): void
    {
        $this->tables->execute(
            "UPDATE {job} SET lease_by = '', lease_until = 0, "
            . "state = CASE WHEN version = ? THEN 'dead' ELSE state END, "
            . 'wants = CASE WHEN version = ? THEN ? ELSE wants END, '
            . 'attempts = CASE WHEN version = ? THEN ? ELSE attempts END, '
            . 'code = ?, message = ?, hint = ?, updated_at = {now} WHERE id = ? AND lease_by = ?',
            [
                $job->version, $job->version, $remaining, $job->version, $job->attempts + 1,
                $reason->code, $reason->message, $reason->hint, $job->id, $job->leaseBy,
            ],
        );
    }

    /**
     * @param list<string> $orderIds
     * @return list<string> those that are in the queue and not dead
     */
    public function ready(array $orderIds): array
    {
        $ready = [];
        foreach (array_chunk($orderIds, self::PAGE) as $page) {
            $rows = $this->tables->rows(
                "SELECT order_id FROM {job} WHERE state = 'ready' AND order_id IN (" . Tables::marks($page) . ')',
                $page,
            );
            foreach ($rows as $row) {
                $ready[] = (string) $row['order_id'];
            }
        }

        return $ready;
    }

    /** Whether somebody is working on a job right now. */
    public function isBusy(): bool
    {
        return $this->tables->row('SELECT id FROM {job} WHERE lease_until > {now} LIMIT 1') !== null;
    }

    /** Brings a dead or waiting job back now. */
    public function requeue(string $orderId): bool
    {
        return $this->revive('order_id = ?', [$orderId]) > 0;
    }

    /** @return int how many dead jobs were brought back */
    public function requeueDead(?string $code = null): int
    {
        return $code === null
            ? $this->revive("state = 'dead'", [])
            : $this->revive("state = 'dead' AND code = ?", [$code]);
    }

    /** @param list<string> $params */
    private function revive(string $where, array $params): int
    {
        return $this->tables->execute(
            'UPDATE {job} SET created_at = ' . self::SINCE
            . ", state = 'ready', attempts = 0, lane = 0, not_before = {now}, version = version + 1, "
            . "code = CASE WHEN code = ? THEN '' ELSE code END, updated_at = {now} WHERE $where",
            array_merge([self::LOOP], $params),
        );
    }

    /** @return list<array<string, string|int>> the newest dead jobs, for people */
    public function dead(int $limit = 50): array
    {
        return $this->listed("state = 'dead'", $limit);
    }

    /** @return list<array<string, string|int>> jobs that have failed and will be tried again */
    public function waiting(int $limit = 50): array
    {
        return $this->listed("state = 'ready' AND code <> ''", $limit);
    }

    /** @return array<string, mixed>|null the order's job in the form of `order.explain` */
    public function ofOrder(string $orderId): ?array
    {
        $row = $this->tables->row(
            'SELECT state, wants, attempts, not_before, code, message, hint, lease_until > {now} AS leased FROM {job} '
            . 'WHERE order_id = ?',
            [$orderId],
        );
        if ($row === null) {
            return null;
        }
        $leased = $row['state'] === 'ready' && (int) $row['leased'] === 1;

        return [
            'state' => $leased ? 'leased' : (string) $row['state'],
            'wants' => Job::words((int) $row['wants']),
            'attempts' => (int) $row['attempts'],
            'not_before' => (int) $row['not_before'],
            'code' => (string) $row['code'],
            'message' => (string) $row['message'],
            'hint' => (string) $row['hint'],
        ];
    }

    /** @return list<array<string, string|int>> */
    private function listed(string $where, int $limit): array
    {
        return $this->tables->rows(
            "SELECT order_id, wants, attempts, not_before, code, message, hint, created_at, updated_at FROM {job} "
            . "WHERE $where ORDER BY updated_at DESC, id DESC LIMIT $limit",
        );
    }

    /**
     * Dead for so long that nobody will decide any more.
     *
     * @return list<array{order_id: string, code: string}> at most so many; they are gone now
     */
    public function removeDead(int $olderThanDays, int $limit): array
    {
        return $this->tables->together(function () use ($olderThanDays, $limit): array {
            $rows = $this->tables->rows(
                "SELECT id, order_id, code FROM {job} WHERE state = 'dead' AND updated_at < {now} - ? "
                . "LIMIT $limit" . ($this->tables->isMysql() ? ' FOR UPDATE' : ''),
                [$olderThanDays * 86400],
            );
            if ($rows !== []) {
                $ids = array_map('intval', array_column($rows, 'id'));
                $this->tables->execute(
                    "DELETE FROM {job} WHERE state = 'dead' AND id IN (" . Tables::marks($ids) . ')',
                    $ids,
                );
            }

            return array_map(static fn (array $row): array => [
                'order_id' => (string) $row['order_id'],
                'code' => (string) $row['code'],
            ], $rows);
        });
    }

    /**
     * @return array{ready: int, leased: int, waiting: int, dead: int, backfill: int, oldest_age: int,
     *     lanes: array{live: int, retry: int, backfill: int}}
     */
    public function figures(): array
    {
        $row = $this->tables->row(
            'SELECT '
            . "SUM(CASE WHEN state = 'ready' AND not_before <= {now} AND lease_until <= {now} "
            . 'THEN 1 ELSE 0 END) AS ready, '
            . "SUM(CASE WHEN state = 'ready' AND lease_until > {now} THEN 1 ELSE 0 END) AS leased, "
            . "SUM(CASE WHEN state = 'ready' AND not_before > {now} AND lease_until <= {now} "
            . 'THEN 1 ELSE 0 END) AS waiting, '
            . "SUM(CASE WHEN state = 'dead' THEN 1 ELSE 0 END) AS dead, "
            . 'SUM(CASE WHEN lane = ? THEN 1 ELSE 0 END) AS backfill, '
            . "SUM(CASE WHEN state = 'ready' AND lane = 0 THEN 1 ELSE 0 END) AS lane0, "
            . "SUM(CASE WHEN state = 'ready' AND lane = 1 THEN 1 ELSE 0 END) AS lane1, "
            . "SUM(CASE WHEN state = 'ready' AND lane = 2 THEN 1 ELSE 0 END) AS lane2, "
            . "MIN(CASE WHEN state = 'ready' AND lane < ? THEN created_at ELSE NULL END) AS oldest, {now} AS now "
            . 'FROM {job}',
            [Job::LANE_BACKFILL, Job::LANE_BACKFILL],
        ) ?? [];
        $oldest = $row['oldest'] ?? null;

        return [
            'ready' => (int) ($row['ready'] ?? 0),
            'leased' => (int) ($row['leased'] ?? 0),
            'waiting' => (int) ($row['waiting'] ?? 0),
            'dead' => (int) ($row['dead'] ?? 0),
            'backfill' => (int) ($row['backfill'] ?? 0),
            'oldest_age' => $oldest === null ? 0 : max(0, (int) $row['now'] - (int) $oldest),
            'lanes' => [
                'live' => (int) ($row['lane' . Job::LANE_LIVE] ?? 0),
                'retry' => (int) ($row['lane' . Job::LANE_RETRY] ?? 0),
                'backfill' => (int) ($row['lane' . Job::LANE_BACKFILL] ?? 0),
            ],
        ];
    }
}
