<?php

declare(strict_types=1);

namespace Orderbridge\Log;

/** Where the bridge tells the shop's developers what it could not do. Shaped so that a PSR-3 logger fits behind it. */
interface Log
{
    /** @param string $level error, warning or info */
    public function log(string $level, string $message): void;
}
