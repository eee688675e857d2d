<?php

namespace Orderbridge\Companion;

/** Small things to remember between two requests; not in the kernel's options, whose cache knows no races. */
final class State
{
    public const COURIER = 'courier';
    /** The newest change that is on its way to the shops. */
    public const CURSOR = 'cursor';
    /** The newest change that has been forgotten. */
    public const TRIMMED = 'trimmed';
    public const RAN = 'ran';
    public const RAN_BY_CRON = 'ran_by_cron';
    public const TROUBLE = 'trouble';
    /** With the shop's id behind them. */
    public const HOLD = 'hold.';
    public const DELIVERED = 'delivered.';

    public static function get(string $name): string
    {
        $row = Tables::row('SELECT VALUE FROM ' . Tables::STATE . ' WHERE NAME = ' . Tables::quote($name));

        return $row === null ? '' : $row['VALUE'];
    }

    public static function number(string $name): int
    {
        return (int) self::get($name);
    }

    public static function put(string $name, string $value): void
    {
        $named = 'NAME = ' . Tables::quote($name);
        if (Tables::row('SELECT NAME FROM ' . Tables::STATE . " WHERE $named") === null) {
            try {
                Tables::insert(Tables::STATE, ['NAME' => $name, 'VALUE' => $value]);

                return;
            } catch (\Throwable $exists) {
                // Another process was quicker; if it is anything else, the next statement says so.
            }
        }
        Tables::update(Tables::STATE, ['VALUE' => $value], $named);
    }

    public static function forget(string $name): void
    {
        Tables::execute('DELETE FROM ' . Tables::STATE . ' WHERE NAME = ' . Tables::quote($name));
    }

    /** @return array<mixed> */
    public static function record(string $name): array
    {
        return (array) json_decode(self::get($name), true);
    }

    /**
     * Only one process at a time; one that was killed is forgiven after so many seconds.
     *
     * @return string the mark to give back, '' when another holds it
     */
    public static function take(string $name, int $seconds): string
    {
        $now = time();
        // Two that take it in the same second do not write the same.
        $mark = ($now + $seconds) . '.' . bin2hex(random_bytes(4));
        if (self::get($name) === '') {
            self::put($name, '0');
        }
        $free = 'NAME = ' . Tables::quote($name) . ' AND VALUE < ' . Tables::quote((string) $now);

        return Tables::update(Tables::STATE, ['VALUE' => $mark], $free) === 1 ? $mark : '';
    }

    public static function giveBack(string $name, string $mark): void
    {
        $mine = 'NAME = ' . Tables::quote($name) . ' AND VALUE = ' . Tables::quote($mark);
        Tables::update(Tables::STATE, ['VALUE' => '0'], $mine);
    }

    /** What went wrong last, for the settings page; without anything of a deal or of a shop. */
    public static function trouble(\Throwable $failure): void
    {
        try {
            $where = basename($failure->getFile()) . ':' . $failure->getLine();
            self::put(self::TROUBLE, (string) json_encode(['at' => time(), 'what' => get_class($failure) . " $where"]));
        } catch (\Throwable $worse) {
            // The database itself is in trouble: nobody to tell.
        }
    }
}
