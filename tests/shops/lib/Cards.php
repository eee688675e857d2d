<?php

declare(strict_types=1);

namespace Shops;

use RuntimeException;
use Story\Portal;
use Story\Wait;

/** The manager drags cards, and the order in the shop follows: status, history, and a letter only where it is wanted. */
final class Cards
{
    public function __construct(
        private readonly Cms $cms,
        private readonly Portal $portal,
        private readonly Stages $stages,
        private readonly Watch $watch,
        private readonly Words $words,
        private readonly ?Letters $letters,
    ) {
    }

    /**
     * @param array<string, mixed> $card
     * @param array{id: string, name: string, semantics: string} $stage
     */
    public function move(Row $row, Bought $order, array $card, array $stage): void
    {
        $deal = (string) $card['ID'];
        $status = $this->stages->status($stage);
        $before = $this->cms->see($order->id);
        $letters = $this->letters?->to($order->person->email) ?? 0;
        $mark = $this->portal->last();
        $this->portal->move($deal, $stage['id']);
        if ($status === '' || $status === $before->status) {
            // A card that is there already makes no event.
            $card['STAGE_ID'] === $stage['id']
                ? $row->note($this->words->say('there_already'))
                : $this->watch->until($row, 'the module reads it', fn (): ?bool => $this->read($deal, $mark) ?: null);
            $this->untouched($row, $order, $before);

            return;
        }
        $seen = $this->watch->until($row, "the order becomes $status", function () use ($order, $status): ?Seen {
            $seen = $this->cms->see($order->id);

            return $seen->status === $status ? $seen : null;
        });
        $this->noted($order, $seen, $before, $this->stages->comment($stage, $deal));
        $this->letters === null || $this->mailed($row, $order, $letters, $this->stages->notifies($stage));
    }

    /** A shop may write the note a moment after the status. */
    private function noted(Bought $order, Seen $seen, Seen $before, string $comment): void
    {
        $there = static fn (Seen $seen): bool => count($seen->history) > count($before->history)
            && $seen->noted($comment);
        try {
            $there($seen) || Wait::until('a note', 15, fn (): bool => $there($this->cms->see($order->id)));
        } catch (RuntimeException) {
            throw new RuntimeException($this->words->say('no_history'));
        }
    }

    /** Whether the module has read the deal since. */
    private function read(string $deal, int $mark): bool
    {
        foreach ($this->portal->journal($mark) as $request) {
            foreach ([$request, ...($request['commands'] ?? [])] as $call) {
                $id = (string) ($call['params']['id'] ?? '');
                if ($call['method'] === 'crm.item.get' && $id === $deal) {
                    return true;
                }
            }
        }

        return false;
    }

    private function mailed(Row $row, Bought $order, int $before, bool $told): void
    {
        $more = fn (): int => $this->letters->to($order->person->email) - $before;
        $told && Wait::until('a letter to the buyer', 15, static fn (): bool => $more() > 0);
        if (!$told && $more() > 0) {
            throw new RuntimeException($this->words->say('unwanted_letter'));
        }
        $row->note($this->words->say($told ? 'letter' : 'no_letter'));
    }

    /** Waits until the module has looked at it and let the order be. */
    private function untouched(Row $row, Bought $order, Seen $before): void
    {
        $this->watch->settled($row);
        $seen = $this->cms->see($order->id);
        if ($seen->status !== $before->status || $seen->history !== $before->history) {
            throw new RuntimeException($this->words->say('status_changed'));
        }
    }
}
