<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart;

use Orderbridge\Log\Log;
use Orderbridge\Shop\PdoDatabase;
use Orderbridge\Shops\OpenCart\OpenCartDatabase;
use Orderbridge\Shops\OpenCart\OpenCartShop;
use Orderbridge\Shops\OpenCart\OrderReader;
use Orderbridge\Shops\OpenCart\OrderSearch;
use Orderbridge\Shops\OpenCart\PlacedOrders;
use Orderbridge\Shops\OpenCart\ShopTables;
use PDO;
use RuntimeException;

/**
 * As much of OpenCart 3 and 4 as the adapter touches: the columns it reads, and a checkout/order model that does what
 * the real one does, in its order (before event, status, history row, after event).
 */
final class FakeOpenCart
{
    private const ADDRESS = [
        'firstname', 'lastname', 'company', 'address_1', 'address_2', 'city', 'postcode', 'country', 'zone',
    ];

    public readonly PDO $pdo;
    /** @var list<array{string, int, mixed}> events as the real shop fires them */
    public array $events = [];
    /** @var list<array{int, int, string, bool, bool}> calls of addHistory */
    public array $calls = [];
    /** What a fraud extension would put in place of any status, or null. */
    public ?int $insteadOfStatus = null;
    /** The shop's mail server is down: its mail event throws before anything is written. */
    public bool $mailFails = false;
    /** Another extension throws after everything is written. */
    public bool $afterFails = false;
    /** @var list<string> */
    public array $log = [];
    /** @var list<array<string, mixed>> the order rows a catalog was asked for */
    public array $catalogsFor = [];
    /** @var array<string, callable(string, array<mixed>): mixed> by event, such as `editOrder/after` */
    public array $handlers = [];

    /**
     * @param string $version 3.0, 4.0 or 4.1
     * @param ?PDO $mysql an empty database in place of SQLite's memory, reached as OpenCart reaches it
     */
    public function __construct(public readonly string $version = '4.1', private readonly ?PDO $mysql = null)
    {
        $this->pdo = $mysql ?? self::memory();
        $this->pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
        $address = '';
        foreach (['payment', 'shipping'] as $of) {
            foreach (self::ADDRESS as $part) {
                $address .= "{$of}_$part TEXT DEFAULT '', ";
            }
        }
        $codes = $version === '3.0'
            ? "payment_code TEXT DEFAULT '', shipping_code TEXT DEFAULT '', language_id INT DEFAULT 1,"
            : "language_code TEXT DEFAULT 'ru-ru',";
        $tables = [
            'order' => "order_id INTEGER PRIMARY KEY, store_id INT DEFAULT 0, customer_id INT DEFAULT 0,
                customer_group_id INT DEFAULT 0, custom_field TEXT DEFAULT '', payment_custom_field TEXT DEFAULT '',
                shipping_custom_field TEXT DEFAULT '', firstname TEXT DEFAULT '', lastname TEXT DEFAULT '',
                email TEXT DEFAULT '', telephone TEXT DEFAULT '',
                $address payment_method TEXT DEFAULT '', shipping_method TEXT DEFAULT '', comment TEXT DEFAULT '',
                total TEXT DEFAULT '0.0000', order_status_id INT DEFAULT 0, tracking TEXT DEFAULT '',
                $codes currency_code TEXT DEFAULT 'RUB',
                currency_value TEXT DEFAULT '1.00000000', date_added TEXT, date_modified TEXT",
            'order_product' => "order_product_id INTEGER PRIMARY KEY, order_id INT, product_id INT,
                master_id INT DEFAULT 0, name TEXT, model TEXT DEFAULT '', quantity INT, price TEXT, total TEXT,
                tax TEXT DEFAULT '0.0000'",
            'order_option' => 'order_option_id INTEGER PRIMARY KEY, order_id INT, order_product_id INT,
                name TEXT, value TEXT, type TEXT',
            'order_total' => 'order_total_id INTEGER PRIMARY KEY, order_id INT, code TEXT, title TEXT, value TEXT,
                sort_order INT',
            'order_history' => 'order_history_id INTEGER PRIMARY KEY, order_id INT, order_status_id INT,
                notify INT, comment TEXT, date_added TEXT',
            'order_status' => 'order_status_id INT, language_id INT, name TEXT',
            'category' => 'category_id INTEGER PRIMARY KEY, parent_id INT',
            'category_description' => 'category_id INT, language_id INT, name TEXT',
            'category_path' => 'category_id INT, path_id INT, level INT',
            'product' => "product_id INTEGER PRIMARY KEY, sku TEXT DEFAULT ''",
            'product_to_category' => 'product_id INT, category_id INT',
            'product_code' => 'product_id INT, code TEXT, value TEXT',
            'tax_rate' => 'tax_rate_id INTEGER PRIMARY KEY, name TEXT, rate TEXT, type TEXT',
            'tax_rule' => 'tax_class_id INT, tax_rate_id INT',
            'currency' => 'code TEXT, decimal_place TEXT, status INTEGER DEFAULT 1',
            'upload' => 'code TEXT, name TEXT',
            'setting' => "store_id INT DEFAULT 0, code TEXT, `key` VARCHAR(64), value TEXT, serialized INT DEFAULT 0",
            'customer_group_description' => 'customer_group_id INT, language_id INT, name TEXT',
            'custom_field' => 'custom_field_id INT, type TEXT, sort_order INT DEFAULT 0',
            'custom_field_description' => 'custom_field_id INT, language_id INT, name TEXT',
            'custom_field_value_description' => 'custom_field_value_id INT, language_id INT, name TEXT',
        ] + ($version === '4.1' ? [] : [
            'order_voucher' => 'order_voucher_id INTEGER PRIMARY KEY, order_id INT, description TEXT, amount TEXT',
        ]);
        foreach ($tables as $name => $columns) {
            $counts = $mysql === null ? 'INTEGER PRIMARY KEY' : 'INTEGER PRIMARY KEY AUTO_INCREMENT';
            $this->pdo->exec("CREATE TABLE oc_$name (" . strtr($columns, ['INTEGER PRIMARY KEY' => $counts]) . ')');
        }
        $this->rows('order_status', [
            ['order_status_id' => 1, 'language_id' => 2, 'name' => 'Ожидание'],
            ['order_status_id' => 1, 'language_id' => 1, 'name' => 'Pending'],
            ['order_status_id' => 5, 'language_id' => 2, 'name' => 'Выполнен &amp; закрыт'],
            ['order_status_id' => 2, 'language_id' => 1, 'name' => 'Processing'],
        ]);
        $this->rows('category', [
            ['category_id' => 1, 'parent_id' => 0],
            ['category_id' => 12, 'parent_id' => 1],
            ['category_id' => 3, 'parent_id' => 0],
        ]);
        $this->rows('category_description', [
            ['category_id' => 1, 'language_id' => 2, 'name' => 'Кухня'],
            ['category_id' => 12, 'language_id' => 2, 'name' => 'Чай &amp; кофе'],
            ['category_id' => 3, 'language_id' => 2, 'name' => 'Скидки'],
        ]);
        $this->rows('category_path', [
            ['category_id' => 12, 'path_id' => 12, 'level' => 1],
            ['category_id' => 12, 'path_id' => 1, 'level' => 0],
            ['category_id' => 1, 'path_id' => 1, 'level' => 0],
            ['category_id' => 3, 'path_id' => 3, 'level' => 0],
        ]);
        $this->rows('tax_rate', [
            ['tax_rate_id' => 86, 'name' => 'VAT (20%)', 'rate' => '20.0000', 'type' => 'P'],
            ['tax_rate_id' => 87, 'name' => 'Eco Tax (-2.00)', 'rate' => '2.0000', 'type' => 'F'],
        ]);
        $this->rows('tax_rule', [
            ['tax_class_id' => 9, 'tax_rate_id' => 86],
            ['tax_class_id' => 9, 'tax_rate_id' => 87],
        ]);
        $this->rows('currency', [
            ['code' => 'RUB', 'decimal_place' => '2', 'status' => 1],
            ['code' => 'EUR', 'decimal_place' => '2', 'status' => 1],
            ['code' => 'JPY', 'decimal_place' => '0', 'status' => 1],
            ['code' => 'USD', 'decimal_place' => '2', 'status' => 0],
        ]);
    }

    public function shop(string $adminUrl = ''): OpenCartShop
    {
        $database = $this->mysql === null
            ? PdoDatabase::over($this->pdo)
            : new OpenCartDatabase(new OpenCartConnection($this->mysql), $this->version === '3.0');

        $tables = new ShopTables($database, 'oc_');
        $placed = new PlacedOrders($tables);
        $page = $adminUrl === '' ? '' : "{$adminUrl}index.php?route=sale/order.info&order_id=";

        return new OpenCartShop(
            $database,
            new OrderReader($tables, $placed, 2, $this->version === '4.1', $this->version !== '4.1', $page),
            $placed,
            new OrderSearch($tables, $page),
            function (array $row, int $status, string $comment, bool $notify): void {
                $this->catalogsFor[] = $row;
                $this->addHistory((int) $row['order_id'], $status, $comment, $notify, true);
            },
            'oc_',
            2,
            'https://shop.example/index.php?route=extension/orderbridge/module/orderbridge.inbound',
            new class ($this) implements Log {
                public function __construct(private readonly FakeOpenCart $shop)
                {
                }

                public function log(string $level, string $message): void
                {
                    $this->shop->log[] = "$level: $message";
                }
            },
        );
    }

    /** SQLite with the function of MySQL that OpenCart's queries want. */
    private static function memory(): PDO
    {
        $concat = static fn (mixed ...$parts): string => implode('', $parts);
        // PHP 8.5 deprecates the one way; before 8.4 there is not the other.
        if (method_exists(PDO::class, 'connect')) {
            $pdo = PDO::connect('sqlite::memory:');
            $pdo->createFunction('CONCAT', $concat);
        } else {
            $pdo = new PDO('sqlite::memory:');
            $pdo->sqliteCreateFunction('CONCAT', $concat);
        }

        return $pdo;
    }

    /**
     * An order as the last checkout step leaves it: status 0.
     *
     * @param array<string, string|int> $order
     * @param list<array<string, string|int>> $products
     * @param list<array{string, string, string}> $totals code, title, value
     */
    public function basket(array $order = [], array $products = [], array $totals = []): int
    {
        $this->rows('order', [$order + [
            'firstname' => 'Иван',
            'lastname' => 'Петров',
            'date_added' => date('Y-m-d H:i:s'),
            'date_modified' => date('Y-m-d H:i:s'),
        ]]);
        $id = (int) $this->pdo->lastInsertId();
        foreach ($products as $product) {
            $this->rows('order_product', [['order_id' => $id] + $product]);
        }
        foreach ($totals as $at => [$code, $title, $value]) {
            $this->rows('order_total', [
                ['order_id' => $id, 'code' => $code, 'title' => $title, 'value' => $value, 'sort_order' => $at],
            ]);
        }

        return $id;
    }

    /** The same, confirmed by the buyer. */
    public function placed(array $order = [], array $products = [], array $totals = []): int
    {
        $id = $this->basket($order, $products, $totals);
        $this->addHistory($id, 1, '', false, false);

        return $id;
    }

    public function addHistory(int $id, int $status, string $comment, bool $notify, bool $override): void
    {
        $this->calls[] = [$id, $status, $comment, $notify, $override];
        $name = $this->version === '3.0' ? 'addOrderHistory' : 'addHistory';
        $args = [$id, $status, $comment, $notify, $override];
        $this->fire("$name/before", $args);
        if ($notify && $this->mailFails) {
            throw new RuntimeException('Error: E-Mail not accepted');
        }
        $this->write($id, $this->insteadOfStatus ?? $status, $comment, $notify);
        $this->fire("$name/after", $args);
        if ($this->afterFails) {
            throw new RuntimeException('another extension');
        }
    }

    /**
     * OpenCart 3 as its API does it for the admin: the order is void while its rows are written anew, without an event
     * of its own, and has its status again by the history that follows.
     *
     * @param callable(): void $rewrite
     */
    public function edit(int $id, callable $rewrite): void
    {
        $status = (int) $this->pdo->query("SELECT order_status_id FROM oc_order WHERE order_id = $id")->fetchColumn();
        $this->fire('editOrder/before', [$id, []]);
        $this->write($id, 0, '', false);
        $rewrite();
        $this->fire('editOrder/after', [$id, []]);
        $this->addHistory($id, $status, '', false, false);
    }

    /** OpenCart 3, also by its API. */
    public function delete(int $id): void
    {
        $this->fire('deleteOrder/before', [$id]);
        $this->write($id, 0, '', false);
        foreach (['order', 'order_product', 'order_option', 'order_total', 'order_history'] as $table) {
            $this->pdo->exec("DELETE FROM oc_$table WHERE order_id = $id");
        }
        $this->fire('deleteOrder/after', [$id]);
    }

    private function write(int $id, int $status, string $comment, bool $notify): void
    {
        $this->pdo->exec("UPDATE oc_order SET order_status_id = $status WHERE order_id = $id");
        if ($this->version === '4.1') {
            $this->fire('editOrderStatusId/after', [$id, $status]);
        }
        $this->rows('order_history', [[
            'order_id' => $id,
            'order_status_id' => $status,
            'notify' => (int) $notify,
            'comment' => $comment,
            'date_added' => date('Y-m-d H:i:s'),
        ]]);
    }

    /** @param list<mixed> $args */
    private function fire(string $event, array $args): void
    {
        $this->events[] = [$event, $args[0], OpenCartShop::isWriting()];
        if (isset($this->handlers[$event])) {
            $route = "checkout/order/$event";
            $output = null;
            $answer = ($this->handlers[$event])($route, $args, $output);
            if ($answer !== null) {
                throw new RuntimeException("what a handler of $event returns takes the place of the call");
            }
        }
    }

    /** @param list<array<string, string|int>> $rows */
    public function rows(string $table, array $rows): void
    {
        foreach ($rows as $row) {
            $columns = '`' . implode('`, `', array_keys($row)) . '`';
            $marks = implode(', ', array_fill(0, count($row), '?'));
            $this->pdo->prepare("INSERT INTO oc_$table ($columns) VALUES ($marks)")->execute(array_values($row));
        }
    }
}
