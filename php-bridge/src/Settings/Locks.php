<?php

declare(strict_types=1);

namespace Orderbridge\Settings;

use Orderbridge\Store\Tables;

use function bin2hex;
use function random_bytes;

/** Things that only one process should do at a time. A lock ends by itself when its holder was killed. */
final class Locks
{
    public function __construct(private readonly Tables $tables)
    {
    }

    /** @return string|null the holder's mark, to give it back; null: somebody else has it */
    public function take(string $name, int $seconds): ?string
    {
        // Most who come find it taken, and need not write for that: the inbound door tries after every event.
        $row = $this->tables->row('SELECT moment, {now} AS now FROM {setting} WHERE name = ?', ["lock.$name"]);
        $left = $row === null ? 0 : (int) $row['moment'] - (int) $row['now'];
        if ($left > 0 && $left <= $seconds) {
            return null;
        }
        $mark = bin2hex(random_bytes(8));
        if ($row === null) {
            $this->tables->execute(
                $this->tables->insertNew() . " {setting} (name, value, moment, updated_at) VALUES (?, '', 0, {now})",
                ["lock.$name"],
            );
        }
        // A lock that ends later than one taken now is a leftover of a clock that has been put back.
        $taken = $this->tables->execute(
            'UPDATE {setting} SET value = ?, moment = {now} + ?, updated_at = {now} '
            . 'WHERE name = ? AND (moment <= {now} OR moment > {now} + ?)',
            [$mark, $seconds, "lock.$name", $seconds],
        );

        return $taken > 0 ? $mark : null;
    }

    public function giveBack(string $name, string $mark): void
    {
        $this->tables->execute(
            'UPDATE {setting} SET moment = 0 WHERE name = ? AND value = ?',
            ["lock.$name", $mark],
        );
    }
}
