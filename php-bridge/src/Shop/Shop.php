<?php

declare(strict_types=1);

namespace Orderbridge\Shop;

use DateTimeImmutable;

/**
 * A shop, as far as the bridge has to know it. An adapter is this interface, the shop's hooks, an admin page and an
 * installer; it knows neither HTTP nor Bitrix24. `tests/php/Shop/ShopContractTestCase.php` is the test it must pass.
 *
 * All ids are strings, money is a decimal string.
 */
interface Shop
{
    /**
     * The order as it is now, in the canonical form (the JSON Schema in `pkg/` describes it).
     *
     * @return array<string, mixed>|null null: there is no such order, or it has not been placed yet
     */
    public function order(string $orderId): ?array;

    /** Id of the order's present status; null when there is no such order. */
    public function orderStatus(string $orderId): ?string;

    /**
     * Placed orders created or changed after the cursor, oldest first.
     *
     * The cursor is the adapter's own. It must order by something that every change raises (time of change and id);
     * the sweep itself looks back a quarter of an hour for transactions that were committed late.
     *
     * @param string $cursor '' means from the very beginning
     * @return array{ids: list<string>, cursor: string} fewer ids than $limit: that was the end
     */
    public function ordersAfter(string $cursor, int $limit): array;

    /**
     * Placed orders of a range in an order that does not change while they are read, such as by id: for sending what
     * the shop had before the bridge came. An order that comes into the range meanwhile may be missing.
     *
     * @param string $cursor '' means from the beginning of the range; else the adapter's own
     * @return array{ids: list<string>, cursor: string} fewer ids than $limit: that was the end
     */
    public function ordersIn(OrderRange $range, string $cursor, int $limit): array;

    /** How many orders {@see ordersIn()} lists in all. */
    public function countIn(OrderRange $range): int;

    /**
     * Moves the order through the shop's own door, so that its history, mails and stock follow. Does nothing when it
     * has that status already, for a step may be repeated; throws when there is no such order or the shop refuses.
     *
     * @param bool $notify whether the shop tells the buyer
     */
    public function setStatus(string $orderId, string $status, string $comment, bool $notify): void;

    /** Adds a line to the order's history that the buyer does not see; throws when there is no such order. */
    public function addNote(string $orderId, string $text): void;

    /** @return list<array{id: string, name: string}> */
    public function statuses(): array;

    /** @return list<array{id: string, parent_id: string|null, name: string}> */
    public function categories(): array;

    /** The shop's own database, so that an order and its job are saved together or not at all. */
    public function database(): Database;

    /** The public address to which Bitrix24 may POST; the bridge adds the secret to its query. */
    public function endpointUrl(): string;

    /** In the shop's own time zone: people's working hours and days off are counted by its clock. */
    public function now(): DateTimeImmutable;
}
