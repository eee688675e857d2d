<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart4;

use RuntimeException;

use function preg_match;

/** A failed statement, told by the server's number and reason, never by the statement itself. */
final class DatabaseFault extends RuntimeException
{
    /** @param string $message OpenCart's: "Error: reason<br/>Error No: 1213<br/>statement" */
    public static function from(string $message): self
    {
        $number = preg_match('~<br/>Error (?:No|Code)\s*: (\d+)~', $message, $part) === 1 ? (int) $part[1] : 0;
        $reason = match ($number) {
            1205 => 'a lock was not free in time',
            1213 => 'deadlock, try again',
            1146 => 'a table is missing: install the module again',
            2006, 2013 => 'the connection was lost',
            default => 'the statement failed',
        };

        return new self("database error $number: $reason", $number);
    }
}
