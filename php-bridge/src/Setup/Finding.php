<?php

declare(strict_types=1);

namespace Orderbridge\Setup;

/** One line of a check-up. */
final class Finding
{
    public const OK = 'ok';
    public const WARNING = 'warning';
    public const ERROR = 'error';

    public function __construct(
        public readonly string $level,
        public readonly string $code,
        public readonly string $message,
        public readonly string $hint = '',
    ) {
    }
}
