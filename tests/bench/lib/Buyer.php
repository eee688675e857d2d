<?php

declare(strict_types=1);

namespace Bench;

use RuntimeException;
use Story\Browser;
use Story\Page;

/** Buys the same tea again and again through the shop's pages. */
final class Buyer
{
    private ?Page $product = null;
    /** @var list<string> orders that the module was told of, by the shop's inner ids */
    public array $orders = [];

    public function __construct(private readonly Browser $browser)
    {
    }

    /**
     * @param string $how for the shop's stopwatch
     * @return float seconds until the checkout was answered
     */
    public function buys(string $how): float
    {
        $this->product ??= $this->browser->open('/product/assam?bench=quiet');
        $this->browser->post('/basket?bench=quiet', http_build_query($this->product->form('/basket')));
        $checkout = $this->browser->open('/checkout?bench=quiet');
        $page = $this->browser->post("/checkout?bench=$how", http_build_query([
            ...$checkout->form('/checkout'),
            'last_name' => 'Петрова', 'first_name' => 'Анна', 'second_name' => 'Сергеевна',
            'phone' => '8 (999) 123-45-67', 'email' => 'anna@example.ru', 'address' => 'Москва, Тверская, 1',
            'action' => 'place',
        ]));
        if (preg_match('~/order/(\d+)\?~', $page->url, $match) !== 1) {
            $why = $page->text("//*[@role='alert']") ?? $page->url;
            throw new RuntimeException("the order was not placed: $why");
        }
        if ($how !== 'bare') {
            // Its number begins at 1001.
            $this->orders[] = (string) ((int) $match[1] - 1000);
        }

        return $this->browser->seconds();
    }
}
