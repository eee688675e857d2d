<?php

declare(strict_types=1);

namespace WordPress;

/**
 * A plugin that says it is WooCommerce of some version, and does nothing: no more is asked for where it only matters
 * whether it is there. What we do together with the real one is tried by `tests/shops/try`.
 */
final class Pretended
{
    public const PLUGIN = 'woocommerce/woocommerce.php';

    public function __construct(private readonly Site $site)
    {
    }

    public function put(string $version): void
    {
        $folder = $this->site->path('plugins/woocommerce');
        is_dir($folder) || mkdir($folder);
        // A new name each time: PHP may remember a file of the same second.
        file_put_contents("$folder/woocommerce.php.new", <<<PHP
            <?php
            /**
             * Plugin Name: WooCommerce
             * Version: $version
             */
            define('WC_VERSION', '$version');
            final class WooCommerce
            {
            }
            PHP);
        rename("$folder/woocommerce.php.new", "$folder/woocommerce.php");
    }

    /** By FTP, as people do. */
    public function delete(): void
    {
        unlink($this->site->path('plugins/' . self::PLUGIN));
        rmdir($this->site->path('plugins/woocommerce'));
    }
}
