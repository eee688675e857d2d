<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Closure;
use Orderbridge\Link\Differences;
use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Outbox;
use Orderbridge\Settings\Locks;
use Orderbridge\Settings\Settings;
use Orderbridge\Shop\Shop;
use Orderbridge\Store\Tables;

use function array_map;
use function array_splice;
use function array_unique;
use function array_values;
use function count;
use function gmdate;
use function in_array;
use function substr;

/**
 * Compares orders and deals, at night or when asked: first the shop's orders that have changed within a month, each
 * with its deals, then our deals that have, each with its order. A page at a time, so that live jobs go before and
 * after it; how far it has come is stored with what the page has found.
 *
 * Orders from before the module was set up are not looked at, unless somebody asks for them by date: they were never
 * meant to have deals.
 */
final class Compare
{
    /** Under this name it is due, locked and remembered. */
    public const NAME = 'compare';
    private const PAGE = 50;
    private const MONTH = 30 * 86400;
    /** Once a night, whenever within these hours of the shop a worker comes by. */
    private const EVERY = 20 * 3600;
    private const NIGHT = [1, 5];
    /** A module that was set up at night has nothing to compare yet. */
    private const FIRST = 5 * 3600;
    private const ORDERS = 'orders';
    private const DEALS = 'deals';

    public function __construct(
        private readonly Comparison $comparison,
        private readonly TaskRunner $runner,
        private readonly CompareState $state,
        private readonly Differences $differences,
        private readonly Shop $shop,
        private readonly Beginnings $beginnings,
        private readonly Settings $settings,
        private readonly Locks $locks,
        private readonly Outbox $outbox,
        private readonly Tables $tables,
        private readonly Points $points,
        private readonly bool $nightly,
    ) {
    }

    /** Costs no query beyond the settings that are at hand. */
    public function isDue(): bool
    {
        if ($this->settings->due(self::NAME) === null && $this->beginnings->remember()) {
            $this->settings->setDue(self::NAME, self::FIRST);
        }

        return $this->isWanted() || $this->nightly && $this->isNight();
    }

    /** Whether it is under way, or somebody has asked for it. */
    public function isWanted(): bool
    {
        return $this->state->mends() || $this->state->run() !== null || $this->state->asked() !== null;
    }

    /**
     * One page of whatever is next.
     *
     * @param array<string, mixed> $settings
     * @return Compared|null null: another worker is at it, or nothing is left
     */
    public function page(array $settings, Deadline $deadline): ?Compared
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
            if ($this->state->mends()) {
                return $this->mend($settings, $deadline);
            }
            $run = $this->state->run() ?? $this->begin();
            if ($run['ids'] === [] && $run['part'] === self::DEALS) {
                return $this->deals($run, $settings, $deadline);
            }

            return $this->orders($run, $settings, $deadline);
        } finally {
            $this->locks->giveBack(self::NAME, $mark);
        }
    }

    /**
     * The next orders: those that are named, else the shop's own list.
     *
     * @param array<string, mixed> $run
     * @param array<string, mixed> $settings
     */
    private function orders(array $run, array $settings, Deadline $deadline): Compared
    {
        $ids = array_splice($run['ids'], 0, self::PAGE);
        if ($ids === [] && $run['part'] === self::ORDERS) {
            $page = $this->shop->ordersAfter($run['cursor'], self::PAGE);
            $ids = array_map('strval', $page['ids']);
            $run['cursor'] = $page['cursor'];
            if (count($ids) < self::PAGE) {
                $run['part'] = $run['whole'] ? self::DEALS : '';
            }
        }
        $compared = $this->comparison->of($ids, $settings, $deadline, false, $this->within($run));
        $this->points->reach(Points::COMPARED);
        if (!$compared->isWhole()) {
            return $compared;
        }
        foreach ($compared->found as $found) {
            $run['counts'][$found->kind]++;
        }
        $run['counts']['compared'] += count($compared->orders);
        $run['counts']['equal'] += count($compared->orders) - count($compared->found);
        $run['counts']['passed'] += $compared->passed;
        $this->tables->together(function () use ($compared, $run): void {
            $this->differences->replace($compared->orders, $compared->found);
            $this->store($run);
        });
        $compared->stored = true;

        return $compared;
    }

    /**
     * The next of our deals whose orders have no link to them: that is what a poll asks for pushing. It has a cursor
     * of its own here, which begins a month ago.
     *
     * @param array<string, mixed> $run
     * @param array<string, mixed> $settings
     */
    private function deals(array $run, array $settings, Deadline $deadline): Compared
    {
        $cursor = $run['deals'] ?? [
            'history' => '',
            'updated' => gmdate('Y-m-d\TH:i:s\Z', $run['at'] - self::MONTH),
            'page' => '',
            'newest' => '',
        ];
        $compared = new Compared();
        $outcome = $this->runner->one(Task::poll($cursor), $settings, $deadline);
        $compared->outcomes = [$outcome];
        if (!$outcome->is(Outcome::DONE)) {
            return $compared;
        }
        $ids = [];
        foreach ((array) ($outcome->step['jobs'] ?? []) as $job) {
            $job = (array) $job;
            if (($job['wants'] ?? '') === 'push') {
                $ids[] = (string) $job['order_id'];
            }
        }
        $run['ids'] = array_values(array_unique($ids));
        $run['deals'] = $outcome->step['cursor'] ?? null;
        if (!(((array) ($outcome->step['result'] ?? []))['more'] ?? false)) {
            $run['part'] = '';
        }
        $this->tables->together(fn () => $this->store($run));
        $compared->stored = true;

        return $compared;
    }

    /**
     * Lets the core prepare what can be mended, and enqueues it: live jobs do the rest.
     *
     * @param array<string, mixed> $settings
     */
    private function mend(array $settings, Deadline $deadline): Compared
    {
        $ids = $this->differences->wished(self::PAGE);
        $compared = $this->comparison->of($ids, $settings, $deadline, true);
        $this->points->reach(Points::COMPARED);
        if (!$compared->isWhole()) {
            return $compared;
        }
        $this->tables->together(function () use ($compared, $ids): void {
            foreach ($compared->jobs as $job) {
                $this->outbox->enqueue((string) $job['order_id'], Job::bits((string) $job['wants']));
            }
            $mended = array_map(static fn (array $job): string => (string) $job['order_id'], $compared->jobs);
            $left = [];
            foreach ($compared->found as $found) {
                if (!in_array($found->orderId, $mended, true)) {
                    $left[] = $found;
                }
            }
            // What could not be asked about is as it was, but not asked for again and again.
            $this->differences->leave($ids);
            $this->differences->replace($compared->orders, $left);
            if ($this->differences->wished(1) === []) {
                $this->state->mended();
            }
        });
        $compared->stored = true;

        return $compared;
    }

    /** @return array<string, mixed> a new run */
    private function begin(): array
    {
        $asked = $this->state->asked();
        $run = [
            'at' => $this->settings->now(),
            'whole' => $asked === null || $asked === ['from' => '', 'to' => '', 'order' => ''],
            'part' => self::ORDERS,
            'cursor' => '',
            'deals' => null,
            'ids' => [],
            'from' => $asked['from'] ?? '',
            'to' => $asked['to'] ?? '',
            'counts' => CompareState::noCounts(),
        ];
        if ($run['whole']) {
            $run['cursor'] = $this->beginnings->before($run['at'] - self::MONTH);
            $this->beginnings->remember();
            $this->settings->setDue(self::NAME, self::EVERY);
        } elseif ($asked['order'] !== '') {
            $run = ['part' => '', 'ids' => [$asked['order']]] + $run;
        }
        $this->tables->together(function () use ($run): void {
            $this->state->storeRun($run);
            $this->state->answerAsked();
        });

        return $run;
    }

    /** @param array<string, mixed> $run */
    private function store(array $run): void
    {
        if ($run['part'] !== '' || $run['ids'] !== []) {
            $this->state->storeRun($run);
            return;
        }
        if ($run['whole']) {
            $this->differences->dropBefore($run['at']);
            $this->settings->saw(self::NAME);
        }
        $this->state->end($run);
    }

    /**
     * @param array<string, mixed> $run
     * @return Closure(array<string, mixed>): bool|null
     */
    private function within(array $run): ?Closure
    {
        [$from, $to] = [$run['from'], $run['to']];

        return $from === '' && $to === '' ? null : static function (array $order) use ($from, $to): bool {
            $day = substr((string) ($order['created_at'] ?? ''), 0, 10);

            return $day >= $from && ($to === '' || $day <= $to);
        };
    }

    private function isNight(): bool
    {
        $hour = (int) $this->shop->now()->format('G');

        return $hour >= self::NIGHT[0] && $hour < self::NIGHT[1] && $this->settings->isDue(self::NAME, self::EVERY);
    }
}
