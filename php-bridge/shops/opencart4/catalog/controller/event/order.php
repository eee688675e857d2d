<?php

declare(strict_types=1);

namespace Opencart\Catalog\Controller\Extension\Orderbridge\Event;

use Opencart\System\Engine\Controller;
use Orderbridge\Shops\OpenCart\Boot;
use Throwable;

/**
 * Listens to the shop's order model: one INSERT, nothing else, whatever happens.
 *
 * Event handlers are public methods, so anybody may call them by their address: without an order they do nothing.
 * They return nothing (4.0 takes a value for the call's result) and let nothing out (nobody above catches it).
 */
final class Order extends Controller
{
    /** After addHistory: placed, paid, changed; by buyer, admin or API. */
    public function history(string &$route = '', array &$args = [], mixed &$output = null): void
    {
        $this->saved($args[0] ?? 0, false);
    }

    /** After editOrder: also fires while a buyer walks to and fro in the checkout, with an order not yet placed. */
    public function edited(string &$route = '', array &$args = [], mixed &$output = null): void
    {
        $this->saved($args[0] ?? 0, true);
    }

    private function saved(mixed $orderId, bool $onlyPlaced): void
    {
        if ((int) $orderId <= 0 || !$this->config->get('module_orderbridge_status')) {
            return;
        }
        try {
            require_once DIR_EXTENSION . 'orderbridge/system/library/orderbridge/boot.php';
            Boot::orderSaved($this->registry, (string) (int) $orderId, $onlyPlaced);
        } catch (Throwable $fault) {
            $this->log->write('Orderbridge order ' . (int) $orderId . ': ' . $fault::class);
        }
    }
}
