<?php

namespace Orderbridge\Companion;

/**
 * What happened to deals, one row a change, each with the values after it: so the newest row of a deal is also what
 * is known of it, and a change costs the manager's request one INSERT.
 */
final class Changes
{
    public const ADDED = 'A';
    public const UPDATED = 'U';
    public const MOVED = 'M';
    public const DELETED = 'D';
    /** No change: here we begin to look, what was before nobody knows. */
    public const BEGUN = 'B';

    /** Days that `orderbridge.changes.list` reaches back. */
    private const KEPT_DAYS = 30;
    /** A number that is missing may still be in a transaction; after so many seconds it will never come. */
    private const HOLE_SECONDS = 60;
    private const TRIM_ROWS = 1000;
    private const VALUES = 'STAGE, CATEGORY, AMOUNT, RESPONSIBLE';

    /** What is known of a deal; null: nothing. */
    public static function last(int $deal): ?Values
    {
        $row = Tables::row(
            'SELECT KIND, ' . self::VALUES . ' FROM ' . Tables::CHANGE
            . " WHERE DEAL_ID = $deal ORDER BY ID DESC LIMIT 1"
        );
        $row = $row ?? Tables::row('SELECT ' . self::VALUES . ' FROM ' . Tables::KNOWN . " WHERE DEAL_ID = $deal");
        if ($row === null) {
            return null;
        }
        $values = self::values($row);
        $values->deleted = ($row['KIND'] ?? '') === self::DELETED;

        return $values;
    }

    /** The one INSERT of a manager's request. */
    public static function add(
        int $deal,
        string $kind,
        ?Values $old,
        Values $new,
        string $semantics,
        int $author
    ): void {
        Tables::insert(Tables::CHANGE, [
            'DEAL_ID' => $deal,
            'KIND' => $kind,
            'OLD_STAGE' => $old === null ? '' : $old->stage,
            'STAGE' => $new->stage,
            'SEMANTICS' => $semantics,
            'OLD_CATEGORY' => $old === null ? '' : $old->category,
            'CATEGORY' => $new->category,
            'AMOUNT' => $new->amount,
            'RESPONSIBLE' => $new->responsible,
            'AUTHOR' => $author,
            'CREATED_AT' => time(),
        ]);
    }

    /**
     * At every installation: while the module was away deals have changed, so what it knew of them is worth nothing.
     * A cursor from before is told so by `complete`.
     */
    public static function begin(): void
    {
        Tables::execute('DELETE FROM ' . Tables::KNOWN);
        self::add(0, self::BEGUN, null, new Values('', '', '', ''), '', 0);
        $begun = self::newest();
        Tables::execute('DELETE FROM ' . Tables::CHANGE . " WHERE ID < $begun");
        State::put(State::TRIMMED, (string) $begun);
        State::put(State::CURSOR, (string) $begun);
    }

    /**
     * What came after a change, without a gap: numbers are given before they are committed, so nothing behind a
     * missing one is shown while that one may still come.
     *
     * @return array<int, array<string, string>>
     */
    public static function after(int $cursor, int $limit): array
    {
        $rows = Tables::rows('SELECT * FROM ' . Tables::CHANGE . " WHERE ID > $cursor ORDER BY ID LIMIT $limit");
        $settled = time() - self::HOLE_SECONDS;
        $expected = max($cursor, State::number(State::TRIMMED)) + 1;
        foreach ($rows as $index => $row) {
            if ((int) $row['ID'] > $expected && (int) $row['CREATED_AT'] > $settled) {
                return array_slice($rows, 0, $index);
            }
            $expected = (int) $row['ID'] + 1;
        }

        return $rows;
    }

    /** The newest number there is, for whoever begins. */
    public static function newest(): int
    {
        $row = Tables::row('SELECT MAX(ID) AS NEWEST FROM ' . Tables::CHANGE);

        return max((int) ($row['NEWEST'] ?? 0), State::number(State::TRIMMED));
    }

    /** Forgets what is old and was passed on; what is known of its deals stays. */
    public static function trim(int $passed): void
    {
        // The newest stays: a database that is started anew may give the numbers of an empty table once more.
        $passed = min($passed, self::newest() - 1);
        $rows = Tables::rows(
            'SELECT ID, DEAL_ID, KIND, CREATED_AT, ' . self::VALUES . ' FROM ' . Tables::CHANGE
            . " WHERE ID <= $passed ORDER BY ID LIMIT " . self::TRIM_ROWS
        );
        $old = time() - self::KEPT_DAYS * 86400;
        $newest = [];
        $last = 0;
        foreach ($rows as $row) {
            if ((int) $row['CREATED_AT'] >= $old) {
                break;
            }
            $newest[(int) $row['DEAL_ID']] = $row;
            $last = (int) $row['ID'];
        }
        if ($newest === []) {
            return;
        }
        Tables::together(static function () use ($newest, $last): void {
            $deals = implode(', ', array_keys($newest));
            Tables::execute('DELETE FROM ' . Tables::KNOWN . " WHERE DEAL_ID IN ($deals)");
            foreach ($newest as $deal => $row) {
                if (!in_array($row['KIND'], [self::DELETED, self::BEGUN], true)) {
                    Tables::insert(Tables::KNOWN, ['DEAL_ID' => $deal] + array_intersect_key(
                        $row,
                        ['STAGE' => 1, 'CATEGORY' => 1, 'AMOUNT' => 1, 'RESPONSIBLE' => 1]
                    ));
                }
            }
            Tables::execute('DELETE FROM ' . Tables::CHANGE . " WHERE ID <= $last");
            State::put(State::TRIMMED, (string) $last);
        });
    }

    /** @param array<string, string> $row */
    private static function values(array $row): Values
    {
        return new Values($row['STAGE'], $row['CATEGORY'], $row['AMOUNT'], $row['RESPONSIBLE']);
    }
}
