<?php

declare(strict_types=1);

namespace Orderbridge\Shop;

use Orderbridge\Exception\ConnectionLost;
use Orderbridge\Exception\Deadlock;
use Orderbridge\Exception\DuplicateKey;
use Orderbridge\Exception\StatementFailed;

/**
 * A connection to the shop's database. Placeholders are `?`, values are strings, integers or null.
 *
 * An implementation over the CMS's own connection names its failures with {@see SqlFailure}, so that the bridge can
 * tell what to try again.
 */
interface Database
{
    /**
     * @param list<string|int|null> $params
     * @return int rows changed (whether rows that were found but stay equal count is the driver's business)
     * @throws Deadlock|ConnectionLost|DuplicateKey|StatementFailed
     */
    public function execute(string $sql, array $params = []): int;

    /**
     * @param list<string|int|null> $params
     * @return list<array<string, string|int|float|null>>
     * @throws Deadlock|ConnectionLost|StatementFailed
     */
    public function query(string $sql, array $params = []): array;

    /**
     * Runs the work in a transaction; inside another one it becomes a part of it. An exception undoes the work
     * and passes on.
     *
     * @template T
     * @param callable(self): T $work
     * @return T
     */
    public function transaction(callable $work): mixed;

    /** `sqlite` or `mysql` (MariaDB included). */
    public function dialect(): string;
}
