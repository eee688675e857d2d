<?php

declare(strict_types=1);

namespace Orderbridge\Privacy;

use Orderbridge\Journal;
use Orderbridge\Link\Draws;
use Orderbridge\Link\Links;
use Orderbridge\Settings\PortalHold;
use Orderbridge\Shop\Shop;
use Orderbridge\Store\Tables;
use Orderbridge\Text\Texts;
use Throwable;

use function array_chunk;
use function array_column;
use function array_map;
use function array_unique;
use function array_values;
use function count;
use function implode;
use function is_string;
use function sort;

use const SORT_NATURAL;

/**
 * Takes one buyer out of our tables, as 152-ФЗ and the GDPR give him the right to, and names what remains elsewhere.
 *
 * Our tables hold no order and no contact; of a buyer they have fingerprints (whose order it is, what was last sent),
 * numbers of records in Bitrix24, and texts in which a portal or a shop may have quoted him. Which deal belongs to
 * which order stays, unless it is asked for: without it the next change of the order would begin with a search.
 */
final class Erasure
{
    private const PAGE = 200;
    private const TEXTS = 500;

    public function __construct(
        private readonly Tables $tables,
        private readonly Shop $shop,
        private readonly Links $links,
        private readonly Draws $draws,
        private readonly Journal $journal,
        private readonly PortalHold $hold,
        private readonly Texts $texts,
    ) {
    }

    /** The buyer of an order: this one, and all others that our tables know to be his. */
    public function ofOrder(string $orderId, bool $unlink = false): Erased
    {
        $person = Person::reachedBy('', '');
        $person->learn($this->read($orderId));
        $row = $this->tables->row('SELECT buyer FROM {link} WHERE order_id = ?', [$orderId]);
        $orders = [$orderId];
        if (isset($row['buyer'])) {
            $same = $this->tables->rows('SELECT order_id FROM {link} WHERE buyer = ?', [(string) $row['buyer']]);
            $orders = [...$orders, ...array_map('strval', array_column($same, 'order_id'))];
        }
        // A new address, a name spelt otherwise: another fingerprint, the same man.
        $orders = $person->isKnown() ? [...$orders, ...$this->ordersOf($person)] : $orders;

        return $this->erase(array_values(array_unique($orders)), $person, $unlink);
    }

    /** Whose phone or e-mail it is. Reads every order of which our tables know from the shop: it may take minutes. */
    public function ofPerson(string $phone, string $email, bool $unlink = false): Erased
    {
        $person = Person::reachedBy($phone, $email);
        $orders = $person->isKnown() ? $this->ordersOf($person) : [];

        return $this->erase($orders, $person, $unlink);
    }

    /** What {@see ofPerson()} would take away; touches nothing. Lines of the journal are those of his own orders. */
    public function wouldErase(string $phone, string $email): Erased
    {
        $person = Person::reachedBy($phone, $email);
        $erased = new Erased();
        $erased->orders = $person->isKnown() ? $this->ordersOf($person) : [];
        sort($erased->orders, SORT_NATURAL);
        foreach (array_chunk($erased->orders, self::PAGE) as $page) {
            $erased->add($this->counted(
                $this->jobsOf($page),
                $this->links->ofOrders($page),
                count($this->linesOf($page)),
                false,
            ));
        }

        return $erased;
    }

    /** @param list<string> $orders */
    private function erase(array $orders, Person $person, bool $unlink): Erased
    {
        sort($orders, SORT_NATURAL);
        $erased = new Erased();
        $erased->orders = $orders;
        foreach (array_chunk($orders, self::PAGE) as $page) {
            foreach ($page as $orderId) {
                $person->learn($this->read($orderId));
            }
            $erased->add($this->tables->together(fn (): Erased => $this->page($page, $unlink)));
        }
        $this->texts($person, $erased);
        // Of buyers at whose contact a killed worker was.
        $this->tables->execute('DELETE FROM {busy} WHERE until <= {now}');
        if ($person->isIn($this->hold->current()?->reason->message ?? '')) {
            // What was wrong is found out again, in other words.
            $this->hold->lift();
        }
        $this->note($erased);

        return $erased;
    }

    /** @param list<string> $orders */
    private function page(array $orders, bool $unlink): Erased
    {
        $marks = Tables::marks($orders);
        $jobs = $this->jobsOf($orders);
        $links = $this->links->ofOrders($orders);
        if ($unlink) {
            $this->tables->execute("DELETE FROM {link} WHERE order_id IN ($marks)", $orders);
            $this->tables->execute("DELETE FROM {job} WHERE order_id IN ($marks)", $orders);
            array_map($this->draws->forget(...), $orders);
        } else {
            $this->tables->execute("UPDATE {link} SET memo = NULL, buyer = NULL WHERE order_id IN ($marks)", $orders);
            $this->tables->execute("UPDATE {job} SET message = '', hint = '' WHERE order_id IN ($marks)", $orders);
        }
        $lines = $this->linesOf($orders);
        $this->blank('journal', $lines);

        return $this->counted($jobs, $links, count($lines), $unlink);
    }

    /**
     * @param list<string> $orders
     * @return list<array<string, string|int|float|null>>
     */
    private function jobsOf(array $orders): array
    {
        return $this->tables->rows(
            'SELECT order_id, state, lease_until > {now} AS leased FROM {job} WHERE order_id IN ('
            . Tables::marks($orders) . ')',
            $orders,
        );
    }

    /**
     * @param list<string> $orders
     * @return list<int> ids of the journal's lines of these orders
     */
    private function linesOf(array $orders): array
    {
        $marks = Tables::marks($orders);

        return array_map('intval', array_column(
            $this->tables->rows("SELECT id FROM {journal} WHERE order_id IN ($marks)", $orders),
            'id',
        ));
    }

    /**
     * @param list<array<string, string|int|float|null>> $jobs
     * @param array<array-key, array<string, mixed>> $links as they were
     */
    private function counted(array $jobs, array $links, int $lines, bool $unlink): Erased
    {
        $erased = new Erased();
        $erased->jobs = count($jobs);
        $erased->links = count($links);
        $erased->lines = $lines;
        foreach ($jobs as $job) {
            if ((int) $job['leased'] === 1) {
                $erased->atWork[] = (string) $job['order_id'];
            } elseif ($job['state'] === 'ready' && !$unlink) {
                $erased->queued[] = (string) $job['order_id'];
            }
        }
        foreach ($links as $link) {
            $memo = (array) ($link['memo'] ?? []);
            $named = ['deals' => $link['deal_id'], 'contacts' => $memo['contact'] ?? null];
            foreach ($named + ['companies' => $memo['company'] ?? null] as $kind => $id) {
                if (is_string($id) && $id !== '') {
                    $erased->$kind[] = $id;
                }
            }
        }

        return $erased;
    }

    /** Texts that quote him without being of an order of his: a neighbour's, or of none. */
    private function texts(Person $person, Erased $erased): void
    {
        foreach (['journal', 'job'] as $table) {
            $last = 0;
            do {
                $rows = $this->tables->rows(
                    "SELECT id, message, hint FROM {{$table}} WHERE id > ? AND (message <> '' OR hint <> '') "
                    . 'ORDER BY id LIMIT ' . self::TEXTS,
                    [$last],
                );
                $found = [];
                foreach ($rows as $row) {
                    $last = (int) $row['id'];
                    if ($person->isIn("{$row['message']}\n{$row['hint']}")) {
                        $found[] = $last;
                    }
                }
                $this->blank($table, $found);
                $erased->lines += $table === 'journal' ? count($found) : 0;
                $erased->jobs += $table === 'job' ? count($found) : 0;
            } while (count($rows) === self::TEXTS);
        }
    }

    /** @param list<int> $ids */
    private function blank(string $table, array $ids): void
    {
        foreach (array_chunk($ids, self::TEXTS) as $some) {
            $this->tables->execute(
                "UPDATE {{$table}} SET message = ?, hint = '' WHERE id IN (" . Tables::marks($some) . ')',
                [$this->texts->say('erased_text'), ...$some],
            );
        }
    }

    /**
     * Of every order that one of our tables knows, read from the shop a page at a time.
     *
     * @return list<string>
     */
    private function ordersOf(Person $person): array
    {
        $found = [];
        $last = '';
        do {
            $ids = $this->idsAfter($last);
            foreach ($ids as $orderId) {
                $last = $orderId;
                if ($person->placed($this->read($orderId))) {
                    $found[] = $orderId;
                }
            }
        } while (count($ids) === self::PAGE);

        return $found;
    }

    /**
     * Each table by its own index, so that a page costs the same wherever it is.
     *
     * @return list<string>
     */
    private function idsAfter(string $orderId): array
    {
        $pages = [];
        foreach (['link', 'job', 'journal'] as $table) {
            $pages[] = "SELECT * FROM (SELECT DISTINCT order_id FROM {{$table}} WHERE order_id > ? ORDER BY order_id "
                . 'LIMIT ' . self::PAGE . ") AS of_$table";
        }
        $rows = $this->tables->rows(
            implode(' UNION ', $pages) . ' ORDER BY order_id LIMIT ' . self::PAGE,
            [$orderId, $orderId, $orderId],
        );

        return array_map('strval', array_column($rows, 'order_id'));
    }

    /** @return array<string, mixed>|null null also when the shop cannot read it: then its number has to do */
    private function read(string $orderId): ?array
    {
        try {
            return $this->shop->order($orderId);
        } catch (Throwable) {
            return null;
        }
    }

    /** Numbers only: that it was done has to be provable. */
    private function note(Erased $erased): void
    {
        if ($erased->orders === [] && $erased->lines === 0) {
            return;
        }
        $list = static fn (array $ids): string => $ids === [] ? '—' : implode(', ', $ids);
        $reason = $this->texts->reason('erased', [
            'orders' => $list($erased->orders),
            'deals' => $list($erased->deals),
            'contacts' => $list([...$erased->contacts, ...$erased->companies]),
        ]);
        $this->journal->write([
            'level' => 'info',
            'code' => $reason->code,
            'message' => $reason->message,
            'hint' => $reason->hint,
        ]);
    }
}
