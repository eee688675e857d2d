<?php

declare(strict_types=1);

namespace Shops;

use CURLFile;
use RuntimeException;
use Story\Browser;
use Story\Page;
use Story\SettingsApp;

/** WooCommerce 9 to 11: orders in tables of their own or in posts, the checkout of blocks and the classic one. */
final class WooCommerce extends Cms
{
    private const PLUGIN = 'orderbridge/orderbridge.php';

    /** Whether orders have tables of their own. */
    private bool $tables = true;
    private string $activation = '';
    private ?WooWares $wares = null;

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
        $done = $this->hand($zip);
        $link = $done->text("//a[contains(@href, 'plugins.php?action=activate')]/@href");
        $this->activation = "/$this->folder/" . ($link ?? throw self::unexpected($done));
    }

    /** WordPress asks whether it shall take the place of the one that is there. */
    public function update(string $zip, SettingsApp $app): void
    {
        $asked = $this->hand($zip);
        $yes = $asked->text("//a[contains(@href, 'overwrite=update-plugin')]/@href") ?? throw self::unexpected($asked);
        $done = $this->admin->open("/$this->folder/$yes");
        str_contains($done->body, 'plugins.php') || throw self::unexpected($done);
    }

    private function hand(string $zip): Page
    {
        $form = $this->admin->open("/$this->folder/plugin-install.php?tab=upload");

        return $this->admin->upload("/$this->folder/update.php?action=upload-plugin", [
            '_wpnonce' => $form->fields("//form[contains(@class, 'wp-upload-form')]")['_wpnonce'] ?? '',
            'pluginzip' => new CURLFile($zip, 'application/zip', self::package()),
        ]);
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

    public function dashboard(): string
    {
        return "/$this->folder/index.php";
    }

    public function ways(): array
    {
        return ['guest', 'customer', 'block'];
    }

    public function buy(string $way, Person $person, Basket $basket = new Basket()): Bought
    {
        $buyer = $this->browser();
        $checkout = new WooCheckout($buyer, $this->goods(1)[0], $this->wares()->classicPage(), $basket);
        if ($way === 'block') {
            return $checkout->blocks($person);
        }
        if ($way === 'customer') {
            $this->enlist($person);
            $this->enter($buyer, $person->email, Person::PASSWORD);
        }
        return $checkout->classic($person);
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
            ...WooCheckout::address($person, WooCheckout::place($page), '_billing_'),
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

    public function delete(string $id): void
    {
        $page = $this->admin->open($this->order($id));
        $link = $page->text("//a[contains(@class, 'submitdelete')]/@href") ?? throw self::unexpected($page);
        $this->admin->open(str_starts_with($link, 'http') ? $link : "/$this->folder/$link");
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

    public function coupon(): string
    {
        return $this->wares()->coupon();
    }

    public function choice(): Choice
    {
        return $this->wares()->choice();
    }

    public function refund(string $id): ?string
    {
        return $this->wares()->refund($id);
    }

    public function tidy(): void
    {
        $this->wares()->away();
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
        $lines = static fn (string $html): array => (new Page(200, '', "<div>$html</div>"))->fields('//body/div');
        $place = WooCheckout::place($page);
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
        $sold = array_filter($list, static fn (array $one): bool => $one['is_purchasable'] && !$one['has_options']);
        $named = $this->product === '' ? [] : [$this->product];
        $goods = array_values(array_unique([...$named, ...array_map(strval(...), array_column($sold, 'id'))]));
        $goods === [] && throw new RuntimeException('no simple product is on sale');

        // A shop with one product sells another piece of it.
        return array_pad($goods, $count, $goods[0]);
    }

    private function wares(): WooWares
    {
        return $this->wares ??= new WooWares(new WooRest($this->admin, $this->folder));
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
