<?php

declare(strict_types=1);

namespace Orderbridge\Shop;

use Orderbridge\Exception\BridgeException;
use Orderbridge\Exception\ConnectionLost;
use Orderbridge\Exception\Deadlock;
use Orderbridge\Exception\DuplicateKey;
use Orderbridge\Exception\StatementFailed;

use function in_array;
use function mb_substr;
use function preg_replace;

/**
 * What an error number of a database means for us.
 *
 * The server's own words quote values ("Duplicate entry 'Иван'…"), so quoted parts never get into a message.
 */
final class SqlFailure
{
    private const MYSQL_LOCKED = [1205, 1213, 3572];
    private const MYSQL_GONE = [1040, 1053, 1077, 1078, 1080, 1152, 1927, 2002, 2003, 2006, 2013, 2055, 4031];
    private const MYSQL_DUPLICATE = [1062, 1586];

    /** SQLITE_BUSY, SQLITE_LOCKED, and SQLITE_SCHEMA, which passes by itself. */
    private const SQLITE_LOCKED = [5, 6, 17];
    /** SQLITE_IOERR, SQLITE_CANTOPEN. */
    private const SQLITE_GONE = [10, 14];
    private const SQLITE_CONSTRAINT = 19;

    public static function mysql(int $number, string $text = ''): BridgeException
    {
        return match (true) {
            in_array($number, self::MYSQL_LOCKED, true) => Deadlock::reported($number),
            in_array($number, self::MYSQL_GONE, true) => ConnectionLost::reported($number),
            in_array($number, self::MYSQL_DUPLICATE, true) => DuplicateKey::reported($number),
            default => StatementFailed::reported($number, self::withoutValues($text)),
        };
    }

    public static function sqlite(int $number, string $text = ''): BridgeException
    {
        // Extended codes carry the primary one in the low byte.
        $primary = $number & 0xff;

        return match (true) {
            in_array($primary, self::SQLITE_LOCKED, true) => Deadlock::reported($number),
            in_array($primary, self::SQLITE_GONE, true) => ConnectionLost::reported($number),
            $primary === self::SQLITE_CONSTRAINT && str_contains($text, 'UNIQUE') => DuplicateKey::reported($number),
            default => StatementFailed::reported($number, self::withoutValues($text)),
        };
    }

    private static function withoutValues(string $text): string
    {
        return mb_substr((string) preg_replace('/\'[^\']*\'|"[^"]*"/u', '…', $text), 0, 200);
    }
}
