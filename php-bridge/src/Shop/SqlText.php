<?php

declare(strict_types=1);

namespace Orderbridge\Shop;

use InvalidArgumentException;

use function array_key_exists;
use function array_values;
use function bin2hex;
use function count;
use function is_int;
use function preg_replace_callback;

/**
 * Values written into a statement's text, for a CMS whose own connection has no placeholders: MySQL and MariaDB.
 *
 * Text goes as hexadecimal: right under every sql_mode, unreadable in query logs, and without the CMS's own escaping.
 */
final class SqlText
{
    /** Quoted parts are skipped: a question mark inside them is no placeholder. */
    private const TOKENS = '/\'(?:[^\'\\\\]|\\\\.|\'\')*\'|"(?:[^"\\\\]|\\\\.)*"|`[^`]*`|\?/';

    /**
     * @param array<string|int|null> $params
     * @throws InvalidArgumentException when there are more or fewer of them than placeholders
     */
    public static function bind(string $sql, array $params): string
    {
        if ($params === []) {
            return $sql;
        }
        $params = array_values($params);
        $next = 0;
        $bound = preg_replace_callback(
            self::TOKENS,
            static function (array $token) use ($params, &$next): string {
                if ($token[0] !== '?') {
                    return $token[0];
                }
                if (!array_key_exists($next, $params)) {
                    throw new InvalidArgumentException('more placeholders than values');
                }
                return self::literal($params[$next++]);
            },
            $sql,
        );
        if ($bound === null || $next !== count($params)) {
            throw new InvalidArgumentException('placeholders and values do not match');
        }
        return $bound;
    }

    private static function literal(string|int|null $value): string
    {
        return match (true) {
            $value === null => 'NULL',
            is_int($value) => (string) $value,
            $value === '' => "''",
            default => '_utf8mb4 0x' . bin2hex($value),
        };
    }
}
