<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Outbox\Outbox;
use Orderbridge\Settings\Locks;
use Orderbridge\Settings\Settings;
use Orderbridge\Shop\Shop;
use Orderbridge\Store\Tables;

use function array_filter;
use function array_map;
use function array_slice;
use function array_values;
use function count;
use function is_array;
use function json_decode;
use function json_encode;
use function max;

/**
 * The net under the shop's hooks: looks for orders that were placed or changed and never became jobs.
 *
 * It begins where the last one began a quarter of an hour ago or more: an order, or a change of one, may be committed
 * after younger ones. What was seen since is looked at once more; an order that its deal is equal to costs no request.
 *
 * The very first sweep only finds out where the shop's orders end: those placed before the module was set up are
 * sent when somebody asks for it, not by surprise.
 */
final class Sweep
{
    private const NAME = 'sweep';
    private const PAGE = 200;
    private const OVERLAP = 900;
    private const MARKS = 50;

    public function __construct(
        private readonly Shop $shop,
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

    public function postpone(): void
    {
        $this->settings->setDue(self::NAME, $this->every);
    }

    /** @return string|null the shop's cursor behind the last order that was seen; null: nobody has looked yet */
    public function end(): ?string
    {
        $state = $this->state();

        return $state['primed'] ? $state['end'] : null;
    }

    /** @return int|null how many orders have become jobs; null: another worker is at it */
    public function run(Deadline $deadline): ?int
    {
        $mark = $this->locks->take(self::NAME, 120);
        if ($mark === null) {
            return null;
        }
        try {
            $this->settings->refresh();
            $found = $this->forward($deadline);
            if (!$this->state()['primed'] || $deadline->passed()) {
                // Goes on at the next run.
                return $found;
            }
            $found += $this->again($deadline);
            $this->settings->saw(self::NAME);
            $this->postpone();

            return $found;
        } finally {
            $this->locks->giveBack(self::NAME, $mark);
        }
    }

    /** From where the last sweep ended to the end. The cursor is stored with the jobs of its page. */
    private function forward(Deadline $deadline): int
    {
        $found = 0;
        do {
            $state = $this->state();
            $page = $this->shop->ordersAfter($state['end'], self::PAGE);
            $ids = array_map('strval', $page['ids']);
            $more = count($ids) >= self::PAGE;
            $this->points->reach(Points::SWEPT);
            $found += $this->tables->together(function () use ($state, $page, $ids, $more): int {
                $new = $state['primed'] ? $this->outbox->enqueueNew($ids) : 0;
                $state['end'] = $page['cursor'];
                if (!$more) {
                    $state['primed'] = true;
                    $state['marks'][] = ['at' => $this->settings->now(), 'cursor' => $page['cursor']];
                }
                $this->settings->storeCursor(self::NAME, $state);

                return $new;
            });
            $this->points->reach(Points::SWEEP_STORED);
        } while ($more && !$deadline->passed());

        return $found;
    }

    /** What lies behind, for what was committed late. */
    private function again(Deadline $deadline): int
    {
        $state = $this->state();
        $marks = $this->marks($state['marks']);
        $this->settings->storeCursor(self::NAME, ['marks' => $marks] + $state);
        $cursor = $marks[0]['cursor'] ?? $state['end'];
        $found = 0;
        do {
            $page = $this->shop->ordersAfter($cursor, self::PAGE);
            $ids = array_map('strval', $page['ids']);
            $found += $this->outbox->enqueueNew($ids);
            $cursor = $page['cursor'];
        } while (count($ids) >= self::PAGE && !$deadline->passed());

        return $found;
    }

    /**
     * Those that are still needed: the last one that is old enough, and all younger ones.
     *
     * @param list<array{at: int, cursor: string}> $marks
     * @return list<array{at: int, cursor: string}>
     */
    private function marks(array $marks): array
    {
        $now = $this->settings->now();
        $marks = array_values(array_filter($marks, static fn (array $mark): bool => $mark['at'] <= $now));
        $first = 0;
        foreach ($marks as $index => $mark) {
            if ($mark['at'] <= $now - self::OVERLAP) {
                $first = $index;
            }
        }

        return array_slice($marks, max($first, count($marks) - self::MARKS));
    }

    /** @return array{end: string, primed: bool, marks: list<array{at: int, cursor: string}>} */
    private function state(): array
    {
        $stored = json_decode((string) json_encode($this->settings->cursor(self::NAME)), true);
        $stored = is_array($stored) ? $stored : [];

        return [
            'end' => (string) ($stored['end'] ?? ''),
            'primed' => (bool) ($stored['primed'] ?? false),
            'marks' => array_values((array) ($stored['marks'] ?? [])),
        ];
    }
}
