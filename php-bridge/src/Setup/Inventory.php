<?php

declare(strict_types=1);

namespace Orderbridge\Setup;

use function array_column;
use function array_fill_keys;
use function array_filter;
use function array_map;
use function array_merge;
use function array_push;
use function array_values;
use function in_array;
use function is_array;
use function is_string;
use function json_decode;
use function json_encode;
use function strlen;

use const JSON_INVALID_UTF8_SUBSTITUTE;
use const JSON_THROW_ON_ERROR;
use const JSON_UNESCAPED_SLASHES;
use const JSON_UNESCAPED_UNICODE;

/**
 * What a check of the settings has to know of portal and shop: all that the settings speak of, and no more. Thousands
 * of categories, people and fields would not pass into the core.
 */
final class Inventory
{
    private const OF = ['deal', 'contact', 'company'];
    /** Bytes of users that go with every order: several hundred of them, a quarter of what passes into the core. */
    private const PEOPLE = 64 * 1024;

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
            'users' => array_values((array) ($snapshot['users'] ?? [])),
            'fields' => array_values((array) ($snapshot['fields'] ?? [])),
        ];
    }

    /**
     * The same for one document: the users whom it names, and others as far as they pass; of the fields those that it
     * fills, and one more of each kind, which says that the list is there.
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
        if (isset($known['users'])) {
            $known['users'] = self::people((array) $known['users'], $document);
        }

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
     * Of all the portal's users those who go with the settings of every order: whom the document names, and of the
     * others as many as fit. Those who have left come first, for a buyer stays with no manager who has; nobody needs
     * their names.
     *
     * @param array<mixed> $all
     * @param array<string, mixed> $document
     * @return list<array<string, mixed>>
     */
    public static function people(array $all, array $document): array
    {
        $all = array_values(self::plain($all));
        if (self::bytes($all) <= self::PEOPLE) {
            return $all;
        }
        $wanted = array_fill_keys(self::users($document), true);
        $kept = $left = $there = [];
        foreach ($all as $user) {
            if (isset($wanted[$user['id']])) {
                $kept[] = $user;
            } elseif ($user['active'] ?? true) {
                $there[] = $user;
            } else {
                $left[] = ['id' => $user['id'], 'name' => '', 'active' => false];
            }
        }
        $room = self::PEOPLE - self::bytes($kept);
        foreach ([...$left, ...$there] as $user) {
            $room -= self::bytes($user) + 1;
            if ($room < 0) {
                break;
            }
            $kept[] = $user;
        }

        return $kept;
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
     * Everybody whom the document names.
     *
     * @param array<string, mixed> $document whatever somebody has sent
     * @return list<string>
     */
    private static function users(array $document): array
    {
        $responsible = self::plain($document)['responsible'] ?? [];
        if (!is_array($responsible)) {
            return [];
        }
        $ids = [$responsible['fallback'] ?? ''];
        foreach ([...(array) ($responsible['rules'] ?? []), ...(array) ($responsible['hours'] ?? [])] as $row) {
            array_push($ids, ...(is_array($row) ? array_values((array) ($row['users'] ?? [])) : []));
        }
        foreach ((array) ($responsible['absences'] ?? []) as $row) {
            $ids[] = is_array($row) ? $row['user'] ?? '' : '';
        }

        return array_values(array_filter($ids, is_string(...)));
    }

    private static function bytes(mixed $value): int
    {
        return strlen(json_encode($value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));
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
