<?php

declare(strict_types=1);

namespace Orderbridge\Exception;

use RuntimeException;

/** A backfill cannot be begun, halted or taken up now; the code says why, and the texts have words for it. */
final class BackfillRefused extends RuntimeException implements Unrecoverable
{
    private function __construct(public readonly string $reason, string $message)
    {
        parent::__construct($message);
    }

    public static function because(string $reason, string $detail = ''): self
    {
        return new self($reason, $detail);
    }
}
