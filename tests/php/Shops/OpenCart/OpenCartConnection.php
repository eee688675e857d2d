<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart;

use PDO;

use function count;

/** What OpenCart's own database class does with a statement: its text goes to the server as it is. */
final class OpenCartConnection
{
    private int $affected = 0;

    public function __construct(private readonly PDO $pdo)
    {
        // As 4.1 sets it when it connects.
        $pdo->exec("SET SESSION sql_mode = 'NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION'");
    }

    public function query(string $sql): object|bool
    {
        $statement = $this->pdo->prepare($sql);
        $statement->execute();
        $this->affected = $statement->rowCount();
        if ($statement->columnCount() === 0) {
            return true;
        }
        $rows = $statement->fetchAll(PDO::FETCH_ASSOC);

        return (object) ['row' => $rows[0] ?? [], 'rows' => $rows, 'num_rows' => count($rows)];
    }

    public function countAffected(): int
    {
        return $this->affected;
    }
}
