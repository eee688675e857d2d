<?php

declare(strict_types=1);

namespace Shops;

use CURLFile;
use RuntimeException;
use Story\Browser;
use Story\Page;

/** OpenCart 3.0.3 to 3.0.5.1 and ocStore: their admin changes orders by asking the shop's API from the browser. */
final class OpenCart3 extends OpenCart
{
    private const NAME = 'orderbridge';

    private ?Browser $api = null;
    private string $apiToken = '';

    public static function package(): string
    {
        return 'orderbridge-opencart3.ocmod.zip';
    }

    public function signIn(): string
    {
        $this->keepToken($this->admin->post(
            "/$this->folder/index.php?route=common/login",
            http_build_query(['username' => $this->login, 'password' => $this->password]),
        ));

        return $this->version($this->admin->open($this->dashboard()));
    }

    public function upload(string $zip): void
    {
        $this->follow($this->admin->upload(
            $this->route('marketplace/installer/upload'),
            ['file' => new CURLFile($zip, 'application/zip', self::package())],
        ));
    }

    public function activate(): void
    {
        $this->done($this->admin->open($this->route('extension/extension/module/install', 'extension=' . self::NAME)));
    }

    public function settingsPage(): string
    {
        return $this->route('extension/module/orderbridge');
    }

    public function buy(string $way, Person $person, Basket $basket = new Basket()): Bought
    {
        $buyer = $this->browser();
        $place = $this->place($buyer, $buyer->open('/index.php?route=account/register'));
        $way === 'customer' && $this->register($buyer, $person);
        $this->fill($buyer, $basket);
        $buyer->open('/index.php?route=checkout/checkout');
        $way === 'customer' ? $this->addresses($buyer, $person, $place) : $this->guest($buyer, $person, $place);
        foreach (['shipping_method', 'payment_method'] as $question) {
            $page = $buyer->open("/index.php?route=checkout/$question");
            $answer = $page->text("//input[@name='$question']/@value") ?? throw self::unexpected($page);
            $this->saved($buyer, "checkout/$question/save", [$question => $answer, 'comment' => '', 'agree' => '1']);
        }

        return $this->confirm($buyer, $buyer->open('/index.php?route=checkout/confirm'), $person);
    }

    public function create(Person $person): Bought
    {
        $this->compose($person, [$this->goods(1)[0] => 2]);
        $this->call('order/add', ['order_status_id' => '1', 'comment' => '', 'affiliate_id' => '0']);

        return new Bought($this->orderOf($person), $person);
    }

    public function edit(string $id): void
    {
        $page = $this->admin->open($this->route('sale/order/edit', "order_id=$id"));
        $fields = $page->fields("//*[@id='tab-customer']");
        $person = Person::known($fields['firstname'], $fields['lastname'], $fields['email'], $fields['telephone']);
        $this->compose($person, [$this->goods(2)[0] => 2, $this->goods(2)[1] => 1]);
        $status = $this->see($id)->status;
        $edited = ['order_status_id' => $status, 'comment' => '', 'affiliate_id' => '0'];
        $this->call('order/edit', $edited, "order_id=$id");
    }

    public function setStatus(string $id, string $status): void
    {
        $history = ['order_status_id' => $status, 'comment' => '', 'notify' => '0', 'override' => '0'];
        $this->call('order/history', $history, "order_id=$id");
    }

    public function delete(string $id): void
    {
        $this->call('order/delete', [], "order_id=$id");
    }

    public function deactivate(): void
    {
        $route = $this->route('extension/extension/module/uninstall', 'extension=' . self::NAME);
        $this->done($this->admin->open($route));
    }

    public function remove(): void
    {
        $list = $this->admin->open($this->route('marketplace/installer/history'));
        $install = $list->text("//tr[contains(., 'orderbridge')]//button/@value") ?? throw self::unexpected($list);
        $route = $this->route('marketplace/install/uninstall', "extension_install_id=$install");
        $this->follow($this->admin->open($route));
    }

    protected function totalPath(): string
    {
        return "(//tr[td[@colspan='4']])[last()]/td[last()]";
    }

    protected function zonesRoute(): string
    {
        return 'checkout/checkout/country';
    }

    protected function orderOf(Person $person): string
    {
        return $this->newest($this->admin->open($this->route('sale/order', 'sort=o.order_id&order=DESC')), $person);
    }

    private function register(Browser $buyer, Person $person): void
    {
        $page = $buyer->post('/index.php?route=account/register', http_build_query([
            ...self::person($person),
            'password' => Person::PASSWORD,
            'confirm' => Person::PASSWORD,
            'newsletter' => '0',
            'agree' => '1',
        ]));
        str_contains($page->url, 'account/success') || throw self::unexpected($page);
    }

    /** @param array{country: string, zone: string} $place */
    private function guest(Browser $buyer, Person $person, array $place): void
    {
        $form = [...self::person($person), ...self::address($person, $place), 'shipping_address' => '1'];
        $this->saved($buyer, 'checkout/guest/save', $form);
    }

    /** @param array{country: string, zone: string} $place */
    private function addresses(Browser $buyer, Person $person, array $place): void
    {
        foreach (['payment_address', 'shipping_address'] as $which) {
            $this->saved($buyer, "checkout/$which/save", [...self::address($person, $place), $which => 'new']);
        }
    }

    /** @param array<string, string> $form one step of the checkout: an empty list says that it is all right */
    private function saved(Browser $buyer, string $route, array $form): void
    {
        $page = $buyer->post("/index.php?route=$route", http_build_query($form));
        $answer = $page->body === '' ? [] : self::json($page);
        $answer === [] || throw new RuntimeException("$route: " . self::words($answer));
    }

    private function done(Page $page): void
    {
        $alert = $page->text("//*[contains(@class, 'alert-danger')]");
        $alert === null || throw new RuntimeException($alert);
        $page->status === 200 || throw self::unexpected($page);
    }

    /**
     * Fills the API's basket as the form of an order does.
     *
     * @param array<string, int> $goods quantities by product
     */
    private function compose(Person $person, array $goods): void
    {
        $this->apiToken = $this->enter();
        $place = $this->place($this->browser(), $this->browser()->open('/index.php?route=account/register'));
        $form = [...self::person($person), ...self::address($person, $place), 'customer_id' => '0'];
        $this->call('customer', $form);
        foreach ($goods as $product => $quantity) {
            $this->call('cart/add', ['product_id' => $product, 'quantity' => $quantity]);
        }
        $this->call('payment/address', $form);
        $this->call('shipping/address', $form);
        $quotes = array_column($this->call('shipping/methods', [])['shipping_methods'], 'quote');
        $this->call('shipping/method', ['shipping_method' => array_values($quotes[0])[0]['code']]);
        $methods = array_values($this->call('payment/methods', [])['payment_methods']);
        $this->call('payment/method', ['payment_method' => $methods[0]['code']]);
    }

    /**
     * @param array<int|string, mixed> $fields
     * @return array<string, mixed>
     */
    private function call(string $what, array $fields, string $query = ''): array
    {
        $this->apiToken = $this->apiToken ?: $this->enter();
        $route = "/index.php?route=api/$what&api_token=$this->apiToken&store_id=0" . ($query === '' ? '' : "&$query");
        $answer = self::json($this->api()->post($route, http_build_query($fields)));
        empty($answer['error']) || throw new RuntimeException("$what: " . self::words($answer));

        return $answer;
    }

    /** @return string the API's token; our address is let in where the owner would press «Add IP» */
    private function enter(): string
    {
        $list = $this->admin->open($this->route('user/api'));
        preg_match('/api_id=(\d+)/', $list->body, $match) === 1 || throw self::unexpected($list);
        $form = $this->route('user/api/edit', "api_id=$match[1]");
        $fields = $this->admin->open($form)->fields("//form[@id='form-api']");
        $login = http_build_query(['username' => $fields['username'], 'key' => $fields['key']]);
        $answer = self::json($this->api()->post('/index.php?route=api/login', $login));
        if (preg_match('/[\da-f.:]*[.:][\da-f.:]*\d/i', (string) ($answer['error']['ip'] ?? ''), $ip) === 1) {
            $count = count(preg_grep('/^api_ip/', array_keys($fields)) ?: []);
            $this->admin->post($form, http_build_query([...$fields, "api_ip[$count]" => $ip[0]]));
            $answer = self::json($this->api()->post('/index.php?route=api/login', $login));
        }

        return (string) ($answer['api_token'] ?? throw new RuntimeException('api/login: ' . self::words($answer)));
    }

    private function api(): Browser
    {
        return $this->api ??= $this->browser();
    }
}
