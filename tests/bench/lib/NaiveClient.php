<?php

declare(strict_types=1);

namespace Bench;

use RuntimeException;

/**
 * What most modules do: one call after another, nothing remembered, nothing packed. Even so a good one of its kind:
 * its connection stays open, and the rows go in one call.
 */
final class NaiveClient
{
    private readonly \CurlHandle $curl;
    public int $calls = 0;

    public function __construct(private readonly string $webhook, private readonly string $funnel)
    {
        $this->curl = curl_init();
    }

    /** @param array<string, mixed> $order canonical */
    public function send(array $order): void
    {
        $contact = null;
        foreach (['PHONE' => $order['buyer']['phone'], 'EMAIL' => $order['buyer']['email']] as $type => $value) {
            $found = $this->call('crm.duplicate.findbycomm', [
                'entity_type' => 'CONTACT', 'type' => $type, 'values' => [$value === '' ? '-' : $value],
            ]);
            $contact ??= $found['CONTACT'][0] ?? null;
        }
        $contact ??= $this->call('crm.contact.add', ['fields' => [
            'NAME' => $order['buyer']['first_name'],
            'LAST_NAME' => $order['buyer']['last_name'],
            'PHONE' => [['VALUE' => $order['buyer']['phone'], 'VALUE_TYPE' => 'WORK']],
        ]]);
        $deal = $this->call('crm.deal.add', ['fields' => [
            'TITLE' => "Заказ $order[number]", 'CATEGORY_ID' => $this->funnel, 'CONTACT_ID' => $contact,
            'OPPORTUNITY' => $order['total'], 'CURRENCY_ID' => 'RUB', 'COMMENTS' => $order['comment'],
        ]]);
        $this->call('crm.deal.productrows.set', ['id' => $deal, 'rows' => array_map(
            static fn (array $line): array => [
                'PRODUCT_NAME' => $line['name'], 'PRICE' => $line['price'], 'QUANTITY' => $line['quantity'],
            ],
            $order['lines'],
        )]);
    }

    /** @param array<string, mixed> $params */
    public function call(string $method, array $params): mixed
    {
        $this->calls++;
        curl_setopt_array($this->curl, [
            CURLOPT_URL => "$this->webhook$method.json",
            CURLOPT_POSTFIELDS => json_encode($params, JSON_THROW_ON_ERROR),
            CURLOPT_HTTPHEADER => ['Content-Type: application/json'],
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_PROXY => '',
        ]);
        $answer = json_decode((string) curl_exec($this->curl), true);

        return $answer['result'] ?? throw new RuntimeException("$method: " . json_encode($answer));
    }
}
