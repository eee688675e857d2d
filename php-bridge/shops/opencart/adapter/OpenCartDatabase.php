<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

use Orderbridge\Exception\BridgeException;
use Orderbridge\Shop\Database;
use Orderbridge\Shop\Savepoints;
use Orderbridge\Shop\SqlFailure;
use Orderbridge\Shop\SqlText;
use Throwable;
use mysqli_sql_exception;

use function array_values;
use function preg_match;
use function preg_split;

/**
 * The shop's own open connection, behind the bridge's interface.
 *
 * Chosen over a PDO connection of our own: an order save already holds this one, so the one INSERT of the hook
 * costs a round trip (0.17 ms measured on loopback) where connecting anew costs 0.4 ms there, a TLS handshake
 * elsewhere, and one more of the database's connections per buyer. OpenCart's class has no prepared statements,
 * and its escape(), in the pdo version, remembers values and after one failed statement breaks all later ones of the
 * request: values are written into the text by us.
 */
final class OpenCartDatabase implements Database
{
    use Savepoints;

    /**
     * @param object $db OpenCart's class over mysqli or pdo
     * @param bool $narrow whether it talks to the server in three-byte UTF-8 (OpenCart 3), where every emoji of our
     *     tables would come back as a question mark
     */
    public function __construct(
        private readonly object $db,
        private bool $narrow = false,
    ) {
    }

    public function execute(string $sql, array $params = []): int
    {
        $this->run($sql, $params);

        return (int) $this->db->countAffected();
    }

    public function query(string $sql, array $params = []): array
    {
        if ($this->narrow) {
            // What is sent is not touched by this, nor what the shop's own tables hold.
            $this->run('SET character_set_results = utf8mb4', []);
            $this->narrow = false;
        }
        $result = $this->run($sql, $params);

        return array_values($result->rows ?? []);
    }

    public function dialect(): string
    {
        return 'mysql';
    }

    private function statement(string $sql): void
    {
        $this->run($sql, []);
    }

    /** @param list<string|int|null> $params */
    private function run(string $sql, array $params): mixed
    {
        $text = SqlText::bind($sql, $params);
        try {
            // 3.0.3.8 and later have PHP warn of a failed statement, values and all, before they throw.
            return @$this->db->query($text);
        } catch (Throwable $fault) {
            throw self::fault($fault);
        }
    }

    /**
     * The shop's message is "reason<br/>Error No: 1213<br/>statement" (mysqli) or "SQLSTATE[40001]: ...: 1213
     * reason <br/>..." (pdo); where the shop is older than PHP 8.1, PHP's own exception of mysqli comes through, with
     * the number as its code. The statement, with buyers' data in it, goes no further.
     */
    private static function fault(Throwable $fault): BridgeException
    {
        $message = $fault->getMessage();
        if ($fault instanceof mysqli_sql_exception) {
            return SqlFailure::mysql((int) $fault->getCode(), $message);
        }
        $number = preg_match('/(?:Error No: |SQLSTATE\[\w+\](?: \[|[^:]*:[^:]*: ))(\d{4})\b/', $message, $part) === 1
            ? (int) $part[1]
            : 0;

        return SqlFailure::mysql($number, preg_split('~<br ?/>~', $message, 2)[0] ?? '');
    }
}
