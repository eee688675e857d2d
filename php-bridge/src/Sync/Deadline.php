<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Bitrix24\Client;

use function hrtime;
use function max;
use function min;

/** When a worker has to stop, by a clock that nobody can set. */
final class Deadline
{
    /** With less time than this a hard deadline lets no request begin: it would only be cut. */
    private const SHORTEST_REQUEST = 2.0;

    /** What was begun may take so much longer, where it is not hard: left half done, half of it is asked again. */
    private const GRACE = 10.0;

    private function __construct(
        private readonly float $end,
        private readonly bool $hard,
    ) {
    }

    /** Nothing new begins after it; a request under way may end. */
    public static function in(float $seconds): self
    {
        return new self(hrtime(true) / 1e9 + $seconds, false);
    }

    /** A request under way is cut at it: for workers that sit in a web server's process. */
    public static function hard(float $seconds): self
    {
        return new self(hrtime(true) / 1e9 + $seconds, true);
    }

    /** For work that begins now, before the deadline, and is made of several requests. */
    public function toFinish(): self
    {
        return $this->hard ? $this : new self($this->end + self::GRACE, false);
    }

    /** @return float|null how long a request may take that begins now; null: none may */
    public function forRequest(): ?float
    {
        $left = $this->left();
        if ($this->hard) {
            return $left < self::SHORTEST_REQUEST ? null : min($left, Client::SECONDS);
        }

        return $left <= 0.0 ? null : Client::SECONDS;
    }

    /** Whether we sit in a web server's process: only what somebody waits for is done, and cut when the time is up. */
    public function isHard(): bool
    {
        return $this->hard;
    }

    public function left(): float
    {
        return max(0.0, $this->end - hrtime(true) / 1e9);
    }

    public function passed(): bool
    {
        return $this->left() <= 0.0;
    }
}
