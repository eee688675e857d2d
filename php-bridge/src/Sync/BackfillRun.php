<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Settings\Settings;
use Orderbridge\Shop\OrderRange;

use function array_slice;
use function array_values;
use function count;
use function is_array;
use function json_decode;
use function json_encode;
use function max;

/**
 * How far a backfill has come, as it is stored. Who changes it puts the new one in the place of the one they have
 * seen: of a worker that lists orders and a person who halts it, only one can be first.
 */
final class BackfillRun
{
    public const RUNNING = 'running';
    public const PAUSED = 'paused';
    public const FINISHED = 'finished';
    public const CANCELLED = 'cancelled';

    private const NAME = 'backfill';
    /** Seconds between two marks, and how many are kept: the rate is that of the last minutes. */
    private const MARK_EVERY = 15;
    private const MARKS = 16;

    /**
     * @param mixed $seen what the setting held
     * @param list<array{int, int}> $marks when how many were done
     */
    private function __construct(
        private readonly mixed $seen,
        public readonly int $number,
        public readonly string $state,
        public readonly OrderRange $range,
        public readonly string $cursor,
        public readonly int $total,
        public readonly int $listed,
        public readonly bool $complete,
        public readonly int $started,
        public readonly ?int $ended,
        public readonly array $marks,
        private readonly int $turn,
    ) {
    }

    /** The present one, or the last; null: there has been none. */
    public static function of(Settings $settings): ?self
    {
        $seen = $settings->cursor(self::NAME);
        $stored = json_decode((string) json_encode($seen), true);

        return is_array($stored) ? new self(
            $seen,
            (int) $stored['number'],
            (string) $stored['state'],
            OrderRange::stored((array) $stored['range']),
            (string) $stored['cursor'],
            (int) $stored['total'],
            (int) $stored['listed'],
            (bool) $stored['complete'],
            (int) $stored['started'],
            $stored['ended'] === null ? null : (int) $stored['ended'],
            array_values((array) $stored['marks']),
            (int) $stored['turn'],
        ) : null;
    }

    public static function begun(?self $before, OrderRange $range, int $total, int $now): self
    {
        return new self(
            $before?->seen,
            ($before?->number ?? 0) + 1,
            self::RUNNING,
            $range,
            '',
            $total,
            0,
            false,
            $now,
            null,
            [[$now, 0]],
            0,
        );
    }

    public function is(string $state): bool
    {
        return $this->state === $state;
    }

    /** Whether it is neither finished nor cancelled. */
    public function isOpen(): bool
    {
        return $this->is(self::RUNNING) || $this->is(self::PAUSED);
    }

    /** After a page of orders has been read. */
    public function listing(int $orders, string $cursor, bool $complete): self
    {
        return $this->with([
            'cursor' => $cursor,
            'listed' => $this->listed + $orders,
            'complete' => $complete,
            // Orders come and go meanwhile.
            'total' => $complete ? $this->listed + $orders : max($this->total, $this->listed + $orders),
        ]);
    }

    public function moved(string $state, ?int $ended = null): self
    {
        return $this->with(['state' => $state, 'ended' => $ended]);
    }

    public function isMarkDue(int $now): bool
    {
        $last = $this->marks[count($this->marks) - 1][0] ?? 0;

        return $now >= $last + self::MARK_EVERY || $now < $last;
    }

    public function marked(int $now, int $done): self
    {
        return $this->with(['marks' => array_slice([...$this->marks, [$now, $done]], -self::MARKS)]);
    }

    /** The time in which it rested does not count for the rate. */
    public function markedAnew(int $now, int $done): self
    {
        return $this->with(['marks' => [[$now, $done]]]);
    }

    /** @return float|null orders a second since the first mark; null: too early to say */
    public function rate(int $now, int $done): ?float
    {
        [$since, $before] = $this->marks[0] ?? [$now, $done];

        return $now > $since && $done > $before ? ($done - $before) / ($now - $since) : null;
    }

    /** @return bool whether the stored one was still the one that this came from */
    public function store(Settings $settings): bool
    {
        return $settings->moveCursor(self::NAME, $this->seen, ['turn' => $this->turn + 1] + $this->toArray());
    }

    /** @param array<string, mixed> $changes */
    private function with(array $changes): self
    {
        $all = $changes + ['range' => $this->range] + $this->toArray();

        return new self(
            $this->seen,
            $all['number'],
            $all['state'],
            $all['range'],
            $all['cursor'],
            $all['total'],
            $all['listed'],
            $all['complete'],
            $all['started'],
            $all['ended'],
            $all['marks'],
            $this->turn,
        );
    }

    /** @return array<string, mixed> */
    private function toArray(): array
    {
        return [
            'number' => $this->number,
            'state' => $this->state,
            'range' => $this->range->toArray(),
            'cursor' => $this->cursor,
            'total' => $this->total,
            'listed' => $this->listed,
            'complete' => $this->complete,
            'started' => $this->started,
            'ended' => $this->ended,
            'marks' => $this->marks,
        ];
    }
}
