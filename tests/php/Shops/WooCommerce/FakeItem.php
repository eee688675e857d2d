<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

// phpcs:disable PSR1.Methods.CamelCapsMethodName -- WooCommerce's names

/** A line, a delivery, a fee, a tax or a coupon of a fake order, with the methods of WooCommerce's own. */
final class FakeItem
{
    private const EMPTY = [
        'name' => '', 'total' => '0', 'total_tax' => '0', 'taxes' => ['total' => []], 'quantity' => 1,
        'product_id' => 0, 'variation_id' => 0,
        'method_id' => '', 'instance_id' => '', 'rate_id' => 0, 'rate_percent' => null,
        'shown' => [], 'meta' => [], 'subtotal' => null,
    ];

    /** @var array<string, mixed> */
    private array $is;

    /** @param array<string, mixed> $is */
    public function __construct(private readonly string $type, array $is)
    {
        $this->is = $is + self::EMPTY;
    }

    public function get_type(): string
    {
        return $this->type;
    }

    public function get_meta(string $key): mixed
    {
        return $this->is['meta'][$key] ?? '';
    }

    /** The product as it is now, a variation when it was one; false when it is gone. */
    public function get_product(): object|false
    {
        $id = (int) $this->is['variation_id'] ?: (int) $this->is['product_id'];

        return FakeWoo::here()->products[$id] ?? false;
    }

    /** @return array<int, object> names and values as HTML, values in a paragraph */
    public function get_formatted_meta_data(): array
    {
        $shown = [];
        foreach ($this->is['shown'] as $name => $value) {
            $shown[] = (object) ['display_key' => $name, 'display_value' => "<p>$value</p>\n"];
        }

        return $shown;
    }

    /** @param list<mixed> $ignored */
    public function __call(string $name, array $ignored): mixed
    {
        $key = substr($name, 4);
        if (!str_starts_with($name, 'get_') || !array_key_exists($key, $this->is)) {
            throw new \BadMethodCallException("WooCommerce's items have no $name");
        }

        return $this->is[$key];
    }
}
