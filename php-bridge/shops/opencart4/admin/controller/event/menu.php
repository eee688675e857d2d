<?php

declare(strict_types=1);

namespace Opencart\Admin\Controller\Extension\Orderbridge\Event;

use Opencart\System\Engine\Controller;

/** An entry of its own in the admin's left menu, for those who may open the page. */
final class Menu extends Controller
{
    private const ROUTE = 'extension/orderbridge/module/orderbridge';

    public function entry(string &$route = '', array &$data = [], string &$code = '', string &$output = ''): void
    {
        if (!isset($data['menus']) || !$this->user->hasPermission('access', self::ROUTE)) {
            return;
        }
        $data['menus'][] = [
            'id' => 'menu-orderbridge',
            'icon' => 'fa-solid fa-right-left',
            'name' => 'Orderbridge',
            'href' => $this->url->link(self::ROUTE, 'user_token=' . $this->session->data['user_token']),
            'children' => [],
        ];
    }
}
