<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use WP_CLI;

use function add_action;
use function class_exists;
use function current_user_can;
use function defined;
use function did_action;
use function dirname;
use function esc_html;
use function is_admin;
use function load_plugin_textdomain;
use function plugin_basename;
use function register_activation_hook;
use function register_deactivation_hook;

/** Where the plugin holds on to WordPress: everything that is called by it is named here. */
final class Plugin
{
    /** As in the head of orderbridge.php and in readme.txt. */
    public const VERSION = '0.1.0';

    public static function start(string $file): void
    {
        register_activation_hook($file, Installer::activate(...));
        register_deactivation_hook($file, Installer::deactivate(...));
        add_action('before_woocommerce_init', static fn () => self::declareCompatible($file));
        add_action('init', static fn () => load_plugin_textdomain(
            'orderbridge',
            false,
            dirname(plugin_basename($file)) . '/languages',
        ));
        add_action('admin_notices', self::sayWhatIsMissing(...));
        // WooCommerce is loaded after us; when the owner has just activated us, long before.
        if (did_action('plugins_loaded') > 0) {
            self::attach($file);
        } else {
            add_action('plugins_loaded', static fn () => self::attach($file));
        }
    }

    /** Where something is missing nothing is heard, made or shown but the notice. */
    private static function attach(string $file): void
    {
        if (!Requirements::met()) {
            return;
        }
        add_action('init', Installer::catchUp(...), 20);
        (new Hooks(Boot::orderSaved(...)))->attach();
        Schedule::attach();
        Doors::attach();
        if (is_admin()) {
            AdminPage::attach($file);
        }
        if (defined('WP_CLI') && WP_CLI) {
            WP_CLI::add_command('orderbridge', new CommandLine());
        }
    }

    /** Without these words WooCommerce warns of us, and may refuse its order tables and its block checkout. */
    private static function declareCompatible(string $file): void
    {
        $features = '\Automattic\WooCommerce\Utilities\FeaturesUtil';
        if (class_exists($features)) {
            $features::declare_compatibility('custom_order_tables', $file, true);
            $features::declare_compatibility('cart_checkout_blocks', $file, true);
        }
    }

    private static function sayWhatIsMissing(): void
    {
        if (!Requirements::met() && current_user_can('activate_plugins')) {
            echo '<div class="notice notice-error"><p>', esc_html(Requirements::missing()), '</p></div>';
        }
    }
}
