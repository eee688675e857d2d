<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Support;

use Orderbridge\Log\Log;

use function implode;

final class MemoryLog implements Log
{
    /** @var list<string> */
    public array $lines = [];

    public function log(string $level, string $message): void
    {
        $this->lines[] = "$level: $message";
    }

    public function text(): string
    {
        return implode("\n", $this->lines);
    }
}
