<?php

declare(strict_types=1);

namespace Piala\Store;

/** Fills an empty shop with the goods of schema/catalogue.php. */
final class Seed
{
    public static function plant(Database $database): void
    {
        $seed = require dirname(__DIR__, 2) . '/schema/catalogue.php';
        $database->transaction(static function () use ($database, $seed): void {
            foreach ($seed['categories'] as $id => [$parent, $slug, $name, $note]) {
                $database->insert(
                    'category',
                    ['id' => $id, 'parent_id' => $parent, 'slug' => $slug, 'name' => $name, 'note' => $note],
                );
            }
            foreach ($seed['products'] as $slug => $row) {
                [$sku, $name, $price, $vat, $tint, $categories, $popular, $summary, $description, $options] = $row;
                $product = $database->insert('product', [
                    'slug' => $slug,
                    'sku' => $sku,
                    'name' => $name,
                    'price' => $price,
                    'vat_rate' => $vat,
                    'tint' => $tint,
                    'summary' => $summary,
                    'description' => $description,
                    'popular' => $popular,
                ]);
                foreach ($categories as $category) {
                    $database->insert('product_category', ['product_id' => $product, 'category_id' => $category]);
                }
                foreach ($options as $option => $values) {
                    foreach ($values as $value) {
                        $database->insert('option_value', [
                            'product_id' => $product, 'option_name' => $option, 'name' => $value[0],
                            'price_delta' => $value[1], 'sku_suffix' => $value[2], 'colour' => $value[3] ?? null,
                        ]);
                    }
                }
            }
            foreach ($seed['coupons'] as $code => [$kind, $value, $from]) {
                $database->insert(
                    'coupon',
                    ['code' => $code, 'kind' => $kind, 'value' => $value, 'from_total' => $from],
                );
            }
        });
    }
}
