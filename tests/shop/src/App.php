<?php

declare(strict_types=1);

namespace Piala;

use Orderbridge\Bridge;
use Piala\Http\Request;
use Piala\Http\Response;
use Piala\Http\Session;
use Piala\Integration\Deals;
use Piala\Integration\Wiring;
use Piala\Pages\AdminPages;
use Piala\Pages\ModulePage;
use Piala\Pages\ShopPages;
use Piala\Store\Basket;
use Piala\Store\Catalogue;
use Piala\Store\Coupons;
use Piala\Store\Database;
use Piala\Store\Mailer;
use Piala\Store\Orders;

/** The shop put together, and the way from an address to a page. */
final class App
{
    public readonly Database $database;
    public readonly Catalogue $catalogue;
    public readonly Orders $orders;
    public readonly Bridge $bridge;

    public function __construct(public readonly Config $config)
    {
        $this->database = Database::open($config);
        $this->catalogue = new Catalogue($this->database);
        $this->orders = new Orders(
            $this->database,
            new Coupons($this->database),
            new Mailer($config),
            $config->netPrices,
        );
        $this->bridge = Wiring::bridge($this);
    }

    public function handle(Request $request): Response
    {
        // Where Bitrix24 knocks. First of all routes: it needs neither session nor catalogue and must be quick.
        if ($request->path === Wiring::ENDPOINT) {
            return Wiring::inbound($this->bridge, $request);
        }
        if ($request->path === Wiring::MONITOR) {
            return Wiring::monitor($this->bridge, $request);
        }

        $session = new Session($this->config);
        $basket = new Basket($session, $this->catalogue);
        $view = new View($session, $basket, $this->catalogue);
        $shop = new ShopPages($this->catalogue, $this->orders, new Coupons($this->database), $basket, $session, $view);

        if ($request->method === 'POST' && !hash_equals($session->csrf(), $request->token())) {
            if ($request->path === ModulePage::API) {
                return new Response('', $session->get('admin') === null ? 401 : 403);
            }

            return $view->page('message', 'Страница устарела', [
                'text' => 'Форма была открыта слишком давно. Вернитесь назад, обновите страницу и отправьте ещё раз.',
            ], 419);
        }
        if (str_starts_with($request->path, '/admin')) {
            $deals = new Deals($this->bridge, $this->catalogue);
            $module = new ModulePage($this->bridge, $session, $view);
            $admin = new AdminPages($this->database, $this->orders, $this->catalogue, $deals, $module, $session, $view);

            return $admin->handle($request) ?? $view->page('message', 'Такой страницы нет', [
                'text' => 'Проверьте адрес.',
            ], 404);
        }

        $shop->rememberUtm($request);
        $path = explode('/', trim($request->path, '/'));
        $page = match ([$request->method, count($path), $path[0]]) {
            ['GET', 1, ''] => $shop->home(),
            ['GET', 2, 'catalogue'] => $shop->category($path[1]),
            ['GET', 2, 'product'] => $shop->product($path[1]),
            ['GET', 1, 'basket'] => $shop->basket(),
            ['POST', 1, 'basket'] => $shop->changeBasket($request),
            ['GET', 1, 'checkout'] => $shop->checkout(),
            ['POST', 1, 'checkout'] => $shop->order($request),
            ['GET', 2, 'order'] => $shop->placed($path[1], $request->query('key')),
            ['GET', 3, 'order'] => $path[2] === 'live' ? $shop->live($path[1], $request->query('key')) : null,
            default => null,
        };

        return $page ?? $view->page('message', 'Такой страницы нет', [
            'text' => 'Возможно, товар переехал. Загляните в каталог: он на главной.',
        ], 404);
    }
}
