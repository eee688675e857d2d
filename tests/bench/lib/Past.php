<?php

declare(strict_types=1);

namespace Bench;

use Orderbridge\Shop\Database;

/** A shop with years behind it: orders with their changes, links, journal, and jobs that died or wait for long. */
final class Past
{
    private const PORTION = 500;
    private const THEN = 1_700_000_000;
    /** What waits, waits beyond all that a bench plays. */
    public const FAR = 4_000_000_000;

    private int $links = 0;

    /** @param string $memo what the core remembers of an order */
    public function __construct(private readonly Database $database, private readonly string $memo)
    {
    }

    /** @return int how many links are new */
    public function grow(int $to): int
    {
        $before = $this->links;
        while ($this->links < $to) {
            $this->portion(min($to, $this->links + self::PORTION));
        }
        foreach (['shop_order', 'shop_change', 'ob_link', 'ob_journal', 'ob_job'] as $table) {
            $this->database->query("ANALYZE TABLE $table");
        }

        return $to - $before;
    }

    private function portion(int $to): void
    {
        $orders = $changes = $known = $jobs = $journal = [];
        while ($this->links < $to) {
            $id = 1_000_000 + $this->links++;
            $name = (string) $id;
            $orders[] = [$id, $id, 0, 'new'];
            $changes[] = [$id];
            $known[] = [$name, $name, 'C1:NEW', $this->memo, self::THEN, self::THEN, "buyer$id"];
            $journal[] = [self::THEN, 'info', 'order_sent', $name, $name, 'sent'];
            if ($id % 10 < 2) {
                $dead = $id % 10 === 0;
                $jobs[] = ["old$id", 1, $dead ? 'dead' : 'ready', $dead ? 0 : 1, self::FAR, self::THEN, self::THEN];
            }
        }
        $this->insert('shop_order (id, buyer, edited, status)', $orders);
        $this->insert('shop_change (order_id)', $changes);
        $this->insert('ob_link (order_id, deal_id, stage, memo, created_at, updated_at, buyer)', $known);
        $this->insert('ob_journal (at, level, code, order_id, deal_id, message)', $journal);
        $this->insert('ob_job (order_id, wants, state, lane, not_before, created_at, updated_at)', $jobs);
    }

    /** @param list<list<string|int>> $rows */
    private function insert(string $into, array $rows): void
    {
        $row = '(' . implode(', ', array_fill(0, count($rows[0]), '?')) . ')';
        $rowsOfMarks = implode(', ', array_fill(0, count($rows), $row));
        $this->database->execute("INSERT INTO $into VALUES $rowsOfMarks", array_merge(...$rows));
    }
}
