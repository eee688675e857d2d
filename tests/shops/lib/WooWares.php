<?php

declare(strict_types=1);

namespace Shops;

use RuntimeException;

/** What the owner makes for the test, and takes away again: a page, a coupon, a product with variations; and refunds. */
final class WooWares
{
    private const ATTRIBUTE = 'Цвет';
    private const COLOURS = ['Белый', 'Синий «кобальт»'];

    private ?int $page = null;
    private string $coupon = '';
    private ?Choice $choice = null;
    /** @var list<string> routes of what was made */
    private array $made = [];

    public function __construct(private readonly WooRest $rest)
    {
    }

    /** @return int a page with the classic checkout: most shops have the other one */
    public function classicPage(): int
    {
        return $this->page ??= $this->make('/wp/v2/pages', [
            'title' => 'Orderbridge try',
            'content' => '[woocommerce_checkout]',
            'status' => 'publish',
        ]);
    }

    public function coupon(): string
    {
        if ($this->coupon === '') {
            $code = 'try-' . bin2hex(random_bytes(4));
            $this->make('/wc/v3/coupons', ['code' => $code, 'discount_type' => 'percent', 'amount' => '7.77']);
            $this->coupon = $code;
        }

        return $this->coupon;
    }

    public function choice(): Choice
    {
        return $this->choice ??= $this->variable();
    }

    /** Gives the money of one piece back, without asking the bank. */
    public function refund(string $id): string
    {
        $line = $this->rest->call("/wc/v3/orders/$id", [], 'GET')['line_items'][0];
        $part = static fn (string $sum): string => sprintf('%.2f', (float) $sum / $line['quantity']);
        $taxes = array_map(static fn (array $tax): array => [
            'id' => $tax['id'],
            'refund_total' => $part((string) $tax['total']),
        ], $line['taxes']);
        $sums = [$part($line['total']), ...array_column($taxes, 'refund_total')];
        $back = array_sum(array_map(floatval(...), $sums));
        $made = $this->rest->call("/wc/v3/orders/$id/refunds", [
            'amount' => sprintf('%.2f', $back),
            'reason' => 'Orderbridge try',
            'api_refund' => false,
            'line_items' => [[
                'id' => $line['id'],
                'quantity' => 1,
                'refund_total' => $part($line['total']),
                'refund_tax' => $taxes,
            ]],
        ]);
        (float) $made['amount'] === round($back, 2) || throw new RuntimeException("$made[amount] ≠ $back");

        return sprintf('%.2f', $back);
    }

    public function away(): void
    {
        foreach (array_reverse($this->made) as $route) {
            $this->rest->call($route, ['force' => true], 'DELETE');
        }
    }

    private function variable(): Choice
    {
        $attribute = ['name' => self::ATTRIBUTE, 'variation' => true, 'visible' => true, 'options' => self::COLOURS];
        $product = $this->make('/wc/v3/products', [
            'name' => 'Orderbridge try',
            'type' => 'variable',
            'attributes' => [$attribute],
        ]);
        foreach (self::COLOURS as $at => $colour) {
            $variation = $this->make("/wc/v3/products/$product/variations", [
                'regular_price' => $at === 0 ? '100' : '333.33',
                'attributes' => [['name' => self::ATTRIBUTE, 'option' => $colour]],
            ]);
        }
        $colour = self::COLOURS[1];
        $fields = [
            'variation_id' => (string) $variation,
            // The field's name is the word as an address has it.
            'attribute_' . strtolower(rawurlencode(mb_strtolower(self::ATTRIBUTE))) => $colour,
        ];

        return new Choice((string) $product, $fields, self::ATTRIBUTE, $colour);
    }

    /** @param array<string, mixed> $data */
    private function make(string $route, array $data): int
    {
        $id = (int) $this->rest->call($route, $data)['id'];
        $this->made[] = "$route/$id";

        return $id;
    }
}
