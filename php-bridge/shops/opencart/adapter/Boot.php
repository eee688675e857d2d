<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

use LogicException;
use Orderbridge\Bridge;
use Orderbridge\Options;
use Orderbridge\Sync\Report;
use SensitiveParameter;
use Throwable;

use function array_map;
use function array_values;
use function constant;
use function defined;
use function dirname;
use function escapeshellarg;
use function hash_equals;
use function in_array;
use function is_string;
use function register_shutdown_function;
use function spl_object_id;
use function strlen;

/** Puts the bridge together over OpenCart's registry: the one place that knows both. */
final class Boot
{
    /** Inside the time that PHP gives a request by default. */
    private const WORK_SECONDS = 20.0;

    private static ?Edition $edition = null;
    /** The registry of a shop that was started for the command line. */
    private static ?object $started = null;
    /** @var array<int, Bridge> by registry: an admin's request may hold the admin's and a catalog's */
    private static array $bridges = [];
    /** @var array<int, true> registries whose kick is registered */
    private static array $kicked = [];

    /** Which OpenCart this is; boot.php says it first of all. */
    public static function as(Edition $edition): void
    {
        self::$edition = $edition;
    }

    public static function edition(): Edition
    {
        return self::$edition ?? throw new LogicException('boot.php has not been required');
    }

    /** OpenCart 3 keeps its registry to itself: the route that the command line asks for hands it over. */
    public static function started(?object $registry = null): ?object
    {
        return self::$started = $registry ?? self::$started;
    }

    public static function bridge(object $registry): Bridge
    {
        return self::$bridges[spl_object_id($registry)] ??= new Bridge(self::shop($registry), self::options($registry));
    }

    /** Whoever may call the tick: the key is in the shop's settings and only lets the waiting work be done. */
    public static function tick(object $registry, #[SensitiveParameter] string $key): ?Report
    {
        $expected = self::text($registry->get('config')->get('module_orderbridge_tick_key'));
        if (strlen($expected) < 16 || !hash_equals($expected, $key)) {
            return null;
        }
        return self::work($registry);
    }

    /** Switched off nobody works: the sweep would send what the hooks leave alone. Nothing is lost by it. */
    public static function work(object $registry): Report
    {
        if (!self::isOn($registry)) {
            $report = new Report();
            $report->idle = 'switched_off';

            return $report;
        }
        return self::bridge($registry)->worker()->run(self::WORK_SECONDS, 'cron');
    }

    public static function shop(object $registry): OpenCartShop
    {
        $config = $registry->get('config');
        $edition = self::edition();
        $database = new OpenCartDatabase($registry->get('db'), $edition->isNarrow());
        $tables = new ShopTables($database, DB_PREFIX);
        $placed = new PlacedOrders($tables);
        $admin = self::text($config->get('module_orderbridge_admin_url'));
        $page = $admin === '' ? '' : "{$admin}index.php?route={$edition->orderPage()}&order_id=";

        return new OpenCartShop(
            $database,
            new OrderReader(
                $tables,
                $placed,
                (int) $config->get('config_language_id'),
                $edition->hasProductCodes(),
                $edition->hasVouchers(),
                $page,
            ),
            $placed,
            new OrderSearch($tables, $page),
            static fn (array $order, int $status, string $comment, bool $notify) => $edition->writeHistory(
                $registry,
                $order,
                $status,
                $comment,
                $notify,
            ),
            DB_PREFIX,
            (int) $config->get('config_language_id'),
            self::door('inbound'),
            new OpenCartLog($registry->get('log')),
        );
    }

    /** Address of a public door. */
    public static function door(string $name): string
    {
        // The shop, as the world knows it.
        $address = defined('HTTPS_CATALOG') ? HTTPS_CATALOG : (defined('HTTP_CATALOG') ? HTTP_CATALOG : self::https());

        return $address . 'index.php?route=' . self::edition()->door($name);
    }

    /**
     * What a shop's owner may say in config.php: ORDERBRIDGE_KEY, ORDERBRIDGE_PLAIN_HTTP,
     * ORDERBRIDGE_PRIVATE_NETWORK, ORDERBRIDGE_CA_FILE. Without a key of its own the database's password seals the
     * secrets: it is in config.php, not in a dump.
     */
    private static function options(object $registry): Options
    {
        $config = $registry->get('config');
        $mail = new OwnerMail($config, self::edition()->mail(...));
        $told = static fn (string $name): mixed => defined($name) ? constant($name) : null;

        return new Options(
            prefix: self::prefix(),
            // Notes, reasons and journal are read by those who work in the admin.
            lang: str_starts_with(self::edition()->adminLanguage($config), 'en') ? 'en' : 'ru',
            key: self::text($told('ORDERBRIDGE_KEY')) ?: DB_USERNAME . ':' . DB_PASSWORD,
            roles: self::roles($config),
            log: new OpenCartLog($registry->get('log')),
            caFile: self::text($told('ORDERBRIDGE_CA_FILE')) ?: null,
            plainHttp: (bool) $told('ORDERBRIDGE_PLAIN_HTTP'),
            privateNetwork: (bool) $told('ORDERBRIDGE_PRIVATE_NETWORK'),
            monitorUrl: self::door('health'),
            command: self::command(),
            notify: $mail->isSetUp() ? $mail->send(...) : null,
        );
    }

    /** As cron has to call it. */
    private static function command(): string
    {
        $library = dirname(__DIR__) . '/';

        return 'php ' . escapeshellarg($library . 'bridge/bin/orderbridge') . ' --boot '
            . escapeshellarg($library . 'cli.php');
    }

    /** OpenCart 3 has both addresses in its settings, which are the same where all is well. */
    private static function https(): string
    {
        return defined('HTTPS_SERVER') ? HTTPS_SERVER : HTTP_SERVER;
    }

    public static function isOn(object $registry): bool
    {
        return (bool) $registry->get('config')->get('module_orderbridge_status');
    }

    public static function prefix(): string
    {
        return DB_PREFIX . 'orderbridge_';
    }

    /**
     * Which of the shop's statuses plays which part: as its settings say, else by the ids of a fresh installation.
     * Only proposed once, when the funnel is set up; the owner sees and changes them.
     *
     * @return array<string, string>
     */
    private static function roles(object $config): array
    {
        $of = static fn (string $key, int $preferred): string => (string) (
            in_array((string) $preferred, array_map(strval(...), (array) $config->get($key)), true)
                ? $preferred
                : (array_values((array) $config->get($key))[0] ?? $preferred)
        );

        return [
            'new' => (string) ($config->get('config_order_status_id') ?: '1'),
            'work' => $of('config_processing_status', 2),
            'shipping' => '3',
            'won' => $of('config_complete_status', 5),
            'lost' => '7',
        ];
    }

    /** What an event handler calls. Our own changes come back as events too: they are no news. */
    public static function orderSaved(object $registry, string $orderId, bool $onlyPlaced): void
    {
        if (OpenCartShop::isWriting()) {
            return;
        }
        if ($onlyPlaced && !self::isPlaced($registry, $orderId)) {
            return;
        }
        self::bridge($registry)->orderSaved($orderId);
        self::kickAfterResponse($registry);
    }

    /** A buyer who walks to and fro in the checkout edits an order that is not placed yet. */
    private static function isPlaced(object $registry, string $orderId): bool
    {
        try {
            return self::shop($registry)->orderStatus($orderId) !== null;
        } catch (BeingEdited) {
            return true;
        }
    }

    /**
     * Once per request, after the page is out and OpenCart's session is written (its shutdown function was
     * registered before ours). Where the server cannot send the page first, the bridge does nothing.
     */
    public static function kickAfterResponse(object $registry): void
    {
        if (isset(self::$kicked[spl_object_id($registry)]) || !self::isOn($registry)) {
            return;
        }
        self::$kicked[spl_object_id($registry)] = true;
        register_shutdown_function(static function () use ($registry): void {
            try {
                self::bridge($registry)->afterResponse();
            } catch (Throwable $fault) {
                $registry->get('log')->write('Orderbridge kick: ' . $fault::class);
            }
        });
    }

    private static function text(mixed $setting): string
    {
        return is_string($setting) ? $setting : '';
    }
}
