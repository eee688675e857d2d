<?php

declare(strict_types=1);

namespace Orderbridge\Shop;

use Throwable;

/** Transactions inside each other, for any connection that can run a statement: the inner ones are savepoints. */
trait Savepoints
{
    private int $depth = 0;

    abstract private function statement(string $sql): void;

    public function transaction(callable $work): mixed
    {
        $inner = $this->depth > 0 || $this->isInside();
        $mark = 'orderbridge_' . $this->depth;
        $this->statement($inner ? "SAVEPOINT $mark" : $this->begin());
        $this->depth++;
        try {
            $result = $work($this);
            $this->statement($inner ? "RELEASE SAVEPOINT $mark" : 'COMMIT');

            return $result;
        } catch (Throwable $failure) {
            $this->undo($inner ? "ROLLBACK TO SAVEPOINT $mark" : 'ROLLBACK');
            throw $failure;
        } finally {
            $this->depth--;
        }
    }

    /** Whether somebody else has begun a transaction on this connection. */
    private function isInside(): bool
    {
        return false;
    }

    private function begin(): string
    {
        return 'START TRANSACTION';
    }

    /** After a deadlock or a lost connection the server has undone everything already. */
    private function undo(string $sql): void
    {
        try {
            $this->statement($sql);
        } catch (Throwable) {
        }
    }
}
