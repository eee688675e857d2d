<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

use Orderbridge\Exception\ConnectionLost;
use Orderbridge\Exception\DuplicateKey;
use Orderbridge\Exception\StatementFailed;
use Orderbridge\Shops\WooCommerce\WpDatabase;
use PHPUnit\Framework\TestCase;
use RuntimeException;
use Throwable;

// phpcs:disable PSR1.Files.SideEffects -- the adapter is no part of the bridge's own folder
require_once __DIR__ . '/autoload.php';

/** WordPress's connection behind the bridge's interface, on a real server. */
final class WpDatabaseTest extends TestCase
{
    use WpdbOfOurOwn;

    private FakeWpdb $wpdb;
    private WpDatabase $database;

    protected function setUp(): void
    {
        [, $this->wpdb] = $this->open();
        $this->database = new WpDatabase($this->wpdb);
        $this->database->execute('CREATE TABLE t (id INT PRIMARY KEY, text VARCHAR(90)) ENGINE = InnoDB');
    }

    public function testValuesArriveAsTheyAre(): void
    {
        $text = "O'Нил \\ «Кот» 😀 ? %s \0";
        self::assertSame(1, $this->database->execute('INSERT INTO t VALUES (?, ?)', [7, $text]));
        self::assertSame(0, $this->database->execute('DELETE FROM t WHERE id = ?', [8]));

        self::assertSame(
            [['id' => '7', 'text' => $text, 'none' => null]],
            $this->database->query('SELECT id, text, ? AS none FROM t WHERE text = ?', [null, $text]),
        );
    }

    /** @dataProvider reports */
    public function testFailuresAreNamedWhetherMysqliThrowsOrNot(int $report): void
    {
        mysqli_report($report);
        try {
            $this->database->execute('INSERT INTO t VALUES (1, ?)', ['Иван']);
            self::assertInstanceOf(DuplicateKey::class, $this->fault('INSERT INTO t VALUES (1, ?)', ['Пётр']));
            $fault = $this->fault("SELECT 'Пётр' FROM nowhere", []);
            self::assertInstanceOf(StatementFailed::class, $fault);
            self::assertStringNotContainsString('Пётр', $fault->getMessage());
        } finally {
            mysqli_report(MYSQLI_REPORT_OFF);
        }
    }

    /** @return array<string, array{int}> */
    public static function reports(): array
    {
        return ['silent' => [MYSQLI_REPORT_OFF], 'throwing' => [MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT]];
    }

    public function testALostConnectionIsOpenedForTheNextPieceOfWork(): void
    {
        $this->wpdb->cut();
        self::assertInstanceOf(ConnectionLost::class, $this->fault('SELECT 1', []));
        self::assertSame(1, $this->wpdb->opened, 'not behind the back of who asked');

        self::assertSame([['one' => '1']], $this->database->query('SELECT 1 AS one'));
        self::assertSame(2, $this->wpdb->opened);
    }

    /** WordPress's own query() would run the second half on a new connection and commit it alone. */
    public function testATransactionThatLosesItsConnectionLeavesNothing(): void
    {
        $lost = 0;
        try {
            $this->database->transaction(function (WpDatabase $database) use (&$lost): void {
                $database->execute('INSERT INTO t VALUES (1, ?)', ['before']);
                $this->wpdb->cut();
                for ($try = 0; $try < 2; $try++) {
                    try {
                        $database->execute('INSERT INTO t VALUES (2, ?)', ['after']);
                    } catch (ConnectionLost) {
                        $lost++;
                    }
                }
                throw new RuntimeException('given up');
            });
        } catch (RuntimeException $fault) {
            self::assertSame('given up', $fault->getMessage());
        }

        self::assertSame(2, $lost);
        self::assertSame([], $this->database->query('SELECT * FROM t'));
    }

    public function testAnInnerTransactionIsAPartOfTheOuterOne(): void
    {
        $this->database->transaction(function (WpDatabase $database): void {
            $database->execute("INSERT INTO t VALUES (1, '')");
            try {
                $database->transaction(static function () use ($database): void {
                    $database->execute("INSERT INTO t VALUES (2, '')");
                    throw new RuntimeException();
                });
            } catch (RuntimeException) {
                $database->execute("INSERT INTO t VALUES (3, '')");
            }
        });

        self::assertSame(['1', '3'], array_column($this->database->query('SELECT id FROM t ORDER BY id'), 'id'));
    }

    /** @param list<string|int|null> $params */
    private function fault(string $sql, array $params): ?Throwable
    {
        try {
            $this->database->execute($sql, $params);
        } catch (Throwable $fault) {
            return $fault;
        }

        return null;
    }
}
