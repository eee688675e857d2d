<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

/**
 * Where the OpenCarts differ: one class each, in the version's own folder. Everything else of the adapter is the same
 * for all of them and asks here.
 */
interface Edition
{
    /** Route of the module's admin page, which is also the name of its right. */
    public function page(): string;

    /** Route of another of that page's methods. */
    public function action(string $method): string;

    /** Route of a public door in the catalog: inbound, health, tick, idle. */
    public function door(string $name): string;

    /** Route of one order in the admin. */
    public function orderPage(): string;

    /** The folder with the app: its path from the root of the host, ending with a slash. */
    public function assets(): string;

    /** The same on the disk. */
    public function assetFolder(): string;

    /** Code of the admin's language, such as `ru-ru`. */
    public function adminLanguage(object $config): string;

    /** Whether the shop talks to its database in three-byte UTF-8. */
    public function isNarrow(): bool;

    /** Whether a product's articles are in the table `product_code` rather than in a column. */
    public function hasProductCodes(): bool;

    /** Whether gift vouchers are bought in orders, in the table `order_voucher`. */
    public function hasVouchers(): bool;

    /**
     * Through the shop's own door for order statuses, in its catalog.
     *
     * @param array<string, mixed> $order row of the table `order`
     */
    public function writeHistory(
        object $registry,
        array $order,
        int $status,
        string $comment,
        bool $notify,
    ): void;

    /**
     * The shop's own mail; {@see OwnerMail} writes the letter.
     *
     * @param array<string, string> $settings parameter, smtp_hostname, smtp_username and so on
     */
    public function mail(string $engine, array $settings): object;

    /** @return array<string, string> trigger => action of our event handlers */
    public function events(): array;

    public function addEvent(object $model, string $code, string $trigger, string $action): void;

    /** The shop's own timetable, where it has one. */
    public function schedule(object $registry, string $code): void;

    public function unschedule(object $registry, string $code): void;

    /** Loads the page's texts. */
    public function loadTexts(object $registry): void;
}
