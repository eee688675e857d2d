<?php

declare(strict_types=1);

namespace Shops;

use RuntimeException;
use Story\Browser;
use Story\Page;
use Story\SettingsApp;

/**
 * A shop as its people use it: buyers, and the owner in its admin. A driver knows the public addresses, the fields of
 * forms and the routes of the admin; nothing of what is behind them.
 */
abstract class Cms
{
    /** The admin may take long: it installs, and it mails. */
    protected const PATIENCE = 90;

    public readonly Browser $admin;

    public function __construct(
        public readonly string $url,
        protected readonly string $login,
        protected readonly string $password,
        protected readonly string $folder,
        protected readonly string $product,
    ) {
        $this->admin = $this->browser();
    }

    /** @return string the folder of the admin, when the owner does not say otherwise */
    abstract public static function adminFolder(): string;

    /** @return string the package that `pack` makes, below dist/ */
    abstract public static function package(): string;

    /** @return string which CMS it is and which version, as the admin says */
    abstract public function signIn(): string;

    /** Takes the zip as an owner hands it over: to the CMS's own uploader. */
    abstract public function upload(string $zip): void;

    abstract public function activate(): void;

    /** Puts another version in place of the one that is there, as this CMS does it. */
    public function update(string $zip, SettingsApp $app): void
    {
        $this->upload($zip);
    }

    /** @return string address of the page that mounts the settings app */
    abstract public function settingsPage(): string;

    /** @return string address of the admin's first page, with its menu */
    abstract public function dashboard(): string;

    /** @return list<string> the ways to buy: `guest`, `customer`, and what else this shop has */
    abstract public function ways(): array;

    abstract public function buy(string $way, Person $person, Basket $basket = new Basket()): Bought;

    /** The owner enters an order that came by phone. */
    abstract public function create(Person $person): Bought;

    /** The owner adds one more piece to the order. */
    abstract public function edit(string $id): void;

    abstract public function setStatus(string $id, string $status): void;

    /** Deletes it, or puts it where deleted orders are kept. */
    abstract public function delete(string $id): void;

    abstract public function see(string $id): Seen;

    /** @return string the code of a coupon that takes some per cent off: the owner has made it */
    abstract public function coupon(): string;

    /** A product on sale that wants a choice. */
    abstract public function choice(): Choice;

    /** @return string|null what went back of an order of two pieces; null where the shop has only a status for it */
    abstract public function refund(string $id): ?string;

    abstract public function deactivate(): void;

    /** Takes its files away, too. */
    abstract public function remove(): void;

    /** Takes away what the test itself put into the shop, orders aside. */
    public function tidy(): void
    {
    }

    protected function browser(): Browser
    {
        return new Browser($this->url, self::PATIENCE);
    }

    /** @return array<string, mixed> */
    public static function json(Page $page): array
    {
        $answer = json_decode($page->body, true);
        if (!is_array($answer)) {
            throw self::unexpected($page);
        }

        return $answer;
    }

    public static function unexpected(Page $page): RuntimeException
    {
        $words = (string) preg_replace(
            ['~<(script|style)\b.*?</\1>~is', '/<[^>]*>/', '/\s+/u'],
            ['', ' ', ' '],
            $page->body,
        );
        $where = (string) preg_replace('/(token|nonce)=\w+/', '$1=…', $page->url);

        return new RuntimeException("$where, $page->status: " . mb_substr(trim($words), 0, 300));
    }

    /** @param array<int|string, mixed> $answer */
    public static function words(array $answer): string
    {
        return strip_tags(html_entity_decode((string) json_encode($answer, JSON_UNESCAPED_UNICODE)));
    }
}
