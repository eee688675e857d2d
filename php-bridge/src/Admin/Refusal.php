<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use Orderbridge\Outbox\Reason;
use RuntimeException;

/** The app is told no, with a code and what to do. */
final class Refusal extends RuntimeException
{
    public const NOT_UNDERSTOOD = 400;
    public const FORBIDDEN = 403;
    public const CHANGED = 409;
    public const REFUSED = 422;
    public const FAULT = 500;

    /** @param array<string, mixed>|null $data what belongs to it */
    public function __construct(
        public readonly int $status,
        public readonly Reason $reason,
        public readonly ?array $data = null,
    ) {
        parent::__construct($reason->code);
    }
}
