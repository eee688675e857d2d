<?php

declare(strict_types=1);

namespace Opencart\Admin\Controller\Extension\Orderbridge\Event;

use Opencart\System\Engine\Controller;
use Orderbridge\Shops\OpenCart\AdminPage;
use Throwable;

/** An entry of its own in the admin's left menu. */
final class Menu extends Controller
{
    public function entry(string &$route = '', array &$data = [], mixed &$code = '', mixed &$output = ''): void
    {
        try {
            require_once DIR_EXTENSION . 'orderbridge/system/library/orderbridge/boot.php';
            (new AdminPage($this->registry))->menu($data, 'fa-solid fa-right-left');
        } catch (Throwable $fault) {
            // Every page of the admin has this menu.
            $this->log->write('Orderbridge menu: ' . $fault::class);
        }
    }
}
