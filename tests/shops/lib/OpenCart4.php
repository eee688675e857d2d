<?php

declare(strict_types=1);

namespace Shops;

use CURLFile;
use RuntimeException;
use Story\Browser;
use Story\Page;
use Story\SettingsApp;

/** OpenCart 4.0.2.3 to 4.1.0.4. The owner's page of an order changed between 4.0 and 4.1: `isOld()` tells them apart. */
final class OpenCart4 extends OpenCart
{
    protected const METHOD = '.';
    private const CODE = 'orderbridge';

    private string $name = '';

    public static function package(): string
    {
        return 'orderbridge.ocmod.zip';
    }

    public function signIn(): string
    {
        $page = $this->admin->open("/$this->folder/index.php?route=common/login");
        if (preg_match('/login_token=(\w+)/', $page->body, $match) !== 1) {
            throw self::unexpected($page);
        }
        $this->keepToken($this->admin->post(
            "/$this->folder/index.php?route=common/login.login&login_token=$match[1]",
            http_build_query(['username' => $this->login, 'password' => $this->password]),
        ));

        return $this->name = $this->version($this->admin->open($this->dashboard()));
    }

    public function upload(string $zip): void
    {
        $answer = self::json($this->admin->upload(
            $this->route('marketplace/installer.upload'),
            ['file' => new CURLFile($zip, 'application/zip', self::package())],
        ));
        if (!isset($answer['success'])) {
            throw new RuntimeException(self::words($answer));
        }
        $this->follow($this->admin->open($this->link('install')));
    }

    public function activate(): void
    {
        $this->done($this->admin->open(
            $this->route('extension/module.install', 'extension=' . self::CODE . '&code=' . self::CODE),
        ));
    }

    /** This installer takes no version over another: the module goes, its data stay, the module comes. */
    public function update(string $zip, SettingsApp $app): void
    {
        $app->ask('preferences.save', ['preferences' => ['keep_data_on_uninstall' => true]]);
        $this->deactivate();
        $this->remove();
        $this->upload($zip);
        $this->activate();
        $app->ask('preferences.save', ['preferences' => ['keep_data_on_uninstall' => false]]);
    }

    public function settingsPage(): string
    {
        return $this->route('extension/orderbridge/module/orderbridge');
    }

    public function buy(string $way, Person $person, Basket $basket = new Basket()): Bought
    {
        $buyer = $this->browser();
        $way === 'customer' && $this->register($buyer, $person);
        $this->fill($buyer, $basket);
        $checkout = $buyer->open('/index.php?route=checkout/checkout');
        $place = $this->place($buyer, $checkout);
        $way === 'customer' ? $this->addresses($buyer, $person, $place) : $this->guest($buyer, $person, $place);
        $shipping = $this->done($buyer->open('/index.php?route=checkout/shipping_method.quote'));
        $method = self::quotes($shipping['shipping_methods'])[0]['code'];
        $this->done($buyer->post('/index.php?route=checkout/shipping_method.save', "shipping_method=$method"));
        $payment = $this->done($buyer->open('/index.php?route=checkout/payment_method.getMethods'));
        $method = self::options($payment['payment_methods'])[0]['code'];
        $this->done($buyer->post('/index.php?route=checkout/payment_method.save', "payment_method=$method&agree=1"));

        return $this->confirm($buyer, $buyer->open('/index.php?route=checkout/confirm.confirm'), $person);
    }

    public function create(Person $person): Bought
    {
        return new Bought($this->isOld() ? $this->enter($person) : $this->write($person), $person);
    }

    public function edit(string $id): void
    {
        $product = $this->goods(2)[1];
        if ($this->isOld()) {
            $status = $this->see($id)->status;
            $this->admin->open($this->route('sale/order.info', "order_id=$id"));
            $this->call('sale/cart.add', ['product_id' => $product, 'quantity' => 1]);
            $this->methods();
            $this->call('sale/order.confirm', ['order_status_id' => $status]);

            return;
        }
        $page = $this->admin->open($this->route('sale/order.info', "order_id=$id"));
        $fields = $page->fields("//*[@id='form-cart' or @id='form-customer' or @id='form-comment'"
            . " or starts-with(@id, 'form-shipping') or starts-with(@id, 'form-payment')]");
        $last = count(preg_grep('/^product\[\d+\]\[product_id\]$/', array_keys($fields)) ?: []);
        $more = ["product[$last][product_id]" => $product, "product[$last][quantity]" => '1'];
        $this->call('confirm', [...$fields, ...$more, 'order_id' => $id]);
    }

    public function setStatus(string $id, string $status): void
    {
        $this->call(
            $this->isOld() ? 'sale/order.addHistory' : 'history_add',
            ['order_id' => $id, 'order_status_id' => $status, 'comment' => '', 'notify' => 0, 'override' => 0],
            "order_id=$id",
        );
    }

    public function delete(string $id): void
    {
        $this->isOld()
            ? $this->call('sale/order.delete', ['selected' => [$id]])
            : $this->done($this->admin->post($this->route('sale/order.delete'), "selected[]=$id"));
    }

    public function deactivate(): void
    {
        $this->done($this->admin->open(
            $this->route('extension/module.uninstall', 'extension=' . self::CODE . '&code=' . self::CODE),
        ));
    }

    public function remove(): void
    {
        $this->follow($this->admin->open($this->link('uninstall')));
        $this->done($this->admin->open($this->link('delete')));
    }

    protected function totalPath(): string
    {
        return "//tbody[starts-with(@id, 'order-total')]/tr[last()]/td[last()]";
    }

    protected function zonesRoute(): string
    {
        return 'localisation/country';
    }

    protected function orderOf(Person $person): string
    {
        $list = $this->admin->open($this->route('sale/order.list', 'sort=o.order_id&order=DESC'));

        return $this->newest($list, $person);
    }

    private function isOld(): bool
    {
        return str_contains($this->name, ' 4.0.');
    }

    /** @return string the address behind a button of the installer's list, in our row */
    private function link(string $button): string
    {
        $list = $this->admin->open($this->route('marketplace/installer.list', 'sort=date_added&order=DESC'));
        $row = "//tr[contains(translate(., 'ORDERBIG', 'orderbig'), 'orderbridge')]";

        return $list->text("$row//a[contains(@href, 'installer.$button')]/@href")
            ?? throw new RuntimeException("the installer's list has no button «{$button}» for us");
    }

    private function register(Browser $buyer, Person $person): void
    {
        $page = $buyer->open('/index.php?route=account/register');
        if (preg_match('/register_token=(\w+)/', $page->body, $match) !== 1) {
            throw self::unexpected($page);
        }
        $password = ['password' => Person::PASSWORD, 'confirm' => Person::PASSWORD, 'agree' => '1'];
        $this->done($buyer->post(
            "/index.php?route=account/register.register&register_token=$match[1]",
            http_build_query([...self::person($person), ...$password]),
        ));
    }

    /** @param array{country: string, zone: string} $place */
    private function guest(Browser $buyer, Person $person, array $place): void
    {
        $this->done($buyer->post('/index.php?route=checkout/register.save', http_build_query([
            'account' => '0',
            ...self::person($person),
            'address_match' => '1',
            'agree' => '1',
            ...self::address($person, $place, 'payment_'),
            ...self::address($person, $place, 'shipping_'),
            // With the payment's address switched off only the shipping's is asked for.
            'address_match' => '0',
        ])));
    }

    /** @param array{country: string, zone: string} $place */
    private function addresses(Browser $buyer, Person $person, array $place): void
    {
        foreach (['shipping', 'payment'] as $kind) {
            $page = $buyer->post("/index.php?route=checkout/{$kind}_address.save", http_build_query([
                ...self::address($person, $place),
                ...self::address($person, $place, "{$kind}_"),
                "{$kind}_existing" => '0',
            ]));
            // The payment's address may be switched off, and then there is nothing to save it in.
            $kind === 'shipping' ? $this->done($page) : $page;
        }
    }

    /** An order by the owner in 4.1: one request with the whole form. */
    private function write(Person $person): string
    {
        $place = $this->place($this->admin, $this->admin->open($this->route('sale/order.info')));
        $form = [
            'customer_id' => '0',
            ...self::person($person),
            ...self::address($person, $place, 'payment_'),
            ...self::address($person, $place, 'shipping_'),
            'product[0][product_id]' => $this->goods(1)[0],
            'product[0][quantity]' => '2',
        ];
        $quote = self::quotes($this->call('shipping_methods', $form)['shipping_methods'])[0];
        foreach (['name', 'code', 'cost', 'tax_class_id'] as $key) {
            $form["shipping_method[$key]"] = (string) $quote[$key];
        }
        $payment = self::options($this->call('payment_methods', $form)['payment_methods'])[0];
        foreach (['name', 'code'] as $key) {
            $form["payment_method[$key]"] = (string) $payment[$key];
        }

        return (string) $this->call('confirm', [...$form, 'order_id' => '0'])['order_id'];
    }

    /** The same in 4.0: piece by piece into a session. */
    private function enter(Person $person): string
    {
        $page = $this->admin->open($this->route('sale/order.info'));
        $place = $this->place($this->admin, $page);
        $this->call('sale/customer', ['customer_id' => '0', ...self::person($person)]);
        $this->call('sale/cart.add', ['product_id' => $this->goods(1)[0], 'quantity' => 2]);
        foreach (['payment', 'shipping'] as $kind) {
            $address = [...self::address($person, $place), "{$kind}_address_id" => '0', 'address_id' => '0'];
            $this->call("sale/{$kind}_address", $address);
        }
        $this->methods();

        return (string) $this->call('sale/order.confirm', [])['order_id'];
    }

    private function methods(): void
    {
        $quote = self::quotes($this->call('sale/shipping_method', [])['shipping_methods'])[0];
        $this->call('sale/shipping_method.save', ['shipping_method' => $quote['code']]);
        $option = self::options($this->call('sale/payment_method', [])['payment_methods'])[0];
        $this->call('sale/payment_method.save', ['payment_method' => $option['code']]);
    }

    /**
     * @param array<string, mixed> $fields
     * @return array<string, mixed>
     */
    private function call(string $what, array $fields, string $query = ''): array
    {
        $name = $this->isOld() ? 'action' : 'call';
        $route = $this->route('sale/order.call', "$name=$what&store_id=0" . ($query === '' ? '' : "&$query"));

        return $this->done($this->admin->post($route, http_build_query($fields)));
    }

    /** @return array<string, mixed> the answer; throws when it is an error */
    private function done(Page $page): array
    {
        $answer = self::json($page);
        if (isset($answer['error'])) {
            throw new RuntimeException(self::words((array) $answer['error']));
        }

        return $answer;
    }

    /**
     * @param array<string, array<string, mixed>> $methods
     * @return list<array<string, mixed>>
     */
    private static function quotes(array $methods): array
    {
        return array_merge(...array_map(array_values(...), array_column($methods, 'quote')));
    }

    /**
     * @param array<string, array<string, mixed>> $methods
     * @return list<array<string, mixed>>
     */
    private static function options(array $methods): array
    {
        return array_merge(...array_map(array_values(...), array_column($methods, 'option')));
    }
}
