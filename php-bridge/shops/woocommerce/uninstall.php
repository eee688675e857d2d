<?php

/** The owner deletes the plugin: nothing of it stays, unless he has said that its data should. */

declare(strict_types=1);

defined('WP_UNINSTALL_PLUGIN') || exit;

require_once __DIR__ . '/boot.php';

Orderbridge\Shops\WooCommerce\Installer::uninstall();
