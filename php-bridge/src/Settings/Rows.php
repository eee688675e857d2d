<?php

declare(strict_types=1);

namespace Orderbridge\Settings;

use Orderbridge\Store\Clock;
use Orderbridge\Store\Tables;

use function array_key_exists;
use function array_values;
use function str_starts_with;

/**
 * The rows of the table `setting`: a value and the moment that it speaks of.
 *
 * All of them are read at once and kept until {@see refresh()}: a worker's tick asks for a dozen of them. The
 * database's time comes with them, for free. Large ones, which only a page asks for, are read alone.
 */
final class Rows
{
    /** What the names of rows begin with that are not read with the others. */
    public const LARGE = 'large.';

    /** @var array<string, array{value: string, moment: int}>|null */
    private ?array $rows = null;
    /** Seconds by which the database's clock is ahead of this machine's. */
    private int $ahead = 0;

    public function __construct(
        private readonly Tables $tables,
        private readonly Clock $clock,
    ) {
    }

    public function refresh(): void
    {
        $this->rows = null;
    }

    public function has(string $name): bool
    {
        return array_key_exists($name, $this->all());
    }

    public function value(string $name): ?string
    {
        return $this->all()[$name]['value'] ?? null;
    }

    public function moment(string $name): int
    {
        return $this->all()[$name]['moment'] ?? 0;
    }

    /** The time on which all machines agree: the database's. */
    public function now(): int
    {
        $this->all();

        return $this->clock->seconds() + $this->ahead;
    }

    /** Seconds by which the database's clock is ahead of this machine's. */
    public function ahead(): int
    {
        $this->all();

        return $this->ahead;
    }

    /** @return array<string, string> values by name, of the rows whose names begin so */
    public function beginning(string $with): array
    {
        $found = [];
        foreach ($this->all() as $name => $row) {
            if (str_starts_with((string) $name, $with)) {
                $found[(string) $name] = $row['value'];
            }
        }

        return $found;
    }

    /** @param int|null $in the row speaks of the moment in so many seconds; null: of none */
    public function put(string $name, string $value, ?int $in = null): void
    {
        $this->tables->execute(
            'INSERT INTO {setting} (name, value, moment, updated_at) VALUES (?, ?, '
            . ($in === null ? '?' : '{now} + ?') . ', {now}) ' . $this->tables->orUpdate('name')
            . ' value = ' . $this->tables->brought('value') . ', moment = ' . $this->tables->brought('moment')
            . ', updated_at = ' . $this->tables->brought('updated_at'),
            [$name, $value, $in ?? 0],
        );
        if ($this->rows !== null && !str_starts_with($name, self::LARGE)) {
            $this->rows[$name] = ['value' => $value, 'moment' => $in === null ? 0 : $this->now() + $in];
        }
    }

    /** Leaves a row that is there alone, whoever has made it. */
    public function putNew(string $name, string $value): void
    {
        $this->tables->execute(
            $this->tables->insertNew() . ' {setting} (name, value, moment, updated_at) VALUES (?, ?, 0, {now})',
            [$name, $value],
        );
        $this->refresh();
    }

    /**
     * Puts another value in the place of the one that the caller has seen.
     *
     * @param string|null $seen null: there was no row
     * @param string $value another one than that
     * @return bool whether it was still there; only then anything was written
     */
    public function exchange(string $name, ?string $seen, string $value): bool
    {
        $changed = $seen === null
            ? $this->tables->execute(
                $this->tables->insertNew() . ' {setting} (name, value, moment, updated_at) VALUES (?, ?, 0, {now})',
                [$name, $value],
            )
            : $this->tables->execute(
                'UPDATE {setting} SET value = ?, updated_at = {now} WHERE name = ? AND value = ?',
                [$value, $name, $seen],
            );
        // Whatever is there now; inside a transaction it may yet be undone.
        $this->rows = null;

        return $changed > 0;
    }

    /**
     * Several rows in one transaction.
     *
     * @template T
     * @param callable(): T $work must be fit to run twice
     * @return T
     */
    public function together(callable $work): mixed
    {
        return $this->tables->together($work);
    }

    public function remove(string ...$names): void
    {
        $this->tables->execute(
            'DELETE FROM {setting} WHERE name IN (' . Tables::marks($names) . ')',
            array_values($names),
        );
        foreach ($names as $name) {
            unset($this->rows[$name]);
        }
    }

    /** Adds one to a counter. */
    public function count(string $name): void
    {
        $this->tables->execute(
            "INSERT INTO {setting} (name, value, moment, updated_at) VALUES (?, '', 1, {now}) "
            . $this->tables->orUpdate('name')
            . ' moment = moment + 1, updated_at = ' . $this->tables->brought('updated_at'),
            [$name],
        );
        unset($this->rows[$name]);
    }

    /**
     * Only these, past the memory: for a request that wants nothing else.
     *
     * @return array<string, string>
     */
    public function read(string ...$names): array
    {
        $values = [];
        $found = $this->tables->rows(
            'SELECT name, value FROM {setting} WHERE name IN (' . Tables::marks($names) . ')',
            array_values($names),
        );
        foreach ($found as $row) {
            $values[(string) $row['name']] = (string) $row['value'];
        }

        return $values;
    }

    /**
     * As {@see read()}, with the database's time.
     *
     * @return array{array<string, string>, int}
     */
    public function dated(string ...$names): array
    {
        $values = [];
        $now = 0;
        $found = $this->tables->rows(
            'SELECT name, value, {now} AS now FROM {setting} WHERE name IN (' . Tables::marks($names) . ')',
            array_values($names),
        );
        foreach ($found as $row) {
            $values[(string) $row['name']] = (string) $row['value'];
            $now = (int) $row['now'];
        }

        return [$values, $now];
    }

    /** @return array<string, array{value: string, moment: int}> */
    private function all(): array
    {
        if ($this->rows === null) {
            $this->rows = [];
            $this->ahead = 0;
            $rows = $this->tables->rows(
                'SELECT name, value, moment, {now} AS now FROM {setting} WHERE name NOT LIKE ?',
                [self::LARGE . '%'],
            );
            foreach ($rows as $row) {
                $this->rows[(string) $row['name']] = [
                    'value' => (string) $row['value'],
                    'moment' => (int) $row['moment'],
                ];
                $this->ahead = (int) $row['now'] - $this->clock->seconds();
            }
        }

        return $this->rows;
    }
}
