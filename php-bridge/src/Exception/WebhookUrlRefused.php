<?php

declare(strict_types=1);

namespace Orderbridge\Exception;

use RuntimeException;

/** What was given as the portal's incoming webhook is not one, or must not be called. */
final class WebhookUrlRefused extends RuntimeException implements Unrecoverable
{
    /** @param string $reason a code of Setup texts: form, https, private, host */
    private function __construct(public readonly string $reason, string $message)
    {
        parent::__construct($message);
    }

    public static function because(string $reason, string $message): self
    {
        return new self($reason, $message);
    }
}
