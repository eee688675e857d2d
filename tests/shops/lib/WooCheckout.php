<?php

declare(strict_types=1);

namespace Shops;

use RuntimeException;
use Story\Browser;
use Story\Page;

/** The two checkouts of WooCommerce: the classic form, and the one of blocks with its Store API. */
final class WooCheckout
{
    /** Ways to pay that want no page of somebody else's. */
    private const PAYMENTS = ['cod', 'bacs', 'cheque'];

    public function __construct(
        private readonly Browser $buyer,
        private readonly string $product,
        private readonly int $classicPage,
        private readonly Basket $basket,
    ) {
    }

    public function classic(Person $person): Bought
    {
        $choice = $this->basket->choice;
        $this->buyer->open('/?' . http_build_query([
            'add-to-cart' => $choice?->product ?? $this->product,
            'quantity' => $this->basket->quantity,
            ...($choice?->fields ?? []),
        ]));
        $page = $this->buyer->open("/?page_id=$this->classicPage");
        if ($this->basket->coupon !== '') {
            preg_match('/"apply_coupon_nonce":"(\w+)"/', $page->body, $nonce) === 1 || throw Cms::unexpected($page);
            $coupon = ['security' => $nonce[1], 'coupon_code' => $this->basket->coupon];
            $this->buyer->post('/?wc-ajax=apply_coupon', http_build_query($coupon));
        }
        $form = $page->fields("//form[@name='checkout']");
        isset($form['woocommerce-process-checkout-nonce']) || throw Cms::unexpected($page);
        $done = $this->buyer->post('/?wc-ajax=checkout', http_build_query([
            ...$form,
            ...self::address($person, self::place($page), 'billing_'),
            'billing_email' => $person->email,
            'payment_method' => self::payment($page->texts("//input[@name='payment_method']/@value")),
            'terms' => '1',
        ]));
        $answer = Cms::json($done);
        ($answer['result'] ?? '') === 'success' || throw new RuntimeException(Cms::words($answer));

        return new Bought((string) $answer['order_id'], $person, $this->buyer->seconds());
    }

    public function blocks(Person $person): Bought
    {
        $api = '/index.php?rest_route=/wc/store/v1/';
        $cart = $this->buyer->open("{$api}cart");
        $headers = ['Content-Type: application/json', 'Nonce: ' . ($cart->headers['nonce'] ?? '')];
        $send = function (string $to, array $data) use ($api, $headers): array {
            $answer = Cms::json($this->buyer->post($api . $to, (string) json_encode($data), $headers));
            isset($answer['code'], $answer['message']) && throw new RuntimeException(Cms::words($answer));

            return $answer;
        };
        $choice = $this->basket->choice;
        $filled = $send('cart/add-item', [
            'id' => (int) ($choice?->fields['variation_id'] ?? $this->product),
            'quantity' => $this->basket->quantity,
            'variation' => $choice === null ? [] : [['attribute' => $choice->name, 'value' => $choice->value]],
        ]);
        $this->basket->coupon === '' || $send('cart/apply-coupon', ['code' => $this->basket->coupon]);
        $billing = self::address($person, self::place($this->buyer->open("/?page_id=$this->classicPage")), '');
        $billing['email'] = $person->email;
        $shipping = array_diff_key($billing, ['email' => '']);
        $send('cart/update-customer', ['billing_address' => $billing, 'shipping_address' => $shipping]);
        $done = $send('checkout', [
            'billing_address' => $billing,
            'shipping_address' => $shipping,
            'payment_method' => self::payment($filled['payment_methods']),
        ]);

        return new Bought((string) $done['order_id'], $person, $this->buyer->seconds());
    }

    /** @param list<string> $offered */
    private static function payment(array $offered): string
    {
        return array_values(array_intersect(self::PAYMENTS, $offered))[0]
            ?? throw new RuntimeException('none of these ways to pay is on: ' . implode(', ', self::PAYMENTS));
    }

    /** @return array{country: string, state: string} where the page's form thinks that people live */
    public static function place(Page $page): array
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
    public static function address(Person $person, array $place, string $prefix): array
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
}
