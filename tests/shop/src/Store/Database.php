<?php

declare(strict_types=1);

namespace Piala\Store;

use PDO;
use PDOStatement;
use Piala\Config;

/** The shop's own connection. The bridge is given this very PDO, so that its job is saved together with the order. */
final class Database
{
    private const SQLITE = [
        'PRAGMA busy_timeout = 10000',
        'PRAGMA journal_mode = WAL',
        'PRAGMA synchronous = NORMAL',
        'PRAGMA foreign_keys = ON',
    ];
    private const MYSQL = [
        "SET NAMES utf8mb4, time_zone = '+00:00', sql_mode = 'TRADITIONAL'",
        'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
    ];

    private function __construct(public readonly PDO $pdo, private readonly bool $sqlite)
    {
    }

    public static function open(Config $config): self
    {
        $sqlite = str_starts_with($config->dsn, 'sqlite:');
        $pdo = new PDO($config->dsn, $config->dbUser, $config->dbPassword, [
            PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
            PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
            PDO::ATTR_EMULATE_PREPARES => false,
            PDO::ATTR_STRINGIFY_FETCHES => false,
        ]);
        foreach ($sqlite ? self::SQLITE : self::MYSQL as $sql) {
            $pdo->exec($sql);
        }

        return new self($pdo, $sqlite);
    }

    /** Creates the tables of an empty database; says whether it had to. */
    public function install(): bool
    {
        if ($this->installed()) {
            return false;
        }
        $sql = strtr((string) file_get_contents(dirname(__DIR__, 2) . '/schema/schema.sql'), $this->sqlite ? [
            '{serial}' => 'INTEGER PRIMARY KEY AUTOINCREMENT',
            ' {table}' => '',
        ] : [
            '{serial}' => 'INT UNSIGNED AUTO_INCREMENT PRIMARY KEY',
            '{table}' => 'ENGINE = InnoDB DEFAULT CHARSET = utf8mb4',
        ]);
        foreach (array_filter(array_map('trim', explode(";\n", $sql))) as $statement) {
            $this->pdo->exec($statement);
        }

        return true;
    }

    public function installed(): bool
    {
        return $this->value($this->sqlite
            ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'admin'"
            : 'SELECT COUNT(*) FROM information_schema.tables '
                . "WHERE table_schema = DATABASE() AND table_name = 'admin'") > 0;
    }

    /** @param list<string|int|null> $params */
    public function run(string $sql, array $params = []): PDOStatement
    {
        $statement = $this->pdo->prepare($sql);
        foreach ($params as $index => $value) {
            $statement->bindValue($index + 1, $value, match (true) {
                is_int($value) => PDO::PARAM_INT,
                $value === null => PDO::PARAM_NULL,
                default => PDO::PARAM_STR,
            });
        }
        $statement->execute();

        return $statement;
    }

    /**
     * @param list<string|int|null> $params
     * @return list<array<string, string|int|null>>
     */
    public function rows(string $sql, array $params = []): array
    {
        return $this->run($sql, $params)->fetchAll();
    }

    /**
     * @param list<string|int|null> $params
     * @return array<string, string|int|null>|null
     */
    public function row(string $sql, array $params = []): ?array
    {
        return $this->rows($sql, $params)[0] ?? null;
    }

    /** @param list<string|int|null> $params */
    public function value(string $sql, array $params = []): string|int|null
    {
        $value = $this->run($sql, $params)->fetchColumn();

        return $value === false ? null : $value;
    }

    /** @param array<string, string|int|null> $columns */
    public function insert(string $table, array $columns): int
    {
        $names = implode(', ', array_keys($columns));
        $marks = implode(', ', array_fill(0, count($columns), '?'));
        $this->run("INSERT INTO $table ($names) VALUES ($marks)", array_values($columns));

        return (int) $this->pdo->lastInsertId();
    }

    /**
     * @template T
     * @param callable(): T $work
     * @return T
     */
    public function transaction(callable $work): mixed
    {
        if ($this->pdo->inTransaction()) {
            return $work();
        }
        $this->pdo->beginTransaction();
        try {
            $result = $work();
            $this->pdo->commit();

            return $result;
        } catch (\Throwable $problem) {
            if ($this->pdo->inTransaction()) {
                $this->pdo->rollBack();
            }
            throw $problem;
        }
    }
}
