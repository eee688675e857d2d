<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Journal;
use Orderbridge\Outbox\BackfillJobs;
use Orderbridge\Settings\Settings;
use Orderbridge\Shop\Shop;
use Orderbridge\Store\Tables;
use Orderbridge\Text\Texts;

use function array_map;
use function count;

/**
 * The workers' part of a backfill: makes jobs of the next page of orders whenever few of the last are left, so that
 * memory and table stay as small for a hundred thousand orders as for a thousand.
 *
 * The place up to which orders were listed is stored together with the jobs of the page. Any number of workers may
 * try at once; the one whose page begins where the stored one ends wins, the others have read in vain.
 */
final class BackfillFeed
{
    /** Orders of a page. The next is listed when fewer than that are waiting. */
    public const PAGE = 200;
    /** With so many waiting none is listed, though most of them are only waiting for another try. */
    public const MOST = 800;

    private const NAME = 'backfill';
    private const PAUSE = 60;

    public function __construct(
        private readonly Shop $shop,
        private readonly Settings $settings,
        private readonly BackfillJobs $jobs,
        private readonly Tables $tables,
        private readonly Journal $journal,
        private readonly Points $points,
        private readonly Texts $texts,
    ) {
    }

    /** Whether jobs of the lane may be worked on. */
    public function isOpen(): bool
    {
        return !BackfillRun::of($this->settings)?->is(BackfillRun::PAUSED);
    }

    /** @return bool whether there may be more to do now; costs no query while no backfill runs */
    public function feed(): bool
    {
        $run = BackfillRun::of($this->settings);
        if ($run === null || !$run->is(BackfillRun::RUNNING)) {
            return false;
        }
        if ($run->complete) {
            return $this->end($run);
        }
        $waiting = $this->jobs->waiting();
        $enough = $waiting['fresh'] >= self::PAGE || $waiting['all'] >= self::MOST;
        if ($enough || !$this->settings->isDue(self::NAME, self::PAUSE)) {
            return false;
        }

        return $this->page($run);
    }

    /** The shop could not list its orders; not every round shall find that out. */
    public function postpone(): void
    {
        $this->settings->setDue(self::NAME, self::PAUSE);
    }

    private function page(BackfillRun $run): bool
    {
        $page = $this->shop->ordersIn($run->range, $run->cursor, self::PAGE);
        $ids = array_map('strval', $page['ids']);
        $this->points->reach(Points::LISTED);
        $after = $this->marked($run)->listing(count($ids), $page['cursor'], count($ids) < self::PAGE);
        $this->tables->together(function () use ($after, $ids): void {
            if ($after->store($this->settings)) {
                $this->jobs->add($ids, $after->number);
            }
        });
        $this->points->reach(Points::LIST_STORED);

        return true;
    }

    /** All are listed; it is over when no job is left but the dead, which are kept for people. */
    private function end(BackfillRun $run): bool
    {
        if ($this->jobs->figures($run->number)['left'] > 0) {
            $marked = $this->marked($run);
            if ($marked !== $run) {
                $marked->store($this->settings);
            }

            return false;
        }
        $now = $this->settings->now();
        if ($run->moved(BackfillRun::FINISHED, $now)->store($this->settings)) {
            $this->journal->write([
                'level' => 'info',
                'code' => 'backfill_finished',
                'message' => $this->texts->say('backfill_finished', [
                    'number' => $run->number,
                    'total' => $run->total,
                    'failed' => $this->jobs->figures($run->number)['dead'],
                ]),
            ]);
        }

        return false;
    }

    /** With how many are done by now, when the last mark is old enough. */
    private function marked(BackfillRun $run): BackfillRun
    {
        $now = $this->settings->now();
        if (!$run->isMarkDue($now)) {
            return $run;
        }
        $figures = $this->jobs->figures($run->number);

        return $run->marked($now, $run->listed - $figures['left'] - $figures['dead']);
    }
}
