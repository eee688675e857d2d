<?php

// phpcs:disable PSR1.Classes.ClassDeclaration.MissingNamespace -- the shop finds the class by this name

/* Made of words that PHP 7.2 knows: an old PHP must not break the checkout. */

/**
 * Listens to the shop's order model: one INSERT, nothing else, whatever happens.
 *
 * Event handlers are public methods, so anybody may call them by their address: without an order they do nothing.
 * They return nothing (the shop takes a value for the call's result) and let nothing out (nobody above catches it).
 */
final class ControllerExtensionOrderbridgeOrder extends Controller
{
    /** After addOrderHistory and deleteOrder: placed, paid, changed, gone; by buyer, admin or API. */
    public function history(&$route = '', &$args = array(), &$output = null)
    {
        $this->saved($args, false);
    }

    /** After editOrder: the order is void until the history that follows, unless whoever edited it forgot that. */
    public function edited(&$route = '', &$args = array(), &$output = null)
    {
        $this->saved($args, true);
    }

    private function saved($args, $onlyPlaced)
    {
        $orderId = is_array($args) && isset($args[0]) ? (int) $args[0] : 0;
        if ($orderId <= 0 || PHP_VERSION_ID < 80100 || !$this->config->get('module_orderbridge_status')) {
            return;
        }
        try {
            require_once DIR_SYSTEM . 'library/orderbridge/boot.php';
            \Orderbridge\Shops\OpenCart\Boot::orderSaved($this->registry, (string) $orderId, $onlyPlaced);
        } catch (\Throwable $fault) {
            $this->log->write('Orderbridge order ' . $orderId . ': ' . get_class($fault));
        }
    }
}
