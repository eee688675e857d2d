<?php

declare(strict_types=1);

namespace Orderbridge\Settings;

use Orderbridge\Store\Tables;

use function strlen;
use function substr;

/**
 * Which alerts the owner has been told of. Among all workers one tells him, and of the same alert not again for a day,
 * also when it comes and goes meanwhile.
 */
final class Told
{
    private const NAME = 'alert.';
    private const ON = 'on';
    private const DAY = 86400;
    private const SOON = 3600;

    public function __construct(
        private readonly Tables $tables,
        private readonly Rows $rows,
    ) {
    }

    /** @return bool whether it is for us to tell him, now */
    public function claim(string $code): bool
    {
        $name = self::NAME . $code;
        if ($this->rows->has($name) && $this->rests($this->rows->moment($name), $this->rows->now())) {
            return false;
        }
        $this->rows->putNew($name, '');
        // Compared and set in one statement. A moment beyond a day is a leftover of a clock that was put back.
        $ours = $this->tables->execute(
            'UPDATE {setting} SET value = ?, moment = {now} + ?, updated_at = {now} '
            . 'WHERE name = ? AND (moment <= {now} OR moment > {now} + ?)',
            [self::ON, self::DAY, $name, self::DAY],
        );
        $this->rows->refresh();

        return $ours > 0;
    }

    /** He could not be told: the next try is not a day away. */
    public function failed(string $code): void
    {
        $this->rows->put(self::NAME . $code, self::ON, self::SOON);
    }

    /**
     * All is well again.
     *
     * @return list<string> alerts that he was told of and not yet that they are over, if it is for us to say so
     */
    public function clear(): array
    {
        $codes = [];
        foreach ($this->rows->beginning(self::NAME) as $name => $value) {
            if ($value === self::ON) {
                $codes[] = substr($name, strlen(self::NAME));
            }
        }
        if ($codes === []) {
            return [];
        }
        // One statement over all of them, so that one worker gets them all and the others none.
        $ours = $this->tables->execute(
            "UPDATE {setting} SET value = '', updated_at = {now} WHERE name LIKE 'alert.%' AND value = ?",
            [self::ON],
        );
        $this->rows->refresh();

        return $ours > 0 ? $codes : [];
    }

    private function rests(int $until, int $now): bool
    {
        return $until > $now && $until <= $now + self::DAY;
    }
}
