<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Support;

use Orderbridge\Shop\Database;

/** Counts what a database is asked. */
final class CountingDatabase implements Database
{
    public int $count = 0;
    /** @var list<string> what it was told to change */
    public array $changes = [];
    /**
     * Every row that it has given, once a test wants them: of a long run they would fill the memory.
     *
     * @var list<array<string, string|int|float|null>>|null
     */
    public ?array $found = null;

    public function __construct(private readonly Database $database)
    {
    }

    public function execute(string $sql, array $params = []): int
    {
        $this->count++;
        $this->changes[] = $sql;

        return $this->database->execute($sql, $params);
    }

    public function query(string $sql, array $params = []): array
    {
        $this->count++;
        $rows = $this->database->query($sql, $params);
        if ($this->found !== null) {
            array_push($this->found, ...$rows);
        }

        return $rows;
    }

    public function transaction(callable $work): mixed
    {
        return $this->database->transaction(fn (): mixed => $work($this));
    }

    public function dialect(): string
    {
        return $this->database->dialect();
    }
}
