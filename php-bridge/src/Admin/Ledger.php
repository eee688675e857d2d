<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use Orderbridge\Outbox\Job;
use Orderbridge\Shop\OrderRange;
use Orderbridge\Sync\Deadline;

use function array_map;
use function array_sum;
use function count;
use function max;

/** Every order with its deal, and what can be done with it. */
final class Ledger extends Desk
{
    private const LIMIT = 50;
    private const MOST = 200;
    private const LINES = 50;
    /** Long enough for a deal to be made, short enough for a person who waits. */
    private const SEND_SECONDS = 10.0;
    private const LOOK_EVERY = 0.1;

    /** @return array<string, mixed> */
    public function list(Params $params): array
    {
        $filter = $params->word('filter', Listing::FILTERS, Listing::ALL);
        $listing = $this->listing();
        [$rows, $next] = $listing->page(
            $filter,
            $params->text('search'),
            $params->text('before'),
            $params->number('limit', self::LIMIT, 1, self::MOST),
        );

        return ['rows' => $rows, 'next' => $next, 'counts' => $this->counts()];
    }

    /** @return array<string, mixed> */
    public function get(Params $params): array
    {
        $orderId = $params->required('id');

        return [
            'row' => $this->row($orderId),
            'explanation' => $this->explanation($orderId),
            'journal' => array_map(static fn (array $line): array => [
                'at' => self::moment((int) $line['at']),
                'level' => (string) $line['level'],
                'code' => (string) $line['code'],
                'message' => (string) $line['message'],
                'hint' => (string) $line['hint'],
            ], $this->wiring->journal()->latest(self::LINES, $orderId)),
        ];
    }

    /** @return array<string, mixed> */
    public function resend(Params $params): array
    {
        if ($params->text('filter') === Listing::FAILED) {
            $count = $this->wiring->outbox()->requeueDead();
        } else {
            $ids = $params->texts('ids');
            array_map($this->again(...), $ids);
            $count = count($ids);
        }
        $this->wiring->kick()->want();

        return ['count' => $count];
    }

    /** @return array<string, mixed> */
    public function send(Params $params): array
    {
        $orderId = $params->required('id');
        if ($this->wiring->shop->orderStatus($orderId) === null) {
            throw $this->refuse('order_not_found');
        }
        $this->again($orderId);
        $deadline = Deadline::in(self::SEND_SECONDS);
        do {
            $this->wiring->worker()->until($deadline, 'hand');
        } while ($this->isInOtherHands($orderId) && !$deadline->passed());

        return ['row' => $this->row($orderId)];
    }

    /** A worker of the background was quicker; waits a moment if so, for what comes of it is the answer. */
    private function isInOtherHands(string $orderId): bool
    {
        $taken = ($this->wiring->outbox()->ofOrder($orderId)['state'] ?? '') === 'leased';
        $taken && $this->wiring->clock()->sleep(self::LOOK_EVERY);

        return $taken;
    }

    private function again(string $orderId): void
    {
        $this->wiring->outbox()->requeue($orderId);
        $this->wiring->outbox()->enqueue($orderId, Job::PUSH);
    }

    /** @return array<string, mixed> */
    private function explanation(string $orderId): array
    {
        $explanation = $this->wiring->setup()->explain($orderId);
        $explanation['sentences'] = array_map(static function (mixed $said): array {
            $said = (array) $said;
            // Lines of the journal come back as they were given: with the database's time.
            return isset($said['at']) ? ['at' => self::moment((int) $said['at'])] + $said : $said;
        }, (array) ($explanation['sentences'] ?? []));

        return $explanation;
    }

    /** @return array<string, mixed> */
    private function row(string $orderId): array
    {
        return $this->listing()->rows([$orderId])[0] ?? throw $this->refuse('order_not_found');
    }

    /** @return array<string, int> */
    private function counts(): array
    {
        $jobs = $this->wiring->outbox()->figures();
        $all = $this->wiring->shop->countIn(new OrderRange());
        $waiting = $jobs['ready'] + $jobs['leased'] + $jobs['waiting'];
        // An order that has a deal and a job is on its way once more, or stuck: it is not among those in step.
        $again = (int) ($this->wiring->tables()->row(
            'SELECT COUNT(l.deal_id) AS n FROM {job} j JOIN {link} l ON l.order_id = j.order_id',
        )['n'] ?? 0);
        $synced = max(0, $this->wiring->links()->count() - $again);

        return [
            Listing::ALL => $all,
            Listing::WAITING => $waiting,
            Listing::FAILED => $jobs['dead'],
            Listing::DIFFERING => array_sum($this->wiring->differences()->counts()),
            Listing::NOT_SENT => max(0, $all - $synced - $waiting - $jobs['dead']),
            Listing::SYNCED => $synced,
        ];
    }

    private function listing(): Listing
    {
        return new Listing($this->wiring);
    }
}
