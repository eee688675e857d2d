<?php

return [
    'project-id-version' => 'Orderbridge',
    'language' => 'ru_RU',
    'messages' => [
        'Orderbridge: orders to Bitrix24' => 'Orderbridge: заказы в Битрикс24',
        'Every order becomes a Bitrix24 deal; a deal\'s stage comes back as the order\'s status.'
            => 'Каждый заказ становится сделкой в Битрикс24, а стадия сделки возвращается статусом заказа.',
        'Bitrix24' => 'Битрикс24',
        'Settings' => 'Настройки',
        'Orderbridge needs a 64-bit PHP 8.1 or newer.' => 'Для Orderbridge нужен 64-разрядный PHP 8.1 или новее.',
        'Orderbridge needs WooCommerce %s or newer: install and activate it under Plugins.'
            => 'Для Orderbridge нужен WooCommerce %s или новее: установите и включите его в разделе «Плагины».',
        'Orderbridge needs WooCommerce %1$s or newer, this shop has %2$s: update it.'
            => 'Для Orderbridge нужен WooCommerce %1$s или новее, а в магазине %2$s: обновите его.',
        'Until then no orders are sent; settings and queue are kept.'
            => 'До этого заказы не передаются; настройки и очередь сохраняются.',
        'You may not do this, or this page has been open for too long.'
            => 'У вас нет прав на это действие, или страница открыта слишком долго.',
        'Reload the page.' => 'Обновите страницу.',
    ],
];
