<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use Orderbridge\Admin\Api;
use Orderbridge\Admin\Visitor;
use Orderbridge\Inbox\Request;
use Throwable;

use function __;
use function add_action;
use function add_filter;
use function add_query_arg;
use function add_submenu_page;
use function admin_url;
use function current_user_can;
use function esc_attr;
use function esc_html__;
use function esc_url;
use function get_user_locale;
use function header;
use function plugin_basename;
use function plugins_url;
use function sanitize_text_field;
use function status_header;
use function wp_create_nonce;
use function wp_get_current_user;
use function wp_json_encode;
use function wp_print_script_tag;
use function wp_unslash;
use function wp_verify_nonce;

/** The page under WooCommerce in the admin's menu: it mounts the settings app and passes on what the app asks for. */
final class AdminPage
{
    public const SLUG = 'orderbridge';
    private const RIGHT = 'manage_woocommerce';
    private const NONCE = 'orderbridge_admin';

    private function __construct(private readonly string $file)
    {
    }

    public static function attach(string $file): void
    {
        $page = new self($file);
        add_action('admin_menu', $page->entry(...), 60);
        add_action('wp_ajax_' . self::SLUG, $page->answer(...));
        add_filter('plugin_action_links_' . plugin_basename($file), $page->links(...));
    }

    private function entry(): void
    {
        add_submenu_page(
            'woocommerce',
            __('Orderbridge: orders to Bitrix24', 'orderbridge'),
            __('Bitrix24', 'orderbridge'),
            self::RIGHT,
            self::SLUG,
            $this->show(...),
        );
    }

    private function show(): void
    {
        Installer::complete();
        $mount = [
            'api' => add_query_arg('action', self::SLUG, admin_url('admin-ajax.php')),
            'headers' => ['X-WP-Nonce' => wp_create_nonce(self::NONCE)],
            'wasm' => $this->address('pkg/js/orderbridge_bg.wasm'),
            'lang' => self::language(),
        ];
        echo '<div class="wrap"><h1 class="screen-reader-text">',
            esc_html__('Orderbridge: orders to Bitrix24', 'orderbridge'),
            '</h1><hr class="wp-header-end"><div data-orderbridge="',
            esc_attr((string) wp_json_encode($mount)),
            '"></div></div>';
        wp_print_script_tag(['type' => 'module', 'src' => $this->address('pkg/admin/app.js')]);
    }

    private function answer(): never
    {
        $nonce = sanitize_text_field(wp_unslash((string) ($_SERVER['HTTP_X_WP_NONCE'] ?? '')));
        if (!current_user_can(self::RIGHT) || wp_verify_nonce($nonce, self::NONCE) === false) {
            $this->refuse();
        }
        try {
            $answer = Boot::bridgeIn(self::language())->admin()->handle(
                Request::body(Api::LARGEST_BODY),
                // Who may see the page may change it: WooCommerce has one right for its settings.
                new Visitor(true, (string) wp_get_current_user()->display_name),
            );
            status_header($answer->status);
            foreach ($answer->headers() as $name => $value) {
                header("$name: $value");
            }
            echo $answer->body; // phpcs:ignore WordPress.Security.EscapeOutput -- JSON
            Boot::kickAfterResponse();
        } catch (Throwable $fault) {
            status_header(500);
            WooLog::fault('the admin page', $fault);
        }
        exit;
    }

    /** The page was left open overnight, or the right was taken away. */
    private function refuse(): never
    {
        status_header(403);
        header('Content-Type: application/json; charset=utf-8');
        echo wp_json_encode(['ok' => false, 'error' => [
            'code' => 'forbidden',
            'message' => __('You may not do this, or this page has been open for too long.', 'orderbridge'),
            'hint' => __('Reload the page.', 'orderbridge'),
        ]]);
        exit;
    }

    /**
     * @param array<array-key, string> $links below the plugin's name in the list of plugins
     * @return array<array-key, string>
     */
    private function links(array $links): array
    {
        $page = esc_url(admin_url('admin.php?page=' . self::SLUG));

        return ['settings' => "<a href=\"$page\">" . esc_html__('Settings', 'orderbridge') . '</a>'] + $links;
    }

    private static function language(): string
    {
        return Boot::languageOf(get_user_locale());
    }

    private function address(string $path): string
    {
        return add_query_arg('v', Plugin::VERSION, plugins_url($path, $this->file));
    }
}
