<?php

// phpcs:disable Generic.Files.LineLength -- texts

$MESS['ORDERBRIDGE_MODULE_NAME'] = 'Orderbridge: a line to the shop';
$MESS['ORDERBRIDGE_MODULE_DESCRIPTION'] = 'Tells the shop at once that a deal has another stage, funnel, amount or responsible. Changes nothing in the CRM.';
$MESS['ORDERBRIDGE_OLD_PHP'] = 'PHP 7.4 or newer is needed.';
$MESS['ORDERBRIDGE_NO_CRM'] = 'The modules CRM (crm) and REST API (rest) must be installed.';
$MESS['ORDERBRIDGE_NOT_MYSQL'] = 'The module works with MySQL and MariaDB; another database is not supported.';
$MESS['ORDERBRIDGE_INSTALL_FAILED'] = 'It could not be installed; nothing in the portal has changed.';
$MESS['ORDERBRIDGE_UNINSTALL_TITLE'] = 'Removing the Orderbridge module';
$MESS['ORDERBRIDGE_UNINSTALL_TEXT'] = 'The shop will go on hearing of changed deals by REST, only not at once.';
$MESS['ORDERBRIDGE_UNINSTALL_KEEP'] = 'Keep the queue and the settings (addresses and secrets of the shops)';
$MESS['ORDERBRIDGE_UNINSTALL_FIELD'] = 'The field with the order number stays in the deals: the shop finds its deals by it.';
$MESS['ORDERBRIDGE_UNINSTALL_DO'] = 'Remove the module';
