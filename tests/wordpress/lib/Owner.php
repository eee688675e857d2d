<?php

declare(strict_types=1);

namespace WordPress;

use CURLFile;
use RuntimeException;
use Story\Browser;
use Story\Page;

/** The owner in WordPress's admin: only what its pages offer, with the nonces that they give. */
final class Owner
{
    public const PLUGIN = 'orderbridge/orderbridge.php';
    private readonly Browser $browser;

    public function __construct(Site $site)
    {
        $this->browser = $site->browser();
        $form = $this->browser->open('/wp-login.php');
        $page = $this->browser->post('/wp-login.php', http_build_query([
            ...$form->fields("//form[@id='loginform']"),
            'log' => Site::LOGIN,
            'pwd' => Site::PASSWORD,
        ]));
        str_contains($page->body, 'id="wpadminbar"') || throw new RuntimeException('the owner cannot sign in');
    }

    public function open(string $path): Page
    {
        return $this->browser->open("/wp-admin/$path");
    }

    public function plugins(): Page
    {
        return $this->open('plugins.php');
    }

    /** @return string what WordPress says to the zip */
    public function upload(string $zip): string
    {
        $form = $this->open('plugin-install.php?tab=upload');
        $done = $this->browser->upload('/wp-admin/update.php?action=upload-plugin', [
            '_wpnonce' => $form->fields("//form[contains(@class, 'wp-upload-form')]")['_wpnonce'] ?? '',
            'pluginzip' => new CURLFile($zip, 'application/zip', 'orderbridge.zip'),
        ]);

        return (string) $done->text("//div[@class='wrap']");
    }

    /** @return Page|null where the link of that name leads; null when the list of plugins offers none */
    public function follow(string $action, string $plugin = self::PLUGIN): ?Page
    {
        $link = $this->plugins()->text(
            "//a[contains(@href, 'action=$action') and contains(@href, '" . rawurlencode($plugin) . "')]/@href",
        );

        return $link === null ? null : $this->open($link);
    }

    /** Ticks the plugin and chooses what to do with those ticked. */
    public function choose(string $action, string $plugin = self::PLUGIN): Page
    {
        $form = $this->plugins()->fields("//form[@id='bulk-action-form']");

        return $this->browser->post('/wp-admin/plugins.php', http_build_query([
            '_wpnonce' => $form['_wpnonce'] ?? '',
            'action' => $action,
            'checked' => [$plugin],
            'verify-delete' => '1',
        ]));
    }

    /** @return array<string, mixed> what WordPress answers to a program that wants the plugin active */
    public function activateByRest(): array
    {
        $nonce = trim($this->open('admin-ajax.php?action=rest-nonce')->body);
        $page = $this->browser->post(
            '/index.php?rest_route=/wp/v2/plugins/orderbridge/orderbridge',
            '{"status":"active"}',
            ['Content-Type: application/json', "X-WP-Nonce: $nonce"],
        );

        return (array) json_decode($page->body, true);
    }

    /** @return list<string> our notices on that page */
    public static function notices(Page $page): array
    {
        return array_values(array_filter(
            $page->texts("//div[contains(concat(' ', @class, ' '), ' notice-error ')]/p"),
            static fn (string $text): bool => preg_match('/^(Orderbridge|Для Orderbridge)/u', $text) === 1,
        ));
    }
}
