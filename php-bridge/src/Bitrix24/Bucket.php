<?php

declare(strict_types=1);

namespace Orderbridge\Bitrix24;

use Orderbridge\Store\Tables;

use function max;

/**
 * The portal's limit on requests, kept in the shop's database, so that all workers on all machines keep it together.
 *
 * Stored is the time at which the bucket would be empty again ("theoretical arrival time"): a request may go as long
 * as that time is no more than a full bucket ahead, and moves it on by one interval.
 */
final class Bucket
{
    private const NAME = 'bucket';

    public function __construct(
        private readonly Tables $tables,
        public readonly float $perSecond,
        private readonly int $burst,
    ) {
    }

    /**
     * Takes a token.
     *
     * @param float $atMost seconds the caller is ready to wait
     * @return float|null seconds to wait before the request; null: it would be longer, and nothing was taken
     */
    public function take(float $atMost): ?float
    {
        return $this->tables->together(function () use ($atMost): ?float {
            [$stored, $now] = $this->stored();
            $interval = 1000 / $this->perSecond;
            $full = $this->burst * $interval;
            // More than a full bucket and a minute ahead: left by a clock that has been put back since.
            $empty = $stored > $now + $full + 60_000 ? $now : max($stored, $now);
            $wait = max(0, $empty + $interval - $full - $now) / 1000;
            if ($wait > $atMost) {
                return null;
            }
            $this->store((int) ($empty + $interval));

            return $wait;
        });
    }

    /** Takes all tokens that there are. */
    public function empty(): void
    {
        $this->tables->together(function (): void {
            [$stored, $now] = $this->stored();
            $empty = $now + (int) ($this->burst * 1000 / $this->perSecond);
            // Not when others have taken more already, unless that was by a clock that has been put back since.
            if ($stored < $empty || $stored > $empty + 60_000) {
                $this->store($empty);
            }
        });
    }

    private function store(int $empty): void
    {
        $this->tables->execute(
            'UPDATE {setting} SET value = ?, updated_at = {now} WHERE name = ?',
            [(string) $empty, self::NAME],
        );
    }

    /** @return array{int, int} what is stored, and the time; in milliseconds */
    private function stored(): array
    {
        $sql = 'SELECT value, {now_ms} AS now FROM {setting} WHERE name = ?'
            . ($this->tables->isMysql() ? ' FOR UPDATE' : '');
        $row = $this->tables->row($sql, [self::NAME]);
        if ($row === null) {
            $this->tables->execute(
                $this->tables->insertNew() . " {setting} (name, value, moment, updated_at) VALUES (?, '0', 0, {now})",
                [self::NAME],
            );
            $row = $this->tables->row($sql, [self::NAME]);
        }

        return [(int) ($row['value'] ?? 0), (int) ($row['now'] ?? 0)];
    }
}
