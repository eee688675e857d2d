<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use function array_map;
use function checkdate;
use function explode;
use function preg_match;

/** Comparing orders with their deals, and mending what differs. Workers do both. */
final class Mending extends Desk
{
    private const LISTED = 200;
    private const MOST = 1000;

    /** @return array<string, mixed> */
    public function report(Params $params): array
    {
        return $this->found($params->number('limit', self::LISTED, 1, self::MOST));
    }

    /** @return array<string, mixed> */
    public function compare(Params $params): array
    {
        [$from, $to] = [$this->day($params, 'from'), $this->day($params, 'to')];
        $this->bridge->compare($from, $to, $params->text('id'));

        return $this->found(self::LISTED);
    }

    /** @return array<string, mixed> */
    public function repair(Params $params): array
    {
        $orderId = $params->text('id');
        $count = $this->bridge->repair($orderId === '' ? null : $orderId);

        return ['count' => $count] + $this->found(self::LISTED);
    }

    /** @return array<string, mixed> */
    private function found(int $limit): array
    {
        $report = $this->bridge->compareReport($limit);
        $report['list'] = array_map(static fn (array $row): array => [
            'order_id' => (string) $row['order_id'],
            'deal_ids' => $row['deal_ids'] === '' ? [] : explode(', ', (string) $row['deal_ids']),
            'kind' => (string) $row['kind'],
            'detail' => (string) $row['detail'],
            'mend' => (bool) $row['mend'],
            'found_at' => self::moment((int) $row['found_at']),
        ], $report['list']);
        foreach (['at', 'until'] as $when) {
            if ($report['last'] !== null) {
                $report['last'][$when] = self::moment((int) $report['last'][$when]);
            }
        }

        return $report;
    }

    private function day(Params $params, string $name): string
    {
        $day = $params->text($name);
        if ($day === '') {
            return '';
        }
        if (
            preg_match('/^(\d{4})-(\d\d)-(\d\d)$/D', $day, $part) !== 1
            || !checkdate((int) $part[2], (int) $part[3], (int) $part[1])
        ) {
            throw new WrongParam($name);
        }

        return $day;
    }
}
