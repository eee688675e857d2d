<?php

declare(strict_types=1);

namespace Shops;

use RuntimeException;
use Story\Portal;

/** What became of orders in the portal; deals that were there before the test are none of ours. */
final class Deals
{
    /** @var array<string, true> */
    private readonly array $former;

    public function __construct(private readonly Portal $portal)
    {
        $this->former = array_fill_keys(array_map(strval(...), array_column($portal->deals(), 'ID')), true);
    }

    /** @return array<string, mixed>|null the deal of an order, once its rows are there, too */
    public function of(Bought $order): ?array
    {
        $deals = $this->all($order);
        if (count($deals) > 1) {
            throw new RuntimeException('deals of one order: ' . implode(', ', array_column($deals, 'ID')));
        }

        return ($deals[0]['ROWS'] ?? []) === [] ? null : $deals[0];
    }

    /** @return list<array<string, mixed>> */
    public function all(Bought $order): array
    {
        return array_values(array_filter(
            $this->portal->dealsOf($order->id),
            fn (array $deal): bool => !isset($this->former[(string) $deal['ID']]),
        ));
    }

    /** Throws where the deal is not the order that the shop shows. */
    public function compare(array $deal, Bought $order, Seen $seen): void
    {
        $amount = self::addsUp($deal);
        if (!$seen->comesTo($amount)) {
            throw new RuntimeException("{$seen->total} ≠ $amount");
        }
        $contact = $this->portal->contact((string) ($deal['CONTACT_IDS'][0] ?? '')) ?? [];
        $means = array_column($contact['FM'] ?? [], 'VALUE', 'TYPE_ID');
        $person = $order->person;
        $expected = [$person->firstName, $person->lastName, $person->digits(), $person->email];
        $got = [
            $contact['NAME'] ?? '',
            $contact['LAST_NAME'] ?? '',
            preg_replace('/\D/', '', $means['PHONE'] ?? ''),
            $means['EMAIL'] ?? '',
        ];
        if ($got !== $expected) {
            throw new RuntimeException(implode(', ', $expected) . ' ≠ ' . implode(', ', $got));
        }
    }

    /** @return string the deal's amount; throws where its rows do not come to it, to the kopeck */
    public static function addsUp(array $deal): string
    {
        $amount = sprintf('%.2f', (float) $deal['OPPORTUNITY']);
        $kopecks = 0;
        foreach ($deal['ROWS'] as $row) {
            $kopecks += (int) round(100 * (float) $row['price'] * (float) $row['quantity']);
        }
        if (sprintf('%.2f', $kopecks / 100) !== $amount) {
            throw new RuntimeException(sprintf('Σ %.2f ≠ %s', $kopecks / 100, $amount));
        }

        return $amount;
    }
}
