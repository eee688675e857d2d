<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use Throwable;

use function delete_option;
use function get_option;
use function get_sites;
use function is_multisite;
use function restore_current_blog;
use function switch_to_blog;
use function update_option;

/** Tables, options and the recurring job: made, brought up to a new version, and taken away, on each site of a network. */
final class Installer
{
    /** Which version's tables this site has; loaded with every request, as all small options are. */
    public const VERSION = 'orderbridge_version';

    /** Without WooCommerce nothing is made; the first request that finds it there makes it. */
    public static function activate(): void
    {
        if (Requirements::met()) {
            self::install();
        }
    }

    /** Orders of the pause are found by the sweep when the plugin is switched on again. */
    public static function deactivate(): void
    {
        Schedule::stop();
    }

    /**
     * An update fires no activation, and neither does a further site of a network: the first request that sees
     * another version does what activation does.
     */
    public static function catchUp(): void
    {
        if (get_option(self::VERSION) !== Plugin::VERSION) {
            try {
                self::install();
            } catch (Throwable $fault) {
                // A shop whose database is full must still sell.
                WooLog::fault('tables could not be made', $fault);
            }
        }
    }

    public static function uninstall(): void
    {
        if (!is_multisite()) {
            self::remove();

            return;
        }
        foreach (get_sites(['fields' => 'ids', 'number' => 0]) as $site) {
            switch_to_blog((int) $site);
            self::remove();
            restore_current_blog();
        }
    }

    /** The page is opened: whoever has put other files in place by hand gets their tables now. */
    public static function complete(): void
    {
        try {
            if (!Boot::bridge()->migrations()->complete()) {
                self::install();
            }
        } catch (Throwable $fault) {
            WooLog::fault('tables could not be made', $fault);
        }
    }

    private static function install(): void
    {
        Boot::bridge()->install();
        update_option(self::VERSION, Plugin::VERSION);
    }

    private static function remove(): void
    {
        try {
            Schedule::erase();
            // Where nothing was ever made, or not all of it, nobody can have asked to keep it.
            if (get_option(self::VERSION) !== false && Boot::keepsData()) {
                return;
            }
            Boot::bridge()->uninstall();
        } catch (Throwable $fault) {
            // A plugin that cannot be removed is worse than a table left behind.
            WooLog::fault('something is left of the plugin', $fault);
        }
        delete_option(self::VERSION);
    }
}
