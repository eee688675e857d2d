<?php

declare(strict_types=1);

namespace Orderbridge\Setup;

use Orderbridge\Journal;
use Orderbridge\Link\Links;
use Orderbridge\Outbox\Outbox;
use Orderbridge\Settings\PortalHold;
use Orderbridge\Settings\Secrets;
use Orderbridge\Settings\Settings;
use Orderbridge\Shop\Shop;
use Throwable;

use function array_filter;
use function max;

/** What is known here of one order, for the core to explain. Asks nobody but the shop and our own tables. */
final class Facts
{
    private const LINES = 5;

    public function __construct(
        private readonly Shop $shop,
        private readonly Links $links,
        private readonly Outbox $outbox,
        private readonly PortalHold $hold,
        private readonly Settings $settings,
        private readonly Secrets $secrets,
        private readonly Journal $journal,
    ) {
    }

    /** @return array<string, mixed> the data of `order.explain` */
    public function of(string $orderId): array
    {
        $this->settings->refresh();
        $status = $this->shop->orderStatus($orderId);
        $placed = $status !== null && $this->isPlaced($orderId);

        return [
            'order' => $placed ? ['id' => $orderId, 'status' => $status] : null,
            'status' => $status,
            'link' => $this->links->ofOrder($orderId),
            'job' => $this->outbox->ofOrder($orderId),
            'hold' => $this->held(),
            'seen' => [
                'worker' => $this->worker(),
                'poll' => $this->settings->seen('poll'),
                'event' => $this->settings->seen('event'),
                'sweep' => $this->settings->due('sweep'),
            ],
            'connected' => $this->secrets->isConnected(),
            'journal' => $this->journal->latest(self::LINES, $orderId),
            'statuses' => $this->shop->statuses(),
        ];
    }

    /** An order that the shop cannot read is placed: its job says what is wrong with it. */
    private function isPlaced(string $orderId): bool
    {
        try {
            return $this->shop->order($orderId) !== null;
        } catch (Throwable) {
            return true;
        }
    }

    private function worker(): ?int
    {
        $seen = array_filter([$this->settings->seen('cron'), $this->settings->seen('daemon')]);

        return $seen === [] ? null : max($seen);
    }

    /** @return array<string, string|int>|null while the portal is being left alone */
    private function held(): ?array
    {
        $hold = $this->hold->current();

        return $hold === null || !$hold->active ? null : [
            'since' => $hold->since,
            'until' => $hold->until,
            'code' => $hold->reason->code,
            'message' => $hold->reason->message,
            'hint' => $hold->reason->hint,
        ];
    }
}
