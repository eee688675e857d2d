<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Core\Core;
use Orderbridge\Core\EngineFault;
use Orderbridge\Core\Rejected;
use Orderbridge\Inbox\Event;
use Orderbridge\Inbox\Inbox;
use Orderbridge\Link\Links;
use Orderbridge\Log\Log;
use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Leases;
use Orderbridge\Outbox\Outbox;
use Orderbridge\Settings\Settings;
use Orderbridge\Store\Tables;

use function array_column;
use function array_diff;
use function array_filter;
use function array_keys;
use function array_merge;
use function array_unique;
use function array_values;
use function count;
use function json_decode;

use const ARRAY_FILTER_USE_BOTH;

/** Turns hints from the portal into jobs: what a hint means, the core says; whose deal it is, the links say. */
final class Hints
{
    private const PAGE = 200;

    public function __construct(
        private readonly Core $core,
        private readonly Inbox $inbox,
        private readonly Links $links,
        private readonly Outbox $outbox,
        private readonly Settings $settings,
        private readonly Tables $tables,
        private readonly Points $points,
        private readonly Log $log,
    ) {
    }

    /** @return int how many hints were dealt with */
    public function read(): int
    {
        $rows = $this->inbox->oldest(self::PAGE);
        if ($rows === []) {
            return 0;
        }
        // Asked before the links are: a deal that is being made now may be moved before we know its number. Such
        // a hint is kept for as long as making a deal may take; after that it is about a deal that is not ours.
        $making = $this->outbox->isBusy();
        $meanings = $young = [];
        $companion = false;
        foreach ($rows as $row) {
            $data = (array) json_decode($row['payload']);
            $meanings[$row['id']] = $this->meaning($data);
            $companion = $companion || ($data['by'] ?? '') === Event::COMPANION;
            $young[$row['id']] = $making && $row['age'] < Leases::SECONDS;
        }
        $this->points->reach(Points::READ);
        $deals = array_values(array_unique(array_merge(...array_values($meanings))));
        $links = $this->links->ofDeals($deals);
        $known = array_column($links, 'deal_id');
        $done = array_keys(array_filter(
            $meanings,
            static fn (array $deals, int $id): bool => !$young[$id] || array_diff($deals, $known) === [],
            ARRAY_FILTER_USE_BOTH,
        ));
        $this->tables->together(function () use ($done, $links): void {
            foreach ($links as $link) {
                $this->outbox->enqueue($link['order_id'], Job::PULL);
            }
            // After the jobs: the same hint coming now is a row of its own, and the order will be looked at later.
            if ($done !== []) {
                $this->inbox->remove($done);
            }
        });
        $this->settings->saw('event');
        if ($companion) {
            // It is right now, whatever was wrong before.
            $this->settings->saw(Event::COMPANION);
            $this->settings->forgetCount('signature_refused');
            $this->settings->forgetCount('stale_refused');
        }
        $this->settings->forgetCount('silent');
        $this->points->reach(Points::TAKEN);

        return count($done);
    }

    /**
     * @param array<string, mixed> $data
     * @return list<string> deals to look at
     */
    private function meaning(array $data): array
    {
        unset($data['by']);
        try {
            $hints = $this->core->ask('inbound.read', $data)['hints'] ?? [];
        } catch (Rejected | EngineFault $failure) {
            $this->log->log('warning', 'a call from the portal could not be read: ' . $failure->getMessage());

            return [];
        }
        $deals = [];
        foreach ((array) $hints as $hint) {
            $deals[] = (string) (((array) $hint)['deal_id'] ?? '');
        }

        return $deals;
    }
}
