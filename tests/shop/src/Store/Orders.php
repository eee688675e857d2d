<?php

declare(strict_types=1);

namespace Piala\Store;

use Closure;
use DateTimeImmutable;
use DateTimeZone;
use Piala\Delivery;
use Piala\Payment;
use Piala\Status;

/** The orders of the shop, and the only place that changes them. */
final class Orders
{
    public const BUYER = 'Покупатель';
    public const ADMIN = 'Администратор';

    /** @var list<Closure(string): void> */
    private array $saved = [];

    public function __construct(
        private readonly Database $database,
        private readonly Coupons $coupons,
        private readonly Mailer $mailer,
        /** Whether new orders are at prices without VAT. */
        public readonly bool $net,
    ) {
    }

    /**
     * The shop's order-save hook: called with the order's id inside the transaction that saves it, so what a
     * listener writes with the shop's connection is saved together with the order or not at all.
     *
     * @param Closure(string): void $listener
     */
    public function onSaved(Closure $listener): void
    {
        $this->saved[] = $listener;
    }

    /**
     * @param string $attempt one value for one filled-in checkout page: sending it twice places one order
     * @param list<OrderLine> $lines
     * @param array<string, string> $utm
     */
    public function place(string $attempt, OrderDetails $details, array $lines, ?string $coupon, array $utm): Order
    {
        return $this->change(function (int $revision) use ($attempt, $details, $lines, $coupon, $utm): Order {
            $known = $this->database->value('SELECT id FROM orders WHERE attempt = ?', [$attempt]);
            if ($known !== null) {
                return $this->get((int) $known);
            }
            $id = $this->database->insert('orders', [
                'attempt' => $attempt,
                'access_key' => bin2hex(random_bytes(16)),
                'revision' => $revision,
                'created_at' => self::now(),
                'status' => Status::New->value,
                ...$details->columns(),
                ...$this->columns($details->delivery, $lines, $coupon, $this->net),
                'utm' => self::json($utm),
            ]);
            $this->saveLines($id, $lines);
            $this->remember($id, Status::New, '', self::BUYER, false);
            $this->announce($id);

            return $this->get($id);
        });
    }

    /**
     * @param int $seen the revision that the editor had before the eyes
     * @param list<OrderLine> $lines
     * @throws OrderChanged when somebody else saved the order meanwhile
     */
    public function edit(int $id, int $seen, OrderDetails $details, array $lines, ?string $coupon): void
    {
        $this->change(function (int $revision) use ($id, $seen, $details, $lines, $coupon): void {
            $order = $this->get($id);
            if ($order->revision !== $seen) {
                throw new OrderChanged();
            }
            $sums = $this->columns($details->delivery, $lines, $coupon, $order->net);
            $columns = [...$details->columns(), ...$sums, 'revision' => $revision];
            $this->database->run(
                'UPDATE orders SET ' . implode(' = ?, ', array_keys($columns)) . ' = ? WHERE id = ?',
                [...array_values($columns), $id],
            );
            $this->database->run('DELETE FROM order_line WHERE order_id = ?', [$id]);
            $this->saveLines($id, $lines);
            $this->announce($id);
        });
    }

    public function changeStatus(int $id, Status $status, string $comment, bool $notify, string $author): void
    {
        $order = $this->change(function (int $revision) use ($id, $status, $comment, $notify, $author): ?Order {
            if ($this->get($id)->status === $status && $comment === '') {
                return null;
            }
            $this->database->run(
                'UPDATE orders SET status = ?, revision = ? WHERE id = ?',
                [$status->value, $revision, $id],
            );
            $this->remember($id, $status, $comment, $author, $notify);
            $this->announce($id);

            return $this->get($id);
        });
        if ($order !== null && $notify) {
            $this->mailer->statusChanged($order, $comment);
        }
    }

    /** A note for the admin; the buyer does not see it. */
    public function addNote(int $id, string $text, string $author): void
    {
        $this->remember($this->get($id)->id, null, $text, $author, false);
    }

    public function find(int $id): ?Order
    {
        $row = $this->database->row('SELECT * FROM orders WHERE id = ?', [$id]);

        return $row === null ? null : $this->read($row);
    }

    /** The order of a buyer's link; null when number or key is wrong. */
    public function opened(string $number, string $key): ?Order
    {
        $id = Order::idOfNumber($number);
        $order = $id === null ? null : $this->find($id);

        return $order !== null && hash_equals($order->accessKey, $key) ? $order : null;
    }

    /** @return list<Order> newest first */
    public function page(?Status $status, int $page, int $size): array
    {
        $where = $status === null ? '' : 'WHERE status = ?';
        $values = $status === null ? [] : [$status->value];

        return array_map($this->read(...), $this->database->rows(
            "SELECT * FROM orders $where ORDER BY id DESC LIMIT ? OFFSET ?",
            [...$values, $size, $size * ($page - 1)],
        ));
    }

    /**
     * Newest first, those before an id (0: all), with that number or id, or with every word in the buyer's name,
     * phone or mail.
     *
     * @return list<Order>
     */
    public function found(string $search, int $before, int $limit): array
    {
        $every = ['id < ?'];
        $values = [$before > 0 ? $before : PHP_INT_MAX];
        if ($search !== '') {
            $words = [];
            $named = [(int) $search, (int) Order::idOfNumber($search)];
            foreach (preg_split('/\s+/u', trim($search), -1, PREG_SPLIT_NO_EMPTY) ?: [] as $word) {
                $any = [];
                // SQLite knows capitals of the Latin alphabet only.
                foreach (array_unique([$word, mb_convert_case($word, MB_CASE_TITLE)]) as $spelling) {
                    foreach (['last_name', 'first_name', 'second_name', 'phone', 'email'] as $column) {
                        $any[] = "$column LIKE ? ESCAPE '!'";
                        // What people type is text: its % and _ are no patterns.
                        $values[] = '%' . preg_replace('/[!%_]/', '!$0', $spelling) . '%';
                    }
                }
                $words[] = '(' . implode(' OR ', $any) . ')';
            }
            $every[] = '(' . implode(' AND ', $words ?: ['1 = 0']) . ' OR id IN (?, ?))';
            array_push($values, ...(ctype_digit($search) ? $named : [0, 0]));
        }

        return array_map($this->read(...), $this->database->rows(
            'SELECT * FROM orders WHERE ' . implode(' AND ', $every) . ' ORDER BY id DESC LIMIT ?',
            [...$values, $limit],
        ));
    }

    /**
     * @param list<int> $ids
     * @return list<Order>
     */
    public function some(array $ids): array
    {
        return $ids === [] ? [] : array_map($this->read(...), $this->database->rows(
            'SELECT * FROM orders WHERE id IN (' . implode(', ', array_fill(0, count($ids), '?')) . ')',
            $ids,
        ));
    }

    /** @return array<string, int> number of orders by status */
    public function counts(): array
    {
        $rows = $this->database->rows('SELECT status, COUNT(*) AS number FROM orders GROUP BY status');

        return array_column($rows, 'number', 'status');
    }

    /** @return list<array<string, string|int|null>> oldest first; rows without a status are notes */
    public function history(int $id): array
    {
        return $this->database->rows('SELECT * FROM order_history WHERE order_id = ? ORDER BY id', [$id]);
    }

    /**
     * Orders created or changed after a revision, oldest change first.
     *
     * @return list<array{id: int, revision: int}>
     */
    public function changedAfter(int $revision, int $limit): array
    {
        return $this->database->rows(
            'SELECT id, revision FROM orders WHERE revision > ? ORDER BY revision LIMIT ?',
            [$revision, $limit],
        );
    }

    /**
     * Orders placed in a time, or with numbers from one to another, by their numbers.
     *
     * @return list<int> ids
     */
    public function idsIn(
        ?DateTimeImmutable $from,
        ?DateTimeImmutable $before,
        ?int $first,
        ?int $last,
        int $limit,
    ): array {
        [$where, $values] = self::within($from, $before, $first, $last);

        return array_map('intval', array_column(
            $this->database->rows("SELECT id FROM orders WHERE $where ORDER BY id LIMIT ?", [...$values, $limit]),
            'id',
        ));
    }

    public function countIn(?DateTimeImmutable $from, ?DateTimeImmutable $before, ?int $first, ?int $last): int
    {
        [$where, $values] = self::within($from, $before, $first, $last);

        return (int) $this->database->value("SELECT COUNT(*) FROM orders WHERE $where", $values);
    }

    /** @return array{string, list<string|int>} */
    private static function within(?DateTimeImmutable $from, ?DateTimeImmutable $before, ?int $first, ?int $last): array
    {
        $utc = static fn (?DateTimeImmutable $at): ?string => $at
            ?->setTimezone(new DateTimeZone('UTC'))
            ->format('Y-m-d H:i:s');
        $limits = array_filter([
            'created_at >= ?' => $utc($from),
            'created_at < ?' => $utc($before),
            'id >= ?' => $first,
            'id <= ?' => $last,
        ], static fn (string|int|null $limit): bool => $limit !== null);

        return [implode(' AND ', ['1 = 1', ...array_keys($limits)]), array_values($limits)];
    }

    private function get(int $id): Order
    {
        return $this->find($id) ?? throw new \OutOfBoundsException("There is no order $id.");
    }

    /**
     * Every change runs in a transaction that begins with taking the next revision. The row of the counter stays
     * locked until the end, so revisions become visible in their order and nobody who reads "after N" misses one.
     *
     * @template T
     * @param callable(int): T $work
     * @return T
     */
    private function change(callable $work): mixed
    {
        return $this->database->transaction(function () use ($work): mixed {
            $this->database->run("UPDATE counter SET value = value + 1 WHERE name = 'revision'");

            return $work((int) $this->database->value("SELECT value FROM counter WHERE name = 'revision'"));
        });
    }

    private function announce(int $id): void
    {
        foreach ($this->saved as $listener) {
            $listener((string) $id);
        }
    }

    private function remember(int $id, ?Status $status, string $comment, string $author, bool $notified): void
    {
        $this->database->insert('order_history', [
            'order_id' => $id,
            'created_at' => self::now(),
            'status' => $status?->value,
            'comment' => $comment,
            'author' => $author,
            'notified' => (int) $notified,
        ]);
    }

    /**
     * @param list<OrderLine> $lines
     * @param bool|null $net as new orders are when it is null
     * @return array{coupon: ?string, discount: int, delivery_price: int, taxes: array<int, int>, total: int}
     */
    public function sums(Delivery $delivery, array $lines, ?string $coupon, ?bool $net = null): array
    {
        $goods = OrderLine::sum($lines);
        $discount = $coupon === null ? 0 : ($this->coupons->discount($coupon, $goods) ?? 0);
        $price = $lines === [] ? 0 : $delivery->price($goods - $discount);
        $taxes = $net ?? $this->net ? OrderLine::taxes($lines, $discount, $price) : [];

        return [
            'coupon' => $discount > 0 ? Coupons::normal((string) $coupon) : null,
            'discount' => $discount,
            'delivery_price' => $price,
            'taxes' => $taxes,
            'total' => $goods - $discount + $price + array_sum($taxes),
        ];
    }

    /**
     * @param list<OrderLine> $lines
     * @return array<string, string|int|null>
     */
    private function columns(Delivery $delivery, array $lines, ?string $coupon, bool $net): array
    {
        $sums = $this->sums($delivery, $lines, $coupon, $net);

        return [...$sums, 'prices' => $net ? 'net' : 'gross', 'taxes' => self::json($sums['taxes'])];
    }

    /** @param list<OrderLine> $lines */
    private function saveLines(int $id, array $lines): void
    {
        foreach ($lines as $line) {
            $this->database->insert('order_line', [
                'order_id' => $id,
                'product_id' => $line->productId,
                'sku' => $line->sku,
                'name' => $line->name,
                'options' => self::json($line->options),
                'quantity' => $line->quantity,
                'price' => $line->price,
                'vat_rate' => $line->vatRate,
            ]);
        }
    }

    /** @param array<string, string|int|null> $row */
    private function read(array $row): Order
    {
        $lines = array_map(
            static fn (array $line): OrderLine => new OrderLine(
                (int) $line['product_id'],
                (string) $line['sku'],
                (string) $line['name'],
                json_decode((string) $line['options'], true, 8, JSON_THROW_ON_ERROR),
                (int) $line['quantity'],
                (int) $line['price'],
                $line['vat_rate'] === null ? null : (string) $line['vat_rate'],
            ),
            $this->database->rows('SELECT * FROM order_line WHERE order_id = ? ORDER BY id', [(int) $row['id']]),
        );

        return new Order(
            (int) $row['id'],
            (string) $row['access_key'],
            (int) $row['revision'],
            (string) $row['created_at'],
            Status::from((string) $row['status']),
            new OrderDetails(
                (string) $row['last_name'],
                (string) $row['first_name'],
                (string) $row['second_name'],
                (string) $row['phone'],
                (string) $row['email'],
                Delivery::from((string) $row['delivery']),
                (string) $row['address'],
                Payment::from((string) $row['payment']),
                (string) $row['comment'],
            ),
            $lines,
            $row['coupon'] === null ? null : (string) $row['coupon'],
            (int) $row['discount'],
            (int) $row['delivery_price'],
            (int) $row['total'],
            json_decode((string) $row['utm'], true, 4, JSON_THROW_ON_ERROR),
            $row['prices'] === 'net',
            json_decode((string) $row['taxes'], true, 4, JSON_THROW_ON_ERROR),
        );
    }

    /** @param array<int|string, mixed> $value */
    private static function json(array $value): string
    {
        return json_encode($value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
    }

    private static function now(): string
    {
        return (new DateTimeImmutable('now', new DateTimeZone('UTC')))->format('Y-m-d H:i:s');
    }
}
