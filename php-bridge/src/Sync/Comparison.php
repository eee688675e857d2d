<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Closure;
use Orderbridge\Link\Difference;
use Orderbridge\Link\Differences;
use Orderbridge\Link\Links;
use Orderbridge\Outbox\Outbox;
use Orderbridge\Shop\Shop;
use Throwable;

use function array_diff;
use function array_filter;
use function array_map;
use function array_values;
use function count;
use function implode;
use function in_array;

/**
 * Asks how orders and their deals stand to each other; the core says what counts as a difference. The tasks of one
 * call share their requests. Nothing is changed, unless it is to be mended: then what the core learns is stored.
 */
final class Comparison
{
    public function __construct(
        private readonly TaskRunner $runner,
        private readonly Shop $shop,
        private readonly Links $links,
        private readonly Outbox $outbox,
    ) {
    }

    /**
     * @param list<string> $orderIds
     * @param array<string, mixed> $settings
     * @param (Closure(array<string, mixed>): bool)|null $wanted whether an order is to be looked at at all
     */
    public function of(
        array $orderIds,
        array $settings,
        Deadline $deadline,
        bool $mend = false,
        ?Closure $wanted = null,
    ): Compared {
        $compared = new Compared();
        // An order that waits for its turn differs for good reason.
        $busy = $mend ? [] : $this->outbox->ready($orderIds);
        $compared->passed = count($busy);
        $links = $this->links->ofOrders($orderIds);
        $tasks = $strangers = [];
        foreach (array_values(array_diff($orderIds, $busy)) as $index => $orderId) {
            try {
                $order = $this->shop->order($orderId);
                $known = $order !== null || $this->shop->orderStatus($orderId) !== null;
            } catch (Throwable) {
                // Its own job says what is wrong with it.
                $compared->passed++;
                continue;
            }
            if ($order === null && $known || $order !== null && $wanted !== null && !$wanted($order)) {
                continue;
            }
            $link = $known ? $links[$orderId] ?? null : null;
            $task = Task::compare($index, $orderId, $order, $link, $mend && $known);
            $tasks[$task->id] = $task;
            if (!$known) {
                $strangers[$orderId] = true;
            }
        }
        $compared->outcomes = array_values($outcomes = $this->runner->run(array_values($tasks), $settings, $deadline));
        foreach ($outcomes as $id => $outcome) {
            $this->take($tasks[$id]->orderId, $outcome, isset($strangers[$tasks[$id]->orderId]), $compared);
        }
        if (!$mend) {
            $this->leaveMoving($links, $compared);
        }

        return $compared;
    }

    private function take(string $orderId, Outcome $outcome, bool $stranger, Compared $compared): void
    {
        if (!$outcome->is(Outcome::DONE)) {
            $compared->passed++;
            return;
        }
        $result = (array) ($outcome->step['result'] ?? []);
        $kind = (string) ($result['outcome'] ?? '');
        $deals = array_map('strval', (array) ($result['deals'] ?? []));
        $detail = implode(', ', array_map('strval', (array) ($result['fields'] ?? [])));
        if ($stranger) {
            // The portal says whose deals they are, and the shop has no such order.
            [$kind, $detail] = $deals === [] ? ['equal', ''] : [Differences::FOREIGN, Differences::UNKNOWN];
        }
        $compared->orders[] = $orderId;
        if (in_array($kind, Differences::KINDS, true)) {
            $compared->found[] = new Difference($orderId, $kind, $deals, $detail);
        }
        foreach ((array) ($outcome->step['jobs'] ?? []) as $job) {
            $compared->jobs[] = (array) $job;
        }
    }

    /**
     * What another worker has brought over meanwhile was compared half before and half after.
     *
     * @param array<array-key, array<string, mixed>> $links as they were
     */
    private function leaveMoving(array $links, Compared $compared): void
    {
        $ids = array_map(static fn (Difference $found): string => $found->orderId, $compared->found);
        if ($ids === []) {
            return;
        }
        $moving = $this->outbox->ready($ids);
        $now = $this->links->ofOrders($ids);
        foreach ($ids as $id) {
            // Not the same objects, but objects with the same in them.
            if (($now[$id] ?? null) != ($links[$id] ?? null)) {
                $moving[] = $id;
            }
        }
        $compared->orders = array_values(array_diff($compared->orders, $moving));
        $compared->found = array_values(array_filter(
            $compared->found,
            static fn (Difference $found): bool => !in_array($found->orderId, $moving, true),
        ));
        $compared->passed += count($ids) - count($compared->found);
    }
}
