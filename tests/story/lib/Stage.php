<?php

declare(strict_types=1);

namespace Story;

/** Portal, database, shop and worker of one play, in a folder of its own; everything that was started is stopped. */
final class Stage
{
    public const FUNNEL = 'Интернет-магазин';

    public readonly Portal $portal;
    public readonly ShopServer $shop;
    public readonly string $database;
    public readonly string $engine;
    private readonly string $folder;
    private ?Mariadb $mariadb = null;
    private ?Process $worker = null;
    private ?Browser $admin = null;
    private ?SettingsApp $app = null;
    private bool $open = true;

    /** @param array<string, string> $environment more for the shop */
    public function __construct(string $name, array $environment = [])
    {
        $stories = dirname(__DIR__, 3) . '/var/story';
        self::sweep("$stories/$name-*");
        $this->folder = "$stories/$name-" . getmypid();
        mkdir($this->folder, 0o700, true);
        register_shutdown_function($this->close(...));
        pcntl_async_signals(true);
        foreach ([SIGINT, SIGTERM, SIGHUP] as $signal) {
            pcntl_signal($signal, static fn () => exit(130));
        }

        $this->portal = new Portal($this->folder);
        if (getenv('DB') === 'mariadb') {
            $this->mariadb = new Mariadb($this->folder);
        }
        $this->database = $this->mariadb === null ? 'SQLite' : 'MariaDB';
        $this->engine = getenv('ENGINE') === 'node' ? 'node' : 'compiled';
        $this->shop = new ShopServer($this->folder, [
            'SHOP_LOCAL_PORTAL' => 'on',
            // Node runs on the command line only, so there the worker does all the work.
            'SHOP_KICK' => $this->engine === 'node' ? 'off' : 'on',
            ...($this->mariadb?->environment() ?? []),
            ...$environment,
        ]);
    }

    public function title(): string
    {
        return "$this->database, {$this->shop->kind}, engine $this->engine";
    }

    /** Takes away what earlier plays left; the last one stays, to look at when it failed. */
    private static function sweep(string $pattern): void
    {
        foreach (glob($pattern) ?: [] as $folder) {
            if (!posix_kill((int) substr(strrchr($folder, '-'), 1), 0)) {
                Process::run(['rm', '-r', '--', $folder]);
            }
        }
    }

    /** The administrator's browser, logged in. */
    public function admin(): Browser
    {
        if ($this->admin === null) {
            $this->admin = new Browser($this->shop->url);
            $login = $this->admin->open('/admin');
            $this->admin->submit($login, '/admin/login', ['login' => 'admin', 'password' => 'demo']);
        }

        return $this->admin;
    }

    /** The module's page, as the owner uses it. */
    public function app(): SettingsApp
    {
        return $this->app ??= new SettingsApp($this->admin());
    }

    /** What the owner does once: paste the webhook, set up, give the categories to managers, tell the portal our address. */
    public function setUp(): void
    {
        $this->connect();
        $this->app()->ask('provision.run', ['consent' => ['create', 'change']]);
        $this->assign();
        $this->portal->tell($this->inbound(), ['ONCRMDEALUPDATE', 'ONCRMDEALADD']);
    }

    /** @return list<string> what the portal's test says, each with what to do */
    public function connect(?string $webhook = null): array
    {
        return self::points($this->app()->ask('connection.test', ['webhook' => $webhook ?? $this->portal->webhook]));
    }

    /** @return list<string> the same of the portal that is connected */
    public function test(): array
    {
        return self::points($this->app()->ask('connection.test'));
    }

    /** Tea goes to manager 6, dishes to manager 8, all else to user 1. */
    public function assign(): void
    {
        $rule = static fn (string $category, string $user): array => [
            'when' => ['categories' => [$category]], 'users' => [$user], 'pick' => 'first',
        ];
        $this->app()->edit(static function (array $settings) use ($rule): array {
            $settings['responsible']['rules'] = [$rule('1', '6'), $rule('2', '8')];
            $settings['responsible']['fallback'] = '1';

            return $settings;
        });
    }

    /** Where Bitrix24 has to knock, as the owner copies it from the page. */
    public function inbound(): string
    {
        return $this->app()->ask('page.open')['urls']['endpoint'];
    }

    /** @param array<string, mixed> $tested @return list<string> */
    private static function points(array $tested): array
    {
        return array_map(
            static fn (array $point): string => trim("{$point['message']} {$point['hint']}"),
            $tested['points'],
        );
    }

    /**
     * Buys through the pages as a buyer does.
     *
     * @param array<string, array<int|string, string>> $goods chosen option values by product, and its quantity
     * @param array<string, string> $fields of the checkout
     */
    public function buy(array $goods, array $fields = []): Order
    {
        $browser = new Browser($this->shop->url);
        foreach ($goods as $slug => $values) {
            $page = $browser->open("/product/$slug");
            $choice = [];
            foreach ($values as $index => $value) {
                if ($index === 'quantity') {
                    $choice['quantity'] = $value;
                    continue;
                }
                $choice["option[$index]"] = (string) $page->text("//label[contains(., '$value')]/input/@value");
            }
            $browser->submit($page, '/basket', $choice);
        }
        $checkout = $browser->open('/checkout?utm_source=yandex&utm_campaign=autumn');
        $start = microtime(true);
        $page = $browser->submit($checkout, '/checkout', [
            'last_name' => 'Петрова', 'first_name' => 'Анна', 'second_name' => 'Сергеевна',
            'phone' => '8 (999) 123-45-67', 'email' => 'anna@example.ru',
            'address' => 'Москва, Тверская, 1, кв. 5',
            ...$fields,
            'action' => 'place',
        ]);

        return new Order($browser, $page, microtime(true) - $start);
    }

    /** @return array<string, mixed>|null what the module's page says about an order; null when it does not know it */
    public function ledger(Order $order): ?array
    {
        foreach ($this->app()->ask('orders.list', ['filter' => 'all', 'search' => $order->number])['rows'] as $row) {
            if ($row['order']['id'] === $order->id) {
                return $row;
            }
        }

        return null;
    }

    /** Waits until the module has nothing to do. */
    public function settled(): void
    {
        Wait::until('the queue is empty', 20, fn (): bool => $this->waiting() === 0);
    }

    /** How many orders wait for their turn. */
    public function waiting(): int
    {
        $jobs = $this->health()['jobs'];

        return (int) $jobs['ready'] + (int) $jobs['leased'] + (int) $jobs['waiting'];
    }

    /** How many orders need a person. */
    public function stopped(): int
    {
        return (int) $this->health()['jobs']['dead'];
    }

    /** @return array<string, mixed> */
    private function health(): array
    {
        return $this->app()->ask('health.read', ['days' => 1])['health'];
    }

    /** @param int $ahead seconds by which its clock is ahead, so that a killed worker's lease is over for it */
    public function work(int $ahead = 0): Process
    {
        return $this->worker = new Process(
            'worker',
            $this->command('work', '--daemon'),
            [...$this->shop->environment, 'SHOP_CLOCK_SHIFT' => (string) $ahead],
            "$this->folder/worker.log",
        );
    }

    public function stopWorker(): void
    {
        $this->worker?->stop();
    }

    /** Why the exchange with the portal rests, and what to do; null when it does not. */
    public function alarm(): ?string
    {
        $hold = $this->health()['hold'];

        return $hold === null ? null : "{$hold['message']} {$hold['hint']}";
    }

    /** @return array{code: int, output: string} */
    public function cli(string ...$words): array
    {
        return Process::run($this->command(...$words), $this->shop->environment);
    }

    /**
     * A command while the bridge's clock is ahead by so many seconds.
     *
     * @return array{code: int, output: string}
     */
    public function later(int $seconds, string ...$words): array
    {
        $environment = [...$this->shop->environment, 'SHOP_CLOCK_SHIFT' => (string) $seconds];

        return Process::run($this->command(...$words), $environment);
    }

    /** @return list<string> texts of the letters to somebody, in the order in which they were written */
    public function letters(string $to): array
    {
        $files = glob("$this->folder/shop/mail/$to-*.eml") ?: [];
        sort($files, SORT_NATURAL);

        return array_map(static fn (string $file): string => (string) file_get_contents($file), $files);
    }

    /** @return array<string, string> every log of the shop's side, by its name */
    public function logs(): array
    {
        $logs = [];
        foreach (['worker.log', 'fpm.log', 'fpm.out', 'nginx.log', 'nginx.out', 'php.log'] as $name) {
            $file = "$this->folder/$name";
            $logs += is_file($file) ? [$name => (string) file_get_contents($file)] : [];
        }

        return $logs;
    }

    /** @return list<array<string, mixed>> of the shop's database */
    public function rows(string $sql): array
    {
        $environment = $this->shop->environment;
        $pdo = new \PDO(
            $environment['SHOP_DSN'] ?? "sqlite:$this->folder/shop/shop.sqlite",
            $environment['SHOP_DB_USER'] ?? null,
            $environment['SHOP_DB_PASSWORD'] ?? null,
        );

        return $pdo->query($sql)->fetchAll(\PDO::FETCH_ASSOC);
    }

    /** All that the module's tables hold, as a dump would have it. */
    public function dump(): string
    {
        $text = '';
        foreach (\Orderbridge\Store\Tables::NAMES as $table) {
            foreach ($this->rows("SELECT * FROM orderbridge_$table") as $row) {
                $text .= "$table " . implode("\t", array_map(strval(...), $row)) . "\n";
            }
        }

        return $text;
    }

    public function close(): void
    {
        if (!$this->open) {
            return;
        }
        $this->open = false;
        $this->worker?->stop();
        isset($this->shop) && $this->shop->stop();
        isset($this->portal) && $this->portal->stop();
        $this->mariadb?->stop();
    }

    /** @return list<string> */
    private function command(string ...$words): array
    {
        return [PHP_BINARY, 'php-bridge/bin/orderbridge', '--boot', 'tests/shop/orderbridge.php', ...$words];
    }
}
