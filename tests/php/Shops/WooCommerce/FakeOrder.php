<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

use DateTime;

// phpcs:disable PSR1.Methods.CamelCapsMethodName -- WooCommerce's names

/**
 * An order of FakeWoo with the methods of WooCommerce's own. Saving it fires what a real one fires, in its order:
 * update_order or new_order before the items are written, after_order_object_save, then what a status change brings.
 */
final class FakeOrder
{
    /** @var array<string, mixed> */
    public array $is;
    /** @var list<FakeItem> by type and number */
    public array $items = [];
    /** @var list<object> */
    public array $refunds = [];
    private string $before = '';
    private string $note = '';

    /** @param array<string, mixed> $is */
    public function __construct(private readonly FakeWoo $woo, array $is)
    {
        $this->is = $is + [
            'id' => 0, 'type' => 'shop_order', 'status' => 'pending', 'total' => '0', 'currency' => 'RUB',
            'customer_id' => 0, 'customer_note' => '',
            'payment_method' => '', 'payment_method_title' => '', 'meta' => [],
            'created' => time(), 'modified' => time(), 'number' => null, 'shipping_method' => '', 'coupon_codes' => [],
            'parent_id' => 0, 'amount' => '0',
        ];
    }

    public function get_id(): int
    {
        return (int) $this->is['id'];
    }

    public function get_order_number(): string
    {
        return (string) ($this->is['number'] ?? $this->is['id']);
    }

    public function get_date_created(): DateTime
    {
        return (new DateTime('@' . $this->is['created']))->setTimezone(new \DateTimeZone('Europe/Moscow'));
    }

    public function get_edit_order_url(): string
    {
        return "https://shop.example/wp-admin/admin.php?page=wc-orders&amp;action=edit&amp;id={$this->is['id']}";
    }

    /**
     * @param string|list<string> $types
     * @return array<int, FakeItem>
     */
    public function get_items(string|array $types = 'line_item'): array
    {
        return array_filter(
            $this->items,
            static fn (FakeItem $item): bool => in_array($item->get_type(), (array) $types, true),
        );
    }

    /** @return array<int, FakeItem> */
    public function get_shipping_methods(): array
    {
        return $this->get_items('shipping');
    }

    public function get_item_subtotal(FakeItem $item, bool $withTax): float
    {
        $whole = $item->get_subtotal() ?? (float) $item->get_total() + ($withTax ? (float) $item->get_total_tax() : 0);

        return round($whole / $item->get_quantity(), 2);
    }

    /** @return list<object> */
    public function get_refunds(): array
    {
        return $this->refunds;
    }

    public function get_meta(string $key): mixed
    {
        return $this->is['meta'][$key] ?? '';
    }

    /** @return list<object> */
    public function get_meta_data(): array
    {
        return array_map(
            static fn (string $key, mixed $value): object => (object) ['key' => $key, 'value' => $value],
            array_keys($this->is['meta']),
            $this->is['meta'],
        );
    }

    public function set_status(string $status, string $note = ''): void
    {
        if ($status !== $this->is['status']) {
            $this->before = $this->is['status'];
            $this->note = $note;
            $this->is['status'] = $status;
        }
    }

    /** As WooCommerce: what a plugin throws while it saves is logged there, and the answer is false. */
    public function update_status(string $status, string $note = ''): bool
    {
        if (!isset(FakeWoo::STATUSES["wc-$status"])) {
            $status = 'pending';
        }
        $this->set_status($this->woo->insteadOfStatus ?? $status, $note);
        $this->save();

        return true;
    }

    public function add_order_note(string $text, int $forCustomer = 0): int
    {
        $this->woo->notes[$this->get_id()][] = $text;
        if ($forCustomer === 1) {
            $this->woo->mail('customer_note', $this->get_id());
        }

        return count($this->woo->notes[$this->get_id()]);
    }

    public function save(): int
    {
        $this->woo->store($this, $this->before);
        [$from, $this->before] = [$this->before, ''];
        if ($from !== '') {
            $this->woo->statusMoved($this, $from, trim("$this->note Статус: $from → {$this->is['status']}."));
        }

        return $this->get_id();
    }

    /** @param list<mixed> $ignored */
    public function __call(string $name, array $ignored): mixed
    {
        $key = substr($name, 4);
        if (!str_starts_with($name, 'get_')) {
            throw new \BadMethodCallException("WooCommerce's orders have no $name");
        }

        return $this->is[$key] ?? (preg_match('/^(billing|shipping)_\w+$/', $key) === 1
            ? ''
            : throw new \BadMethodCallException("WooCommerce's orders have no $name"));
    }
}
