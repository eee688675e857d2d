<?php

declare(strict_types=1);

namespace Chaos;

use Orderbridge\Log\Log;

/** Everything that the bridge says, in one file of the run, where the oracle looks for secrets. */
final class FileLog implements Log
{
    public function __construct(private readonly string $file)
    {
    }

    public function log(string $level, string $message): void
    {
        file_put_contents($this->file, getmypid() . " $level: $message\n", FILE_APPEND);
    }
}
