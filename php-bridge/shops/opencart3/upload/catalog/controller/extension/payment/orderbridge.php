<?php

// phpcs:disable PSR1.Classes.ClassDeclaration.MissingNamespace -- the shop finds the class by this name

/*
 * Whoever installs the module may run an old PHP, and the shop must live on: this file is made of words that PHP 7.2
 * knows, and loads the others only where they can be understood.
 */

/**
 * The shop's public doors. No payment method: in maintenance the shop answers everybody else with its notice, while
 * Bitrix24 and the cron have to get through.
 */
final class ControllerExtensionPaymentOrderbridge extends Controller
{
    /** Where Bitrix24 posts. */
    public function inbound()
    {
        if ($this->boot()) {
            (new \Orderbridge\Shops\OpenCart\Doors($this->registry))->inbound();
        }
    }

    /** For a monitor of uptimes. */
    public function health()
    {
        if ($this->boot()) {
            (new \Orderbridge\Shops\OpenCart\Doors($this->registry))->health();
        }
    }

    /** For a cron without a command line. */
    public function tick()
    {
        if ($this->boot()) {
            (new \Orderbridge\Shops\OpenCart\Doors($this->registry))->tick();
        }
    }

    /** From the settings page, which is in the admin, where no order can be changed. */
    public function history()
    {
        if ($this->boot()) {
            (new \Orderbridge\Shops\OpenCart3\History($this->registry))->write();
        }
    }

    /** What the command line asks for, to have the shop started and nothing done. */
    public function idle()
    {
        if (PHP_SAPI === 'cli' && $this->boot()) {
            \Orderbridge\Shops\OpenCart\Boot::started($this->registry);
        }
    }

    private function boot()
    {
        if (PHP_VERSION_ID < 80100) {
            http_response_code(503);

            return false;
        }
        require_once DIR_SYSTEM . 'library/orderbridge/boot.php';

        return true;
    }
}
