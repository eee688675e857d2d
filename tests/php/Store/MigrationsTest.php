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
use function array_slice;
use function array_values;
use function basename;
use function copy;
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

    private const FOLDER = __DIR__ . '/../../../php-bridge/migrations';
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
    public function testTheFormerVersionsLinksAreKept(string $kind): void
    {
        $tables = $this->tables($kind);
        $former = sys_get_temp_dir() . "/orderbridge-former-$this->prefix";
        mkdir("$former/$kind", 0o700, true);
        copy(self::FOLDER . "/$kind/0001_tables.sql", "$former/$kind/0001_tables.sql");
        (new Migrations($tables, $former))->run();
        unlink("$former/$kind/0001_tables.sql");
        rmdir("$former/$kind");
        rmdir($former);
        $tables->execute("INSERT INTO {link} VALUES ('17', '394', 'C5:NEW', '{\"user\":\"6\"}', 100, 200)");
        $tables->execute("INSERT INTO {setting} VALUES ('settings', '{}', 0, 0)");

        self::assertFalse((new Migrations($tables))->complete());
        self::assertSame(array_slice($this->files($kind), 1), (new Migrations($tables))->run());

        self::assertSame(
            ['17', '394', 'C5:NEW', '{"user":"6"}', '100', '200', null],
            array_map(
                static fn (mixed $value): ?string => $value === null ? null : (string) $value,
                array_values($tables->row('SELECT * FROM {link}') ?? []),
            ),
        );
        self::assertSame('{}', $tables->row("SELECT value FROM {setting} WHERE name = 'settings'")['value']);
        $tables->execute("UPDATE {link} SET buyer = 'b' WHERE order_id = '17'");
        self::assertSame([], (new Migrations($tables))->run());
    }

    /** @dataProvider databases */
    public function testAColumnThatCannotBeAddedIsNoSuccess(string $kind): void
    {
        $tables = $this->tables($kind);
        (new Migrations($tables))->run();
        $folder = sys_get_temp_dir() . "/orderbridge-broken-$this->prefix";
        mkdir("$folder/$kind", 0o700, true);
        file_put_contents("$folder/$kind/0009_broken.sql", "ALTER TABLE {nowhere} ADD COLUMN name INTEGER;\n");
        try {
            (new Migrations($tables, $folder))->run();
            self::fail('there is no such table');
        } catch (StatementFailed) {
            self::assertFalse((new Migrations($tables, $folder))->complete());
        } finally {
            unlink("$folder/$kind/0009_broken.sql");
            rmdir("$folder/$kind");
            rmdir($folder);
        }
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
        self::assertSame(
            array_map(basename(...), glob(self::FOLDER . '/mysql/*.sql') ?: []),
            array_map(basename(...), glob(self::FOLDER . '/sqlite/*.sql') ?: []),
        );
    }

    public function testAPrefixCannotBeSql(): void
    {
        $this->open('sqlite');
        $this->expectException(InvalidArgumentException::class);
        new Tables($this->database, 'x; DROP TABLE job');
    }
}
