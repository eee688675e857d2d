<?php

use Bitrix\Main\Loader;

// By name and not by folder: older kernels and newer ones agree on this.
Loader::registerAutoLoadClasses('orderbridge.sync', [
    'Orderbridge\Companion\Changes' => 'lib/changes.php',
    'Orderbridge\Companion\Courier' => 'lib/courier.php',
    'Orderbridge\Companion\Deals' => 'lib/deals.php',
    'Orderbridge\Companion\Handlers' => 'lib/handlers.php',
    'Orderbridge\Companion\Message' => 'lib/message.php',
    'Orderbridge\Companion\OrderField' => 'lib/orderfield.php',
    'Orderbridge\Companion\Post' => 'lib/post.php',
    'Orderbridge\Companion\Pushes' => 'lib/pushes.php',
    'Orderbridge\Companion\Rest' => 'lib/rest.php',
    'Orderbridge\Companion\Schedule' => 'lib/schedule.php',
    'Orderbridge\Companion\Settings' => 'lib/settings.php',
    'Orderbridge\Companion\Shop' => 'lib/shop.php',
    'Orderbridge\Companion\Signature' => 'lib/signature.php',
    'Orderbridge\Companion\State' => 'lib/state.php',
    'Orderbridge\Companion\Tables' => 'lib/tables.php',
    'Orderbridge\Companion\Values' => 'lib/values.php',
]);
