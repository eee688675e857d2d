<?php

/**
 * A box of Bitrix24 on a port of its own: the companion module itself in its kernel of stand-ins, and of REST what a
 * poll and a pull ask for. POST /do {what, …}: what its people do; GET /state: the methods that were called, one
 * list a request.
 */

declare(strict_types=1);

use Bitrix\Rest\RestException;
use Orderbridge\Tests\Companion\Kernel;
use Orderbridge\Tests\Support\HttpServer;

require __DIR__ . '/../bootstrap.php';

Kernel::boot(new PDO('sqlite::memory:', null, null, [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]));
$crm = new CCrmDeal();
// By how much the clock is wrong, whether the stage history is kept, its rows, when deals changed, what was asked.
$box = (object) ['shift' => 0, 'keeps' => true, 'rows' => [], 'touched' => [], 'asked' => []];

$touched = static function (int $deal) use ($box): void {
    $box->touched[$deal] = date(DATE_ATOM, time() + $box->shift);
    $box->rows[] = ['ID' => count($box->rows) + 1, 'OWNER_ID' => $deal, 'TYPE_ID' => 2]
        + array_intersect_key(Kernel::$deals[$deal], ['STAGE_ID' => 1, 'CATEGORY_ID' => 1, 'STAGE_SEMANTIC_ID' => 1]);
};
$does = static fn (array $told): mixed => match ($told['what']) {
    'add' => (static function () use ($crm, $touched): int {
        $deal = $crm->Add(['ORIGINATOR_ID' => 'shop-1', 'ORIGIN_ID' => '1']);
        $touched($deal);

        return $deal;
    })(),
    'move' => $crm->Update($told['deal'], ['STAGE_ID' => $told['stage']]) && $touched($told['deal']),
    'delete' => $crm->Delete($told['deal']),
    'install' => Kernel::module()->DoInstall(),
    'uninstall' => (static function (): void {
        $GLOBALS['step'] = 2;
        Kernel::module()->DoUninstall();
    })(),
    'box' => array_map(static fn (string $name): mixed => $box->$name = $told[$name], ['shift', 'keeps']),
};

$item = static function (int $deal) use ($box): array {
    $of = Kernel::$deals[$deal];

    return [
        'id' => $deal, 'stageId' => $of['STAGE_ID'], 'stageSemanticId' => $of['STAGE_SEMANTIC_ID'],
        'categoryId' => (int) $of['CATEGORY_ID'], 'originatorId' => $of['ORIGINATOR_ID'],
        'originId' => $of['ORIGIN_ID'], 'updatedTime' => $box->touched[$deal],
    ];
};
$methods = static fn (): array => array_merge(
    ...array_column(Kernel::send('rest', 'OnRestServiceBuildDescription', []), 'crm'),
);
$call = static function (string $method, array $query) use ($box, $item, $methods): array {
    switch ($method) {
        case 'method.get':
            $there = isset($methods()[$query['name']]);

            return ['isExisting' => $there, 'isAvailable' => $there];
        case 'crm.stagehistory.list':
            $rows = $box->keeps ? $box->rows : [];
            if (($query['order']['ID'] ?? '') === 'DESC') {
                $rows = array_reverse($rows);
            }
            $after = (int) ($query['filter']['>ID'] ?? 0);

            return ['items' => array_slice(array_values(
                array_filter($rows, static fn (array $row): bool => $row['ID'] > $after),
            ), 0, 50)];
        case 'crm.item.list':
            $deals = array_filter(array_map($item, array_keys(Kernel::$deals)), static fn (array $deal): bool =>
                strtotime($deal['updatedTime']) >= strtotime($query['filter']['>=updatedTime'])
                && $deal['id'] > $query['filter']['>id']);

            return ['items' => array_values($deals)];
        case 'crm.item.get':
            return isset(Kernel::$deals[(int) $query['id']])
                ? ['item' => $item((int) $query['id'])]
                : throw new RestException('Элемент не найден', 'NOT_FOUND', '400 Bad Request');
        default:
            $ours = $methods()[$method] ?? null;

            return $ours === null
                ? throw new RestException('Method not found!', 'ERROR_METHOD_NOT_FOUND', '404 Not Found')
                : ($ours['callback'])($query, 0, null);
    }
};

$serve = static function (string $verb, string $path, array $headers, string $body) use ($box, $does, $call): string {
    $told = json_decode($body, true) ?? [];
    if ($path === '/state') {
        return HttpServer::answer((string) json_encode($box->asked));
    }
    if ($path === '/do') {
        return HttpServer::answer((string) json_encode($does($told)));
    }
    $answers = ['result' => [], 'result_error' => [], 'result_total' => [], 'result_next' => [], 'result_time' => []];
    $asked = [];
    foreach ($told['cmd'] as $key => $command) {
        [$method, $query] = [...explode('?', $command, 2), ''];
        parse_str($query, $parameters);
        $asked[] = $method;
        try {
            $answers['result'][$key] = $call($method, $parameters);
        } catch (RestException $refusal) {
            $answers['result_error'][$key] = [
                'error' => $refusal->error,
                'error_description' => $refusal->getMessage(),
            ];
        }
    }
    $box->asked[] = $asked;

    return HttpServer::answer((string) json_encode(['result' => $answers]));
};

(new HttpServer())->serve($serve);
