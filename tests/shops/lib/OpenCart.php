<?php

declare(strict_types=1);

namespace Shops;

use Generator;
use RuntimeException;
use Story\Browser;
use Story\Page;

/** What the pages of OpenCart 3 and 4 have in common. */
abstract class OpenCart extends Cms
{
    /** Before a route's method: a dot in 4, a slash in 3. */
    protected const METHOD = '/';

    protected string $token = '';
    /** @var list<string> */
    private array $goods = [];
    private ?Generator $offers = null;
    private ?OpenCartWares $wares = null;

    public static function adminFolder(): string
    {
        return 'admin';
    }

    public function dashboard(): string
    {
        return $this->route('common/dashboard');
    }

    public function ways(): array
    {
        return ['guest', 'customer'];
    }

    public function see(string $id): Seen
    {
        $order = $this->admin->open($this->route('sale/order' . $this->infoMethod(), "order_id=$id"));
        $history = $this->admin->open($this->route('sale/order' . static::METHOD . 'history', "order_id=$id"));
        $status = $order->text("//select[@id='input-order-status']/option[@selected]/@value");
        if ($status === null) {
            throw self::unexpected($order);
        }

        return new Seen($status, (string) $order->text($this->totalPath()), $history->texts('//tbody/tr'));
    }

    /** @return string the XPath of the printed total, the last of the sums */
    abstract protected function totalPath(): string;

    protected function infoMethod(): string
    {
        return static::METHOD . 'info';
    }

    protected function route(string $route, string $query = ''): string
    {
        return "/$this->folder/index.php?route=$route&user_token=$this->token" . ($query === '' ? '' : "&$query");
    }

    protected function keepToken(Page $page): void
    {
        $seen = $page->url . "\n" . stripslashes($page->body);
        if (preg_match('/user_token=(\w{20,})/', $seen, $match) !== 1) {
            throw self::unexpected($page);
        }
        $this->token = $match[1];
    }

    protected function version(Page $page): string
    {
        $footer = (string) $page->text("//*[@id='footer']");
        $name = str_contains($page->body, 'ocStore') ? 'ocStore' : 'OpenCart';

        return preg_match('/\d+(\.\d+){2,}/', $footer, $match) === 1 ? "$name $match[0]" : $name;
    }

    /** The installer goes by steps: each answer names the next. */
    protected function follow(Page $page): void
    {
        $answer = self::json($page);
        while (isset($answer['next'])) {
            $answer = self::json($this->admin->open(html_entity_decode((string) $answer['next'])));
        }
        if (isset($answer['error'])) {
            throw new RuntimeException(self::words($answer));
        }
    }

    /** Puts it into the basket, and the coupon into its field. */
    protected function fill(Browser $buyer, Basket $basket): void
    {
        $choice = $basket->choice;
        $this->add($buyer, $choice?->product ?? $this->goods(1)[0], $basket->quantity, $choice?->fields ?? []);
        if ($basket->coupon === '') {
            return;
        }
        $page = $buyer->open('/index.php?route=checkout/cart');
        if (preg_match('~route=(extension/[\w/]*/coupon[./](?:save|coupon))~', $page->body, $match) !== 1) {
            throw self::unexpected($page);
        }
        $answer = self::json($buyer->post("/index.php?route=$match[1]", "coupon=$basket->coupon"));
        isset($answer['error']) && throw new RuntimeException(self::words($answer));
    }

    public function coupon(): string
    {
        return $this->wares()->coupon();
    }

    public function choice(): Choice
    {
        foreach ($this->onSale() as $product) {
            $choice = $this->wares()->choiceOf($this->browser(), $product);
            if ($choice !== null && $this->sells($product, $choice->fields)) {
                return $choice;
            }
        }

        throw new RuntimeException('no product on sale has one list to choose from');
    }

    /** OpenCart counts no money that goes back: the order gets the status. */
    public function refund(string $id): ?string
    {
        $page = $this->admin->open($this->route('sale/order' . $this->infoMethod(), "order_id=$id"));
        $options = "//select[@id='input-order-status']/option";
        $named = preg_grep('/refund|возмещ|возврат/iu', $page->texts($options)) ?: throw self::unexpected($page);
        $this->setStatus($id, $page->texts("$options/@value")[array_key_first($named)]);

        return null;
    }

    public function tidy(): void
    {
        $this->wares()->away();
    }

    private function wares(): OpenCartWares
    {
        return $this->wares ??= new OpenCartWares($this->admin, $this->route(...), static::METHOD);
    }

    /** @return list<string> so many products that can be bought as they are; the one that was named comes first */
    protected function goods(int $count): array
    {
        while (count($this->goods) < $count) {
            $this->offers ??= $this->onSale();
            $product = $this->offers->current() ?? throw new RuntimeException('too few goods: name one by --product');
            $this->offers->next();
            !in_array($product, $this->goods, true) && $this->sells($product) && $this->goods[] = $product;
        }

        return $this->goods;
    }

    /** @return Generator<string> the product that was named, then those of the front page and of the categories */
    private function onSale(): Generator
    {
        $this->product === '' || yield $this->product;
        $visitor = $this->browser();
        $front = $visitor->open('/index.php?route=common/home')->body;
        preg_match_all('/[?;&]path=([\d_]+)/', $front, $paths);
        foreach (['', ...array_unique($paths[1])] as $path) {
            $page = $path === '' ? $front : $visitor->open("/index.php?route=product/category&path=$path")->body;
            preg_match_all('/product_id=(\d+)/', $page, $found);
            yield from array_unique($found[1]);
        }
    }

    /**
     * Whether two of it need no other choice, are in stock and are sent by post: somebody comes to the question how.
     *
     * @param array<string, string> $fields what is chosen
     */
    private function sells(string $product, array $fields = []): bool
    {
        $buyer = $this->browser();
        if (!$this->add($buyer, $product, 2, $fields)) {
            return false;
        }
        $checkout = $buyer->open('/index.php?route=checkout/checkout');

        return !str_contains($checkout->url, 'checkout/cart')
            && $checkout->text("//*[contains(@id, 'shipping-method')]") !== null;
    }

    /** @param array<string, string> $fields what is chosen */
    private function add(Browser $buyer, string $product, int $quantity, array $fields): bool
    {
        $answer = self::json($buyer->post(
            '/index.php?route=checkout/cart' . static::METHOD . 'add',
            http_build_query(['product_id' => $product, 'quantity' => $quantity, ...$fields]),
        ));

        return isset($answer['success']);
    }

    /** @return array{country: string, zone: string} where the shop thinks that its buyers live */
    protected function place(Browser $buyer, Page $checkout): array
    {
        $country = (string) $checkout->text("//select[contains(@name, 'country_id')]/option[@selected]/@value");
        $country = $country !== '' ? $country : '176';
        $zones = self::json($buyer->open("/index.php?route={$this->zonesRoute()}&country_id=$country"))['zone'] ?? [];

        return ['country' => $country, 'zone' => (string) ($zones[0]['zone_id'] ?? '0')];
    }

    abstract protected function zonesRoute(): string;

    /** @return array<string, string> */
    protected static function person(Person $person): array
    {
        return [
            'customer_group_id' => '1',
            'firstname' => $person->firstName,
            'lastname' => $person->lastName,
            'email' => $person->email,
            'telephone' => $person->phone,
        ];
    }

    /** @return array<string, string> a form of an address */
    protected static function address(Person $person, array $place, string $prefix = ''): array
    {
        return [
            "{$prefix}firstname" => $person->firstName,
            "{$prefix}lastname" => $person->lastName,
            "{$prefix}company" => '',
            "{$prefix}address_1" => $person->street,
            "{$prefix}address_2" => '',
            "{$prefix}city" => $person->city,
            "{$prefix}postcode" => $person->postcode,
            "{$prefix}country_id" => $place['country'],
            "{$prefix}zone_id" => $place['zone'],
        ];
    }

    /** Presses the payment's button and finds the order in the admin's list by who bought. */
    protected function confirm(Browser $buyer, Page $last, Person $person): Bought
    {
        if (preg_match('~route=(extension/[\w/]*payment/\w+[./]confirm)~', $last->body, $match) !== 1) {
            throw self::unexpected($last);
        }
        $done = $buyer->open("/index.php?route=$match[1]");
        $seconds = $buyer->seconds();
        if ($done->status !== 200 || isset(json_decode($done->body, true)['error'])) {
            throw self::unexpected($done);
        }

        return new Bought($this->orderOf($person), $person, $seconds);
    }

    abstract protected function orderOf(Person $person): string;

    /** @return string the newest order of the list, if its buyer is this one */
    protected function newest(Page $list, Person $person): string
    {
        $row = "//tbody/tr[.//input[contains(@name, 'selected')]][contains(normalize-space(.), %s)]";
        $name = str_contains($person->lastName, "'") ? "\"$person->lastName\"" : "'$person->lastName'";
        $id = $list->text(sprintf($row, $name) . "//input[contains(@name, 'selected')]/@value");

        return $id ?? throw new RuntimeException("the admin's list has no order of $person->lastName");
    }
}
