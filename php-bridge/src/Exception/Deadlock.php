<?php

declare(strict_types=1);

namespace Orderbridge\Exception;

use RuntimeException;

/** Two transactions stood in each other's way; the database rolled this one back or gave up waiting. */
final class Deadlock extends RuntimeException implements Recoverable
{
    public static function reported(int $number): self
    {
        return new self("the database reported a lock conflict ($number)", $number);
    }

    /** Compared and set in vain, so many times. */
    public static function overtaken(int $times): self
    {
        return new self("others changed it first, $times times");
    }
}
