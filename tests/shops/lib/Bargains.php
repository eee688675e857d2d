<?php

declare(strict_types=1);

namespace Shops;

use RuntimeException;

/** What an order may have besides goods and a buyer: a coupon, something chosen, and money that goes back. */
final class Bargains
{
    /** @var array<string, Bought> */
    private array $orders = [];

    public function __construct(
        private readonly Cms $cms,
        private readonly Deals $deals,
        private readonly Arrival $arrival,
        private readonly Table $table,
        private readonly Words $words,
        private readonly Follow $follow,
    ) {
    }

    /** @return array<string, Bought> the orders that came of it, by how they came about */
    public function strike(): array
    {
        foreach (array_diff($this->cms->ways(), ['customer']) as $way) {
            $this->step("coupon_$way", fn (Row $row) => $this->coupon($row, $way));
            $this->step("choice_$way", fn (Row $row) => $this->choice($row, $way));
        }
        $this->step('refund', fn (Row $row) => $this->refund($row));

        return $this->orders;
    }

    private function coupon(Row $row, string $way): void
    {
        $code = $this->cms->coupon();
        $deal = $this->buys($row, "coupon_$way", $way, new Basket(2, $code));
        $comment = (string) ($deal['COMMENTS'] ?? '');
        stripos($comment, $code) === false && throw new RuntimeException("$code ∉ $comment");
        $row->note($code);
    }

    private function choice(Row $row, string $way): void
    {
        $choice = $this->cms->choice();
        $deal = $this->buys($row, "choice_$way", $way, new Basket(1, '', $choice));
        $names = implode("\n", array_column($deal['ROWS'], 'productName'));
        str_contains($names, $choice->value) || throw new RuntimeException("$choice->value ∉ $names");
        $row->note("$choice->name: $choice->value");
    }

    /** @return array<string, mixed> the deal that came of it */
    private function buys(Row $row, string $name, string $way, Basket $basket): array
    {
        $this->arrival->stages ?? throw new LeftOut();
        $order = $this->cms->buy($way, Person::new('Ольга', "Д'Арк"), $basket);
        $deal = $this->follow->arrives($row, $order);
        $this->orders[$name] = $order;

        return $deal;
    }

    /** A part goes back where the shop can count it; elsewhere the order gets the status that says so. */
    private function refund(Row $row): void
    {
        $order = $this->orders['coupon_guest'] ?? throw new LeftOut();
        $before = $this->deals->of($order) ?? throw new LeftOut();
        $back = $this->cms->refund($order->id);
        if ($back === null) {
            $status = $this->cms->see($order->id)->status;
            $this->follow->followedOrStays($row, $order, $status, (string) $before['STAGE_ID']);
            $deal = $this->deals->of($order) ?? throw new RuntimeException('no deal');
            $expected = (float) $before['OPPORTUNITY'];
        } else {
            [$deal, $said] = $this->follow->told($row, $order, $before);
            str_contains($said, $back) || throw new RuntimeException("$back ∉ $said");
            $life = $this->arrival->app()->ask('page.open')['settings']['document']['life'];
            $expected = (float) $before['OPPORTUNITY'] - ($life['refund'] === 'note' ? 0.0 : (float) $back);
        }
        $amount = Deals::addsUp($deal);
        if ($amount !== sprintf('%.2f', $expected)) {
            throw new RuntimeException(sprintf('%s ≠ %.2f', $amount, $expected));
        }
        $row->note("{$before['OPPORTUNITY']} → $amount");
    }

    /** @param callable(Row): mixed $do */
    private function step(string $name, callable $do): void
    {
        $this->table->step($this->words->say($name), $do);
    }
}
