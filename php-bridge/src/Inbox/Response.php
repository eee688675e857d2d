<?php

declare(strict_types=1);

namespace Orderbridge\Inbox;

/** What the shop answers to a call from outside. The body is always empty: nobody reads it. */
final class Response
{
    public readonly string $body;

    public function __construct(public readonly int $status)
    {
        $this->body = '';
    }
}
