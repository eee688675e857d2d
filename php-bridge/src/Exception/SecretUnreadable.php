<?php

declare(strict_types=1);

namespace Orderbridge\Exception;

use RuntimeException;

/** A stored secret was sealed with another key, or has been damaged. */
final class SecretUnreadable extends RuntimeException implements Unrecoverable
{
    public static function named(string $name): self
    {
        return new self("the stored secret \"$name\" cannot be opened with this key: enter it again");
    }
}
