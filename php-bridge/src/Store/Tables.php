<?php

declare(strict_types=1);

namespace Orderbridge\Store;

use InvalidArgumentException;
use Orderbridge\Exception\Deadlock;
use Orderbridge\Shop\Database;

use function array_fill;
use function count;
use function implode;
use function preg_match;
use function preg_replace_callback;

/**
 * Our tables in the shop's database: their names, and the few words in which the dialects differ.
 *
 * In a statement `{job}` stands for the table's full name, `{now}` for the time in unix seconds, `{now_ms}` for
 * milliseconds. It is the database's clock: what several machines agree on by time (leases, holds, dues) must not
 * depend on how well theirs are set.
 */
final class Tables
{
    public const NAMES = [
        'job', 'inbox', 'link', 'journal', 'setting', 'round', 'draw', 'busy', 'difference', 'pace',
    ];

    private const TRIES = 4;
    private const CLOCKS = [
        'mysql' => [
            'now' => 'UNIX_TIMESTAMP()',
            'now_ms' => 'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)',
        ],
        'sqlite' => [
            'now' => "CAST(strftime('%s', 'now') AS INTEGER)",
            'now_ms' => "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
        ],
    ];

    private bool $mysql;
    private bool $inside = false;

    public function __construct(
        public readonly Database $database,
        private readonly string $prefix,
    ) {
        if (preg_match('/^\w{1,40}$/D', $prefix) !== 1) {
            throw new InvalidArgumentException('a table prefix is made of letters, digits and underscores');
        }
        $this->mysql = $database->dialect() === 'mysql';
    }

    public function named(string $sql): string
    {
        return (string) preg_replace_callback(
            '/\{(\w+)\}/',
            fn (array $found): string => self::CLOCKS[$this->mysql ? 'mysql' : 'sqlite'][$found[1]]
                ?? $this->prefix . $found[1],
            $sql,
        );
    }

    /** @param list<string|int|null> $params */
    public function execute(string $sql, array $params = []): int
    {
        return $this->database->execute($this->named($sql), $params);
    }

    /**
     * @param list<string|int|null> $params
     * @return list<array<string, string|int|float|null>>
     */
    public function rows(string $sql, array $params = []): array
    {
        return $this->database->query($this->named($sql), $params);
    }

    /**
     * @param list<string|int|null> $params
     * @return array<string, string|int|float|null>|null
     */
    public function row(string $sql, array $params = []): ?array
    {
        return $this->rows($sql, $params)[0] ?? null;
    }

    /**
     * One transaction; a lock conflict is tried again, for the loser of a deadlock has done nothing wrong.
     *
     * @template T
     * @param callable(): T $work must be fit to run twice
     * @return T
     */
    public function together(callable $work): mixed
    {
        if ($this->inside) {
            // The whole is undone by a conflict, so only the whole may be tried again.
            return $work();
        }
        $this->inside = true;
        try {
            return self::insist(fn (): mixed => $this->database->transaction(static fn (): mixed => $work()));
        } finally {
            $this->inside = false;
        }
    }

    /**
     * One statement that stands alone, tried again after a lock conflict.
     *
     * @template T
     * @param callable(): T $work
     * @return T
     */
    public static function insist(callable $work): mixed
    {
        for ($try = 1;; $try++) {
            try {
                return $work();
            } catch (Deadlock $conflict) {
                if ($try === self::TRIES) {
                    throw $conflict;
                }
            }
        }
    }

    /**
     * Takes the oldest rows away, a portion at a time: a large table must not be locked for long.
     *
     * @param string $column an indexed one, of times
     * @return int how many, at most so many as the limit
     */
    public function deleteBefore(string $table, string $column, int $moment, int $limit): int
    {
        $oldest = "{{$table}} WHERE $column < ? ORDER BY $column LIMIT $limit";

        return $this->execute($this->mysql
            ? "DELETE FROM $oldest"
            : "DELETE FROM {{$table}} WHERE rowid IN (SELECT rowid FROM $oldest)", [$moment]);
    }

    public function isMysql(): bool
    {
        return $this->mysql;
    }

    /** Begins an INSERT that leaves a row with the same key alone. */
    public function insertNew(): string
    {
        return $this->mysql ? 'INSERT IGNORE INTO' : 'INSERT OR IGNORE INTO';
    }

    /** Ends an INSERT that changes the row with the same key. */
    public function orUpdate(string $key): string
    {
        return $this->mysql ? 'ON DUPLICATE KEY UPDATE' : "ON CONFLICT ($key) DO UPDATE SET";
    }

    /** The value that the INSERT brought, in an assignment after {@see orUpdate()}. */
    public function brought(string $column): string
    {
        return $this->mysql ? "VALUES($column)" : "excluded.$column";
    }

    /**
     * As many placeholders as there are values.
     *
     * @param array<mixed> $values
     */
    public static function marks(array $values): string
    {
        return implode(', ', array_fill(0, count($values), '?'));
    }
}
