<?php

declare(strict_types=1);

namespace Orderbridge\Shop;

use Closure;
use Orderbridge\Exception\ConnectionLost;
use PDO;
use PDOException;
use PDOStatement;
use SensitiveParameter;
use Throwable;

use function array_values;
use function is_int;

/** SQLite, MariaDB and MySQL through PDO. */
final class PdoDatabase implements Database
{
    use Savepoints;

    /** How long SQLite waits for another writer before it says "busy". */
    private const BUSY_MILLISECONDS = 5000;

    private ?PDO $pdo = null;

    /** @param Closure(): PDO $open */
    private function __construct(
        private readonly Closure $open,
        private readonly string $driver,
        private readonly bool $reopens,
    ) {
    }

    /** A connection of our own, opened when it is first needed and again when it was lost. */
    public static function connect(
        string $dsn,
        ?string $user = null,
        #[SensitiveParameter]
        ?string $password = null,
    ): self {
        $driver = str_starts_with($dsn, 'sqlite:') ? 'sqlite' : 'mysql';
        $open = static function () use ($dsn, $user, $password, $driver): PDO {
            if ($driver === 'mysql' && !str_contains($dsn, 'charset=')) {
                $dsn .= ';charset=utf8mb4';
            }
            $pdo = new PDO($dsn, $user, $password, [
                PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
                PDO::ATTR_TIMEOUT => 5,
            ]);
            if ($driver === 'sqlite') {
                $pdo->exec('PRAGMA busy_timeout = ' . self::BUSY_MILLISECONDS);
                // Readers and the one writer do not hinder each other; survives in the file.
                $pdo->exec('PRAGMA journal_mode = WAL');
                $pdo->exec('PRAGMA synchronous = NORMAL');
            } else {
                // One round trip a statement instead of two: the checkout pays for each.
                $pdo->setAttribute(PDO::ATTR_EMULATE_PREPARES, true);
            }

            return $pdo;
        };

        return new self($open, $driver, true);
    }

    /** The shop's open connection, left as it is but for one thing: it has to throw. */
    public static function over(PDO $pdo): self
    {
        $pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
        $driver = $pdo->getAttribute(PDO::ATTR_DRIVER_NAME) === 'sqlite' ? 'sqlite' : 'mysql';
        $database = new self(static fn (): PDO => $pdo, $driver, false);
        $database->pdo = $pdo;

        return $database;
    }

    public function dialect(): string
    {
        return $this->driver;
    }

    public function execute(string $sql, array $params = []): int
    {
        return $this->run($sql, $params)->rowCount();
    }

    public function query(string $sql, array $params = []): array
    {
        $statement = $this->run($sql, $params);
        try {
            return array_values($statement->fetchAll(PDO::FETCH_ASSOC));
        } catch (PDOException $failure) {
            throw $this->named($failure);
        }
    }

    private function isInside(): bool
    {
        return $this->pdo()->inTransaction();
    }

    /** A deferred transaction of SQLite fails at its first write when somebody else is writing; this one waits. */
    private function begin(): string
    {
        return $this->driver === 'sqlite' ? 'BEGIN IMMEDIATE' : 'START TRANSACTION';
    }

    private function statement(string $sql): void
    {
        try {
            $this->pdo()->exec($sql);
        } catch (PDOException $failure) {
            throw $this->named($failure);
        }
    }

    /** @param list<string|int|null> $params */
    private function run(string $sql, array $params): PDOStatement
    {
        try {
            $statement = $this->pdo()->prepare($sql);
            foreach (array_values($params) as $index => $value) {
                $type = is_int($value) ? PDO::PARAM_INT : ($value === null ? PDO::PARAM_NULL : PDO::PARAM_STR);
                $statement->bindValue($index + 1, $value, $type);
            }
            $statement->execute();

            return $statement;
        } catch (PDOException $failure) {
            throw $this->named($failure);
        }
    }

    private function pdo(): PDO
    {
        try {
            return $this->pdo ??= ($this->open)();
        } catch (PDOException $failure) {
            throw $this->named($failure);
        }
    }

    /** @return array<string, string> the password is in the closure that opens the connection */
    public function __debugInfo(): array
    {
        return ['dialect' => $this->driver];
    }

    private function named(PDOException $failure): Throwable
    {
        $number = (int) ($failure->errorInfo[1] ?? $failure->getCode());
        $text = (string) ($failure->errorInfo[2] ?? '');
        $named = $this->driver === 'sqlite' ? SqlFailure::sqlite($number, $text) : SqlFailure::mysql($number, $text);
        if ($named instanceof ConnectionLost && $this->reopens) {
            $this->pdo = null;
        }

        return $named;
    }
}
