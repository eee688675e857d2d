<?php

declare(strict_types=1);

namespace Opencart\Admin\Controller\Extension\Orderbridge\Module;

use Opencart\System\Engine\Controller;
use Orderbridge\Shops\OpenCart\AdminPage;
use Orderbridge\Shops\OpenCart\Installation;

/** The module's page, its installation and removal. */
final class Orderbridge extends Controller
{
    public function index(): void
    {
        $this->response->setOutput($this->page()->show());
    }

    /** What the settings app asks for. */
    public function api(): void
    {
        $this->page()->api();
    }

    public function status(): void
    {
        $this->page()->status();
    }

    public function install(): void
    {
        // Granted in this very request: the right on this route is not known to the user object yet.
        if ($this->user->hasPermission('modify', 'extension/module')) {
            $this->boot();
            (new Installation($this->registry))->install();
        }
    }

    public function uninstall(): void
    {
        if ($this->user->hasPermission('modify', 'extension/module')) {
            $this->boot();
            (new Installation($this->registry))->uninstall();
        }
    }

    private function page(): AdminPage
    {
        $this->boot();

        return new AdminPage($this->registry);
    }

    private function boot(): void
    {
        require_once DIR_EXTENSION . 'orderbridge/system/library/orderbridge/boot.php';
    }
}
