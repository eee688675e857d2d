<?php

declare(strict_types=1);

namespace Orderbridge;

use Orderbridge\Log\Words;
use Orderbridge\Store\Clock;
use Orderbridge\Store\Tables;

use function array_fill;
use function array_map;
use function array_merge;
use function array_values;
use function count;
use function implode;
use function in_array;
use function is_scalar;
use function mb_substr;

/**
 * What was done and what went wrong, for the shop's people. The core makes the texts; of a buyer they hold no more
 * than the portal has quoted, and of that no phone and no address.
 */
final class Journal
{
    private const LEVELS = ['info', 'warning', 'error'];

    public function __construct(
        private readonly Tables $tables,
        private readonly Clock $clock,
    ) {
    }

    /** @param array<string, mixed> ...$entries each in the contract's form; all by one statement */
    public function write(array ...$entries): void
    {
        $values = array_merge(...array_map($this->columns(...), array_values($entries)));
        if ($values !== []) {
            $this->tables->execute(
                'INSERT INTO {journal} (at, level, code, order_id, deal_id, message, hint) VALUES '
                . implode(', ', array_fill(0, count($entries), '(?, ?, ?, ?, ?, ?, ?)')),
                $values,
            );
        }
    }

    /**
     * @param array<string, mixed> $entry
     * @return list<string|int|null>
     */
    private function columns(array $entry): array
    {
        $text = static function (string $key, int $length) use ($entry): ?string {
            $value = $entry[$key] ?? null;

            return is_scalar($value) ? mb_substr((string) $value, 0, $length) : null;
        };
        $words = static fn (string $key): string => mb_substr(Words::masked((string) ($entry[$key] ?? '')), 0, 1000);
        $level = $text('level', 8) ?? '';

        return [
            $this->clock->seconds(),
            in_array($level, self::LEVELS, true) ? $level : 'info',
            $text('code', 64) ?? '',
            $text('order_id', 64),
            $text('deal_id', 32),
            $words('message'),
            $words('hint'),
        ];
    }

    /** @return list<array<string, string|int|float|null>> newest first */
    public function latest(int $limit = 50, ?string $orderId = null): array
    {
        return $this->tables->rows(
            'SELECT at, level, code, order_id, deal_id, message, hint FROM {journal} '
            . ($orderId === null ? '' : 'WHERE order_id = ? ') . "ORDER BY id DESC LIMIT $limit",
            $orderId === null ? [] : [$orderId],
        );
    }

    /** @return int rows taken away, at most so many */
    public function trim(int $olderThanDays, int $limit): int
    {
        return $this->tables->deleteBefore('journal', 'at', $this->clock->seconds() - $olderThanDays * 86400, $limit);
    }
}
