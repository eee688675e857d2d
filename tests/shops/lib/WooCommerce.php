<?php

declare(strict_types=1);

namespace Shops;

use CURLFile;
use RuntimeException;
use Story\Browser;
use Story\Page;

/** WooCommerce 9 to 11: orders in tables of their own or in posts, the checkout of blocks and the classic one. */
final class WooCommerce extends Cms
{
    private const PLUGIN = 'orderbridge/orderbridge.php';
    /** Ways to pay that want no page of somebody else's. */
    private const PAYMENTS = ['cod', 'bacs', 'cheque'];

    /** Whether orders have tables of their own. */
    private bool $tables = true;
    private string $activation = '';
    private ?int $classicPage = null;

    public static function adminFolder(): string
    {
        return 'wp-admin';
    }

    public static function package(): string
    {
        return 'orderbridge.zip';
    }

    public function signIn(): string
    {
        $this->enter($this->admin, $this->login, $this->password);
        $plugins = $this->admin->open("/$this->folder/plugins.php");
        $about = (string) $plugins->text("//tr[@data-slug='woocommerce'][1]//*[contains(@class, 'plugin-version')]");
        preg_match('/\d[\d.]*\d/', $about, $woo) === 1 || throw self::unexpected($plugins);
        preg_match('/\d[\d.]*\d/', (string) $plugins->text("//*[@id='footer-upgrade']"), $press);
        $list = $this->admin->open("/$this->folder/edit.php?post_type=shop_order");
        $this->tables = str_contains($list->url, 'page=wc-orders');

        return "WooCommerce $woo[0], WordPress " . ($press[0] ?? '?') . ', ' . ($this->tables ? 'HPOS' : 'posts');
    }

    public function upload(string $zip): void
    {
        $form = $this->admin->open("/$this->folder/plugin-install.php?tab=upload");
        $done = $this->admin->upload("/$this->folder/update.php?action=upload-plugin", [
            '_wpnonce' => $form->fields("//form[contains(@class, 'wp-upload-form')]")['_wpnonce'] ?? '',
            'pluginzip' => new CURLFile($zip, 'application/zip', self::package()),
        ]);
        $link = $done->text("//a[contains(@href, 'plugins.php?action=activate')]/@href");
        $this->activation = "/$this->folder/" . ($link ?? throw self::unexpected($done));
    }

    public function activate(): void
    {
        $page = $this->admin->open($this->activation);
        $page->text("//a[contains(@href, 'action=deactivate') and contains(@href, 'orderbridge')]")
            ?? throw self::unexpected($page);
    }

    public function settingsPage(): string
    {
        return "/$this->folder/admin.php?page=orderbridge";
    }

    public function ways(): array
    {
        return ['guest', 'customer', 'block'];
    }

    public function buy(string $way, Person $person): Bought
    {
        $buyer = $this->browser();
        if ($way === 'block') {
            return $this->buyByBlocks($buyer, $person);
        }
        if ($way === 'customer') {
            $this->enlist($person);
            $this->enter($buyer, $person->email, Person::PASSWORD);
        }
        $buyer->open("/?add-to-cart={$this->goods(1)[0]}&quantity=1");
        $page = $buyer->open("/?page_id={$this->classic()}");
        $form = $page->fields("//form[@name='checkout']");
        isset($form['woocommerce-process-checkout-nonce']) || throw self::unexpected($page);
        $done = $buyer->post('/?wc-ajax=checkout', http_build_query([
            ...$form,
            ...self::address($person, $this->place($page), 'billing_'),
            'billing_email' => $person->email,
            'payment_method' => $this->payment($page->texts("//input[@name='payment_method']/@value")),
            'terms' => '1',
        ]));
        $answer = self::json($done);
        ($answer['result'] ?? '') === 'success' || throw new RuntimeException(self::words($answer));

        return new Bought((string) $answer['order_id'], $person, $buyer->seconds());
    }

    public function create(Person $person): Bought
    {
        $new = $this->tables ? 'admin.php?page=wc-orders&action=new' : 'post-new.php?post_type=shop_order';
        $page = $this->admin->open("/$this->folder/$new");
        $form = $page->fields("//form[@id='order' or @id='post']");
        $id = $form['post_ID'] ?? throw self::unexpected($page);
        $items = $this->add($page, $id, $this->goods(1)[0], 2);
        $this->save($page, [
            ...$form,
            ...$items,
            ...self::address($person, $this->place($page), '_billing_'),
            '_billing_email' => $person->email,
            'order_status' => 'wc-processing',
        ]);

        return new Bought($id, $person);
    }

    public function edit(string $id): void
    {
        $this->add($this->admin->open($this->order($id)), $id, $this->goods(2)[1], 1);
    }

    public function setStatus(string $id, string $status): void
    {
        $page = $this->admin->open($this->order($id));
        $form = $page->fields("//form[@id='order' or @id='post']");
        $this->save($page, [...$form, 'order_status' => 'wc-' . $status]);
    }

    public function see(string $id): Seen
    {
        $page = $this->admin->open($this->order($id));
        $status = $page->text("//select[@id='order_status']/option[@selected]/@value") ?? throw self::unexpected($page);

        return new Seen(
            (string) preg_replace('/^wc-/', '', $status),
            (string) $page->text("(//table[contains(@class, 'wc-order-totals')])[1]//tr[last()]/td[last()]"),
            $page->texts("//ul[contains(@class, 'order_notes')]//*[contains(@class, 'note_content')]"),
        );
    }

    public function deactivate(): void
    {
        $page = $this->admin->open("/$this->folder/plugins.php");
        $link = $page->text("//a[contains(@href, 'action=deactivate') and contains(@href, 'orderbridge')]/@href");
        $this->admin->open("/$this->folder/" . ($link ?? throw self::unexpected($page)));
    }

    public function remove(): void
    {
        $page = $this->admin->open("/$this->folder/plugins.php");
        $answer = $this->ajax([
            'action' => 'delete-plugin',
            'slug' => 'orderbridge',
            'plugin' => self::PLUGIN,
            '_ajax_nonce' => $this->nonce($page, 'ajax_nonce'),
        ]);
        ($answer['success'] ?? false) === true || throw new RuntimeException(self::words($answer));
    }

    public function tidy(): void
    {
        if ($this->classicPage !== null) {
            $this->rest("/wp/v2/pages/$this->classicPage", ['force' => true], 'DELETE');
        }
    }

    /** Signs somebody in: the owner, or a customer. */
    private function enter(Browser $browser, string $name, string $password): void
    {
        $browser->open('/wp-login.php');
        $page = $browser->post('/wp-login.php', http_build_query(
            ['log' => $name, 'pwd' => $password, 'wp-submit' => 'Log In', 'testcookie' => '1'],
        ));
        str_contains($page->url, 'wp-login.php') && throw self::unexpected($page);
    }

    /** The owner makes an account for a customer: not every shop lets them do it by themselves. */
    private function enlist(Person $person): void
    {
        $page = $this->admin->open("/$this->folder/user-new.php");
        $done = $this->admin->post("/$this->folder/user-new.php", http_build_query([
            ...$page->fields("//form[@id='createuser']"),
            'user_login' => $person->email,
            'email' => $person->email,
            'first_name' => $person->firstName,
            'last_name' => $person->lastName,
            'pass1' => Person::PASSWORD,
            'pass2' => Person::PASSWORD,
            'pw_weak' => 'on',
            'role' => 'customer',
            'createuser' => 'Add User',
        ]));
        str_contains($done->url, 'users.php') || throw self::unexpected($done);
    }

    private function buyByBlocks(Browser $buyer, Person $person): Bought
    {
        $api = '/index.php?rest_route=/wc/store/v1/';
        $cart = $buyer->open("{$api}cart");
        $headers = ['Content-Type: application/json', 'Nonce: ' . ($cart->headers['nonce'] ?? '')];
        $send = static function (string $to, array $data) use ($buyer, $api, $headers): array {
            $answer = self::json($buyer->post($api . $to, (string) json_encode($data), $headers));
            isset($answer['code'], $answer['message']) && throw new RuntimeException(self::words($answer));

            return $answer;
        };
        $filled = $send('cart/add-item', ['id' => (int) $this->goods(1)[0], 'quantity' => 1]);
        $buyer->open("/?page_id={$this->classic()}");
        $billing = self::address($person, $this->place($buyer->open("/?page_id={$this->classic()}")), '');
        $billing['email'] = $person->email;
        $shipping = array_diff_key($billing, ['email' => '']);
        $send('cart/update-customer', ['billing_address' => $billing, 'shipping_address' => $shipping]);
        $done = $send('checkout', [
            'billing_address' => $billing,
            'shipping_address' => $shipping,
            'payment_method' => $this->payment($filled['payment_methods']),
        ]);

        return new Bought((string) $done['order_id'], $person, $buyer->seconds());
    }

    /**
     * Adds a line in the admin and counts anew, as its two buttons do.
     *
     * @return array<string, string> the fields of all lines
     */
    private function add(Page $page, string $order, string $product, int $quantity): array
    {
        $added = $this->ajax([
            'action' => 'woocommerce_add_order_item',
            'order_id' => $order,
            'security' => $this->nonce($page, 'order_item_nonce'),
            'data' => [['id' => $product, 'qty' => $quantity]],
        ]);
        ($added['success'] ?? false) === true || throw new RuntimeException(self::words($added));
        $lines = static fn (string $html): array => (new Page(200, '', "<div id=\"lines\">$html</div>"))->fields("//*[@id='lines']");
        $place = $this->place($page);
        $counted = $this->admin->post("/$this->folder/admin-ajax.php", http_build_query([
            'action' => 'woocommerce_calc_line_taxes',
            'order_id' => $order,
            'country' => $place['country'],
            'state' => $place['state'],
            'postcode' => '',
            'city' => '',
            'items' => http_build_query($lines((string) $added['data']['html'])),
            'security' => $this->nonce($page, 'calc_totals_nonce'),
        ]));
        str_contains($counted->body, 'order_item_id') || throw self::unexpected($counted);

        return $lines($counted->body);
    }

    /** @param array<string, mixed> $form of the order's page */
    private function save(Page $page, array $form): void
    {
        $action = (string) $page->text("//form[@id='order' or @id='post']/@action");
        $done = $this->admin->post(
            str_starts_with($action, 'http') ? $action : "/$this->folder/$action",
            http_build_query([...$form, 'save' => 'Update']),
        );
        $done->text("//select[@id='order_status']") ?? throw self::unexpected($done);
    }

    private function order(string $id): string
    {
        $page = $this->tables ? "admin.php?page=wc-orders&action=edit&id=$id" : "post.php?post=$id&action=edit";

        return "/$this->folder/$page";
    }

    /** @return list<string> so many products that need no choice; the one that was named comes first */
    private function goods(int $count): array
    {
        $list = self::json($this->browser()->open(
            '/index.php?rest_route=/wc/store/v1/products&type=simple&stock_status[]=instock&per_page=50',
        ));
        $sold = array_filter($list, static fn (array $product): bool => $product['is_purchasable'] && !$product['has_options']);
        $named = $this->product === '' ? [] : [$this->product];
        $goods = array_values(array_unique([...$named, ...array_map(strval(...), array_column($sold, 'id'))]));
        $goods === [] && throw new RuntimeException('no simple product is on sale');

        // A shop with one product sells another piece of it.
        return array_pad($goods, $count, $goods[0]);
    }

    /** @param list<string> $offered */
    private function payment(array $offered): string
    {
        return array_values(array_intersect(self::PAYMENTS, $offered))[0]
            ?? throw new RuntimeException('none of these ways to pay is on: ' . implode(', ', self::PAYMENTS));
    }

    /** @return array{country: string, state: string} where the page's form thinks that people live */
    private function place(Page $page): array
    {
        $fields = $page->fields("//form[@name='checkout' or @id='order' or @id='post']");
        $state = $page->text("//select[@id='billing_state']/option[@value!=''][1]/@value");

        return [
            'country' => ($fields['billing_country'] ?? '') ?: (($fields['_billing_country'] ?? '') ?: 'RU'),
            'state' => $state ?? 'Москва',
        ];
    }

    /**
     * @param array{country: string, state: string} $place
     * @return array<string, string>
     */
    private static function address(Person $person, array $place, string $prefix): array
    {
        return [
            "{$prefix}first_name" => $person->firstName,
            "{$prefix}last_name" => $person->lastName,
            "{$prefix}company" => '',
            "{$prefix}address_1" => $person->street,
            "{$prefix}address_2" => '',
            "{$prefix}city" => $person->city,
            "{$prefix}state" => $place['state'],
            "{$prefix}postcode" => $person->postcode,
            "{$prefix}country" => $place['country'],
            "{$prefix}phone" => $person->phone,
        ];
    }

    /** @return int a page with the classic checkout; most shops have the other one, so it is made and taken away again */
    private function classic(): int
    {
        return $this->classicPage ??= (int) $this->rest('/wp/v2/pages', [
            'title' => 'Orderbridge try',
            'content' => '[woocommerce_checkout]',
            'status' => 'publish',
        ])['id'];
    }

    /**
     * @param array<string, mixed> $data
     * @return array<string, mixed>
     */
    private function rest(string $route, array $data, string $method = 'POST'): array
    {
        $nonce = trim($this->admin->open("/$this->folder/admin-ajax.php?action=rest-nonce")->body);
        $headers = ['Content-Type: application/json', "X-WP-Nonce: $nonce", "X-HTTP-Method-Override: $method"];
        $answer = self::json($this->admin->post("/index.php?rest_route=$route", (string) json_encode($data), $headers));
        isset($answer['code'], $answer['message']) && throw new RuntimeException(self::words($answer));

        return $answer;
    }

    /**
     * @param array<string, mixed> $fields
     * @return array<string, mixed>
     */
    private function ajax(array $fields): array
    {
        return self::json($this->admin->post("/$this->folder/admin-ajax.php", http_build_query($fields)));
    }

    private function nonce(Page $page, string $name): string
    {
        preg_match('/"' . $name . '":"(\w+)"/', $page->body, $match) === 1 || throw self::unexpected($page);

        return $match[1];
    }
}
