<?php

declare(strict_types=1);

namespace Orderbridge\Monitor;

/** What the shop answers to a monitor; nobody on the way may keep it. */
final class Answer
{
    /** @param array<string, string> $headers */
    public function __construct(
        public readonly int $status,
        public readonly string $body = '',
        public readonly array $headers = ['Cache-Control' => 'no-store', 'Content-Type' => 'application/json'],
    ) {
    }
}
