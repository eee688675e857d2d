<?php

namespace Orderbridge\Companion;

use Bitrix\Crm\DealTable;
use Bitrix\Main\Loader;

/** Deals as the CRM has them now. Only read. */
final class Deals
{
    private const VALUES = ['ID', 'STAGE_ID', 'CATEGORY_ID', 'OPPORTUNITY', 'ASSIGNED_BY_ID'];
    private const ORDER = ['STAGE_SEMANTIC_ID', 'ORIGINATOR_ID', 'ORIGIN_ID'];

    public static function values(int $deal): ?Values
    {
        $found = self::read([$deal], self::VALUES);

        return isset($found[$deal]) ? Values::said($found[$deal]) : null;
    }

    /**
     * With what tells whose order each is.
     *
     * @param array<int, int> $deals
     * @return array<int, array<string, mixed>> by id; deals that are gone are missing
     */
    public static function of(array $deals): array
    {
        $select = array_merge(self::VALUES, self::ORDER);
        if (OrderField::exists()) {
            $select[] = OrderField::name();
        }

        return $deals === [] ? [] : self::read($deals, $select);
    }

    /**
     * @param array<int, int> $deals
     * @param array<int, string> $select
     * @return array<int, array<string, mixed>>
     */
    private static function read(array $deals, array $select): array
    {
        if (!Loader::includeModule('crm')) {
            // An empty answer would mean that they were deleted.
            throw new \RuntimeException('the CRM is not installed');
        }
        $found = DealTable::getList(['select' => $select, 'filter' => ['@ID' => $deals]]);
        $rows = [];
        while ($row = $found->fetch()) {
            $rows[(int) $row['ID']] = $row;
        }

        return $rows;
    }
}
