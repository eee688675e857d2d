<?php

declare(strict_types=1);

namespace Orderbridge\Exception;

use RuntimeException;

/** A unique key already holds this value. */
final class DuplicateKey extends RuntimeException implements Unrecoverable
{
    public static function reported(int $number): self
    {
        return new self("a unique key already holds this value ($number)", $number);
    }
}
