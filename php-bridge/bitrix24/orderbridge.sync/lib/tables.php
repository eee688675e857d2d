<?php

namespace Orderbridge\Companion;

use Bitrix\Main\Application;

/** Our four tables. The CRM's own are never written, and read only through its classes. */
final class Tables
{
    public const CHANGE = 'b_orderbridge_change';
    public const KNOWN = 'b_orderbridge_known';
    public const PUSH = 'b_orderbridge_push';
    public const STATE = 'b_orderbridge_state';

    public static function install(): void
    {
        self::batch('install');
    }

    public static function drop(): void
    {
        self::batch('uninstall');
    }

    /** @return array<int, array<string, string>> */
    public static function rows(string $sql): array
    {
        $found = Application::getConnection()->query($sql);
        $rows = [];
        while ($row = $found->fetch()) {
            $rows[] = array_map('strval', $row);
        }

        return $rows;
    }

    /** @return array<string, string>|null */
    public static function row(string $sql): ?array
    {
        return self::rows($sql)[0] ?? null;
    }

    /** @return int how many rows it changed */
    public static function execute(string $sql): int
    {
        $connection = Application::getConnection();
        $connection->queryExecute($sql);

        return (int) $connection->getAffectedRowsCount();
    }

    /** @param array<string, int|string> $values */
    public static function insert(string $table, array $values): void
    {
        $columns = implode(', ', array_keys($values));
        self::execute("INSERT INTO $table ($columns) VALUES (" . implode(', ', self::quoted($values)) . ')');
    }

    /** @param array<string, int|string> $values */
    public static function update(string $table, array $values, string $where): int
    {
        $pairs = [];
        foreach (self::quoted($values) as $column => $value) {
            $pairs[] = "$column = $value";
        }

        return self::execute("UPDATE $table SET " . implode(', ', $pairs) . " WHERE $where");
    }

    public static function quote(string $text): string
    {
        return "'" . Application::getConnection()->getSqlHelper()->forSql($text) . "'";
    }

    /** All of it or nothing. */
    public static function together(callable $work): void
    {
        $connection = Application::getConnection();
        $connection->startTransaction();
        try {
            $work();
            $connection->commitTransaction();
        } catch (\Throwable $failure) {
            $connection->rollbackTransaction();
            throw $failure;
        }
    }

    /**
     * @param array<string, int|string> $values
     * @return array<string, string>
     */
    private static function quoted(array $values): array
    {
        return array_map(static function ($value): string {
            return is_int($value) ? (string) $value : self::quote($value);
        }, $values);
    }

    private static function batch(string $name): void
    {
        $statements = explode(';', (string) file_get_contents(dirname(__DIR__) . "/install/db/mysql/$name.sql"));
        foreach (array_filter(array_map('trim', $statements)) as $statement) {
            self::execute($statement);
        }
    }
}
