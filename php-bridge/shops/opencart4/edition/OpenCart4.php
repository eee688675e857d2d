<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart4;

use Orderbridge\Shops\OpenCart\Edition;

use function array_key_exists;
use function parse_url;
use function version_compare;

use const PHP_URL_PATH;

/** OpenCart 4.0.2.3 to 4.1. */
final class OpenCart4 implements Edition
{
    private const ROUTE = 'extension/orderbridge/module/orderbridge';
    private const CODE = 'orderbridge';

    /**
     * `?` is one character: 4.0 writes a slash where 4.1 writes a dot.
     * Trigger => action; patterns are anchored at the start only, hence the endings.
     */
    private const EVENTS = [
        'catalog/model/checkout/order?addHistory/after' => 'extension/orderbridge/event/order.history',
        'catalog/model/checkout/order?editOrder/after' => 'extension/orderbridge/event/order.edited',
        'catalog/model/checkout/order?deleteOrder/after' => 'extension/orderbridge/event/order.history',
        'admin/model/sale/order?deleteOrder/after' => 'extension/orderbridge/event/order.deleted',
        'admin/view/common/column_left/before' => 'extension/orderbridge/event/menu.entry',
    ];

    public function page(): string
    {
        return self::ROUTE;
    }

    public function action(string $method): string
    {
        return self::ROUTE . '.' . $method;
    }

    public function door(string $name): string
    {
        return self::ROUTE . '.' . $name;
    }

    public function orderPage(): string
    {
        return 'sale/order.info';
    }

    public function assets(): string
    {
        return parse_url(HTTP_CATALOG, PHP_URL_PATH) . 'extension/' . self::CODE . '/admin/view/javascript/';
    }

    public function assetFolder(): string
    {
        return DIR_EXTENSION . self::CODE . '/admin/view/javascript/';
    }

    public function adminLanguage(object $config): string
    {
        return (string) $config->get('config_language_admin');
    }

    public function isNarrow(): bool
    {
        return false;
    }

    public function hasProductCodes(): bool
    {
        return version_compare(VERSION, '4.1.0.0', '>=');
    }

    public function hasVouchers(): bool
    {
        return version_compare(VERSION, '4.1.0.0', '<');
    }

    public function writeHistory(object $registry, array $order, int $status, string $comment, bool $notify): void
    {
        $catalog = self::catalog($registry, $order);
        $catalog->get('load')->model('checkout/order');
        // Override: a manager's decision is not for the fraud extensions to judge.
        $catalog->get('model_checkout_order')->addHistory((int) $order['order_id'], $status, $comment, $notify, true);
    }

    public function mail(string $engine, array $settings): object
    {
        return new \Opencart\System\Library\Mail($engine, $settings);
    }

    public function events(): array
    {
        return self::EVENTS;
    }

    public function addEvent(object $model, string $code, string $trigger, string $action): void
    {
        $model->addEvent([
            'code' => $code,
            'description' => 'Orderbridge: Bitrix24',
            'trigger' => $trigger,
            'action' => $action,
            'status' => 1,
            'sort_order' => 0,
        ]);
    }

    public function schedule(object $registry, string $code): void
    {
        $this->unschedule($registry, $code);
        $registry->get('model_setting_cron')->addCron(
            $code,
            'Orderbridge: sends what waits, fetches changed deals',
            'hour',
            'extension/orderbridge/cron/orderbridge',
            true,
        );
    }

    public function unschedule(object $registry, string $code): void
    {
        $registry->get('load')->model('setting/cron');
        $registry->get('model_setting_cron')->deleteCronByCode($code);
    }

    /** English first: this shop's version does not fall back, and an absent text prints as its name. */
    public function loadTexts(object $registry): void
    {
        $registry->get('load')->language(self::ROUTE, '', 'en-gb');
        $registry->get('load')->language(self::ROUTE);
    }

    /**
     * The catalog application for an order: this request's own, or, from the admin, an instance as the core makes
     * one for its own order page.
     *
     * @param array<string, mixed> $order
     */
    private static function catalog(object $registry, array $order): object
    {
        static $instances = [];
        if ($registry->get('config')->get('application') !== 'Admin') {
            return $registry;
        }
        $key = $order['store_id'] . '/' . $order['language_code'] . '/' . $order['currency_code'];
        if (!array_key_exists($key, $instances)) {
            $registry->get('load')->model('setting/store');
            $instances[$key] = $registry->get('model_setting_store')->createStoreInstance(
                (int) $order['store_id'],
                (string) $order['language_code'],
            );
        }
        $instances[$key]->get('session')->data['currency'] = (string) $order['currency_code'];

        return $instances[$key];
    }
}
