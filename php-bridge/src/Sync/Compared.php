<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Link\Difference;

/** What came of comparing some orders with their deals. */
final class Compared
{
    /** @var list<string> orders of which it is known how they stand */
    public array $orders = [];
    /** @var list<Difference> */
    public array $found = [];
    /** @var list<array{order_id: string, wants: string}> what the core wants looked at to mend them */
    public array $jobs = [];
    /** @var list<Outcome> of every task */
    public array $outcomes = [];
    /** Orders that are being brought over just now, or of which nobody could say anything. */
    public int $passed = 0;
    /** Whether it is done with; if not, the same comes again. */
    public bool $stored = false;

    /** Whether the portal was there to the end; if not, the same has to be asked again. */
    public function isWhole(): bool
    {
        foreach ($this->outcomes as $outcome) {
            if ($outcome->hold > 0 || $outcome->is(Outcome::UNFINISHED)) {
                return false;
            }
        }

        return true;
    }
}
