<?php

declare(strict_types=1);

namespace Shops;

use Closure;
use RuntimeException;
use Story\Browser;

/** What the owner of an OpenCart sees to for the test: a coupon, and that what has to be chosen is in stock. */
final class OpenCartWares
{
    private const STOCK = 100;

    private string $coupon = '';

    /**
     * @param Closure(string, string=): string $route an address of the admin
     * @param string $method what stands before a route's method: a dot in 4, a slash in 3
     */
    public function __construct(
        private readonly Browser $admin,
        private readonly Closure $route,
        private readonly string $method,
    ) {
    }

    public function coupon(): string
    {
        if ($this->coupon === '') {
            // Sorted to the list's first page; the oldest 3.0 takes ten characters at most.
            $code = 'zzz' . bin2hex(random_bytes(3));
            $form = [
                'coupon_id' => '0', 'name' => "Orderbridge $code", 'code' => $code, 'type' => 'P', 'discount' => '7.77',
                'total' => '0', 'logged' => '0', 'shipping' => '0', 'status' => '1',
                'date_start' => '2020-01-01', 'date_end' => '2099-12-31', 'uses_total' => '0', 'uses_customer' => '0',
            ];
            $save = 'marketing/coupon' . ($this->isFour() ? '.save' : '/add');
            $this->admin->post(($this->route)($save), http_build_query($form));
            $this->couponId($code) ?? throw new RuntimeException("no coupon $code in the admin's list");
            $this->coupon = $code;
        }

        return $this->coupon;
    }

    /** @return Choice|null null: it wants none, or more than one choice from one list */
    public function choiceOf(Browser $visitor, string $product): ?Choice
    {
        $page = $visitor->open("/index.php?route=product/product&product_id=$product");
        $asked = array_values(array_unique($page->texts("//*[starts-with(@name, 'option[')]/@name")));
        $select = "//select[@name='" . ($asked[0] ?? '') . "']";
        $values = $page->texts("$select/option[@value!='']/@value");
        if (count($asked) !== 1 || $values === []) {
            return null;
        }
        $this->restock($product);
        // The price is printed behind it.
        $value = explode(' (', (string) $page->text("($select/option)[last()]"))[0];

        return new Choice(
            $product,
            [$asked[0] => end($values)],
            (string) $page->text("$select/preceding::label[1]"),
            $value,
        );
    }

    public function away(): void
    {
        if ($this->coupon !== '') {
            $delete = ($this->route)("marketing/coupon{$this->method}delete");
            $this->admin->post($delete, 'selected[]=' . $this->couponId($this->coupon));
        }
    }

    /** Of the demo goods with options there are few, and each trial buys one. */
    private function restock(string $product): void
    {
        $form = 'catalog/product' . ($this->isFour() ? '.form' : '/edit');
        $page = $this->admin->open(($this->route)($form, "product_id=$product"));
        $fields = $page->fields("//form[@id='form-product']");
        foreach ($fields as $name => $value) {
            if (preg_match('/^quantity$|^product_option\[.*\[quantity\]$/', (string) $name) === 1) {
                $fields[$name] = (string) max((int) $value, self::STOCK);
            }
        }
        $save = $this->isFour() ? ($this->route)('catalog/product.save') : ($this->route)($form, "product_id=$product");
        $answer = $this->admin->post($save, http_build_query($fields));
        $refused = $this->isFour()
            ? Cms::json($answer)['error'] ?? []
            : $answer->texts("//form//*[contains(@class, 'text-danger') and parent::*[contains(@class, 'col-sm-')]]");
        if ($refused !== []) {
            throw new RuntimeException("the shop does not save product $product: " . Cms::words((array) $refused));
        }
    }

    private function couponId(string $code): ?string
    {
        $list = 'marketing/coupon' . ($this->isFour() ? '.list' : '');
        $page = $this->admin->open(($this->route)($list, 'sort=code&order=DESC'));

        return $page->text("//tr[contains(., '$code')]//input[contains(@name, 'selected')]/@value");
    }

    private function isFour(): bool
    {
        return $this->method === '.';
    }
}
