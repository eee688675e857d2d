<?php

/**
 * As much of WordPress and WooCommerce as the adapter calls, by their names. What they do is in FakeWoo: whichever of
 * them was made last.
 */

declare(strict_types=1);

namespace Automattic\WooCommerce\Utilities {

    use Orderbridge\Tests\Shops\WooCommerce\FakeWoo;

    final class OrderUtil
    {
        // phpcs:ignore PSR1.Methods.CamelCapsMethodName -- WooCommerce's
        public static function custom_orders_table_usage_is_enabled(): bool
        {
            return FakeWoo::here()->hasTables;
        }
    }
}

namespace {

    use Orderbridge\Tests\Shops\WooCommerce\FakeWoo;

    function add_action(string $hook, callable|array $do, int $priority = 10, int $takes = 1): bool
    {
        return add_filter($hook, $do, $priority, $takes);
    }

    function add_filter(string $hook, callable|array $do, int $priority = 10, int $takes = 1): bool
    {
        FakeWoo::here()->listen($hook, $do, $priority, $takes);

        return true;
    }

    function remove_action(string $hook, callable|array $do, int $priority = 10): bool
    {
        return remove_filter($hook, $do, $priority);
    }

    function remove_filter(string $hook, callable|array $do, int $priority = 10): bool
    {
        return FakeWoo::here()->forget($hook, $do, $priority);
    }

    function has_action(string $hook, callable|array $do): int|false
    {
        return FakeWoo::here()->hears($hook, $do) ? 10 : false;
    }

    function did_action(string $hook): int
    {
        return 0;
    }

    function get_post_type(int $id): string|false
    {
        return FakeWoo::here()->hasTables ? false : 'shop_order';
    }

    function wc_get_order(int $id): object|false
    {
        return FakeWoo::here()->orders[$id] ?? false;
    }

    function wc_get_product(int $id): object|false
    {
        return FakeWoo::here()->products[$id] ?? false;
    }

    /** @return array<string, string> */
    function wc_get_order_statuses(): array
    {
        return FakeWoo::STATUSES;
    }

    /** @return list<int> */
    function wc_order_search(string $words): array
    {
        return FakeWoo::here()->search($words);
    }

    function wc_get_price_decimals(): int
    {
        return FakeWoo::here()->decimals;
    }

    function get_woocommerce_currency(): string
    {
        return 'RUB';
    }

    function current_datetime(): DateTimeImmutable
    {
        return new DateTimeImmutable('now', new DateTimeZone('Europe/Moscow'));
    }

    function wp_cache_flush_runtime(): bool
    {
        FakeWoo::here()->flushed++;

        return true;
    }

    function wp_cache_supports(string $what): bool
    {
        return $what === 'flush_runtime' && FakeWoo::here()->cacheFlushes;
    }

    function clean_post_cache(int $id): void
    {
        FakeWoo::here()->flushed++;
    }

    function wp_cache_delete(string $key, string $group): bool
    {
        return FakeWoo::here()->orders[(int) substr($key, strlen('order-items-'))]->get_id() > 0 && $group === 'orders';
    }

    /** @return list<object> */
    function get_terms(): array
    {
        return FakeWoo::here()->terms;
    }

    /** @return list<object>|false */
    function get_the_terms(int $product, string $taxonomy): array|false
    {
        return FakeWoo::here()->termsOf[$taxonomy][$product] ?? false;
    }

    function taxonomy_exists(string $taxonomy): bool
    {
        return true;
    }

    /** @return list<int> from the parent up */
    function get_ancestors(int $term): array
    {
        return FakeWoo::here()->ancestors($term);
    }

    function get_userdata(int $id): object|false
    {
        return FakeWoo::here()->users[$id] ?? false;
    }

    function wp_roles(): object
    {
        return (object) ['role_names' => ['customer' => 'Customer', 'wholesale' => 'Опт &amp; дилеры']];
    }

    function translate_user_role(string $name): string
    {
        return $name === 'Customer' ? 'Покупатель' : $name;
    }

    // phpcs:ignore Squiz.NamingConventions -- WooCommerce's
    function WC(): object
    {
        return FakeWoo::here();
    }
}
