<?php

namespace Orderbridge\Companion;

/**
 * What a shop is told. The names are those of Bitrix24's own outgoing webhook, with what that one lacks beside them.
 * Nothing about the buyer: the shop reads the deal back by REST and believes only that.
 */
final class Message
{
    public const CHANGED = 'orderbridge.deal';
    public const TEST = 'orderbridge.test';

    /**
     * @param array<string, string> $push
     * @param array<string, mixed>|null $deal null: it was deleted
     * @return string|null null: not a deal of this shop's
     */
    public static function of(Shop $shop, array $push, ?array $deal): ?string
    {
        $order = $deal === null ? '' : $shop->order($deal);
        if ($deal !== null && $order === '') {
            return null;
        }
        $now = $deal === null ? new Values('', '', '', '') : Values::said($deal);

        return self::json(self::CHANGED, (int) $push['CREATED_AT'], [
            'event' => $deal === null ? 'ONCRMDEALDELETE' : 'ONCRMDEALUPDATE',
            'data' => [
                'FIELDS' => ['ID' => $push['DEAL_ID']],
                'ORDER_ID' => $order,
                'OLD_STAGE_ID' => $push['OLD_STAGE'],
                'STAGE_ID' => $now->stage,
                'STAGE_SEMANTIC_ID' => (string) ($deal['STAGE_SEMANTIC_ID'] ?? ''),
                'OLD_CATEGORY_ID' => $push['OLD_CATEGORY'],
                'CATEGORY_ID' => $now->category,
                'OPPORTUNITY' => $now->amount,
                'ASSIGNED_BY_ID' => $now->responsible,
                'AUTHOR_ID' => $push['AUTHOR'],
                'CHANGE_ID' => $push['CHANGE_ID'],
            ],
        ]);
    }

    public static function test(): string
    {
        return self::json(self::TEST, time(), []);
    }

    public static function newId(): string
    {
        return 'msg_' . bin2hex(random_bytes(16));
    }

    /** @param array<string, mixed> $more */
    private static function json(string $type, int $at, array $more): string
    {
        $body = ['type' => $type, 'timestamp' => gmdate('Y-m-d\TH:i:s\Z', $at)] + $more;

        return (string) json_encode($body, JSON_UNESCAPED_SLASHES | JSON_PARTIAL_OUTPUT_ON_ERROR);
    }
}
