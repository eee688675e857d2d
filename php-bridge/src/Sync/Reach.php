<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Journal;
use Orderbridge\Log\Log;
use Orderbridge\Outbox\Reason;
use Orderbridge\Settings\PortalHold;
use Orderbridge\Settings\Settings;

use function abs;

/** What the portal's answers say of the portal itself: whether it is to be left alone, and that it is there again. */
final class Reach
{
    private const STOPPED = 300;
    /** How often it is written down that the portal answers, seconds; and by how many its clock may move unnoted. */
    private const NOTED = 60;
    private const SKEW = 5;

    private string $mark = '';

    public function __construct(
        private readonly Settings $settings,
        private readonly PortalHold $hold,
        private readonly Journal $journal,
        private readonly Log $log,
    ) {
    }

    /** A round begins with the settings as they are now. */
    public function begin(): void
    {
        $this->mark = $this->settings->mark();
    }

    /**
     * @param list<Outcome> $outcomes
     * @param int $before how many requests had been answered before these
     */
    public function heed(array $outcomes, Line $line, int $before): void
    {
        $held = false;
        foreach ($outcomes as $outcome) {
            if ($outcome->hold > 0) {
                $held = true;
                $this->settings->saw('failed', $outcome->reason->code);
                $this->keep($outcome->hold, $outcome->stop, $outcome->reason);
            }
        }
        if (!$held && $line->exchange->answered() > $before) {
            if ($this->hold->lift()) {
                // What waits is a lot, and a portal that has only just come back is not to get it all at once.
                $line->exchange->calm();
            }
            $this->reached($line->exchange->skew());
        }
    }

    /** That the portal answers, and by how much its clock differs: for people, so now and then will do. */
    private function reached(?int $skew): void
    {
        $ago = $this->settings->ago('answered');
        if ($ago === null || $ago >= self::NOTED || $ago >= ($this->settings->ago('failed') ?? $ago + 1)) {
            $this->settings->saw('answered');
        }
        $known = $this->settings->seen('skew') === null ? null : (int) $this->settings->seenWhat('skew');
        if ($skew !== null && ($known === null || abs($skew - $known) > self::SKEW)) {
            $this->settings->saw('skew', (string) $skew);
        }
    }

    /** Until a person has mended what is wrong; looked at again every five minutes. */
    public function stop(Reason $reason): void
    {
        $this->keep(self::STOPPED, true, $reason);
    }

    private function keep(int $seconds, bool $stop, Reason $reason): void
    {
        if ($stop && $this->isMended()) {
            return;
        }
        if (!$this->hold->place($seconds, $stop, $reason)) {
            return;
        }
        $level = $stop ? 'error' : 'warning';
        $this->log->log($level, "the portal is left alone: $reason->message");
        $this->journal->write([
            'level' => $level,
            'code' => $reason->code,
            'message' => $reason->message,
            'hint' => $reason->hint,
        ]);
    }

    /** While we were at work somebody has mended what we would stop for: the next round is made with that. */
    private function isMended(): bool
    {
        $this->settings->refresh();

        return $this->settings->mark() !== $this->mark;
    }
}
