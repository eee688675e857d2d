<?php

namespace Orderbridge\Companion;

use Bitrix\Main\Loader;
use Bitrix\Rest\RestException;

/**
 * Our own REST method, `orderbridge.changes.list {"after": 120, "limit": 50}`: every change of a stage, funnel, amount
 * or responsible after a cursor, with what was before, without a gap, also where the portal's stage history was
 * deleted. It is in the scope `crm`: a webhook that may read deals needs no further permission.
 */
final class Rest
{
    public const METHOD = 'orderbridge.changes.list';

    private const USUAL = 50;
    private const MOST = 500;
    private const KINDS = [
        Changes::ADDED => 'add',
        Changes::UPDATED => 'update',
        Changes::MOVED => 'move',
        Changes::DELETED => 'delete',
    ];

    /** @return array<string, array<string, mixed>> */
    public static function describe(): array
    {
        return ['crm' => [self::METHOD => ['callback' => [self::class, 'changes'], 'options' => []]]];
    }

    /**
     * `items` in the order of their ids; `next` is the cursor to go on with, `last` the newest there is; `more` says
     * that there is more now; `complete` is false when something after the cursor has been forgotten already (30
     * days): then only a comparison helps.
     *
     * @param mixed $query
     * @param mixed $start
     * @param mixed $server
     * @return array<string, mixed>
     */
    public static function changes($query, $start = 0, $server = null): array
    {
        if (!Loader::includeModule('crm') || !\CCrmDeal::CheckReadPermission(0)) {
            throw new RestException('Access denied', 'ACCESS_DENIED', '403 Forbidden');
        }
        $query = array_change_key_case((array) $query);
        $after = self::number($query, 'after', 0, 0, PHP_INT_MAX);
        $limit = self::number($query, 'limit', self::USUAL, 1, self::MOST);
        $rows = Changes::after($after, $limit);
        $readable = [];
        foreach (array_unique(array_column($rows, 'DEAL_ID')) as $deal) {
            $readable[$deal] = \CCrmDeal::CheckReadPermission((int) $deal);
        }
        $items = [];
        foreach ($rows as $row) {
            if ($readable[$row['DEAL_ID']] && isset(self::KINDS[$row['KIND']])) {
                $items[] = self::item($row);
            }
        }
        $next = $rows === [] ? $after : (int) end($rows)['ID'];

        return [
            'items' => $items,
            'next' => $next,
            'last' => Changes::newest(),
            'more' => count($rows) === $limit && Changes::after($next, 1) !== [],
            'complete' => $after >= State::number(State::TRIMMED),
        ];
    }

    /**
     * @param array<string, string> $row
     * @return array<string, int|string>
     */
    private static function item(array $row): array
    {
        return [
            'ID' => (int) $row['ID'],
            'OWNER_ID' => (int) $row['DEAL_ID'],
            'TYPE' => self::KINDS[$row['KIND']],
            'CREATED_TIME' => date('c', (int) $row['CREATED_AT']),
            'OLD_CATEGORY_ID' => $row['OLD_CATEGORY'],
            'CATEGORY_ID' => $row['CATEGORY'],
            'OLD_STAGE_ID' => $row['OLD_STAGE'],
            'STAGE_ID' => $row['STAGE'],
            'STAGE_SEMANTIC_ID' => $row['SEMANTICS'],
            'OPPORTUNITY' => $row['AMOUNT'],
            'ASSIGNED_BY_ID' => $row['RESPONSIBLE'],
            'AUTHOR_ID' => (int) $row['AUTHOR'],
        ];
    }

    /** @param array<mixed> $query */
    private static function number(array $query, string $name, int $default, int $least, int $most): int
    {
        $value = $query[$name] ?? $default;
        $digits = is_scalar($value) && preg_match('/^\d{1,18}$/D', (string) $value) === 1;
        if (!$digits || (int) $value < $least || (int) $value > $most) {
            throw new RestException("Parameter '$name' is wrong", 'INVALID_ARG_VALUE', '400 Bad Request');
        }

        return (int) $value;
    }
}
