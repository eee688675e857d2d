<?php

declare(strict_types=1);

namespace Orderbridge\Link;

use Orderbridge\Store\Tables;

use function array_fill_keys;
use function array_map;
use function implode;
use function mb_substr;

/** What the last comparison found: orders whose deals are not as they should be. For people, and to be mended. */
final class Differences
{
    public const DIFFERENT = 'different';
    public const MISSING = 'missing';
    public const UNLINKED = 'unlinked';
    public const DOUBLED = 'doubled';
    public const FOREIGN = 'foreign';

    /** Detail of a deal that names an order which the shop does not have. */
    public const UNKNOWN = 'order_unknown';

    public const KINDS = [self::DIFFERENT, self::MISSING, self::UNLINKED, self::DOUBLED, self::FOREIGN];
    /** What a push mends; the others a person has to decide. */
    public const MENDABLE = [self::DIFFERENT, self::MISSING, self::UNLINKED];

    public function __construct(private readonly Tables $tables)
    {
    }

    /**
     * Puts what was found of some orders in the place of what was known of them.
     *
     * @param list<string> $orderIds all that were looked at
     * @param list<Difference> $found
     */
    public function replace(array $orderIds, array $found): void
    {
        if ($orderIds !== []) {
            $this->tables->execute(
                'DELETE FROM {difference} WHERE order_id IN (' . Tables::marks($orderIds) . ')',
                $orderIds,
            );
        }
        foreach ($found as $one) {
            $this->tables->execute(
                'INSERT INTO {difference} (order_id, deal_ids, kind, detail, found_at) VALUES (?, ?, ?, ?, {now})',
                [
                    $one->orderId,
                    mb_substr(implode(', ', $one->deals), 0, 255),
                    $one->kind,
                    mb_substr($one->detail, 0, 1000),
                ],
            );
        }
    }

    /** @return array<string, int> by kind; every kind is there */
    public function counts(): array
    {
        $counts = array_fill_keys(self::KINDS, 0);
        foreach ($this->tables->rows('SELECT kind, COUNT(*) AS n FROM {difference} GROUP BY kind') as $row) {
            $counts[(string) $row['kind']] = (int) $row['n'];
        }

        return $counts;
    }

    /** @return list<array<string, string|int|float|null>> */
    public function listed(int $limit = 200, ?string $orderId = null): array
    {
        return $this->tables->rows(
            'SELECT order_id, deal_ids, kind, detail, mend, found_at FROM {difference} '
            . ($orderId === null ? '' : 'WHERE order_id = ? ') . "ORDER BY found_at DESC, order_id LIMIT $limit",
            $orderId === null ? [] : [$orderId],
        );
    }

    /** @return int how many will be mended that nobody had asked for yet */
    public function wish(?string $orderId): int
    {
        return $this->tables->execute(
            'UPDATE {difference} SET mend = 1 WHERE mend = 0 AND kind IN (' . Tables::marks(self::MENDABLE) . ')'
            . ($orderId === null ? '' : ' AND order_id = ?'),
            [...self::MENDABLE, ...($orderId === null ? [] : [$orderId])],
        );
    }

    /** @return list<string> orders that are to be mended */
    public function wished(int $limit): array
    {
        $rows = $this->tables->rows("SELECT order_id FROM {difference} WHERE mend = 1 ORDER BY order_id LIMIT $limit");

        return array_map(static fn (array $row): string => (string) $row['order_id'], $rows);
    }

    /**
     * Whatever came of it, these have been asked for.
     *
     * @param list<string> $orderIds
     */
    public function leave(array $orderIds): void
    {
        if ($orderIds !== []) {
            $this->tables->execute(
                'UPDATE {difference} SET mend = 0 WHERE order_id IN (' . Tables::marks($orderIds) . ')',
                $orderIds,
            );
        }
    }

    /** What a whole comparison has not found again is no more. */
    public function dropBefore(int $moment): int
    {
        return $this->tables->execute('DELETE FROM {difference} WHERE found_at < ?', [$moment]);
    }

    public function trim(int $olderThanDays): int
    {
        return $this->tables->execute('DELETE FROM {difference} WHERE found_at < {now} - ?', [$olderThanDays * 86400]);
    }
}
