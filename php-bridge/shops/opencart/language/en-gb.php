<?php

// phpcs:disable Generic.Files.LineLength -- a text is a line

declare(strict_types=1);

$_['heading_title'] = 'Orderbridge: Bitrix24';

$_['text_extension'] = 'Extensions';
$_['text_on'] = 'The exchange with Bitrix24 is on.';
$_['text_off'] = 'Switched off: no order is sent and no status comes back. Nothing is lost by it: switched on, it all follows.';

$_['text_no_cron'] = 'The hosting’s scheduler cannot run PHP?';
$_['text_tick'] = 'Have it open this address every minute. Show it to nobody:';

$_['button_on'] = 'Switch on';
$_['button_off'] = 'Switch off';
$_['button_back'] = 'Back';

$_['error_internal'] = 'The shop could not do it (%s). The details are in the shop’s error log.';
$_['error_php'] = 'Orderbridge needs PHP 8.1 or newer, and this shop runs on PHP %s: the module does nothing here, and the shop goes on as before. Have the hosting switch the site to a newer PHP (the shop itself has to be able to run on it: OpenCart from 3.0.3.8 on), then install the module.';
