<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Store;

use InvalidArgumentException;
use Orderbridge\Exception\StatementFailed;
use Orderbridge\Store\Migrations;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\OpensDatabases;
use PHPUnit\Framework\TestCase;

use function array_map;
use function basename;
use function file_put_contents;
use function glob;
use function is_dir;
use function mkdir;
use function rmdir;
use function sys_get_temp_dir;
use function unlink;

final class MigrationsTest extends TestCase
{
    use OpensDatabases;

    private function tables(string $kind): Tables
    {
        $this->open($kind);

        return new Tables($this->database, $this->prefix);
    }

    /** @return list<string> */
    private function files(string $kind): array
    {
        return array_map(basename(...), glob(dirname(__DIR__, 3) . "/php-bridge/migrations/$kind/*.sql") ?: []);
    }

    /** @dataProvider databases */
    public function testMakesTheTablesOnceAndTakesThemAway(string $kind): void
    {
        $tables = $this->tables($kind);
        $migrations = new Migrations($tables);
        self::assertFalse($migrations->complete());

        self::assertSame($this->files($kind), $migrations->run());
        self::assertTrue($migrations->complete());
        foreach (Tables::NAMES as $name) {
            self::assertSame([], $name === 'setting' ? [] : $tables->rows("SELECT * FROM {{$name}}"));
        }
        self::assertSame([], $migrations->run());

        $migrations->undo();
        self::assertFalse($migrations->complete());
        $this->expectException(StatementFailed::class);
        $tables->rows('SELECT * FROM {job}');
    }

    /** @dataProvider databases */
    public function testAHalfDoneOneIsDoneAgain(string $kind): void
    {
        $tables = $this->tables($kind);
        (new Migrations($tables))->run();
        // Killed before its number was stored.
        $tables->execute("DELETE FROM {setting} WHERE name = 'migration'");
        $tables->execute('DROP TABLE {journal}');

        self::assertSame($this->files($kind), (new Migrations($tables))->run());
        self::assertSame([], $tables->rows('SELECT * FROM {journal}'));
    }

    /** @dataProvider databases */
    public function testRunsOnlyWhatIsNewInTheOrderOfNumbers(string $kind): void
    {
        $tables = $this->tables($kind);
        (new Migrations($tables))->run();
        $folder = sys_get_temp_dir() . "/orderbridge-migrations-$this->prefix";
        is_dir("$folder/$kind") || mkdir("$folder/$kind", 0o700, true);
        file_put_contents("$folder/$kind/0001_tables.sql", "DROP TABLE {job};\n");
        file_put_contents("$folder/$kind/0010_last.sql", "UPDATE {setting} SET value = '2' WHERE name = 'trial';\n");
        file_put_contents(
            "$folder/$kind/0009_first.sql",
            "-- A comment; with a semicolon.\nINSERT INTO {setting} VALUES ('trial', 'a;b', 0, 0);",
        );

        $ran = (new Migrations($tables, $folder))->run();

        self::assertSame(['0009_first.sql', '0010_last.sql'], $ran);
        self::assertSame('2', $tables->row("SELECT value FROM {setting} WHERE name = 'trial'")['value']);
        array_map(unlink(...), glob("$folder/$kind/*.sql") ?: []);
        rmdir("$folder/$kind");
        rmdir($folder);
    }

    public function testBothDialectsHaveTheSameSteps(): void
    {
        $folder = __DIR__ . '/../../../php-bridge/migrations';

        self::assertSame(
            array_map(basename(...), glob("$folder/mysql/*.sql") ?: []),
            array_map(basename(...), glob("$folder/sqlite/*.sql") ?: []),
        );
    }

    public function testAPrefixCannotBeSql(): void
    {
        $this->open('sqlite');
        $this->expectException(InvalidArgumentException::class);
        new Tables($this->database, 'x; DROP TABLE job');
    }
}
