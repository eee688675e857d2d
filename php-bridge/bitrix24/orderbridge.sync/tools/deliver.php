<?php

/**
 * For cron, once a minute, where a change has to be at the shop within a second:
 *
 *     * * * * *  php …/local/modules/orderbridge.sync/tools/deliver.php
 *
 * It works for 55 seconds and stops. Two of it do no harm: only one delivers at a time.
 */

// phpcs:disable PSR1.Files.SideEffects -- a program
if (PHP_SAPI !== 'cli') {
    exit;
}
define('NO_KEEP_STATISTIC', true);
define('NOT_CHECK_PERMISSIONS', true);
define('BX_CRONTAB', true);
// local/modules/orderbridge.sync/tools, or the same below bitrix/.
$_SERVER['DOCUMENT_ROOT'] = $_SERVER['DOCUMENT_ROOT'] ?: dirname(__DIR__, 4);
require $_SERVER['DOCUMENT_ROOT'] . '/bitrix/modules/main/include/prolog_before.php';

if (Bitrix\Main\Loader::includeModule('orderbridge.sync')) {
    Orderbridge\Companion\Courier::watch((int) ($argv[1] ?? 55));
}
