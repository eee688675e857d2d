<?php

declare(strict_types=1);

namespace WordPress;

/**
 * A plugin that says it is WooCommerce of some version, and takes down what others declare to be fit for: no more is
 * asked for where it only matters whether it is there. What we do together with the real one is tried by
 * `tests/shops/try`.
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
            namespace Automattic\WooCommerce\Utilities {
                final class FeaturesUtil
                {
                    public static function declare_compatibility(\$feature, \$file, \$compatible): void
                    {
                        \$plugin = plugin_basename(\$file);
                        update_option('pretended_' . \$feature, (\$compatible ? 'yes ' : 'no ') . \$plugin);
                    }
                }
            }
            namespace {
                define('WC_VERSION', '$version');
                final class WooCommerce
                {
                }
                add_action('init', fn () => do_action('before_woocommerce_init'), 0);
            }
            PHP);
        rename("$folder/woocommerce.php.new", "$folder/woocommerce.php");
    }

    /** @return list<mixed> what was declared of its order tables and of its block checkout */
    public function declared(): array
    {
        return [
            $this->site->option('pretended_custom_order_tables'),
            $this->site->option('pretended_cart_checkout_blocks'),
        ];
    }

    /** By FTP, as people do. */
    public function delete(): void
    {
        unlink($this->site->path('plugins/' . self::PLUGIN));
        rmdir($this->site->path('plugins/woocommerce'));
    }
}
