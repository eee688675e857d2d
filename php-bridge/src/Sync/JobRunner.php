<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Closure;
use Orderbridge\Exception\Recoverable;
use Orderbridge\Link\Links;
use Orderbridge\Log\Words;
use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Leases;
use Orderbridge\Outbox\Outbox;
use Orderbridge\Shop\Shop;
use Orderbridge\Store\Clock;
use Orderbridge\Store\Tables;
use Orderbridge\Text\Texts;
use Throwable;

use function array_map;
use function array_values;
use function count;

/**
 * Brings claimed orders over: what each wants becomes tasks that share their requests, and how the tasks ended
 * settles the jobs. An order that wants both is pushed first, so that the pull sees the deal with it.
 */
final class JobRunner
{
    /** Code of a job that has to go without neighbours next time. */
    public const SHARED = 'shared_fault';

    /** The shop itself could not read the order: how often, and how long in between, it is asked again. */
    private const SHOP_TRIES = 5;
    private const SHOP_PAUSE = 60;

    public function __construct(
        private readonly TaskRunner $runner,
        private readonly Shop $shop,
        private readonly Tables $tables,
        private readonly Links $links,
        private readonly Outbox $outbox,
        private readonly Leases $leases,
        private readonly Points $points,
        private readonly Texts $texts,
        private readonly Pace $pace,
        private readonly Clock $clock,
    ) {
    }

    /**
     * @param list<Job> $jobs of one claim
     * @param array<string, mixed> $settings
     * @return list<Outcome> of every task
     */
    public function run(array $jobs, array $settings, Deadline $deadline, Report $report): array
    {
        try {
            return $this->all($jobs, $settings, $deadline, $report);
        } catch (Throwable $failure) {
            // What is wrong is not the orders: give them back at once rather than when the claim runs out.
            $this->release($jobs);
            throw $failure;
        }
    }

    /**
     * @param list<Job> $jobs
     * @param array<string, mixed> $settings
     * @return list<Outcome>
     */
    private function all(array $jobs, array $settings, Deadline $deadline, Report $report): array
    {
        $together = $outcomes = [];
        foreach ($jobs as $job) {
            if ($job->code === self::SHARED) {
                $outcomes = [...$outcomes, ...$this->group([$job], $settings, $deadline, $report)];
            } else {
                $together[] = $job;
            }
        }

        return [...$outcomes, ...$this->group($together, $settings, $deadline, $report)];
    }

    /**
     * @param list<Job> $jobs
     * @param array<string, mixed> $settings
     * @return list<Outcome>
     */
    private function group(array $jobs, array $settings, Deadline $deadline, Report $report): array
    {
        if ($jobs === []) {
            return [];
        }
        // One of them lost means that we were away for long: somebody else is at work already.
        $stillOurs = fn (): bool => count($this->leases->extend($jobs)) === count($jobs);
        $links = $this->links->ofOrders(array_map(static fn (Job $job): string => $job->orderId, $jobs));
        $first = $settled = $second = [];
        foreach ($jobs as $job) {
            $push = $job->wants(Job::PUSH) ? $this->push($job, $links[$job->orderId] ?? null) : Outcome::done([]);
            if ($push instanceof Task) {
                $first[] = $push;
            } else {
                $settled["push{$job->id}"] = $push;
            }
            if ($job->wants(Job::PULL)) {
                if ($push instanceof Task) {
                    $second[] = $job;
                    continue;
                }
                $this->add($this->pull($job, $links[$job->orderId] ?? null), "pull{$job->id}", $first, $settled);
            }
        }
        $settled += $this->runner->run($first, $settings, $deadline, $stillOurs);
        $settled += $this->second($second, $settled, $settings, $deadline, $stillOurs);
        $this->points->reach(Points::ENDED);
        $this->tables->together(function () use ($jobs, $settled): void {
            foreach ($jobs as $job) {
                $this->settle($job, $settled["push{$job->id}"] ?? null, $settled["pull{$job->id}"] ?? null);
            }
            $this->follow($settled);
            $this->pace->note($this->paced($jobs, $settled), $this->clock->seconds());
        });
        $this->points->reach(Points::FINISHED);
        $this->tell($settled, $report);

        return array_values($settled);
    }

    /**
     * @param list<Job> $jobs
     * @param array<string, Outcome> $settled
     * @param array<string, mixed> $settings
     * @param Closure(): bool $stillOurs
     * @return array<string, Outcome>
     */
    private function second(array $jobs, array $settled, array $settings, Deadline $deadline, Closure $stillOurs): array
    {
        $tasks = $ended = [];
        $held = false;
        foreach ($settled as $outcome) {
            $held = $held || $outcome->hold > 0 || $outcome->is(Outcome::UNFINISHED);
        }
        $links = $this->links->ofOrders(array_map(static fn (Job $job): string => $job->orderId, $jobs));
        foreach ($jobs as $job) {
            $pull = $held ? Outcome::unfinished() : $this->pull($job, $links[$job->orderId] ?? null);
            $this->add($pull, "pull{$job->id}", $tasks, $ended);
        }

        return $ended + $this->runner->run($tasks, $settings, $deadline, $stillOurs);
    }

    /**
     * @param list<Task> $tasks
     * @param array<string, Outcome> $ended
     */
    private function add(Task|Outcome $what, string $id, array &$tasks, array &$ended): void
    {
        if ($what instanceof Task) {
            $tasks[] = $what;
        } else {
            $ended[$id] = $what;
        }
    }

    /** @param array<string, mixed>|null $link */
    private function push(Job $job, ?array $link): Task|Outcome
    {
        try {
            $order = $this->shop->order($job->orderId);
        } catch (Throwable $failure) {
            return $this->unreadable($job, $failure);
        }

        // Not placed, or gone since: without a deal there is nothing to bring over, with one the core decides.
        return $order === null && ($link['deal_id'] ?? null) === null
            ? Outcome::done([])
            : Task::push($job, $order, $link);
    }

    /** @param array<string, mixed>|null $link */
    private function pull(Job $job, ?array $link): Task|Outcome
    {
        if (($link['deal_id'] ?? null) === null) {
            return Outcome::done([]);
        }
        try {
            // Comments of the status table may name anything of the order; without it, its status must do.
            $order = $this->shop->order($job->orderId);
            $status = $order === null ? $this->shop->orderStatus($job->orderId) : null;
        } catch (Throwable $failure) {
            return $this->unreadable($job, $failure);
        }
        $order ??= $status === null ? null : ['id' => $job->orderId, 'status' => $status];

        return $order === null ? Outcome::done([]) : Task::pull($job, $link, $order);
    }

    /**
     * What the core wants looked at next.
     *
     * @param array<string, Outcome> $settled
     */
    private function follow(array $settled): void
    {
        foreach ($settled as $outcome) {
            foreach ((array) ($outcome->step['jobs'] ?? []) as $next) {
                $next = (array) $next;
                $this->outbox->enqueue((string) $next['order_id'], Job::bits((string) $next['wants']));
            }
        }
    }

    private function unreadable(Job $job, Throwable $failure): Outcome
    {
        $reason = $this->texts->reason('shop_unreadable', ['detail' => Words::of($failure)]);

        return $failure instanceof Recoverable || $job->attempt() < self::SHOP_TRIES
            ? Outcome::later(self::SHOP_PAUSE * $job->attempt(), $reason)
            : Outcome::dead($reason);
    }

    private function settle(Job $job, ?Outcome $push, ?Outcome $pull): void
    {
        $remaining = $this->remaining($push, Job::PUSH) | $this->remaining($pull, Job::PULL);
        $waits = null;
        foreach ([$push, $pull] as $outcome) {
            if ($outcome?->is(Outcome::WAIT)) {
                $waits ??= $outcome;
            }
        }
        if ($remaining === 0) {
            $this->outbox->finish($job);
        } elseif ($waits !== null) {
            $this->outbox->wait($job, $remaining, $waits->seconds, $waits->counts, $waits->reason);
        } elseif ($push?->is(Outcome::UNFINISHED) || $pull?->is(Outcome::UNFINISHED)) {
            $this->outbox->release($job);
        } else {
            $dead = $push?->is(Outcome::DEAD) ? $push : $pull;
            $this->outbox->bury($job, $remaining, $dead->reason);
        }
    }

    /**
     * @param list<Job> $jobs
     * @param array<string, Outcome> $settled
     * @return list<array{Job, Outcome|null}>
     */
    private function paced(array $jobs, array $settled): array
    {
        $paced = [];
        foreach ($jobs as $job) {
            $paced[] = [$job, $settled["push{$job->id}"] ?? null];
            $paced[] = [$job, $settled["pull{$job->id}"] ?? null];
        }

        return $paced;
    }

    /** @param list<Job> $jobs */
    private function release(array $jobs): void
    {
        try {
            foreach ($jobs as $job) {
                $this->outbox->release($job);
            }
        } catch (Throwable) {
            // The database is away: the claims run out by themselves.
        }
    }

    private function remaining(?Outcome $outcome, int $bit): int
    {
        return $outcome === null || $outcome->is(Outcome::DONE) ? 0 : $bit;
    }

    /** @param array<string, Outcome> $settled */
    private function tell(array $settled, Report $report): void
    {
        foreach ($settled as $outcome) {
            match ($outcome->kind) {
                Outcome::DONE => $report->done += $outcome->step === [] ? 0 : 1,
                Outcome::WAIT => $report->waiting++,
                Outcome::DEAD => $report->dead++,
                default => $report->unfinished++,
            };
        }
    }
}
