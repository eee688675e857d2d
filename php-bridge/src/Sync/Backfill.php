<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Exception\BackfillRefused;
use Orderbridge\Journal;
use Orderbridge\Outbox\BackfillJobs;
use Orderbridge\Settings\PortalHold;
use Orderbridge\Settings\Secrets;
use Orderbridge\Settings\Settings;
use Orderbridge\Shop\OrderRange;
use Orderbridge\Shop\Shop;
use Orderbridge\Store\Tables;
use Orderbridge\Text\Texts;

use function ceil;
use function max;
use function round;

/**
 * Sends the orders that the shop had before the bridge came, or any of them again, when somebody asks for it: begins
 * that, halts it, says how far it is. The work is done by the workers, see {@see BackfillFeed}.
 *
 * An order that its deal is equal to costs no request, so a range may be sent as often as one likes.
 */
final class Backfill
{
    private const TRIES = 5;

    public function __construct(
        private readonly Shop $shop,
        private readonly Settings $settings,
        private readonly Secrets $secrets,
        private readonly PortalHold $hold,
        private readonly BackfillJobs $jobs,
        private readonly Tables $tables,
        private readonly Journal $journal,
        private readonly Texts $texts,
    ) {
    }

    /**
     * @return array<string, mixed> as {@see status()}
     * @throws BackfillRefused while there is another, or when there is nothing to send
     */
    public function start(OrderRange $range): array
    {
        $this->settings->refresh();
        if (!$this->secrets->isConnected() || $this->settings->document() === null) {
            throw BackfillRefused::because('not_connected');
        }
        $this->insistThatNoneIsOpen();
        $total = $this->shop->countIn($range);
        if ($total === 0) {
            throw BackfillRefused::because('backfill_nothing');
        }
        // Counting may have taken a while.
        $this->settings->refresh();
        $this->insistThatNoneIsOpen();
        $run = BackfillRun::begun(BackfillRun::of($this->settings), $range, $total, $this->settings->now());
        if (!$run->store($this->settings)) {
            throw BackfillRefused::because('backfill_running');
        }
        $this->note('backfill_started', ['number' => $run->number, 'total' => $total]);

        return $this->status();
    }

    /**
     * Within a moment no worker begins another group of its orders.
     *
     * @return array<string, mixed> as {@see status()}
     */
    public function pause(): array
    {
        $this->move(static fn (BackfillRun $run): ?BackfillRun => $run->is(BackfillRun::RUNNING)
            ? $run->moved(BackfillRun::PAUSED)
            : null);

        return $this->status();
    }

    /** @return array<string, mixed> as {@see status()} */
    public function resume(): array
    {
        $this->move(fn (BackfillRun $run): ?BackfillRun => $run->is(BackfillRun::PAUSED)
            ? $run->moved(BackfillRun::RUNNING)->markedAnew($this->settings->now(), $this->done($run))
            : null);

        return $this->status();
    }

    /**
     * Ends it. Orders that a worker is at, or that will be tried again, still come to their end.
     *
     * @return array<string, mixed> as {@see status()}
     */
    public function cancel(): array
    {
        $run = $this->move(fn (BackfillRun $run): ?BackfillRun => $run->isOpen()
            ? $run->moved(BackfillRun::CANCELLED, $this->settings->now())
            : null);
        $this->note('backfill_cancelled', ['number' => $run->number]);

        return $this->status();
    }

    /**
     * @return array<string, mixed> `state` is none, running, paused, finished or cancelled; `held` says why the portal
     *     is being left alone; `rate` is orders a second, `remaining` seconds, both null when nobody can say
     */
    public function status(): array
    {
        $this->settings->refresh();
        $run = BackfillRun::of($this->settings);
        if ($run === null) {
            return ['state' => 'none'];
        }
        $now = $this->settings->now();
        $figures = $this->jobs->figures($run->number);
        $done = $this->done($run, $figures);
        $left = max(0, $run->total - $done - $figures['dead']);
        $rate = $run->is(BackfillRun::RUNNING) ? $run->rate($now, $done) : null;
        $hold = $this->hold->current();

        return [
            'state' => $run->state,
            'number' => $run->number,
            'range' => $run->range->toArray(),
            'total' => $run->total,
            'done' => $done,
            'failed' => $figures['dead'],
            'retrying' => $figures['retrying'],
            'left' => $left,
            'rate' => $rate === null ? null : round($rate, 2),
            'remaining' => $rate === null ? null : (int) ceil($left / $rate),
            'started' => $run->started,
            'ended' => $run->ended,
            'held' => $run->isOpen() && $hold?->active ? [
                'stopped' => $hold->stopped,
                'until' => $hold->until,
                'message' => $hold->reason->message,
                'hint' => $hold->reason->hint,
            ] : null,
        ];
    }

    /**
     * Orders that were listed and have no job any more.
     *
     * @param array{left: int, retrying: int, dead: int}|null $figures
     */
    private function done(BackfillRun $run, ?array $figures = null): int
    {
        $figures ??= $this->jobs->figures($run->number);

        return max(0, $run->listed - $figures['left'] - $figures['dead']);
    }

    private function insistThatNoneIsOpen(): void
    {
        if (BackfillRun::of($this->settings)?->isOpen()) {
            throw BackfillRefused::because('backfill_running');
        }
    }

    /** @param callable(BackfillRun): (BackfillRun|null) $change null: that cannot be done with it now */
    private function move(callable $change): BackfillRun
    {
        for ($try = 1; $try <= self::TRIES; $try++) {
            $this->settings->refresh();
            $before = BackfillRun::of($this->settings);
            $after = $before === null ? null : $change($before);
            if ($after === null) {
                throw BackfillRefused::because($before?->isOpen() ? 'backfill_is_so' : 'backfill_none');
            }
            // Together, or a process that is killed here would leave jobs of a backfill that has been cancelled.
            $moved = $this->tables->together(function () use ($after): bool {
                $moved = $after->store($this->settings);
                if ($moved && $after->is(BackfillRun::CANCELLED)) {
                    $this->jobs->drop($after->number);
                }

                return $moved;
            });
            if ($moved) {
                return $after;
            }
        }
        throw BackfillRefused::because('backfill_busy');
    }

    /** @param array<string, int> $values */
    private function note(string $code, array $values): void
    {
        $this->journal->write(['level' => 'info', 'code' => $code, 'message' => $this->texts->say($code, $values)]);
    }
}
