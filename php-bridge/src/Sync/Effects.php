<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Log\Log;
use Orderbridge\Log\Words;
use Orderbridge\Shop\Shop;
use RuntimeException;
use Throwable;

/** Does in the shop what the core has decided, and says how each effect went. */
final class Effects
{
    public function __construct(
        private readonly Shop $shop,
        private readonly Log $log,
    ) {
    }

    /**
     * @param iterable<mixed> $effects
     * @return list<array{ok: bool, error?: string}>
     */
    public function apply(iterable $effects): array
    {
        $applied = [];
        foreach ($effects as $effect) {
            $applied[] = $this->one((array) $effect);
        }

        return $applied;
    }

    /**
     * @param array<string, mixed> $effect
     * @return array{ok: bool, error?: string}
     */
    private function one(array $effect): array
    {
        $orderId = (string) ($effect['order_id'] ?? '');
        try {
            match ($effect['effect'] ?? '') {
                'set_status' => $this->shop->setStatus(
                    $orderId,
                    (string) ($effect['status'] ?? ''),
                    (string) ($effect['comment'] ?? ''),
                    (bool) ($effect['notify'] ?? false),
                ),
                'add_note' => $this->shop->addNote($orderId, (string) ($effect['text'] ?? '')),
                default => throw new RuntimeException('this bridge does not know the effect'),
            };

            return ['ok' => true];
        } catch (Throwable $failure) {
            $words = Words::of($failure);
            $this->log->log('warning', "order $orderId: the shop did not take the change: $words");

            return ['ok' => false, 'error' => $words];
        }
    }
}
