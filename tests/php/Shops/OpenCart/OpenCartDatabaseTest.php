<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart;

use Exception;
use InvalidArgumentException;
use Orderbridge\Exception\ConnectionLost;
use Orderbridge\Exception\Deadlock;
use Orderbridge\Exception\DuplicateKey;
use Orderbridge\Exception\StatementFailed;
use Orderbridge\Shops\OpenCart\OpenCartDatabase;
use PHPUnit\Framework\TestCase;

// phpcs:disable PSR1.Files.SideEffects -- the adapter is no part of the bridge's own folder
require_once __DIR__ . '/autoload.php';

final class OpenCartDatabaseTest extends TestCase
{
    public function testValuesBecomeLiteralsThatNoCharacterCanLeave(): void
    {
        $db = self::db();
        (new OpenCartDatabase($db))->execute(
            "INSERT INTO t (a, b, c, d) VALUES (?, ?, ?, ?) -- 'what?' `or?` \"not?\"",
            ["O'Neil\\", 7, null, ''],
        );

        self::assertSame(
            ["INSERT INTO t (a, b, c, d) VALUES (_utf8mb4 0x4f274e65696c5c, 7, NULL, '') -- 'what?' `or?` \"not?\""],
            $db->statements,
        );
    }

    /** @dataProvider mismatches */
    public function testRefusesTooFewAndTooManyValues(array $params): void
    {
        $this->expectException(InvalidArgumentException::class);
        (new OpenCartDatabase(self::db()))->query('SELECT ?, ?', $params);
    }

    public static function mismatches(): iterable
    {
        yield 'too few' => [[1]];
        yield 'too many' => [[1, 2, 3]];
    }

    /** @dataProvider failures */
    public function testNamesFailuresAndKeepsTheStatementToItself(string $message, string $class): void
    {
        $db = self::db();
        $db->failWith = $message;
        try {
            (new OpenCartDatabase($db))->execute('INSERT INTO t VALUES (?)', ['+7 999 123-45-67']);
            self::fail('no failure');
        } catch (Exception $failure) {
            self::assertInstanceOf($class, $failure);
            self::assertStringNotContainsString('999', $failure->getMessage());
        }
    }

    public static function failures(): iterable
    {
        $sql = "INSERT INTO t VALUES ('+7 999 123-45-67')";

        yield 'mysqli deadlock' => ["Error: Deadlock found<br/>Error No: 1213<br/>$sql", Deadlock::class];
        yield 'mysqli duplicate' => [
            "Error: Duplicate entry '+7 999' for key 'x'<br/>Error No: 1062<br/>$sql",
            DuplicateKey::class,
        ];
        yield 'mysqli gone' => ["Error: MySQL server has gone away<br/>Error No: 2006<br/>$sql", ConnectionLost::class];
        yield 'pdo lock wait' => [
            "Error: SQLSTATE[HY000]: General error: 1205 Lock wait timeout <br/>Error Code : HY000 <br/>$sql",
            Deadlock::class,
        ];
        yield 'pdo duplicate' => [
            "Error: SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry '+7 999' <br/>$sql",
            DuplicateKey::class,
        ];
        yield 'anything else' => ["Error: no idea<br/>$sql", StatementFailed::class];
    }

    public function testATransactionIsUndoneWhole(): void
    {
        $db = self::db();
        $database = new OpenCartDatabase($db);
        try {
            $database->transaction(static fn (): mixed => throw new Exception('no'));
        } catch (Exception) {
        }
        $database->transaction(static fn (OpenCartDatabase $d): mixed => $d->transaction(static fn (): int => 1));

        self::assertSame(
            [
                'START TRANSACTION',
                'ROLLBACK',
                'START TRANSACTION',
                'SAVEPOINT orderbridge_1',
                'RELEASE SAVEPOINT orderbridge_1',
                'COMMIT',
            ],
            $db->statements,
        );
    }

    private static function db(): object
    {
        return new class () {
            /** @var list<string> */
            public array $statements = [];
            public ?string $failWith = null;

            public function query(string $sql): mixed
            {
                $this->statements[] = $sql;
                if ($this->failWith !== null) {
                    throw new Exception($this->failWith);
                }
                return true;
            }

            public function countAffected(): int
            {
                return 1;
            }
        };
    }
}
