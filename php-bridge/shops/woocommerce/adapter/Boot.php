<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use Orderbridge\Bridge;
use Orderbridge\Options;
use Orderbridge\Shop\Database;
use Orderbridge\Shop\PdoDatabase;

use function add_action;
use function add_query_arg;
use function constant;
use function defined;
use function escapeshellarg;
use function function_exists;
use function get_current_blog_id;
use function get_locale;
use function home_url;
use function is_string;
use function method_exists;
use function str_starts_with;
use function trailingslashit;
use function untrailingslashit;

/** Puts the bridge together over WordPress: the one place that knows both. */
final class Boot
{
    /** @var array<int, Bridge> by site of the network */
    private static array $bridges = [];

    public static function bridge(): Bridge
    {
        return self::$bridges[get_current_blog_id()] ??= new Bridge(self::shop(), self::options(self::language()));
    }

    /** For the admin's page: it speaks to whom it is shown, who may have chosen another language than the shop's. */
    public static function bridgeIn(string $lang): Bridge
    {
        return $lang === self::language() ? self::bridge() : new Bridge(self::shop(), self::options($lang));
    }

    public static function shop(): WooShop
    {
        $database = self::database();

        return new WooShop(
            $database,
            new OrderRows($database, self::prefix()),
            new OrderReader(self::language() === 'ru'),
            self::address(Doors::INBOUND),
        );
    }

    /**
     * WordPress's own connection: an order save holds it already, so the hook's INSERT costs a round trip and no
     * further connection. Plugins that spread WordPress over several servers (HyperDB, LudicrousDB) choose one by the
     * statement; ours belong to the one that is written to, which DB_HOST names.
     */
    private static function database(): Database
    {
        global $wpdb;
        if (!method_exists($wpdb, 'send_to_masters')) {
            return new WpDatabase($wpdb);
        }

        return PdoDatabase::connect(self::dsn((array) $wpdb->parse_db_host(DB_HOST), DB_NAME), DB_USER, DB_PASSWORD);
    }

    /** What a hook calls: one INSERT now, and the rest of the work when the buyer has the answer. */
    public static function orderSaved(string $orderId): void
    {
        self::bridge()->orderSaved($orderId);
        self::kickAfterResponse();
    }

    /** Once per request, after WooCommerce has written its session. */
    public static function kickAfterResponse(): void
    {
        static $registered = false;
        if (!$registered) {
            $registered = true;
            add_action('shutdown', static fn () => self::bridge()->afterResponse(), PHP_INT_MAX);
        }
    }

    /** @param array{0?: string, 1?: int|string|null, 2?: string|null} $address host, port and socket */
    public static function dsn(array $address, string $name): string
    {
        [$host, $port, $socket] = $address + ['localhost', null, null];
        $where = $socket !== null && $socket !== '' ? "unix_socket=$socket" : "host=$host";

        return "mysql:$where" . ((int) $port > 0 ? ';port=' . (int) $port : '') . ";dbname=$name";
    }

    /**
     * What an owner may say in wp-config.php: ORDERBRIDGE_KEY, ORDERBRIDGE_PLAIN_HTTP, ORDERBRIDGE_PRIVATE_NETWORK,
     * ORDERBRIDGE_CA_FILE. Without a key of its own the database's password seals the secrets: it is in wp-config.php,
     * not in a dump, and unlike WordPress's salts no security plugin changes it every week.
     */
    private static function options(string $lang): Options
    {
        $told = static fn (string $name): mixed => defined($name) ? constant($name) : null;
        $text = static fn (string $name): string => is_string($told($name)) ? $told($name) : '';

        return new Options(
            prefix: self::prefix() . 'orderbridge_',
            lang: $lang,
            key: $text('ORDERBRIDGE_KEY') ?: DB_USER . ':' . DB_PASSWORD,
            // Proposed once, when the funnel is set up; the owner sees and changes them. Being sent is no status here.
            roles: [
                'new' => 'pending',
                'work' => 'processing',
                'payment' => 'on-hold',
                'won' => 'completed',
                'lost' => 'cancelled',
            ],
            log: new WooLog(),
            caFile: $text('ORDERBRIDGE_CA_FILE') ?: null,
            plainHttp: (bool) $told('ORDERBRIDGE_PLAIN_HTTP'),
            privateNetwork: (bool) $told('ORDERBRIDGE_PRIVATE_NETWORK'),
            monitorUrl: self::address(Doors::MONITOR),
            // For the line of the system's cron; Action Scheduler does without.
            command: 'wp --path=' . escapeshellarg(untrailingslashit(ABSPATH)) . ' orderbridge',
            notify: OwnerMail::send(...),
            // LiteSpeed's own name of what php-fpm has.
            finishRequest: !function_exists('fastcgi_finish_request') && function_exists('litespeed_finish_request')
                ? static fn () => litespeed_finish_request()
                : null,
        );
    }

    /** Whether the owner wants the tables kept when the plugin is deleted. */
    public static function keepsData(): bool
    {
        return self::bridge()->preferences()->keepDataOnUninstall();
    }

    private static function prefix(): string
    {
        global $wpdb;

        return $wpdb->prefix;
    }

    /** Notes, reasons and journal are read by those who work in the shop: its own language counts, not the buyer's. */
    private static function language(): string
    {
        return self::languageOf(get_locale());
    }

    /** @return string the one of ours that whoever reads this locale understands */
    public static function languageOf(string $locale): string
    {
        return str_starts_with($locale, 'ru') ? 'ru' : 'en';
    }

    /** With the query it works whether or not the shop has pretty links, and no plugin that shuts the REST API sees it. */
    private static function address(string $door): string
    {
        return add_query_arg('wc-api', $door, trailingslashit(home_url()));
    }
}
