<?php

declare(strict_types=1);

namespace Orderbridge\Settings;

use Orderbridge\Outbox\Reason;

/** The portal is being left alone. */
final class Hold
{
    public function __construct(
        public readonly int $until,
        public readonly bool $active,
        public readonly bool $stopped,
        public readonly int $since,
        public readonly Reason $reason,
    ) {
    }
}
