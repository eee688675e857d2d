<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

use Orderbridge\Shop\Decimal;

use function array_column;
use function array_filter;
use function array_map;
use function array_unique;
use function array_values;
use function rtrim;
use function str_contains;

/** What was bought: goods with their options, articles and categories, and gift vouchers. */
final class OrderLines
{
    public function __construct(
        private readonly ShopTables $tables,
        private readonly bool $hasProductCodes,
        private readonly bool $hasVouchers,
    ) {
    }

    /** @return array{lines: list<array<string, mixed>>, sum: Decimal} the sum is gross, in the base currency */
    public function read(string $orderId, Decimal $rate, int $places): array
    {
        $products = $this->tables->rows(
            'SELECT * FROM {order_product} WHERE order_id = ? ORDER BY order_product_id',
            [(int) $orderId],
        );
        $lines = $this->goods($orderId, $products, $rate, $places);
        $sum = Decimal::zero();
        foreach ($products as $product) {
            $sum = $sum->plus(self::gross($product));
        }
        foreach ($this->vouchers($orderId) as $voucher) {
            $amount = Decimal::of($voucher['amount']);
            $sum = $sum->plus($amount);
            $price = $amount->times($rate)->rounded($places)->toString();
            $lines[] = [
                'name' => ShopTables::text($voucher['description']),
                'quantity' => '1',
                'price' => $price,
                'total' => $price,
            ];
        }

        return ['lines' => $lines, 'sum' => $sum];
    }

    /**
     * @param list<array<string, mixed>> $products
     * @return list<array<string, mixed>>
     */
    private function goods(string $orderId, array $products, Decimal $rate, int $places): array
    {
        $ids = [];
        foreach ($products as $product) {
            $ids[] = (int) $product['product_id'];
            $ids[] = (int) ($product['master_id'] ?? 0);
        }
        $ids = array_values(array_unique(array_filter($ids)));
        $skus = $this->skus($ids);
        $paths = $this->categoryPaths($ids);
        $options = $this->options($orderId);
        $taxRates = array_map(
            static fn (array $row): Decimal => Decimal::of($row['rate']),
            $products === [] ? [] : $this->tables->rows("SELECT DISTINCT rate FROM {tax_rate} WHERE type = 'P'"),
        );
        $lines = [];
        foreach ($products as $product) {
            $id = (int) $product['product_id'];
            $master = (int) ($product['master_id'] ?? 0);
            $net = Decimal::of($product['price']);
            $tax = Decimal::of($product['tax']);
            $line = [
                'product_id' => (string) $id,
                // The shop's own article; a product deleted since, or without one, is known by its model.
                'sku' => $skus[$id] ?? $skus[$master] ?? ShopTables::text($product['model']),
                'name' => ShopTables::text($product['name']),
                'options' => $options[(int) $product['order_product_id']] ?? [],
                'quantity' => (string) $product['quantity'],
                'price' => $net->plus($tax)->times($rate)->rounded($places)->toString(),
                'total' => self::gross($product)->times($rate)->rounded($places)->toString(),
                'vat_rate' => self::vatRate($net, $tax, $taxRates),
                'categories' => $paths[$id] ?? $paths[$master] ?? [],
            ];
            $lines[] = array_filter(
                $line,
                static fn (mixed $part): bool => $part !== '' && $part !== [] && $part !== null,
            );
        }

        return $lines;
    }

    /** @return list<array<string, mixed>> bought, not those that paid */
    private function vouchers(string $orderId): array
    {
        return !$this->hasVouchers ? [] : $this->tables->rows(
            'SELECT description, amount FROM {order_voucher} WHERE order_id = ? ORDER BY order_voucher_id',
            [(int) $orderId],
        );
    }

    /**
     * Of a whole line, in the base currency.
     *
     * @param array<string, mixed> $product
     */
    private static function gross(array $product): Decimal
    {
        return Decimal::of($product['total'])
            ->plus(Decimal::of($product['tax'])->times(Decimal::of($product['quantity'])));
    }

    /**
     * A line carries no rate, only its tax. The rate is told when it is one of the shop's own and gives
     * exactly that tax; a fixed tax on top (which no rate explains) leaves it unsaid.
     *
     * @param list<Decimal> $rates
     */
    private static function vatRate(Decimal $net, Decimal $tax, array $rates): ?string
    {
        foreach ($rates as $rate) {
            $counted = $net->times($rate)->times(Decimal::of('0.01'));
            // Both sides were cut to four places on their way into the table.
            if (!$tax->isZero() && $counted->minus($tax)->absolute()->compare(Decimal::of('0.0002')) <= 0) {
                $number = $rate->toString();

                return str_contains($number, '.') ? rtrim(rtrim($number, '0'), '.') : $number;
            }
        }

        return null;
    }

    /**
     * @param list<int> $ids
     * @return array<int, string>
     */
    private function skus(array $ids): array
    {
        if ($ids === []) {
            return [];
        }
        $marks = ShopTables::marks($ids);
        $rows = $this->hasProductCodes
            ? $this->tables->rows(
                "SELECT product_id, value AS sku FROM {product_code} WHERE code = 'SKU' AND product_id IN ($marks)",
                $ids,
            )
            : $this->tables->rows("SELECT product_id, sku FROM {product} WHERE product_id IN ($marks)", $ids);
        $skus = [];
        foreach ($rows as $row) {
            $sku = ShopTables::text($row['sku']);
            if ($sku !== '') {
                $skus[(int) $row['product_id']] = $sku;
            }
        }

        return $skus;
    }

    /**
     * @param list<int> $ids
     * @return array<int, list<list<string>>>
     */
    private function categoryPaths(array $ids): array
    {
        if ($ids === []) {
            return [];
        }
        $marks = ShopTables::marks($ids);
        $rows = $this->tables->rows(
            'SELECT p.product_id, p.category_id, c.path_id FROM {product_to_category} p'
            . ' JOIN {category_path} c ON c.category_id = p.category_id'
            . " WHERE p.product_id IN ($marks) ORDER BY p.product_id, p.category_id, c.level",
            $ids,
        );
        $paths = [];
        foreach ($rows as $row) {
            $paths[(int) $row['product_id']][(int) $row['category_id']][] = (string) $row['path_id'];
        }

        return array_map(static fn (array $of): array => array_values($of), $paths);
    }

    /** @return array<int, list<array{name: string, value: string}>> */
    private function options(string $orderId): array
    {
        $rows = $this->tables->rows(
            'SELECT order_product_id, name, value, type FROM {order_option} WHERE order_id = ?'
            . ' ORDER BY order_option_id',
            [(int) $orderId],
        );
        $files = [];
        foreach ($rows as $row) {
            if ($row['type'] === 'file') {
                $files[] = (string) $row['value'];
            }
        }
        if ($files !== []) {
            $marks = ShopTables::marks($files);
            $files = array_column(
                $this->tables->rows("SELECT code, name FROM {upload} WHERE code IN ($marks)", $files),
                'name',
                'code',
            );
        }
        $options = [];
        foreach ($rows as $row) {
            $value = (string) $row['value'];
            $options[(int) $row['order_product_id']][] = [
                'name' => ShopTables::text($row['name']),
                'value' => ShopTables::text($row['type'] === 'file' ? ($files[$value] ?? $value) : $value),
            ];
        }

        return $options;
    }
}
