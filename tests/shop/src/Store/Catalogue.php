<?php

declare(strict_types=1);

namespace Piala\Store;

/** Categories, goods and their options. */
final class Catalogue
{
    private const PRODUCTS = 'SELECT p.*, '
        . '(SELECT COUNT(*) FROM option_value v WHERE v.product_id = p.id AND v.price_delta > 0) AS dearer '
        . 'FROM product p';

    /** @var array<int, array{id: int, parent_id: ?int, slug: string, name: string, note: string}>|null */
    private ?array $categories = null;

    public function __construct(private readonly Database $database)
    {
    }

    /** @return array<int, array{id: int, parent_id: ?int, slug: string, name: string, note: string}> by id */
    public function categories(): array
    {
        return $this->categories ??= array_column(
            $this->database->rows('SELECT * FROM category ORDER BY id'),
            null,
            'id',
        );
    }

    /** @return list<array{id: int, parent_id: ?int, slug: string, name: string, note: string}> */
    public function children(?int $parent): array
    {
        return array_values(array_filter(
            $this->categories(),
            static fn (array $category): bool => $category['parent_id'] === $parent,
        ));
    }

    /** @return array{id: int, parent_id: ?int, slug: string, name: string, note: string}|null */
    public function categoryBySlug(string $slug): ?array
    {
        foreach ($this->categories() as $category) {
            if ($category['slug'] === $slug) {
                return $category;
            }
        }

        return null;
    }

    /** @return list<array{id: int, parent_id: ?int, slug: string, name: string, note: string}> root first, the category itself last */
    public function path(int $id): array
    {
        $categories = $this->categories();
        $path = [];
        while (isset($categories[$id])) {
            array_unshift($path, $categories[$id]);
            $id = $categories[$id]['parent_id'] ?? 0;
        }

        return $path;
    }

    /**
     * Every way from the root to a product, as ids: a product may lie in several categories.
     *
     * @return list<list<string>>
     */
    public function productPaths(int $product): array
    {
        $rows = $this->database->rows(
            'SELECT category_id FROM product_category WHERE product_id = ? ORDER BY category_id',
            [$product],
        );

        return array_map(
            fn (array $row): array => array_map(
                strval(...),
                array_column($this->path((int) $row['category_id']), 'id'),
            ),
            $rows,
        );
    }

    /** @return list<array<string, string|int|null>> the goods of a category and of all its subcategories */
    public function inCategory(int $id): array
    {
        $ids = $this->withDescendants($id);
        $marks = implode(', ', array_fill(0, count($ids), '?'));

        return $this->database->rows(
            self::PRODUCTS . ' WHERE p.id IN '
            . "(SELECT product_id FROM product_category WHERE category_id IN ($marks)) ORDER BY p.id",
            $ids,
        );
    }

    /** @return list<array<string, string|int|null>> */
    public function popular(): array
    {
        return $this->database->rows(self::PRODUCTS . ' WHERE p.popular > 0 ORDER BY p.popular');
    }

    /** @return list<array<string, string|int|null>> */
    public function all(): array
    {
        return $this->database->rows(self::PRODUCTS . ' ORDER BY p.id');
    }

    /** @return array<string, string|int|null>|null */
    public function productBySlug(string $slug): ?array
    {
        return $this->database->row(self::PRODUCTS . ' WHERE p.slug = ?', [$slug]);
    }

    /** @return array<string, string|int|null>|null */
    public function product(int $id): ?array
    {
        return $this->database->row(self::PRODUCTS . ' WHERE p.id = ?', [$id]);
    }

    /** @return array<string, list<array{id: int, name: string, price_delta: int, sku_suffix: string, colour: ?string}>> values by option name */
    public function options(int $product): array
    {
        $options = [];
        $values = $this->database->rows('SELECT * FROM option_value WHERE product_id = ? ORDER BY id', [$product]);
        foreach ($values as $value) {
            $options[$value['option_name']][] = $value;
        }

        return $options;
    }

    /**
     * The product as the buyer chose it, with SKU and price of the choice; null when there is no such choice.
     *
     * @param list<int> $values one value id for every option, in any order
     */
    public function choice(int $product, array $values): ?Choice
    {
        $row = $this->product($product);
        if ($row === null) {
            return null;
        }
        $sku = (string) $row['sku'];
        $price = (int) $row['price'];
        $chosen = [];
        $ids = [];
        foreach ($this->options($product) as $name => $offered) {
            $picked = array_values(array_filter(
                $offered,
                static fn (array $value): bool => in_array($value['id'], $values, true),
            ));
            if (count($picked) !== 1) {
                return null;
            }
            $sku .= $picked[0]['sku_suffix'];
            $price += $picked[0]['price_delta'];
            $chosen[] = ['name' => $name, 'value' => $picked[0]['name']];
            $ids[] = $picked[0]['id'];
        }

        if (count($ids) !== count($values)) {
            return null;
        }

        return new Choice(
            $product,
            (string) $row['slug'],
            $sku,
            (string) $row['name'],
            $ids,
            $chosen,
            $price,
            $row['vat_rate'] === null ? null : (string) $row['vat_rate'],
            (string) $row['tint'],
        );
    }

    /** The choice that has this key. */
    public function choiceOf(string $key): ?Choice
    {
        $ids = array_map(intval(...), explode('-', substr($key, 1)));

        return $this->choice($ids[0], array_slice($ids, 1));
    }

    /** @return list<Choice> every way to buy a product */
    public function choices(int $product): array
    {
        $combinations = [[]];
        foreach ($this->options($product) as $values) {
            $longer = [];
            foreach ($combinations as $ids) {
                foreach ($values as $value) {
                    $longer[] = [...$ids, $value['id']];
                }
            }
            $combinations = $longer;
        }

        return array_values(array_filter(array_map(
            fn (array $ids): ?Choice => $this->choice($product, $ids),
            $combinations,
        )));
    }

    /** @return list<int> */
    private function withDescendants(int $id): array
    {
        $ids = [$id];
        foreach ($this->children($id) as $child) {
            array_push($ids, ...$this->withDescendants($child['id']));
        }

        return $ids;
    }
}
