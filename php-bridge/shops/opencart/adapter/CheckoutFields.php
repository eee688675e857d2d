<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

use function array_filter;
use function array_keys;
use function array_map;
use function array_unique;
use function array_values;
use function ctype_digit;
use function implode;
use function in_array;
use function intval;
use function is_array;
use function is_scalar;
use function json_decode;
use function mb_strtolower;
use function preg_match;
use function preg_replace;

/** The fields that a shop's owner added to the checkout, by the names that he gave them, and the buyer's group. */
final class CheckoutFields
{
    private const COLUMNS = ['custom_field', 'payment_custom_field', 'shipping_custom_field'];
    /** A company's numbers have no columns of their own: shops ask for them in such fields. */
    private const REQUISITES = [
        'inn' => '/^(инн|inn)\b/u',
        'kpp' => '/^(кпп|kpp)\b/u',
        'ogrn' => '/^(огрн(ип)?|ogrn)\b/u',
    ];
    /** Types whose stored value is the id of a choice. */
    private const CHOICES = ['select', 'radio', 'checkbox'];

    public function __construct(
        private readonly ShopTables $tables,
        private readonly int $languageId,
    ) {
    }

    /**
     * @param array<string, mixed> $order
     * @return array<string, string> name => what the buyer put there
     */
    public function read(array $order): array
    {
        $given = $this->given($order);
        if ($given === []) {
            return [];
        }
        $ids = array_keys($given);
        $names = $this->named(
            'SELECT f.custom_field_id AS id, f.type, d.name, d.language_id FROM {custom_field} f'
            . ' JOIN {custom_field_description} d ON d.custom_field_id = f.custom_field_id'
            . ' WHERE f.custom_field_id IN (' . ShopTables::marks($ids) . ') ORDER BY f.sort_order, f.custom_field_id',
            $ids,
        );
        $choices = $this->choices($given, $names);
        $fields = [];
        foreach ($names as $id => $field) {
            $values = [];
            foreach ($given[$id] as $value) {
                $values[] = ShopTables::text(match (true) {
                    in_array($field['type'], self::CHOICES, true) => $choices[(int) $value]['name'] ?? '',
                    $field['type'] === 'file' => $this->file($value),
                    default => $value,
                });
            }
            $text = implode(', ', array_filter($values, static fn (string $value): bool => $value !== ''));
            if ($text !== '' && ShopTables::text($field['name']) !== '') {
                $fields[ShopTables::text($field['name'])] = $text;
            }
        }

        return $fields;
    }

    /**
     * @param array<string, mixed> $order
     * @return array<string, string> inn, kpp, ogrn of a company
     */
    public function requisites(array $order): array
    {
        $found = [];
        foreach ($this->read($order) as $name => $text) {
            foreach (self::REQUISITES as $key => $pattern) {
                $number = (string) preg_replace('/\s+/', '', $text);
                if (ctype_digit($number) && preg_match($pattern, mb_strtolower((string) $name)) === 1) {
                    $found[$key] = $number;
                }
            }
        }

        return $found;
    }

    /** Name of a customer group; '' when it is gone. */
    public function group(int $id): string
    {
        $names = $id === 0 ? [] : $this->named(
            'SELECT customer_group_id AS id, name, language_id FROM {customer_group_description}'
            . ' WHERE customer_group_id = ?',
            [$id],
        );

        return ShopTables::text($names[$id]['name'] ?? '');
    }

    /**
     * @param array<string, mixed> $order
     * @return array<int, list<string>> by the field's id
     */
    private function given(array $order): array
    {
        $given = [];
        foreach (self::COLUMNS as $column) {
            $stored = json_decode((string) ($order[$column] ?? ''), true);
            foreach (is_array($stored) ? $stored : [] as $id => $values) {
                foreach ((array) $values as $value) {
                    if (is_scalar($value) && (string) $value !== '' && (int) $id > 0) {
                        $given[(int) $id][] = (string) $value;
                    }
                }
            }
        }

        return array_map(static fn (array $values): array => array_values(array_unique($values)), $given);
    }

    /** A file is kept under a code. */
    private function file(string $code): string
    {
        return (string) ($this->tables->row('SELECT name FROM {upload} WHERE code = ?', [$code])['name'] ?? $code);
    }

    /**
     * @param array<int, list<string>> $given
     * @param array<int, array<string, mixed>> $fields
     * @return array<int, array<string, mixed>> by the choice's id
     */
    private function choices(array $given, array $fields): array
    {
        $ids = [];
        foreach ($fields as $id => $field) {
            if (in_array($field['type'], self::CHOICES, true)) {
                $ids = [...$ids, ...array_map(intval(...), $given[$id])];
            }
        }

        return $ids === [] ? [] : $this->named(
            'SELECT custom_field_value_id AS id, name, language_id FROM {custom_field_value_description}'
            . ' WHERE custom_field_value_id IN (' . ShopTables::marks($ids) . ')',
            $ids,
        );
    }

    /**
     * In the wanted language, else in any.
     *
     * @param list<int> $values
     * @return array<int, array<string, mixed>>
     */
    private function named(string $sql, array $values): array
    {
        $named = [];
        foreach ($this->tables->rows($sql, $values) as $row) {
            if (!isset($named[(int) $row['id']]) || (int) $row['language_id'] === $this->languageId) {
                $named[(int) $row['id']] = $row;
            }
        }

        return $named;
    }
}
