<?php

declare(strict_types=1);

namespace Orderbridge\Exception;

use RuntimeException;

/** The database refused a statement. */
final class StatementFailed extends RuntimeException implements Unrecoverable
{
    public static function reported(int $number, string $reason): self
    {
        return new self("the database refused a statement ($number): $reason", $number);
    }
}
