<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart3;

use Orderbridge\Shops\OpenCart\Edition;

use function defined;
use function parse_url;
use function preg_replace;

use const PHP_URL_PATH;

/** OpenCart 3.0.3 to 3.0.5 and ocStore 3.0.3. */
final class OpenCart3 implements Edition
{
    private const ROUTE = 'extension/module/orderbridge';
    /** In maintenance the shop lets nobody in but visitors of payment extensions and of its own API. */
    private const DOORS = 'extension/payment/orderbridge';

    /** The admin orders by the shop's API, so all that happens to orders happens in the catalog. */
    private const EVENTS = [
        'catalog/model/checkout/order/addOrderHistory/after' => 'extension/orderbridge/order/history',
        'catalog/model/checkout/order/editOrder/after' => 'extension/orderbridge/order/edited',
        'catalog/model/checkout/order/deleteOrder/after' => 'extension/orderbridge/order/history',
        'admin/view/common/column_left/before' => self::ROUTE . '/menu',
    ];

    public function page(): string
    {
        return self::ROUTE;
    }

    public function action(string $method): string
    {
        return self::ROUTE . '/' . $method;
    }

    public function door(string $name): string
    {
        return self::DOORS . '/' . $name;
    }

    public function orderPage(): string
    {
        return 'sale/order/info';
    }

    public function assets(): string
    {
        return parse_url(HTTP_SERVER, PHP_URL_PATH) . 'view/javascript/orderbridge/';
    }

    public function assetFolder(): string
    {
        return DIR_APPLICATION . 'view/javascript/orderbridge/';
    }

    public function adminLanguage(object $config): string
    {
        return (string) $config->get('config_admin_language');
    }

    public function isNarrow(): bool
    {
        return true;
    }

    public function hasProductCodes(): bool
    {
        return false;
    }

    public function hasVouchers(): bool
    {
        return true;
    }

    public function writeHistory(object $registry, array $order, int $status, string $comment, bool $notify): void
    {
        // In its three-byte UTF-8 the shop would cut the comment off at the first emoji.
        $comment = (string) preg_replace('/ ?[\x{10000}-\x{10FFFF}]/u', '', $comment);
        if (defined('DIR_CATALOG')) {
            (new FrontDoor($registry->get('config')))->writeHistory($order, $status, $comment, $notify);

            return;
        }
        $registry->get('load')->model('checkout/order');
        // Override: a manager's decision is not for the fraud extensions to judge.
        $registry->get('model_checkout_order')->addOrderHistory(
            (int) $order['order_id'],
            $status,
            $comment,
            $notify,
            true,
        );
    }

    public function mail(string $engine, array $settings): object
    {
        $mail = new \Mail($engine);
        foreach ($settings as $name => $value) {
            $mail->$name = $value;
        }

        return $mail;
    }

    public function events(): array
    {
        return self::EVENTS;
    }

    public function addEvent(object $model, string $code, string $trigger, string $action): void
    {
        $model->addEvent($code, $trigger, $action);
    }

    /** This shop has no timetable. */
    public function schedule(object $registry, string $code): void
    {
    }

    public function unschedule(object $registry, string $code): void
    {
    }

    public function loadTexts(object $registry): void
    {
        $registry->get('load')->language(self::ROUTE);
    }
}
