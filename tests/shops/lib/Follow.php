<?php

declare(strict_types=1);

namespace Shops;

use RuntimeException;

/** Waits for what an order does to its deal, and compares the two. */
final class Follow
{
    public function __construct(
        private readonly Cms $cms,
        private readonly Deals $deals,
        private readonly Arrival $arrival,
        private readonly Words $words,
    ) {
    }

    /** @return array<string, mixed> the deal of a new order */
    public function arrives(Row $row, Bought $order): array
    {
        $look = fn (): ?array => $this->deals->of($order);
        $deal = $this->watch()->until($row, 'the order becomes a deal', $look);
        $seen = $this->cms->see($order->id);
        $this->deals->compare($deal, $order, $seen);
        $row->note("{$deal['ID']} «{$deal['TITLE']}», {$deal['OPPORTUNITY']} {$deal['CURRENCY_ID']}");
        $stage = $this->stages()->stageOf($seen->status);
        if ($stage !== '' && $deal['STAGE_ID'] !== $stage) {
            throw new RuntimeException("{$this->stages()->name($seen->status)}: {$deal['STAGE_ID']} ≠ $stage");
        }

        return $deal;
    }

    /** The owner has given the order this status: the deal goes where the table says. */
    public function followed(Row $row, Bought $order, string $status): void
    {
        $stage = $this->stages()->stageOf($status);
        $there = fn (): ?bool => ($this->deals->of($order)['STAGE_ID'] ?? '') === $stage ?: null;
        $this->watch()->until($row, "the deal goes to $stage", $there);
        $this->kept($row, $order, $status, $stage);
    }

    /** He has given it one that the table may not have: then the deal stays where it is. */
    public function followedOrStays(Row $row, Bought $order, string $status, string $before): void
    {
        if ($this->stages()->stageOf($status) !== '') {
            $this->followed($row, $order, $status);

            return;
        }
        $this->watch()->settled($row);
        $now = $this->deals->of($order)['STAGE_ID'] ?? '';
        $now === $before || throw new RuntimeException("$before → $now");
        $this->kept($row, $order, $status, '—');
    }

    private function kept(Row $row, Bought $order, string $status, string $stage): void
    {
        $seen = $this->cms->see($order->id);
        $seen->status === $status || throw new RuntimeException($this->words->say('status_changed'));
        $row->note("{$this->stages()->name($status)} → $stage");
    }

    /**
     * The timeline of the order's deal says something new.
     *
     * @param array<string, mixed> $before the deal
     * @return array{array<string, mixed>, string} the deal now, and what was said last
     */
    public function told(Row $row, Bought $order, array $before): array
    {
        $deal = $this->watch()->until($row, 'the deal tells of it', function () use ($order, $before): ?array {
            $deal = $this->deals->of($order);

            return count($deal['TIMELINE'] ?? []) > count($before['TIMELINE']) ? $deal : null;
        });
        // What else there is to change about the deal may come a request later.
        $this->watch()->settled($row);
        $deal = $this->deals->of($order) ?? throw new RuntimeException("no deal of $order->id");
        $last = end($deal['TIMELINE']);
        $said = is_string($last) ? $last : (string) json_encode($last, JSON_UNESCAPED_UNICODE);
        $row->note($said);

        return [$deal, $said];
    }

    private function watch(): Watch
    {
        return $this->arrival->watch ?? throw new LeftOut();
    }

    private function stages(): Stages
    {
        return $this->arrival->stages ?? throw new LeftOut();
    }
}
