<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Outbox\Leases;
use Orderbridge\Store\Tables;

use function array_column;
use function array_fill;
use function array_fill_keys;
use function array_map;
use function array_merge;
use function array_unique;
use function array_values;
use function bin2hex;
use function count;
use function implode;
use function random_bytes;
use function sort;

/**
 * Buyers whose contact is being looked for or made, among all workers: two orders of one new buyer must not each make
 * one. Held from the search until the group of orders has been brought over, by a lease that ends by itself.
 *
 * A group costs four statements, whatever its size; orders that need no search cost none.
 */
final class Buyers
{
    private const FRESH = Leases::SECONDS - 10;

    private string $holder = '';
    /** @var array<string, true> */
    private array $held = [];

    public function __construct(private readonly Tables $tables)
    {
    }

    /**
     * @param list<string> $names
     * @return list<string> those that are ours now; the others another worker has
     */
    public function take(array $names): array
    {
        if ($names === []) {
            return [];
        }
        $this->holder = $this->holder === '' ? bin2hex(random_bytes(16)) : $this->holder;
        $names = array_values(array_unique($names));
        // All workers in the same order, or they would wait for each other.
        sort($names);
        $values = array_merge(...array_map(fn (string $name): array => [$name, $this->holder], $names));
        $rows = implode(', ', array_fill(0, count($names), '(?, ?, {now} + ' . Leases::SECONDS . ')'));
        $brought = $this->tables->brought('holder');
        $ends = $this->tables->brought('until');
        // MySQL assigns from left to right, so the second must be right whether or not the first has been done.
        $sql = "INSERT INTO {busy} (name, holder, until) VALUES $rows " . $this->tables->orUpdate('name')
            . " holder = CASE WHEN {busy}.until <= {now} THEN $brought ELSE {busy}.holder END,"
            . " until = CASE WHEN {busy}.until <= {now} OR {busy}.holder = $brought THEN $ends ELSE {busy}.until END";
        Tables::insist(fn (): int => $this->tables->execute($sql, $values));
        $ours = array_column($this->tables->rows(
            'SELECT name FROM {busy} WHERE name IN (' . Tables::marks($names) . ') AND holder = ?',
            [...$names, $this->holder],
        ), 'name');
        $ours = array_map('strval', $ours);
        $this->held += array_fill_keys($ours, true);

        return $ours;
    }

    /** Renews what is held; false when something of it was lost, for we were away for long. */
    public function stillOurs(): bool
    {
        if ($this->held === []) {
            return true;
        }
        if ($this->lasting(self::FRESH) === count($this->held)) {
            return true;
        }
        Tables::insist(fn (): int => $this->tables->execute(
            'UPDATE {busy} SET until = {now} + ' . Leases::SECONDS . ' WHERE holder = ?',
            [$this->holder],
        ));

        return $this->lasting(0) === count($this->held);
    }

    public function giveBack(): void
    {
        if ($this->holder === '') {
            return;
        }
        $holder = $this->holder;
        $this->holder = '';
        $this->held = [];
        Tables::insist(fn (): int => $this->tables->execute('DELETE FROM {busy} WHERE holder = ?', [$holder]));
    }

    /** @return int how many of ours last for more than so many seconds */
    private function lasting(int $seconds): int
    {
        $row = $this->tables->row(
            'SELECT COUNT(*) AS n FROM {busy} WHERE holder = ? AND until > {now} + ?',
            [$this->holder, $seconds],
        );

        return (int) ($row['n'] ?? 0);
    }
}
