<?php

declare(strict_types=1);

namespace Orderbridge\Setup;

use function array_column;
use function array_filter;
use function array_map;
use function array_merge;
use function array_values;
use function in_array;
use function is_array;
use function is_string;
use function json_decode;
use function json_encode;

use const JSON_INVALID_UTF8_SUBSTITUTE;
use const JSON_THROW_ON_ERROR;

/**
 * What a check of the settings has to know of portal and shop: all that the settings speak of, and no more. Thousands
 * of categories and hundreds of fields would not pass into the core.
 */
final class Inventory
{
    private const OF = ['deal', 'contact', 'company'];

    /**
     * What is remembered of a snapshot, for checks that do not wait for the portal: what is there, and of fields what
     * they take.
     *
     * @param array<string, mixed> $snapshot
     * @return array<string, mixed>
     */
    public static function of(array $snapshot): array
    {
        $ids = static fn (mixed $rows, string $key): array => array_map(
            static fn (mixed $row): array => [$key => ((array) $row)[$key] ?? ''],
            array_values((array) $rows),
        );

        return [
            'funnels' => array_map(static fn (mixed $funnel): array => [
                'id' => ((array) $funnel)['id'] ?? '',
                'stages' => $ids(((array) $funnel)['stages'] ?? [], 'id'),
            ], array_values((array) $snapshot['funnels'])),
            'currencies' => $ids($snapshot['currencies'] ?? [], 'code'),
            'fields' => array_values((array) ($snapshot['fields'] ?? [])),
        ];
    }

    /**
     * The same for one document: of the fields those that it fills, and one more of each kind, which says that the
     * list is there.
     *
     * @param array<string, mixed> $document
     * @return array<string, mixed>|null null: nothing is remembered
     */
    public static function for(mixed $remembered, array $document): ?array
    {
        if ($remembered === null) {
            return null;
        }
        $known = self::plain((array) $remembered);
        $all = (array) ($known['fields'] ?? []);
        $fields = self::filled($all, $document);
        foreach (self::OF as $of) {
            foreach ($all as $field) {
                if ($field['of'] === $of) {
                    $fields[] = ['items' => []] + $field;
                    break;
                }
            }
        }
        unset($known['fields']);

        // A portal whose fields nobody has asked for yet is not one without fields.
        return $known + ($fields === [] ? [] : ['fields' => $fields]);
    }

    /**
     * Of all the portal's fields those that the settings fill.
     *
     * @param array<mixed> $all
     * @param array<string, mixed> $document
     * @return list<array<string, mixed>>
     */
    public static function filled(array $all, array $document): array
    {
        $rows = array_filter((array) (self::plain($document)['fields'] ?? []), is_array(...));
        $wanted = array_map(
            static fn (array $row): array => [$row['of'] ?? 'deal', $row['field'] ?? ''],
            array_values($rows),
        );

        return array_values(array_filter(
            self::plain($all),
            static fn (array $field): bool => in_array([$field['of'], $field['name']], $wanted, true),
        ));
    }

    /**
     * The categories that some condition of the document names, with all above them.
     *
     * @param list<array{id: string, parent_id: string|null, name: string}> $all
     * @param array<string, mixed> $document
     * @return list<array{id: string, parent_id: string|null, name: string}>
     */
    public static function categories(array $all, array $document): array
    {
        $byId = array_column($all, null, 'id');
        $found = [];
        foreach (self::named($document) as $id) {
            // Whatever goes round in a circle ends where it has been.
            while (isset($byId[$id]) && !isset($found[$id])) {
                $found[$id] = $byId[$id];
                $id = $byId[$id]['parent_id'] ?? '';
            }
        }

        return array_values($found);
    }

    /**
     * @param array<string, mixed> $document whatever somebody has sent
     * @return list<string>
     */
    private static function named(array $document): array
    {
        $document = self::plain($document);
        $responsible = $document['responsible'] ?? [];
        $rows = array_merge(
            array_values((array) (is_array($responsible) ? $responsible['rules'] ?? [] : [])),
            array_values((array) ($document['fields'] ?? [])),
            array_values((array) ($document['funnels'] ?? [])),
        );
        $ids = [];
        foreach ($rows as $row) {
            $when = is_array($row) ? $row['when'] ?? [] : [];
            $ids[] = is_array($when) ? array_filter((array) ($when['categories'] ?? []), is_string(...)) : [];
        }

        return array_merge([], ...array_map(array_values(...), $ids));
    }

    /**
     * @param array<mixed> $value
     * @return array<mixed> with arrays in the place of objects
     */
    private static function plain(array $value): array
    {
        return (array) json_decode(
            json_encode($value, JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE),
            true,
            64,
            JSON_THROW_ON_ERROR,
        );
    }
}
