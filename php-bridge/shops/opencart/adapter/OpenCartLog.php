<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

use Orderbridge\Log\Log;

/** The shop's own error log, which its admin shows under System, Maintenance, Error logs. */
final class OpenCartLog implements Log
{
    /** @param object $log OpenCart's \Opencart\System\Library\Log */
    public function __construct(private readonly object $log)
    {
    }

    public function log(string $level, string $message): void
    {
        $this->log->write("Orderbridge $level: $message");
    }
}
