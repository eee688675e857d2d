<?php

declare(strict_types=1);

namespace Orderbridge\Store;

use Closure;
use Orderbridge\Shop\Shop;

use function max;
use function usleep;

/** The shop's time, and waiting by it; tests bring both, so that days pass in a moment. */
final class Clock
{
    /** @param Closure(float): void|null $sleep takes seconds */
    public function __construct(
        private readonly Shop $shop,
        private readonly ?Closure $sleep = null,
    ) {
    }

    public function seconds(): int
    {
        return $this->shop->now()->getTimestamp();
    }

    public function sleep(float $seconds): void
    {
        if ($this->sleep !== null) {
            ($this->sleep)($seconds);
            return;
        }
        usleep((int) (max(0.0, $seconds) * 1_000_000));
    }
}
