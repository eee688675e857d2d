<?php

namespace Orderbridge\Companion;

use Bitrix\Main\Config\Option;

/**
 * The hidden field with the order's id. Bitrix24 knows no hidden fields: it is in no list, nobody can edit it, and it
 * is found by the filter, which REST needs. A field that exists already stays as it is, and is never deleted.
 */
final class OrderField
{
    private const ENTITY = 'CRM_DEAL';

    public static function name(): string
    {
        return (string) Option::get(Settings::MODULE, 'order_field', 'UF_CRM_ORDERBRIDGE_ORDER');
    }

    public static function exists(): bool
    {
        $manager = $GLOBALS['USER_FIELD_MANAGER'] ?? null;

        return is_object($manager) && isset($manager->GetUserFields(self::ENTITY)[self::name()]);
    }

    /** @return bool whether there is one now */
    public static function create(): bool
    {
        if (self::exists()) {
            return true;
        }
        $label = ['ru' => 'Номер заказа в магазине', 'en' => 'Order id in the shop'];

        return (bool) (new \CUserTypeEntity())->Add([
            'ENTITY_ID' => self::ENTITY,
            'FIELD_NAME' => self::name(),
            'USER_TYPE_ID' => 'string',
            'XML_ID' => 'ORDERBRIDGE_ORDER',
            'MULTIPLE' => 'N',
            'MANDATORY' => 'N',
            'SHOW_FILTER' => 'E',
            'SHOW_IN_LIST' => 'N',
            'EDIT_IN_LIST' => 'N',
            'IS_SEARCHABLE' => 'N',
            'EDIT_FORM_LABEL' => $label,
            'LIST_COLUMN_LABEL' => $label,
            'LIST_FILTER_LABEL' => $label,
        ]);
    }
}
