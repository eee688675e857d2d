<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Outbox\Job;

/** A piece of work for the core. */
final class Task
{
    /** @param array<string, mixed> $data the contract's `task` */
    private function __construct(
        public readonly string $id,
        public readonly array $data,
        public readonly string $orderId,
    ) {
    }

    /**
     * @param array<string, mixed>|null $order null: it is in the shop no more, but it has a deal
     * @param array<string, mixed>|null $link
     */
    public static function push(Job $job, ?array $order, ?array $link): self
    {
        return new self("push{$job->id}", [
            'kind' => 'push_order',
            'order' => $order,
            'link' => $link,
            'attempt' => $job->attempt(),
            'code' => $job->code,
            'turn' => $job->turn(),
        ], $job->orderId);
    }

    /**
     * @param array<string, mixed> $link
     * @param array<string, mixed> $order at least `id` and `status`
     */
    public static function pull(Job $job, array $link, array $order): self
    {
        return new self("pull{$job->id}", [
            'kind' => 'pull_deal',
            'deal_id' => $link['deal_id'],
            'link' => $link,
            'order' => $order,
            'attempt' => $job->attempt(),
            'code' => $job->code,
            'turn' => $job->turn(),
        ], $job->orderId);
    }

    /**
     * @param array<string, mixed>|null $order null: the shop does not know it, but a deal names it
     * @param array<string, mixed>|null $link
     */
    public static function compare(int $index, string $orderId, ?array $order, ?array $link, bool $mend): self
    {
        return new self("compare$index", [
            'kind' => 'compare',
            'order' => $order,
            'link' => $link ?? ['order_id' => $orderId],
            'attempt' => 1,
            'turn' => 0,
            'consent' => $mend ? ['repair'] : [],
        ], $orderId);
    }

    public static function poll(mixed $cursor): self
    {
        return new self('poll', ['kind' => 'poll', 'cursor' => $cursor, 'attempt' => 1, 'turn' => 0], '');
    }

    /** @param array<string, mixed> $more */
    public static function ofSetup(string $kind, array $more = []): self
    {
        return new self($kind, ['kind' => $kind, 'attempt' => 1, 'turn' => 0] + $more, '');
    }
}
