<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Support;

use Closure;
use Orderbridge\Shop\Database;

use function intdiv;
use function str_contains;
use function str_replace;

/** A database whose clock is another's: what the bridge agrees on by time follows the clock of a test. */
final class TimedDatabase implements Database
{
    /** The words of {@see \Orderbridge\Store\Tables} for the time, and how many milliseconds their unit has. */
    private const CLOCKS = [
        'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)' => 1,
        'UNIX_TIMESTAMP()' => 1000,
        "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)" => 1,
        "CAST(strftime('%s', 'now') AS INTEGER)" => 1000,
    ];

    /** @param Closure(): int $milliseconds the time */
    public function __construct(
        private readonly Database $database,
        private readonly Closure $milliseconds,
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
        foreach (self::CLOCKS as $clock => $unit) {
            if (str_contains($sql, $clock)) {
                $sql = str_replace($clock, (string) intdiv(($this->milliseconds)(), $unit), $sql);
            }
        }

        return $sql;
    }
}
