<?php

declare(strict_types=1);

namespace Orderbridge\Store;

use Orderbridge\Exception\StatementFailed;

use function array_key_last;
use function basename;
use function explode;
use function file_get_contents;
use function glob;
use function preg_match;
use function preg_replace;
use function sort;
use function trim;

/**
 * Creates and changes our tables by plain SQL files, `migrations/<dialect>/NNNN_name.sql`, in the order of their
 * numbers, each once. Statements end with a semicolon at the end of a line.
 *
 * Running it again, or in two processes at once, does no harm: MySQL has no transactions around such statements, so
 * each of them has to be written to be repeatable. A statement that adds a column is: of its columns the first tells
 * whether it has been done.
 */
final class Migrations
{
    private const ROW = 'migration';

    public function __construct(
        private readonly Tables $tables,
        private readonly string $folder = __DIR__ . '/../../migrations',
    ) {
    }

    /** @return list<string> names of the files that were run now */
    public function run(): array
    {
        $done = $this->number();
        $ran = [];
        foreach ($this->files() as $number => $file) {
            if ($number <= $done) {
                continue;
            }
            foreach ($this->statements($file) as $statement) {
                $this->change($statement);
            }
            $this->store($number);
            $ran[] = basename($file);
        }

        return $ran;
    }

    /** Whether nothing is left to run. */
    public function complete(): bool
    {
        $files = $this->files();

        return $files !== [] && $this->number() >= array_key_last($files);
    }

    /** Takes every table away, with all that is in them. */
    public function undo(): void
    {
        foreach (Tables::NAMES as $name) {
            $this->tables->execute("DROP TABLE IF EXISTS {{$name}}");
        }
    }

    private function change(string $statement): void
    {
        try {
            $this->tables->execute($statement);
        } catch (StatementFailed $failure) {
            // No words for "unless it is there" are common to SQLite, MySQL and MariaDB.
            $adds = preg_match('/^ALTER TABLE (\S+) ADD COLUMN (\w+)/', $statement, $part) === 1;
            if (!$adds || !$this->isThere($part[1], $part[2])) {
                throw $failure;
            }
        }
    }

    private function isThere(string $table, string $column): bool
    {
        try {
            $this->tables->rows("SELECT $column FROM $table WHERE 1 = 0");

            return true;
        } catch (StatementFailed) {
            return false;
        }
    }

    private function number(): int
    {
        try {
            $row = $this->tables->row('SELECT value FROM {setting} WHERE name = ?', [self::ROW]);
        } catch (StatementFailed) {
            // There is no table yet.
            return 0;
        }

        return (int) ($row['value'] ?? 0);
    }

    private function store(int $number): void
    {
        $this->tables->execute(
            'INSERT INTO {setting} (name, value, moment, updated_at) VALUES (?, ?, 0, 0) '
            . $this->tables->orUpdate('name') . ' value = ' . $this->tables->brought('value'),
            [self::ROW, (string) $number],
        );
    }

    /** @return array<int, string> */
    private function files(): array
    {
        $found = glob($this->folder . '/' . ($this->tables->isMysql() ? 'mysql' : 'sqlite') . '/*.sql') ?: [];
        sort($found);
        $files = [];
        foreach ($found as $file) {
            $files[(int) basename($file)] = $file;
        }

        return $files;
    }

    /** @return list<string> */
    private function statements(string $file): array
    {
        $text = (string) preg_replace('/^--.*$/m', '', (string) file_get_contents($file));
        $statements = [];
        foreach (explode(";\n", $text . "\n") as $statement) {
            if (trim($statement) !== '') {
                $statements[] = trim($statement);
            }
        }

        return $statements;
    }
}
