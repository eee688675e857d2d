<?php

declare(strict_types=1);

namespace Bench;

use Orderbridge\Core\Engine;

/** Orders of so many lines, as shops have them, and a portal that finds nobody and takes everything. */
final class Orders
{
    public const LINES = [1, 3, 20, 200, 1000];
    private const NOW = '2026-11-23T10:00:00+03:00';
    private const GOODS = [
        'Чайник заварочный стеклянный с ситом, 800 мл', 'Кофе зерновой Эфиопия Иргачеффе, 250 г',
        'Чашка фарфоровая «Утро в деревне»', 'Чай улун Те Гуань Инь, весенний сбор',
    ];

    public static function start(int $lines): string
    {
        return self::request('sync.start', ['task' => ['kind' => 'push_order', 'order' => self::order($lines), 'attempt' => 1, 'turn' => 7]]);
    }

    /**
     * What a host would ask next, the packing and the unpacking included.
     *
     * @return list<string>
     */
    public static function next(Engine $engine, object $step): array
    {
        if ($step->step !== 'call') {
            $reply = $step->step === 'look' ? ['links' => []] : ['drawn' => 4];

            return [self::request('sync.resume', ['state' => $step->state, 'reply' => $reply])];
        }
        $pack = self::request('batch.pack', ['tasks' => [['id' => 'a', 'calls' => $step->calls]]]);
        $packed = json_decode($engine->call($pack));
        $answers = [];
        foreach (json_decode($packed->data->requests[0]->body)->cmd as $key => $command) {
            $answers[$key] = self::answer((string) $command);
        }
        $body = ['result' => ['result' => $answers, 'result_error' => []], 'time' => ['operating' => 0]];
        $unpack = self::request('batch.unpack', ['tasks' => ['a'], 'answer' => ['status' => 200, 'headers' => (object) [], 'body' => $body]]);
        $reply = json_decode($engine->call($unpack))->data->replies->a;

        return [$pack, $unpack, self::request('sync.resume', ['state' => $step->state, 'reply' => $reply])];
    }

    private static function answer(string $command): mixed
    {
        [$method, $query] = explode('?', $command, 2);
        parse_str($query, $params);
        $row = static fn (array $row): array => ['id' => 1, 'ownerId' => 394, 'ownerType' => 'D', 'productId' => 0]
            + $row + ['priceAccount' => 1, 'priceExclusive' => 1, 'priceNetto' => 1, 'priceBrutto' => 1, 'discountTypeId' => 2,
                'discountRate' => 0, 'discountSum' => 0, 'customized' => 'Y', 'xmlId' => '', 'type' => 1, 'storeId' => null];

        return match (true) {
            $method === 'crm.item.productrow.set' => ['productRows' => array_map($row, $params['productRows'])],
            $method === 'crm.item.productrow.add' => ['productRow' => $row($params['fields'])],
            $method === 'crm.item.add' => ['item' => ['id' => 394, 'stageId' => 'C5:NEW', 'categoryId' => 5, 'title' => 'Заказ',
                'originatorId' => 'shop-1', 'originId' => '17', 'stageSemanticId' => 'P', 'contactId' => 84]],
            $method === 'crm.item.update' => ['item' => ['id' => 394, 'stageId' => 'C5:NEW']],
            $method === 'crm.item.list' => ['items' => []],
            default => [],
        };
    }

    /** @return array<string, mixed> */
    private static function order(int $lines): array
    {
        $rows = [];
        $total = 23450;
        for ($i = 0; $i < $lines; $i++) {
            $price = 10000 + 137 * ($i % 50);
            $quantity = 1 + $i % 3;
            $total += $price * $quantity;
            $rows[] = [
                'product_id' => (string) (100 + $i), 'sku' => sprintf('TP-%04d', $i),
                'name' => self::GOODS[$i % count(self::GOODS)], 'quantity' => (string) $quantity, 'unit' => 'шт',
                'price' => self::money($price), 'total' => self::money($price * $quantity), 'vat_rate' => '20',
                'categories' => [['1', (string) (10 + $i % 5)]],
            ] + ($lines <= 200 ? ['options' => [['name' => 'Цвет', 'value' => 'Красный']]] : []);
        }

        return [
            'id' => '17', 'number' => '2026-17', 'created_at' => '2026-11-23T09:58:00+03:00', 'status' => 'new',
            'currency' => 'RUB', 'total' => self::money($total - 1000), 'url' => 'https://shop.example/admin/orders/17',
            'buyer' => ['last_name' => 'Петров', 'first_name' => 'Иван', 'second_name' => 'Сергеевич', 'phone' => '8 (999) 123-45-67', 'email' => 'ivan@example.ru'],
            'lines' => $rows,
            'charges' => [['kind' => 'shipping', 'name' => 'Курьер', 'amount' => '234.50'], ['kind' => 'coupon', 'name' => 'Осень', 'amount' => '-10.00']],
            'comment' => 'Позвоните до доставки', 'payment' => ['code' => 'cash', 'name' => 'При получении'],
            'delivery' => ['code' => 'courier', 'name' => 'Курьер', 'address' => 'Москва, Тверская, 1', 'city' => 'Москва'],
            'utm' => ['source' => 'yandex', 'medium' => 'cpc'],
        ];
    }

    /** @return array<string, mixed> */
    private static function settings(): array
    {
        $stages = ['NEW' => 'Новый заказ', 'PREPARATION' => 'Взять в работу', 'PREPAYMENT_INVOICE' => 'Получить оплату', 'EXECUTING' => 'Отправка товара', 'WON' => 'Заказ выполнен', 'LOSE' => 'Отменён'];
        $from = $known = [];
        foreach ($stages as $id => $name) {
            $from[] = ['stage' => "C5:$id", 'status' => strtolower($id), 'notify' => true];
            $known[] = ['id' => "C5:$id", 'name' => $name, 'semantics' => ['WON' => 'success', 'LOSE' => 'failure'][$id] ?? 'process'];
        }

        return [
            'schema' => 2, 'shop' => ['id' => 'shop-1', 'name' => 'Чайная лавка'], 'funnel' => ['id' => '5'],
            'deal' => ['order_field_item' => 'ufCrmOrderbridgeOrder'],
            'statuses' => ['from_stage' => $from, 'to_stage' => [['status' => 'new', 'stage' => 'C5:NEW']], 'won' => ['status' => 'won'], 'lost' => ['status' => 'lose']],
            'responsible' => ['rules' => array_map(
                static fn (int $n): array => ['when' => ['categories' => [(string) $n]], 'users' => ['6', '8']],
                [9, 12, 1],
            ), 'fallback' => '1'],
            'portal' => ['stages' => $known, 'users' => array_map(
                static fn (int $n): array => ['id' => (string) $n, 'name' => "Сотрудник $n", 'active' => $n !== 7],
                range(1, 10),
            )],
        ];
    }

    /** @param array<string, mixed> $data */
    private static function request(string $op, array $data): string
    {
        $request = ['v' => 1, 'op' => $op, 'now' => self::NOW, 'data' => $data];
        if (str_starts_with($op, 'sync.')) {
            $request['settings'] = self::settings();
        }

        return json_encode($request, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
    }

    private static function money(int $minor): string
    {
        return sprintf('%d.%02d', intdiv($minor, 100), $minor % 100);
    }
}
