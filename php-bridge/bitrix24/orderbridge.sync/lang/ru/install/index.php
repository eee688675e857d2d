<?php

// phpcs:disable Generic.Files.LineLength -- texts

$MESS['ORDERBRIDGE_MODULE_NAME'] = 'Orderbridge: связь с интернет-магазином';
$MESS['ORDERBRIDGE_MODULE_DESCRIPTION'] = 'Сразу сообщает магазину, что сделка сменила стадию, воронку, сумму или ответственного. Ничего не меняет в CRM.';
$MESS['ORDERBRIDGE_OLD_PHP'] = 'Нужен PHP 7.4 или новее.';
$MESS['ORDERBRIDGE_NO_CRM'] = 'Нужны установленные модули «CRM» (crm) и «REST API» (rest).';
$MESS['ORDERBRIDGE_NOT_MYSQL'] = 'Модуль работает с MySQL и MariaDB; другая база данных не поддерживается.';
$MESS['ORDERBRIDGE_INSTALL_FAILED'] = 'Установить не удалось, в портале ничего не изменилось.';
$MESS['ORDERBRIDGE_UNINSTALL_TITLE'] = 'Удаление модуля Orderbridge';
$MESS['ORDERBRIDGE_UNINSTALL_TEXT'] = 'Магазин по-прежнему будет узнавать об изменениях сделок по REST, только не сразу.';
$MESS['ORDERBRIDGE_UNINSTALL_KEEP'] = 'Сохранить очередь и настройки (адреса и секреты магазинов)';
$MESS['ORDERBRIDGE_UNINSTALL_FIELD'] = 'Поле с номером заказа остаётся в сделках: по нему магазин находит свои сделки.';
$MESS['ORDERBRIDGE_UNINSTALL_DO'] = 'Удалить модуль';
