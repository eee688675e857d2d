<?php

declare(strict_types=1);

namespace Orderbridge\Settings;

use stdClass;

use function array_is_list;
use function array_key_exists;
use function array_keys;
use function array_map;
use function get_object_vars;
use function is_array;
use function json_encode;

use const JSON_THROW_ON_ERROR;

/**
 * What was changed between two states of a settings document, done to a third: work on the document that takes seconds
 * must not undo what a person saves meanwhile. Lists count as one value, for their rows have no names.
 */
final class Changes
{
    /**
     * @param array<string, mixed> $present
     * @param array<string, mixed> $before
     * @param array<string, mixed> $after
     * @return array<string, mixed> as $present is, with what $after has otherwise than $before
     */
    public static function onto(array $present, array $before, array $after): array
    {
        foreach (array_keys($before + $after) as $name) {
            if (!array_key_exists($name, $after)) {
                unset($present[$name]);
                continue;
            }
            $had = array_key_exists($name, $before);
            if ($had && self::same($before[$name], $after[$name])) {
                continue;
            }
            $present[$name] = $had
                ? self::inside($present[$name] ?? null, $before[$name], $after[$name])
                : $after[$name];
        }

        return $present;
    }

    private static function inside(mixed $present, mixed $before, mixed $after): mixed
    {
        [$are, $were, $become] = [self::members($present), self::members($before), self::members($after)];

        return $are === null || $were === null || $become === null
            ? $after
            : (object) self::onto($are, $were, $become);
    }

    /**
     * Objects come as such from the database and as arrays out of a task's result.
     *
     * @return array<string, mixed>|null null: it is none
     */
    private static function members(mixed $value): ?array
    {
        $members = $value instanceof stdClass ? get_object_vars($value) : $value;

        return is_array($members) && ($members === [] || !array_is_list($members)) ? $members : null;
    }

    private static function same(mixed $one, mixed $other): bool
    {
        return json_encode(self::plain($one), JSON_THROW_ON_ERROR)
            === json_encode(self::plain($other), JSON_THROW_ON_ERROR);
    }

    private static function plain(mixed $value): mixed
    {
        $inner = $value instanceof stdClass ? get_object_vars($value) : $value;

        return is_array($inner) ? array_map(self::plain(...), $inner) : $inner;
    }
}
