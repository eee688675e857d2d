<?php

declare(strict_types=1);

namespace Orderbridge\Core;

use Orderbridge\Exception\Unrecoverable;
use RuntimeException;
use Throwable;

/**
 * The engine gave no answer: it trapped, died, or was too late. The same request on the same core would fail again,
 * so nobody repeats it. The message holds nothing of the request.
 */
final class EngineFault extends RuntimeException implements Unrecoverable
{
    public static function because(string $engine, string $reason, ?Throwable $previous = null): self
    {
        return new self("the engine $engine gave no answer: $reason", 0, $previous);
    }
}
