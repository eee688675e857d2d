<?php

declare(strict_types=1);

namespace Orderbridge\Link;

use Orderbridge\Store\Clock;
use Orderbridge\Store\Tables;

/**
 * Numbers in a row, 0, 1, 2, …, for orders that are shared out in turn. Each round counts by itself; any number of
 * workers may draw at once.
 */
final class Draws
{
    public function __construct(
        private readonly Tables $tables,
        private readonly Clock $clock,
    ) {
    }

    /** The next number of the round; for an order that has drawn from it before, the same number again. */
    public function number(string $round, string $orderId): int
    {
        return $this->known($round, $orderId)
            ?? $this->tables->together(fn (): int => $this->next($round, $orderId));
    }

    /** @return int rows taken away, at most so many; the rounds go on where they are */
    public function trim(int $olderThanDays, int $limit): int
    {
        return $this->tables->deleteBefore('draw', 'at', $this->clock->seconds() - $olderThanDays * 86400, $limit);
    }

    public function forget(string $orderId): void
    {
        $this->tables->execute('DELETE FROM {draw} WHERE order_id = ?', [$orderId]);
    }

    private function known(string $round, string $orderId): ?int
    {
        $row = $this->tables->row(
            'SELECT number FROM {draw} WHERE round = ? AND order_id = ?',
            [$round, $orderId],
        );

        return $row === null ? null : (int) $row['number'];
    }

    private function next(string $round, string $orderId): int
    {
        // Changes nothing, but holds the round's row, new or old, to the end: the others wait here.
        $this->tables->execute(
            'INSERT INTO {round} (name, drawn) VALUES (?, 0) ' . $this->tables->orUpdate('name') . ' drawn = drawn',
            [$round],
        );
        $known = $this->known($round, $orderId);
        if ($known !== null) {
            return $known;
        }
        $number = (int) ($this->tables->row('SELECT drawn FROM {round} WHERE name = ?', [$round])['drawn'] ?? 0);
        $this->tables->execute('UPDATE {round} SET drawn = ? WHERE name = ?', [$number + 1, $round]);
        $this->tables->execute(
            'INSERT INTO {draw} (round, order_id, number, at) VALUES (?, ?, ?, ?)',
            [$round, $orderId, $number, $this->clock->seconds()],
        );

        return $number;
    }
}
