<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use function array_sum;
use function get_object_vars;

/** What a run of the worker has done. */
final class Report
{
    public int $done = 0;
    public int $waiting = 0;
    public int $dead = 0;
    public int $unfinished = 0;
    public int $hints = 0;
    public int $polled = 0;
    public int $swept = 0;
    /** Orders that were compared with their deals. */
    public int $compared = 0;
    public int $requests = 0;
    public int $conflicts = 0;
    /** Why nothing, or no more, was done; '' when there was simply nothing left. */
    public string $idle = '';

    /** Whether anything happened at all. */
    public function isEmpty(): bool
    {
        return array_sum([
            $this->done, $this->waiting, $this->dead, $this->hints, $this->polled, $this->swept, $this->compared,
        ]) === 0;
    }

    /** @return array<string, int|string> */
    public function toArray(): array
    {
        return get_object_vars($this);
    }
}
