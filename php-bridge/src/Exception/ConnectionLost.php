<?php

declare(strict_types=1);

namespace Orderbridge\Exception;

use RuntimeException;

/** The database went away. Whether the last statement took effect is not known. */
final class ConnectionLost extends RuntimeException implements Recoverable
{
    public static function reported(int $number): self
    {
        return new self("the connection to the database was lost ($number)", $number);
    }
}
