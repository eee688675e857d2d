<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use function array_reverse;
use function get_ancestors;
use function get_the_terms;
use function is_array;
use function is_object;
use function taxonomy_exists;
use function wc_get_product;

/**
 * What an order's line does not say of its product: article number, brand, categories. The product may be gone; of a
 * variation categories and brand are its parent's.
 */
final class Goods
{
    /** Since WooCommerce 9.6; before it, plugins used the same name. */
    private const BRAND = 'product_brand';

    /**
     * @param object $item WooCommerce's WC_Order_Item_Product
     * @return array{sku: string, brand: string, categories: list<list<string>>}
     */
    public function of(object $item): array
    {
        $parent = (int) $item->get_product_id();
        $product = $item->get_product();
        if (!is_object($product) && $parent > 0) {
            // The variation is gone, its parent is there.
            $product = wc_get_product($parent);
        }
        if (!is_object($product)) {
            return ['sku' => '', 'brand' => '', 'categories' => []];
        }
        $brands = taxonomy_exists(self::BRAND) ? get_the_terms($parent, self::BRAND) : false;
        $categories = get_the_terms($parent, 'product_cat');
        $paths = [];
        foreach (is_array($categories) ? $categories : [] as $term) {
            $path = [...array_reverse(get_ancestors((int) $term->term_id, 'product_cat', 'taxonomy')), $term->term_id];
            $paths[] = array_map(strval(...), $path);
        }

        return [
            // A variation without one answers with its parent's.
            'sku' => Plain::name($product->get_sku()),
            'brand' => is_array($brands) ? Plain::name($brands[0]->name ?? '') : '',
            'categories' => $paths,
        ];
    }

    /**
     * What the buyer has chosen, as the shop shows it; without what is in the line's name already.
     *
     * @return list<array{name: string, value: string}>
     */
    public function options(object $item): array
    {
        $options = [];
        foreach ($item->get_formatted_meta_data() as $meta) {
            $value = Plain::html($meta->display_value);
            if ($value !== '') {
                $options[] = ['name' => Plain::html($meta->display_key), 'value' => $value];
            }
        }

        return $options;
    }
}
