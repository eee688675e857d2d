<?php

declare(strict_types=1);

namespace Chaos;

use Orderbridge\Shop\Database;
use Orderbridge\Shop\PdoDatabase;

/** A database whose clock is the simulated one. */
final class TimedDatabase implements Database
{
    private const CLOCKS = [
        'UNIX_TIMESTAMP()' => 1,
        'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)' => 1000,
        "CAST(strftime('%s', 'now') AS INTEGER)" => 1,
        "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)" => 1000,
    ];

    public function __construct(
        private readonly PdoDatabase $database,
        private readonly Time $time,
    ) {
    }

    public function execute(string $sql, array $params = []): int
    {
        return $this->database->execute($this->timed($sql), $params);
    }

    public function query(string $sql, array $params = []): array
    {
        return $this->database->query($this->timed($sql), $params);
    }

    public function transaction(callable $work): mixed
    {
        return $this->database->transaction(fn (): mixed => $work($this));
    }

    public function dialect(): string
    {
        return $this->database->dialect();
    }

    private function timed(string $sql): string
    {
        foreach (self::CLOCKS as $clock => $units) {
            if (str_contains($sql, $clock)) {
                // As one literal, so that an index range stays one.
                $sql = str_replace($clock, (string) (int) floor($this->time->now() * $units), $sql);
            }
        }

        return $sql;
    }
}
