<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Core\Core;
use Orderbridge\Core\EngineFault;
use Orderbridge\Core\Rejected;
use Orderbridge\Inbox\Inbox;
use Orderbridge\Link\Links;
use Orderbridge\Log\Log;
use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Outbox;
use Orderbridge\Settings\Settings;
use Orderbridge\Store\Tables;

use function array_column;
use function array_keys;
use function array_map;
use function count;
use function json_decode;

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

    /** @return int how many hints were read */
    public function read(): int
    {
        $rows = $this->inbox->oldest(self::PAGE);
        if ($rows === []) {
            return 0;
        }
        $deals = [];
        foreach ($rows as $row) {
            foreach ($this->meaning($row['payload']) as $deal) {
                $deals["$deal"] = true;
            }
        }
        $this->points->reach(Points::READ);
        $links = $this->links->ofDeals(array_map('strval', array_keys($deals)));
        $this->tables->together(function () use ($rows, $links): void {
            foreach ($links as $link) {
                $this->outbox->enqueue($link['order_id'], Job::PULL);
            }
            // After the jobs: the same hint coming now is a row of its own, and the order will be looked at later.
            $this->inbox->remove(array_column($rows, 'id'));
        });
        $this->settings->saw('event');
        $this->points->reach(Points::TAKEN);

        return count($rows);
    }

    /** @return list<string> deals to look at */
    private function meaning(string $payload): array
    {
        try {
            $data = (array) json_decode($payload);
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
