<?php

namespace Orderbridge\Companion;

/** What the shops have yet to be told: one row a shop and deal, however often it has changed since. */
final class Pushes
{
    private const PAGE = 50;

    /** @param array<string, string> $change */
    public static function want(Shop $shop, array $change): void
    {
        $where = 'SHOP = ' . Tables::quote($shop->id) . ' AND DEAL_ID = ' . (int) $change['DEAL_ID'];
        $waiting = Tables::row('SELECT CHANGE_ID FROM ' . Tables::PUSH . " WHERE $where");
        if ($waiting !== null && (int) $waiting['CHANGE_ID'] >= (int) $change['ID']) {
            return;
        }
        $new = [
            'CHANGE_ID' => (int) $change['ID'],
            // Another message: what it says is another thing.
            'MESSAGE' => Message::newId(),
            'AUTHOR' => (int) $change['AUTHOR'],
            'CREATED_AT' => (int) $change['CREATED_AT'],
            'REFUSED' => 0,
        ];
        if ($waiting !== null) {
            // The stage that the shop knows stays the old one.
            Tables::update(Tables::PUSH, $new, $where);
            return;
        }
        Tables::insert(Tables::PUSH, $new + [
            'SHOP' => $shop->id,
            'DEAL_ID' => (int) $change['DEAL_ID'],
            'OLD_STAGE' => $change['OLD_STAGE'],
            'OLD_CATEGORY' => $change['OLD_CATEGORY'],
        ]);
    }

    /** @return array<int, array<string, string>> */
    public static function waiting(Shop $shop): array
    {
        return Tables::rows(
            'SELECT * FROM ' . Tables::PUSH . ' WHERE REFUSED = 0 AND SHOP = ' . Tables::quote($shop->id)
            . ' ORDER BY ID LIMIT ' . self::PAGE
        );
    }

    /**
     * Told, or none of this shop's business; a change that came meanwhile has another message and stays.
     *
     * @param array<string, string> $push
     */
    public static function done(array $push): void
    {
        Tables::execute('DELETE FROM ' . Tables::PUSH . ' WHERE ' . self::this($push));
    }

    /**
     * The shop does not take this one whatever happens: it is kept for people to see.
     *
     * @param array<string, string> $push
     */
    public static function refused(array $push, int $status): void
    {
        Tables::update(Tables::PUSH, ['REFUSED' => $status], self::this($push));
    }

    /** Once more, all that were refused. */
    public static function again(): void
    {
        Tables::execute('UPDATE ' . Tables::PUSH . ' SET REFUSED = 0 WHERE REFUSED <> 0');
    }

    public static function forget(string $shop): void
    {
        Tables::execute('DELETE FROM ' . Tables::PUSH . ' WHERE SHOP = ' . Tables::quote($shop));
    }

    /** @return array{waiting: int, refused: int, oldest: int} the oldest as seconds since 1970, 0 for none */
    public static function figures(string $shop): array
    {
        $row = Tables::row(
            'SELECT COUNT(*) AS N, SUM(CASE WHEN REFUSED <> 0 THEN 1 ELSE 0 END) AS BAD, '
            . 'MIN(CASE WHEN REFUSED = 0 THEN CREATED_AT END) AS OLDEST FROM ' . Tables::PUSH
            . ' WHERE SHOP = ' . Tables::quote($shop)
        ) ?? [];
        $refused = (int) ($row['BAD'] ?? 0);

        return [
            'waiting' => (int) ($row['N'] ?? 0) - $refused,
            'refused' => $refused,
            'oldest' => (int) ($row['OLDEST'] ?? 0),
        ];
    }

    /** @param array<string, string> $push */
    private static function this(array $push): string
    {
        return 'ID = ' . (int) $push['ID'] . ' AND MESSAGE = ' . Tables::quote($push['MESSAGE']);
    }
}
