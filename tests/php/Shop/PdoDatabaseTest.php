<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shop;

use LogicException;
use Orderbridge\Exception\BridgeException;
use Orderbridge\Exception\ConnectionLost;
use Orderbridge\Exception\Deadlock;
use Orderbridge\Exception\DuplicateKey;
use Orderbridge\Exception\StatementFailed;
use Orderbridge\Shop\PdoDatabase;
use Orderbridge\Shop\SqlFailure;
use Orderbridge\Tests\Support\OpensDatabases;
use PDO;
use PHPUnit\Framework\TestCase;

use function array_column;
use function print_r;
use function sys_get_temp_dir;

final class PdoDatabaseTest extends TestCase
{
    use OpensDatabases;

    private string $table = '';

    private function start(string $kind): PdoDatabase
    {
        $this->open($kind);
        $this->table = $this->prefix . 'thing';
        $this->database->execute("CREATE TABLE $this->table (id INTEGER PRIMARY KEY, name VARCHAR(50) UNIQUE)");

        return $this->database;
    }

    /** @return list<string> */
    private function names(PdoDatabase $database): array
    {
        return array_column($database->query("SELECT name FROM $this->table ORDER BY id"), 'name');
    }

    private function add(PdoDatabase $database, int $id, ?string $name): int
    {
        return $database->execute("INSERT INTO $this->table VALUES (?, ?)", [$id, $name]);
    }

    /** @dataProvider databases */
    public function testKeepsValuesAsTheyAre(string $kind): void
    {
        $database = $this->start($kind);
        $names = ["O'Neil \\ \"?\" :id", 'Чайник 😀', '', "two\nlines"];
        foreach ($names as $id => $name) {
            self::assertSame(1, $this->add($database, $id, $name));
        }
        $this->add($database, 9, null);

        self::assertSame([...$names, null], $this->names($database));
        self::assertSame([], $database->query("SELECT * FROM $this->table WHERE id = ?", [77]));
        self::assertSame(2, $database->execute("DELETE FROM $this->table WHERE id IN (?, ?, ?)", [0, 1, 77]));
        self::assertSame($kind, $database->dialect());
    }

    /** @dataProvider databases */
    public function testATransactionIsAllOrNothing(string $kind): void
    {
        $database = $this->start($kind);
        $answer = $database->transaction(function (PdoDatabase $inside): string {
            $this->add($inside, 1, 'kept');

            return 'answer';
        });
        self::assertSame('answer', $answer);
        try {
            $database->transaction(function () use ($database): void {
                $this->add($database, 2, 'undone');
                throw new LogicException('no');
            });
            self::fail('it passes on');
        } catch (LogicException) {
        }

        self::assertSame(['kept'], $this->names($database));
    }

    /** @dataProvider databases */
    public function testAnInnerOneUndoesOnlyItself(string $kind): void
    {
        $database = $this->start($kind);
        $database->transaction(function () use ($database): void {
            $this->add($database, 1, 'outer');
            try {
                $database->transaction(function () use ($database): void {
                    $this->add($database, 2, 'inner');
                    throw new LogicException('no');
                });
            } catch (LogicException) {
            }
            $database->transaction(fn (): int => $this->add($database, 3, 'second inner'));
        });

        self::assertSame(['outer', 'second inner'], $this->names($database));
    }

    /** @dataProvider databases */
    public function testJoinsTheTransactionOfTheShop(string $kind): void
    {
        $words = $this->open($kind);
        $this->table = $this->prefix . 'thing';
        $this->database->execute("CREATE TABLE $this->table (id INTEGER PRIMARY KEY, name VARCHAR(50) UNIQUE)");
        $pdo = new PDO($words[0], $words[1], $words[2]);
        $database = PdoDatabase::over($pdo);

        $pdo->beginTransaction();
        $database->transaction(fn (): int => $this->add($database, 1, 'ours'));
        self::assertTrue($pdo->inTransaction(), 'the shop\'s transaction is still its own');
        $pdo->rollBack();

        self::assertSame([], $this->names($database));
        unset($pdo, $database);
    }

    /** @dataProvider databases */
    public function testNamesItsFailures(string $kind): void
    {
        $database = $this->start($kind);
        $this->add($database, 1, 'Иван Петров');
        $thrown = [];
        foreach (
            [
                fn () => $this->add($database, 2, 'Иван Петров'),
                fn () => $database->execute('INSERT INTO no_such_table VALUES (1)'),
                fn () => $database->query('SELEKT "Иван"'),
            ] as $wrong
        ) {
            try {
                $wrong();
            } catch (BridgeException $failure) {
                $thrown[] = $failure::class;
                self::assertStringNotContainsString('Иван', $failure->getMessage());
                self::assertNull($failure->getPrevious(), 'the driver\'s own words quote values');
            }
        }

        self::assertSame([DuplicateKey::class, StatementFailed::class, StatementFailed::class], $thrown);
    }

    public function testSaysWhenSomebodyElseIsWriting(): void
    {
        $words = $this->open('sqlite');
        $this->database->execute('CREATE TABLE thing (id INTEGER)');
        $other = self::reopen($words);
        $impatient = new PDO($words[0]);
        $impatient->exec('PRAGMA busy_timeout = 0');

        $this->expectException(Deadlock::class);
        $other->transaction(static fn () => PdoDatabase::over($impatient)->execute('INSERT INTO thing VALUES (1)'));
    }

    public function testComesBackAfterTheServerDroppedIt(): void
    {
        $words = $this->open('mysql');
        $id = $this->database->query('SELECT CONNECTION_ID() AS id')[0]['id'];
        self::reopen($words)->execute("KILL $id");
        try {
            $this->database->query('SELECT 1');
            self::fail('the connection was killed');
        } catch (ConnectionLost) {
        }

        self::assertSame([['one' => 1]], $this->database->query('SELECT 1 AS one'));
    }

    public function testSaysWhenThereIsNoServer(): void
    {
        foreach (['mysql:host=127.0.0.1;port=1;dbname=x', 'sqlite:' . sys_get_temp_dir() . '/no/such/x.db'] as $dsn) {
            try {
                $database = PdoDatabase::connect($dsn, 'user', 'password-of-the-shop');
                self::assertStringNotContainsString('password', print_r($database, true));
                $database->query('SELECT 1');
                self::fail('there is no such server');
            } catch (ConnectionLost $failure) {
                self::assertStringNotContainsString('password', $failure->getMessage() . $failure->getTraceAsString());
            }
        }
    }

    /** @return array<string, array{string, int, string}> */
    public function numbers(): array
    {
        return [
            'deadlock' => ['mysql', 1213, Deadlock::class],
            'waited too long for a lock' => ['mysql', 1205, Deadlock::class],
            'server has gone away' => ['mysql', 2006, ConnectionLost::class],
            'lost in the middle' => ['mysql', 2013, ConnectionLost::class],
            'too many connections' => ['mysql', 1040, ConnectionLost::class],
            'duplicate' => ['mysql', 1062, DuplicateKey::class],
            'no such table' => ['mysql', 1146, StatementFailed::class],
            'access denied' => ['mysql', 1045, StatementFailed::class],
            'busy' => ['sqlite', 5, Deadlock::class],
            'busy, extended' => ['sqlite', 517, Deadlock::class],
            'locked' => ['sqlite', 6, Deadlock::class],
            'cannot open' => ['sqlite', 14, ConnectionLost::class],
            'disk full' => ['sqlite', 13, StatementFailed::class],
            'no such table in SQLite' => ['sqlite', 1, StatementFailed::class],
        ];
    }

    /** @dataProvider numbers */
    public function testKnowsTheServersNumbers(string $kind, int $number, string $class): void
    {
        $failure = $kind === 'mysql' ? SqlFailure::mysql($number) : SqlFailure::sqlite($number);

        self::assertInstanceOf($class, $failure);
    }
}
