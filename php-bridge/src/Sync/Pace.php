<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Outbox\Job;
use Orderbridge\Shop\Shop;
use Orderbridge\Store\Tables;

use function array_fill;
use function array_key_last;
use function array_push;
use function array_sum;
use function ceil;
use function count;
use function implode;
use function in_array;
use function ksort;

/**
 * How many orders and how many changes of status went over each day, and how long they had waited: for the chart.
 *
 * Written by workers with the jobs that they have finished, a few rows for a whole group; the checkout has no part
 * in it. Delays are kept by classes, so a day is some twenty rows however much is sold.
 */
final class Pace
{
    /** Upper ends of the classes, seconds; what took longer is in the last. */
    private const CLASSES = [1, 2, 3, 5, 8, 13, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400, 604800];
    /** A backfill's orders waited for nobody. */
    private const UNTIMED = 0;
    /** The core's outcomes that the chart is about. */
    private const ORDERS = ['created', 'adopted'];
    private const STATUSES = ['applied'];
    private const KEPT_DAYS = 400;

    public function __construct(
        private readonly Tables $tables,
        private readonly Shop $shop,
    ) {
    }

    /**
     * Counts finished jobs; call it in the transaction that takes them away.
     *
     * @param list<array{Job, Outcome|null}> $finished
     */
    public function note(array $finished, int $now): void
    {
        $counts = [];
        foreach ($finished as [$job, $outcome]) {
            $word = (string) (((array) ($outcome?->step['result'] ?? []))['outcome'] ?? '');
            $kind = match (true) {
                in_array($word, self::ORDERS, true) => 'order',
                in_array($word, self::STATUSES, true) => 'status',
                default => null,
            };
            if ($kind !== null) {
                $class = $job->lane === Job::LANE_BACKFILL ? self::UNTIMED : self::classOf($now - $job->since);
                $counts["$kind $class"] = [$kind, $class, ($counts["$kind $class"][2] ?? 0) + 1];
            }
        }
        if ($counts === []) {
            return;
        }
        ksort($counts);
        $day = $this->shop->now()->format('Y-m-d');
        $values = [];
        foreach ($counts as [$kind, $class, $count]) {
            array_push($values, $day, $kind, $class, $count);
        }
        $this->tables->execute(
            'INSERT INTO {pace} (day, kind, seconds, amount) VALUES '
            . implode(', ', array_fill(0, count($counts), '(?, ?, ?, ?)')) . ' '
            . $this->tables->orUpdate('day, kind, seconds')
            . ' amount = amount + ' . $this->tables->brought('amount'),
            $values,
        );
    }

    /**
     * @return list<array{day: string, orders: int, statuses: int, delay_median: int|null, delay_p95: int|null}>
     *     every day until today, the oldest first; delays in seconds
     */
    public function days(int $count): array
    {
        $today = $this->shop->now();
        $first = $today->modify('-' . ($count - 1) . ' days');
        $found = [];
        $rows = $this->tables->rows(
            'SELECT day, kind, seconds, amount FROM {pace} WHERE day >= ?',
            [$first->format('Y-m-d')],
        );
        foreach ($rows as $row) {
            $found[(string) $row['day']][(string) $row['kind']][(int) $row['seconds']] = (int) $row['amount'];
        }
        $days = [];
        for ($day = $first; count($days) < $count; $day = $day->modify('+1 day')) {
            $of = $found[$day->format('Y-m-d')] ?? [];
            $delays = [];
            foreach ($of as $classes) {
                unset($classes[self::UNTIMED]);
                foreach ($classes as $seconds => $amount) {
                    $delays[$seconds] = ($delays[$seconds] ?? 0) + $amount;
                }
            }
            ksort($delays);
            $days[] = [
                'day' => $day->format('Y-m-d'),
                'orders' => array_sum($of['order'] ?? []),
                'statuses' => array_sum($of['status'] ?? []),
                'delay_median' => self::quantile($delays, 50),
                'delay_p95' => self::quantile($delays, 95),
            ];
        }

        return $days;
    }

    /** @return int days that were taken away */
    public function trim(): int
    {
        return $this->tables->execute(
            'DELETE FROM {pace} WHERE day < ?',
            [$this->shop->now()->modify('-' . self::KEPT_DAYS . ' days')->format('Y-m-d')],
        );
    }

    private static function classOf(int $seconds): int
    {
        foreach (self::CLASSES as $class) {
            if ($seconds <= $class) {
                return $class;
            }
        }

        return self::CLASSES[array_key_last(self::CLASSES)];
    }

    /**
     * @param array<int, int> $delays how many by class, the quickest first
     */
    private static function quantile(array $delays, int $percent): ?int
    {
        $wanted = (int) ceil(array_sum($delays) * $percent / 100);
        foreach ($delays as $seconds => $amount) {
            $wanted -= $amount;
            if ($wanted <= 0) {
                return $seconds;
            }
        }

        return null;
    }
}
