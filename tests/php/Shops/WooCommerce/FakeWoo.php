<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

use Orderbridge\Shop\Database;
use Orderbridge\Shop\PdoDatabase;
use Orderbridge\Shops\WooCommerce\OrderReader;
use Orderbridge\Shops\WooCommerce\OrderRows;
use Orderbridge\Shops\WooCommerce\WooShop;
use PDO;

/**
 * As much of WordPress with WooCommerce as the adapter touches, with either storage of orders. The order of events is
 * the one that was seen in the real ones (9.4, 10.6 and 11.0); no code of theirs is here.
 */
final class FakeWoo
{
    public const STATUSES = [
        'wc-pending' => 'Ожидается оплата',
        'wc-processing' => 'Обработка',
        'wc-on-hold' => 'На удержании',
        'wc-completed' => 'Выполнен &amp; закрыт',
        'wc-cancelled' => 'Отменён',
        'wc-checkout-draft' => 'Черновик',
        'wc-packed' => 'Собран',
    ];
    /** Letters to buyers, by the status that sends them. */
    private const LETTERS = ['completed' => 'customer_completed_order', 'on-hold' => 'customer_on_hold_order'];

    private static ?self $here = null;

    public readonly PDO $pdo;
    public object $countries;
    /** @var array<int, FakeOrder> */
    public array $orders = [];
    /** @var array<int, object> */
    public array $products = [];
    /** @var list<object> */
    public array $terms = [];
    /** @var array<string, array<int, list<object>>> */
    public array $termsOf = [];
    /** @var array<int, object> */
    public array $users = [];
    /** @var array<int, list<string>> */
    public array $notes = [];
    /** @var list<string> letters that went out */
    public array $mails = [];
    /** @var list<string> letters that another process will send */
    public array $mailsLater = [];
    /** @var list<string> hooks as they fired */
    public array $fired = [];
    /** What another plugin puts in place of any status. */
    public ?string $insteadOfStatus = null;
    public int $decimals = 2;
    public int $flushed = 0;
    /** A drop-in for a cache server may know no other way than to forget all for everybody. */
    public bool $cacheFlushes = true;
    /** @var array<string, array<int, list<array{callable, int}>>> */
    private array $listeners = [];
    private int $lastId = 0;

    public function __construct(
        public readonly bool $hasTables = true,
        ?PDO $mysql = null,
        private readonly ?Database $database = null,
    ) {
        self::$here = $this;
        $this->pdo = $mysql ?? new PDO('sqlite::memory:');
        $this->pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
        $this->pdo->exec($hasTables
            ? 'CREATE TABLE wp_wc_orders (id BIGINT PRIMARY KEY, type VARCHAR(20), status VARCHAR(20),
                date_created_gmt DATETIME, date_updated_gmt DATETIME)'
            : 'CREATE TABLE wp_posts (ID BIGINT PRIMARY KEY, post_type VARCHAR(20), post_status VARCHAR(20),
                post_date_gmt DATETIME, post_modified_gmt DATETIME)');
        $this->countries = new class {
            // phpcs:disable PSR1.Methods.CamelCapsMethodName
            /** @return array<string, string> */
            public function get_countries(): array
            {
                return ['RU' => 'Россия', 'AX' => '&Aring;land Islands'];
            }

            /** @return array<string, string>|false */
            public function get_states(string $country): array|false
            {
                return $country === 'RU' ? ['MOS' => 'Московская область'] : false;
            }
            // phpcs:enable
        };
        foreach ([[16, 0, 'Чай'], [17, 16, 'Чёрный &amp; красный'], [18, 0, 'Посуда']] as [$id, $parent, $name]) {
            $this->terms[$id] = (object) ['term_id' => $id, 'parent' => $parent, 'name' => $name];
        }
    }

    public static function here(): self
    {
        return self::$here ?? throw new \LogicException('no WooCommerce was made');
    }

    public function shop(): WooShop
    {
        $database = $this->database ?? PdoDatabase::over($this->pdo);

        return new WooShop(
            $database,
            new OrderRows($database, 'wp_'),
            new OrderReader(true),
            'https://shop.example/?wc-api=orderbridge',
        );
    }

    /**
     * An order that is in the shop, saved once and with items, without its events.
     *
     * @param array<string, mixed> $is
     * @param list<FakeItem> $items
     */
    public function order(array $is = [], array $items = []): FakeOrder
    {
        $order = $this->empty($is);
        foreach ($items as $item) {
            $order->items[count($order->items) + 1] = $item;
        }
        $this->write($order);
        $this->orders[$order->get_id()] = $order;

        return $order;
    }

    /** @param array<string, mixed> $is */
    public function empty(array $is = []): FakeOrder
    {
        return new FakeOrder($this, ['id' => ++$this->lastId] + $is);
    }

    /** What save() does before anything comes of a status. */
    public function store(FakeOrder $order, string $before): void
    {
        $order->is['modified'] = max(time(), (int) $order->is['modified']);
        $isNew = !isset($this->orders[$order->get_id()]);
        $this->orders[$order->get_id()] = $order;
        $this->write($order);
        $draft = ['auto-draft', 'checkout-draft'];
        if (in_array($order->is['status'], $draft, true)) {
            // A draft is no new order, but each save of it is an update.
            $isNew || $this->fire('woocommerce_update_order', $order->get_id(), $order);
        } elseif ($isNew || in_array($before, $draft, true)) {
            $this->fire('woocommerce_new_order', $order->get_id(), $order);
        } else {
            $this->fire('woocommerce_update_order', $order->get_id(), $order);
        }
        $this->fire('woocommerce_after_order_object_save', $order, null);
    }

    public function statusMoved(FakeOrder $order, string $from, string $note): void
    {
        $to = (string) $order->is['status'];
        $id = $order->get_id();
        $this->notes[$id][] = $note;
        $this->fire("woocommerce_order_status_$to", $id, $order);
        $this->fire("woocommerce_order_status_{$from}_to_$to", $id, $order);
        if (isset(self::LETTERS[$to])) {
            $this->hears("woocommerce_order_status_$to", ['WC_Emails', 'queue_transactional_email'])
                ? $this->mailsLater[] = self::LETTERS[$to] . " $id"
                : $this->mail(self::LETTERS[$to], $id);
        }
        if ($to === 'cancelled') {
            $this->mail('cancelled_order', $id);
        }
        $this->fire('woocommerce_order_status_changed', $id, $from, $to, $order);
    }

    public function mail(string $letter, int $orderId): void
    {
        $allowed = true;
        foreach ($this->of("woocommerce_email_enabled_$letter") as [$do]) {
            $allowed = $do($allowed);
        }
        if ($allowed) {
            $this->mails[] = "$letter $orderId";
        }
    }

    /** The shop sends its letters in another process. */
    public function sendLater(): void
    {
        foreach (array_keys(self::LETTERS) as $status) {
            $this->listen(
                "woocommerce_order_status_$status",
                ['WC_Emails', 'queue_transactional_email'],
                10,
                10,
            );
        }
    }

    public function trash(FakeOrder $order): void
    {
        $this->hasTables
            ? $this->fire('woocommerce_before_trash_order', $order->get_id(), $order)
            : $this->fire('wp_trash_post', $order->get_id(), $order->get_status());
        $order->is['status'] = 'trash';
        $this->write($order);
        $this->fire($this->hasTables ? 'woocommerce_trash_order' : 'trashed_post', $order->get_id());
    }

    public function delete(FakeOrder $order): void
    {
        $before = $this->hasTables ? 'woocommerce_before_delete_order' : 'before_delete_post';
        $this->fire($before, $order->get_id(), $order);
        unset($this->orders[$order->get_id()]);
        $this->pdo->exec($this->hasTables
            ? "DELETE FROM wp_wc_orders WHERE id = {$order->get_id()}"
            : "DELETE FROM wp_posts WHERE ID = {$order->get_id()}");
        $this->fire($this->hasTables ? 'woocommerce_delete_order' : 'deleted_post', $order->get_id());
    }

    public function fire(string $hook, mixed ...$said): void
    {
        $this->fired[] = $hook;
        foreach ($this->of($hook) as [$do, $takes]) {
            // The shop's own listeners are names here.
            is_callable($do) && $do(...array_slice($said, 0, $takes));
        }
    }

    public function listen(string $hook, callable|array $do, int $priority, int $takes): void
    {
        $this->listeners[$hook][$priority][] = [$do, $takes];
    }

    public function forget(string $hook, callable|array $do, int $priority): bool
    {
        foreach ($this->listeners[$hook][$priority] ?? [] as $at => [$other]) {
            if ($other === $do) {
                unset($this->listeners[$hook][$priority][$at]);

                return true;
            }
        }

        return false;
    }

    public function hears(string $hook, callable|array $do): bool
    {
        return in_array($do, array_column($this->of($hook), 0), true);
    }

    public function listensTo(string $hook): int
    {
        return count($this->of($hook));
    }

    /** @return list<int> */
    public function search(string $words): array
    {
        $found = [];
        foreach ($this->orders as $id => $order) {
            $text = implode(' ', [
                "{$order->get_billing_first_name()} {$order->get_billing_last_name()}",
                $order->get_billing_phone(),
                $order->get_billing_email(),
            ]);
            if (in_array($words, [(string) $id, $order->get_order_number()], true) || str_contains($text, $words)) {
                $found[] = $id;
            }
        }

        return $found;
    }

    /** @return list<int> */
    public function ancestors(int $term): array
    {
        $above = [];
        while (($term = $this->terms[$term]->parent ?? 0) > 0) {
            $above[] = $term;
        }

        return $above;
    }

    public function mailer(): self
    {
        return $this;
    }

    /** @return list<object> */
    // phpcs:ignore PSR1.Methods.CamelCapsMethodName -- WooCommerce's
    public function get_emails(): array
    {
        $email = static fn (string $id, bool $isForBuyer): object => new class ($id, $isForBuyer) {
            public function __construct(public readonly string $id, private readonly bool $isForBuyer)
            {
            }

            // phpcs:ignore PSR1.Methods.CamelCapsMethodName
            public function is_customer_email(): bool
            {
                return $this->isForBuyer;
            }
        };

        return [
            $email('customer_completed_order', true),
            $email('customer_on_hold_order', true),
            $email('customer_note', true),
            $email('cancelled_order', false),
        ];
    }

    /** @return list<array{callable|array<string>, int}> in the order of priorities */
    private function of(string $hook): array
    {
        $listeners = $this->listeners[$hook] ?? [];
        ksort($listeners);

        return array_merge(...array_map(array_values(...), array_values($listeners)) ?: [[]]);
    }

    private function write(FakeOrder $order): void
    {
        $status = $order->is['status'];
        $row = [
            $order->get_id(),
            $order->get_type(),
            in_array($status, ['trash', 'auto-draft'], true) ? $status : "wc-$status",
            gmdate('Y-m-d H:i:s', (int) $order->is['created']),
            gmdate('Y-m-d H:i:s', (int) $order->is['modified']),
        ];
        $table = $this->hasTables ? 'wp_wc_orders' : 'wp_posts';
        $this->pdo->prepare("REPLACE INTO $table VALUES (?, ?, ?, ?, ?)")->execute($row);
    }
}
