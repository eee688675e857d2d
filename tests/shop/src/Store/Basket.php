<?php

declare(strict_types=1);

namespace Piala\Store;

use Piala\Http\Session;

/** What the buyer has chosen, kept in the session as choices and quantities; prices are always today's. */
final class Basket
{
    public const MOST = 99;

    public function __construct(private readonly Session $session, private readonly Catalogue $catalogue)
    {
    }

    public function add(Choice $choice, int $quantity): void
    {
        $items = $this->items();
        $this->save([...$items, $choice->key() => ($items[$choice->key()] ?? 0) + $quantity]);
    }

    public function set(string $key, int $quantity): void
    {
        if (isset($this->items()[$key])) {
            $this->save([...$this->items(), $key => $quantity]);
        }
    }

    public function clear(): void
    {
        $this->save([]);
    }

    public function count(): int
    {
        return array_sum($this->items());
    }

    /** @return array<string, array{choice: Choice, line: OrderLine}> what can still be bought, by key */
    public function lines(): array
    {
        $lines = [];
        foreach ($this->items() as $key => $quantity) {
            $choice = $this->catalogue->choiceOf($key);
            if ($choice !== null) {
                $lines[$key] = ['choice' => $choice, 'line' => OrderLine::of($choice, $quantity)];
            }
        }

        return $lines;
    }

    /** @return list<OrderLine> */
    public function orderLines(): array
    {
        return array_values(array_column($this->lines(), 'line'));
    }

    /** @return array<string, int> */
    private function items(): array
    {
        $items = [];
        foreach ($this->session->get('basket', []) as $key => $quantity) {
            $items[$key] = (int) $quantity;
        }

        return $items;
    }

    /** @param array<array-key, int> $items */
    private function save(array $items): void
    {
        $this->session->set('basket', array_map(
            static fn (int $quantity): int => min($quantity, self::MOST),
            array_filter($items, static fn (int $quantity): bool => $quantity > 0),
        ));
    }
}
