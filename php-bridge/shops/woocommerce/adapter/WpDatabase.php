<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use mysqli;
use mysqli_result;
use mysqli_sql_exception;
use Orderbridge\Exception\BridgeException;
use Orderbridge\Exception\ConnectionLost;
use Orderbridge\Shop\Database;
use Orderbridge\Shop\Savepoints;
use Orderbridge\Shop\SqlFailure;
use Orderbridge\Shop\SqlText;

/**
 * WordPress's open connection, behind the bridge's interface.
 *
 * Past wpdb's own query(): that one runs a statement again on a new connection when the old one was lost, which would
 * tear a transaction in two, prints failed statements when debugging, and ends the request when the database is away.
 */
final class WpDatabase implements Database
{
    use Savepoints;

    /** CR_SERVER_GONE_ERROR. */
    private const GONE = 2006;

    private bool $lost = false;

    /** @param object $wpdb WordPress's wpdb */
    public function __construct(private readonly object $wpdb)
    {
    }

    public function execute(string $sql, array $params = []): int
    {
        $this->run(SqlText::bind($sql, $params));

        return (int) $this->wpdb->dbh->affected_rows;
    }

    public function query(string $sql, array $params = []): array
    {
        $result = $this->run(SqlText::bind($sql, $params));

        return $result instanceof mysqli_result ? $result->fetch_all(MYSQLI_ASSOC) : [];
    }

    public function dialect(): string
    {
        return 'mysql';
    }

    private function statement(string $sql): void
    {
        $this->run($sql);
    }

    private function run(string $text): mysqli_result|bool
    {
        $link = $this->link();
        try {
            $result = $link->query($text);
            if ($result !== false) {
                return $result;
            }
            $fault = SqlFailure::mysql($link->errno, $link->error);
        } catch (mysqli_sql_exception $thrown) {
            // Whether mysqli throws is a setting of the whole process.
            $fault = SqlFailure::mysql((int) $thrown->getCode(), $thrown->getMessage());
        }
        $this->lost = $fault instanceof ConnectionLost;
        throw $fault;
    }

    /**
     * A connection that was lost is opened again for the next piece of work, never inside a transaction: its first
     * half is gone.
     *
     * @throws BridgeException
     */
    private function link(): mysqli
    {
        if ($this->lost && $this->depth === 0) {
            $this->wpdb->check_connection(false);
            $this->lost = false;
        }
        $link = $this->wpdb->dbh;
        if ($this->lost || !$link instanceof mysqli) {
            // phpcs:ignore WordPress.Security.EscapeOutput -- a number
            throw SqlFailure::mysql(self::GONE);
        }

        return $link;
    }
}
