<?php

declare(strict_types=1);

namespace Orderbridge\Log;

use function error_log;

/** PHP's own error log; only what needs somebody's attention. */
final class ErrorLog implements Log
{
    public function log(string $level, string $message): void
    {
        if ($level !== 'info') {
            error_log("Orderbridge $level: $message");
        }
    }
}
