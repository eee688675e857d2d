<?php

declare(strict_types=1);

namespace Orderbridge\Exception;

use RuntimeException;

/** No portal has been connected yet. */
final class NotConnected extends RuntimeException implements Unrecoverable
{
    public static function yet(): self
    {
        return new self('no webhook of a portal has been entered yet');
    }
}
