<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Closure;
use Orderbridge\Core\EngineFault;
use Orderbridge\Core\Rejected;
use Orderbridge\Exception\Recoverable;
use Orderbridge\Exception\SecretUnreadable;
use Orderbridge\Log\Log;
use Orderbridge\Log\Words;
use Orderbridge\Outbox\Leases;
use Orderbridge\Outbox\Reason;
use Orderbridge\Settings\PortalHold;
use Orderbridge\Settings\Settings;
use Orderbridge\Store\Clock;
use Throwable;

use function count;
use function min;

/**
 * What cron, the kick after a response and the daemon all run: hints, sweep, poll, jobs, until nothing is left or
 * the time is up. Any number of them may run at once, and each may be killed at any moment.
 */
final class Worker
{
    /** Failures of the database in a row before a run gives up; the pauses between add up to seven seconds. */
    private const FAILURES = 8;
    private const SHOWN = 10;
    /** Jobs of one claim when the time is short: what has been begun should also be ended. */
    private const SHORT = 48;

    /** @param Closure(): (Line|null) $line null: no portal has been connected */
    public function __construct(
        private readonly Closure $line,
        private readonly Readiness $readiness,
        private readonly Settings $settings,
        private readonly PortalHold $hold,
        private readonly Reach $reach,
        private readonly Leases $leases,
        private readonly Hints $hints,
        private readonly Sweep $sweep,
        private readonly BackfillFeed $backfill,
        private readonly Retention $retention,
        private readonly Watch $watch,
        private readonly Clock $clock,
        private readonly Points $points,
        private readonly Log $log,
        private readonly int $group,
    ) {
    }

    /** @param string $source who runs it: cron, daemon or kick; shown to people */
    public function run(float $seconds, string $source = 'cron'): Report
    {
        return $this->until(Deadline::in($seconds), $source);
    }

    /** @param Closure(): bool|null $between asked after each round of work whether to go on */
    public function until(Deadline $deadline, string $source, ?Closure $between = null): Report
    {
        $report = new Report();
        $failures = 0;
        do {
            try {
                $this->settings->refresh();
                $this->show($source);
                $busy = $this->round($deadline, $report, $source !== Kick::NAME);
                $this->upkeep($deadline);
                $failures = 0;
            } catch (Recoverable $failure) {
                $report->conflicts++;
                if (++$failures >= self::FAILURES) {
                    throw $failure;
                }
                $this->clock->sleep(0.2 * $failures);
                $busy = true;
            }
        } while ($busy && !$deadline->passed() && ($between === null || $between()));

        return $report;
    }

    /** That somebody works here; a daemon that only looks round need not write it down each time. */
    private function show(string $source): void
    {
        $ago = $this->settings->ago($source);
        if ($ago === null || $ago >= self::SHOWN) {
            $this->settings->saw($source);
        }
    }

    /**
     * @param bool $backfill whether to work on a backfill too: not in a process that serves the shop's visitors
     * @return bool whether there may be more to do
     */
    private function round(Deadline $deadline, Report $report, bool $backfill): bool
    {
        $report->idle = '';
        try {
            if (!$this->readiness->engineWorks()) {
                $report->idle = 'engine';

                return false;
            }
            $hints = $this->hints->read();
            $report->hints += $hints;
            $line = ($this->line)();
            $document = $this->settings->document();
            if ($line === null || $document === null) {
                $report->idle = $line === null ? 'not_connected' : 'no_settings';

                return $hints > 0;
            }
            $this->reach->begin();
            $document = $this->readiness->checked($document);
            $this->sweep($deadline, $report);
            if ($this->hold->isActive()) {
                $report->idle = $this->hold->current()?->stopped ? 'stopped' : 'held';

                return $hints > 0;
            }
            $posted = $line->client->posted();
            $busy = $this->poll($line, $document, $deadline, $report);
            $busy = ($backfill && $this->feed()) || $busy;
            $busy = $this->jobs($line, $document, $deadline, $report, $backfill) || $busy;
            $busy = $this->compare($line, $document, $deadline, $report) || $busy;
            $report->requests += $line->client->posted() - $posted;

            return $busy || $hints > 0;
        } catch (Rejected $refusal) {
            // The settings are at fault, so every order would be: nobody asks until they are mended.
            $this->reach->stop(Reason::fromRefusal($refusal));
            $report->idle = 'stopped';
        } catch (SecretUnreadable $secret) {
            $this->log->log('error', $secret->getMessage());
            $report->idle = 'not_connected';
        }

        return false;
    }

    /** @param array<string, mixed> $document */
    private function poll(Line $line, array $document, Deadline $deadline, Report $report): bool
    {
        if (!$line->poll->isDue() || $deadline->forRequest() === null) {
            return false;
        }
        $answered = $line->exchange->answered();
        $outcome = $line->poll->run($document, $deadline);
        if ($outcome === null) {
            return false;
        }
        $report->polled++;
        if ($outcome->is(Outcome::DEAD)) {
            $this->log->log('error', 'the poll failed: ' . $outcome->reason->message);
        }
        $this->reach->heed([$outcome], $line, $answered);

        return $outcome->is(Outcome::DONE) && $line->poll->isDue();
    }

    /** @param array<string, mixed> $document */
    private function jobs(Line $line, array $document, Deadline $deadline, Report $report, bool $backfill): bool
    {
        $held = $this->hold->current();
        if ($held?->active || $deadline->forRequest() === null) {
            return false;
        }
        // After a hold one goes ahead and the others see what becomes of it.
        $most = $deadline->isHard() ? min($this->group, self::SHORT) : $this->group;
        $most = $held === null ? $most : 1;
        $jobs = $this->leases->take($most, $backfill && $this->backfill->isOpen() ? $most : 0);
        if ($jobs === []) {
            return false;
        }
        $this->points->reach(Points::CLAIMED);
        $answered = $line->exchange->answered();
        $outcomes = $line->jobs->run($jobs, $document, $deadline->toFinish(), $report);
        $this->reach->heed($outcomes, $line, $answered);

        return true;
    }

    /**
     * One page a round, so that live jobs come in between. A web server's process does not begin the night's.
     *
     * @param array<string, mixed> $document
     */
    private function compare(Line $line, array $document, Deadline $deadline, Report $report): bool
    {
        $due = $deadline->isHard() ? $line->compare->isWanted() : $line->compare->isDue();
        if (!$due || $deadline->forRequest() === null || $this->hold->current() !== null) {
            return false;
        }
        $answered = $line->exchange->answered();
        $compared = $line->compare->page($document, $deadline);
        if ($compared === null) {
            return false;
        }
        $report->compared += count($compared->orders);
        $this->reach->heed($compared->outcomes, $line, $answered);

        return $compared->stored;
    }

    /** Also where no order can be worked on; and what goes wrong here stops none. */
    private function upkeep(Deadline $deadline): void
    {
        try {
            $this->retention->run($deadline);
            $this->watch->look();
        } catch (Recoverable $failure) {
            throw $failure;
        } catch (Throwable $failure) {
            $this->log->log('error', 'the upkeep failed: ' . Words::of($failure));
        }
    }

    private function sweep(Deadline $deadline, Report $report): void
    {
        if (!$this->sweep->isDue()) {
            return;
        }
        try {
            $report->swept += $this->sweep->run($deadline) ?? 0;
        } catch (Recoverable | EngineFault $failure) {
            throw $failure;
        } catch (Throwable $failure) {
            // The shop's list is broken; its orders still come by the hook.
            $this->sweep->postpone();
            $this->log->log('error', 'the sweep failed: ' . Words::of($failure));
        }
    }

    private function feed(): bool
    {
        try {
            return $this->backfill->feed();
        } catch (Recoverable | EngineFault $failure) {
            throw $failure;
        } catch (Throwable $failure) {
            // The shop's list is broken; what was listed before can be sent all the same.
            $this->backfill->postpone();
            $this->log->log('error', 'the backfill could not read the orders: ' . Words::of($failure));

            return false;
        }
    }
}
