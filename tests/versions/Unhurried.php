<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Versions;

use PHPUnit\Runner\AfterTestHook;

/** What a test leaves as the limit of its time is not for all that follow. This PHP counts the time of the clock. */
final class Unhurried implements AfterTestHook
{
    public function executeAfterTest(string $test, float $time): void
    {
        set_time_limit(0);
    }
}
