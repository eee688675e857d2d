<?php

declare(strict_types=1);

namespace Piala\Pages;

use Piala\Http\Request;
use Piala\Http\Response;
use Piala\Http\Session;
use Piala\Integration\Deals;
use Piala\Status;
use Piala\Store\Catalogue;
use Piala\Store\Database;
use Piala\Store\Order;
use Piala\Store\OrderChanged;
use Piala\Store\OrderDetails;
use Piala\Store\OrderLine;
use Piala\Store\Orders;
use Piala\View;

/** The shop's own admin: login, orders, statuses; the module's page is its neighbour ModulePage. */
final class AdminPages
{
    private const PAGE = 25;
    private const FAILURES = 5;
    private const LOCK_SECONDS = 900;
    /** Of a password that nobody has. */
    private const NOBODY = '$2y$10$VmEvDWokai4cd/MG5zT0xOoIXcFrPvL5UOXmTPYCPxRJsjdlxd5aS';

    public function __construct(
        private readonly Database $database,
        private readonly Orders $orders,
        private readonly Catalogue $catalogue,
        private readonly Deals $deals,
        private readonly ModulePage $module,
        private readonly Session $session,
        private readonly View $view,
    ) {
    }

    public function handle(Request $request): ?Response
    {
        $path = array_slice(explode('/', trim($request->path, '/')), 1);
        if ([$request->method, $path] === ['POST', ['login']]) {
            return $this->login($request);
        }
        if ($this->session->get('admin') === null) {
            return $this->view->admin('login', 'Вход', ['error' => null], 401);
        }

        return match ([$request->method, count($path), $path[0] ?? '']) {
            ['GET', 0, ''] => Response::redirect('/admin/orders'),
            ['POST', 1, 'logout'] => $this->logout(),
            ['GET', 1, 'orders'] => $this->list($request),
            ['GET', 2, 'orders'] => $this->order($path[1]),
            ['POST', 2, 'orders'] => $this->save($path[1], $request),
            ['POST', 3, 'orders'] => $path[2] === 'status' ? $this->status($path[1], $request) : null,
            ['GET', 1, 'statuses'] => $this->view->admin('statuses', 'Статусы', ['counts' => $this->orders->counts()]),
            ['POST', 2, 'orderbridge'] => $path[1] === 'api' ? $this->module->api($request) : null,
            ['GET', 1, 'orderbridge'] => $this->module->show($request),
            ['GET', 2, 'orderbridge'] => $this->module->file($path[1], $request),
            default => null,
        };
    }

    private function login(Request $request): Response
    {
        $since = time() - self::LOCK_SECONDS;
        $failures = (int) $this->database->value(
            'SELECT COUNT(*) FROM login_failure WHERE address = ? AND failed_at > ?',
            [$request->address, $since],
        );
        if ($failures >= self::FAILURES) {
            $error = 'Слишком много попыток. Подождите четверть часа.';

            return $this->view->admin('login', 'Вход', ['error' => $error], 429);
        }
        $hash = $this->database->value('SELECT password_hash FROM admin WHERE login = ?', [$request->form('login')]);
        // A login that does not exist takes as long as a wrong password.
        $right = password_verify($request->form('password'), (string) ($hash ?? self::NOBODY));
        if (!$right || $hash === null) {
            $this->database->insert('login_failure', ['address' => $request->address, 'failed_at' => time()]);

            return $this->view->admin('login', 'Вход', ['error' => 'Логин или пароль не подошли.'], 401);
        }
        $this->session->renew();
        $this->session->set('admin', $request->form('login'));

        return Response::redirect('/admin/orders');
    }

    private function logout(): Response
    {
        $this->session->set('admin', null);
        $this->session->renew();

        return Response::redirect('/admin');
    }

    private function list(Request $request): Response
    {
        $status = Status::tryFrom($request->query('status'));
        $page = max(1, (int) $request->query('page', '1'));
        $orders = $this->orders->page($status, $page, self::PAGE);

        return $this->view->admin('orders', 'Заказы', [
            'orders' => $orders,
            'deals' => $this->deals->ofAll($orders),
            'counts' => $this->orders->counts(),
            'chosen' => $status,
            'page' => $page,
            'more' => count($orders) === self::PAGE,
        ]);
    }

    private function order(string $number): ?Response
    {
        $order = $this->find($number);

        return $order === null ? null : $this->view->admin('order', "Заказ №$number", [
            'order' => $order,
            'history' => $this->orders->history($order->id),
            'choices' => array_map(
                fn (array $product): array => $this->catalogue->choices((int) $product['id']),
                $this->catalogue->all(),
            ),
            'bridge' => $this->deals->of($order),
            'preview' => $this->deals->preview($order),
        ]);
    }

    /** What the admin writes is saved as it is: a broken phone is better than a lost order. */
    private function save(string $number, Request $request): ?Response
    {
        $order = $this->find($number);
        if ($order === null) {
            return null;
        }
        $lines = [];
        foreach ($request->map('quantity_of') as $index => $quantity) {
            if (isset($order->lines[$index]) && (int) $quantity > 0) {
                $lines[] = $order->lines[$index]->withQuantity(min(999, (int) $quantity));
            }
        }
        if ($request->form('add') !== '') {
            $choice = $this->catalogue->choiceOf($request->form('add'));
            if ($choice !== null) {
                $lines[] = OrderLine::of($choice, 1);
            }
        }
        if ($lines === []) {
            $this->view->flash('error', 'В заказе нужен хотя бы один товар. Если заказ не нужен, отмените его.');
        } else {
            try {
                $details = OrderDetails::fromForm($request->fields());
                $this->orders->edit($order->id, (int) $request->form('revision'), $details, $lines, $order->coupon);
                $this->view->flash('ok', 'Заказ сохранён.');
            } catch (OrderChanged $changed) {
                $this->view->flash('error', $changed->getMessage());
            }
        }

        return Response::redirect("/admin/orders/$number");
    }

    private function status(string $number, Request $request): ?Response
    {
        $order = $this->find($number);
        $status = Status::tryFrom($request->form('status'));
        if ($order === null || $status === null) {
            return null;
        }
        $this->orders->changeStatus(
            $order->id,
            $status,
            trim($request->form('comment')),
            $request->form('notify') !== '',
            Orders::ADMIN,
        );
        $this->view->flash('ok', "Статус: {$status->label()}.");

        return Response::redirect("/admin/orders/$number");
    }

    private function find(string $number): ?Order
    {
        $id = Order::idOfNumber($number);

        return $id === null ? null : $this->orders->find($id);
    }
}
