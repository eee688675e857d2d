<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Outbox;
use Orderbridge\Settings\Locks;
use Orderbridge\Settings\Settings;
use Orderbridge\Store\Tables;

use function max;
use function min;

/** Asks the portal what has moved since the last time. Webhooks only make it quicker. */
final class Poll
{
    private const NAME = 'poll';
    private const LONGEST_WAIT = 3600;
    /** Deals were moved, and no event has come for so many seconds: it may have been lost. */
    private const SILENCE = 900;

    public function __construct(
        private readonly TaskRunner $runner,
        private readonly Settings $settings,
        private readonly Locks $locks,
        private readonly Outbox $outbox,
        private readonly Tables $tables,
        private readonly Points $points,
        private readonly int $every,
    ) {
    }

    public function isDue(): bool
    {
        return $this->settings->isDue(self::NAME, $this->every);
    }

    /** @return Outcome|null null: another worker is at it */
    public function run(array $settings, Deadline $deadline): ?Outcome
    {
        $mark = $this->locks->take(self::NAME, 120);
        if ($mark === null) {
            return null;
        }
        try {
            $this->settings->refresh();
            if (!$this->isDue()) {
                return null;
            }
            // First of all, so that a poll that is killed each time does not become all that workers do.
            $this->settings->setDue(self::NAME, $this->every);
            $outcome = $this->runner->one(Task::poll($this->settings->cursor(self::NAME)), $settings, $deadline);
            $this->points->reach(Points::POLLED);
            $this->store($outcome);
            $this->points->reach(Points::POLL_STORED);

            return $outcome;
        } finally {
            $this->locks->giveBack(self::NAME, $mark);
        }
    }

    private function store(Outcome $outcome): void
    {
        if ($outcome->is(Outcome::WAIT)) {
            $this->settings->setDue(self::NAME, max(1, min($outcome->seconds, self::LONGEST_WAIT)));
        }
        if (!$outcome->is(Outcome::DONE)) {
            return;
        }
        $this->listen((array) ($outcome->step['jobs'] ?? []));
        $this->tables->together(function () use ($outcome): void {
            foreach ((array) ($outcome->step['jobs'] ?? []) as $job) {
                $job = (array) $job;
                $this->outbox->enqueue((string) $job['order_id'], Job::bits((string) ($job['wants'] ?? 'pull')));
            }
            if (isset($outcome->step['cursor'])) {
                $this->settings->storeCursor(self::NAME, $outcome->step['cursor']);
            }
        });
        $this->settings->saw(self::NAME);
        if (((array) ($outcome->step['result'] ?? []))['more'] ?? false) {
            $this->settings->setDue(self::NAME, 0);
        }
    }

    /**
     * Events used to come, and now deals move of which none tells: counted until one does. Where none has ever come,
     * nobody wanted them.
     *
     * @param array<mixed> $jobs that the poll has found
     */
    private function listen(array $jobs): void
    {
        $heard = $this->settings->ago('event');
        foreach ($jobs as $job) {
            if ($heard !== null && $heard > self::SILENCE && (((array) $job)['wants'] ?? '') === 'pull') {
                $this->settings->count('silent');

                return;
            }
        }
    }
}
