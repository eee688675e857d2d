<?php

declare(strict_types=1);

namespace Opencart\Admin\Controller\Extension\Orderbridge\Event;

use Opencart\System\Engine\Controller;
use Orderbridge\Shops\OpenCart\Boot;
use Throwable;

/** Listens to the admin's order model: deletion fires no event in the catalog. */
final class Order extends Controller
{
    public function deleted(string &$route = '', array &$args = [], mixed &$output = null): void
    {
        $orderId = (int) ($args[0] ?? 0);
        if ($orderId <= 0 || !$this->config->get('module_orderbridge_status')) {
            return;
        }
        try {
            require_once DIR_EXTENSION . 'orderbridge/system/library/orderbridge/boot.php';
            Boot::orderSaved($this->registry, (string) $orderId, false);
        } catch (Throwable $fault) {
            $this->log->write('Orderbridge order ' . $orderId . ': ' . $fault::class);
        }
    }
}
