<?php

declare(strict_types=1);

namespace Piala\Pages;

use Piala\Delivery;
use Piala\Http\Request;
use Piala\Http\Response;
use Piala\Http\Session;
use Piala\Store\Basket;
use Piala\Store\Catalogue;
use Piala\Store\Coupons;
use Piala\Store\Order;
use Piala\Store\OrderDetails;
use Piala\Store\OrderLine;
use Piala\Store\Orders;
use Piala\View;

/** What a buyer sees. */
final class ShopPages
{
    public const UTM = ['source', 'medium', 'campaign', 'content', 'term'];

    public function __construct(
        private readonly Catalogue $catalogue,
        private readonly Orders $orders,
        private readonly Coupons $coupons,
        private readonly Basket $basket,
        private readonly Session $session,
        private readonly View $view,
    ) {
    }

    /** The marks of an advertisement are kept from the first page on, until the order. */
    public function rememberUtm(Request $request): void
    {
        $utm = [];
        foreach (self::UTM as $name) {
            $utm[$name] = mb_substr($request->query("utm_$name"), 0, 200);
        }
        if (array_filter($utm) !== []) {
            $this->session->set('utm', array_filter($utm));
        }
    }

    public function home(): Response
    {
        return $this->view->page('home', 'Чай, кофе и всё для них', [
            'catalogue' => $this->catalogue,
            'popular' => $this->catalogue->popular(),
        ]);
    }

    public function category(string $slug): ?Response
    {
        $category = $this->catalogue->categoryBySlug($slug);

        return $category === null ? null : $this->view->page('category', $category['name'], [
            'category' => $category,
            'path' => $this->catalogue->path($category['id']),
            'children' => $this->catalogue->children($category['id']),
            'products' => $this->catalogue->inCategory($category['id']),
        ]);
    }

    public function product(string $slug): ?Response
    {
        $product = $this->catalogue->productBySlug($slug);
        if ($product === null) {
            return null;
        }
        $paths = $this->catalogue->productPaths((int) $product['id']);

        return $this->view->page('product', (string) $product['name'], [
            'product' => $product,
            'options' => $this->catalogue->options((int) $product['id']),
            'net' => $this->orders->net,
            'path' => $paths === [] ? [] : $this->catalogue->path((int) end($paths[0])),
        ]);
    }

    public function basket(): Response
    {
        return $this->view->page('basket', 'Корзина', ['lines' => $this->basket->lines()]);
    }

    public function changeBasket(Request $request): Response
    {
        if ($request->form('product') !== '') {
            $choice = $this->catalogue->choice(
                (int) $request->form('product'),
                array_map(intval(...), array_values($request->map('option'))),
            );
            if ($choice === null) {
                $this->view->flash('error', 'Такого варианта товара нет. Выберите другой.');

                return Response::redirect('/');
            }
            $this->basket->add($choice, max(1, (int) $request->form('quantity', '1')));
            $this->view->flash('ok', "В корзине: $choice->name.");
        }
        foreach ($request->map('quantity_of') as $key => $quantity) {
            $this->basket->set((string) $key, max(0, (int) $quantity));
        }
        if ($request->form('remove') !== '') {
            $this->basket->set($request->form('remove'), 0);
        }

        return Response::redirect('/basket');
    }

    public function checkout(): Response
    {
        return $this->basket->lines() === [] ? Response::redirect('/basket') : $this->form([], []);
    }

    /** The checkout was sent: either «пересчитать», or the order itself. */
    public function order(Request $request): Response
    {
        $form = $request->fields();
        if ($this->basket->lines() === []) {
            $placed = $this->session->get('placed', [])[$request->form('attempt')] ?? null;

            return Response::redirect(is_string($placed) ? $placed : '/basket');
        }
        $details = OrderDetails::fromForm($form);
        $errors = $this->errors($details, $request->form('coupon'));
        if ($request->form('action') !== 'place') {
            return $this->form($form, array_intersect_key($errors, ['coupon' => true]));
        }
        if ($errors !== []) {
            return $this->form($form, $errors);
        }

        $order = $this->orders->place(
            $request->form('attempt') === '' ? bin2hex(random_bytes(16)) : mb_substr($request->form('attempt'), 0, 64),
            $details,
            $this->basket->orderLines(),
            $request->form('coupon') === '' ? null : $request->form('coupon'),
            $this->session->get('utm', []),
        );
        $page = "/order/{$order->number()}?key=$order->accessKey";
        $this->session->set('placed', [$request->form('attempt') => $page]);
        $this->basket->clear();

        return Response::redirect($page);
    }

    public function placed(string $number, string $key): ?Response
    {
        $order = $this->orders->opened($number, $key);

        return $order === null ? null : $this->view->page('order', "Заказ №{$order->number()}", [
            'order' => $order,
            'state' => $this->state($order),
        ]);
    }

    /** The changing part of the order's page alone; the page asks for it every few seconds. */
    public function live(string $number, string $key): ?Response
    {
        $order = $this->orders->opened($number, $key);

        return $order === null ? null : new Response($this->state($order));
    }

    private function state(Order $order): string
    {
        $history = $this->orders->history($order->id);

        return $this->view->part('order_state', ['order' => $order, 'history' => $history]);
    }

    /**
     * @param array<string, string> $form
     * @param array<string, string> $errors
     */
    private function form(array $form, array $errors): Response
    {
        $details = OrderDetails::fromForm($form);
        $lines = $this->basket->orderLines();
        $code = $form['coupon'] ?? '';
        $coupon = $code === '' ? null : $code;

        return $this->view->page('checkout', 'Оформление заказа', [
            'form' => [...$details->columns(), 'coupon' => $code],
            'errors' => $errors,
            'lines' => $lines,
            'sums' => $this->orders->sums($details->delivery, $lines, $coupon),
            'ways' => array_map(
                fn (Delivery $delivery): array => $this->orders->sums($delivery, $lines, $coupon),
                array_combine(array_column(Delivery::cases(), 'value'), Delivery::cases()),
            ),
            'attempt' => $form['attempt'] ?? bin2hex(random_bytes(16)),
        ], $errors === [] ? 200 : 422);
    }

    /** @return array<string, string> message by field */
    private function errors(OrderDetails $details, string $coupon): array
    {
        $email = filter_var($details->email, FILTER_VALIDATE_EMAIL, FILTER_FLAG_EMAIL_UNICODE);
        $courier = $details->delivery === Delivery::Courier;

        return array_filter([
            'last_name' => $details->lastName === '' ? 'Напишите фамилию.' : '',
            'first_name' => $details->firstName === '' ? 'Напишите имя.' : '',
            'phone' => match (true) {
                $details->phone !== '' && preg_match_all('/\d/', $details->phone) < 10
                    => 'В номере не хватает цифр. Например: +7 900 123-45-67.',
                $details->phone === '' && $details->email === ''
                    => 'Оставьте телефон или почту, чтобы мы могли ответить.',
                default => '',
            },
            'email' => $details->email !== '' && $email === false
                ? 'Проверьте адрес почты. Например: ivan@example.ru.' : '',
            'address' => $courier && $details->address === '' ? 'Куда привезти? Напишите адрес.' : '',
            'coupon' => trim($coupon) === '' ? ''
                : (string) $this->coupons->problem($coupon, OrderLine::sum($this->basket->orderLines())),
        ]);
    }
}
