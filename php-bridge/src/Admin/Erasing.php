<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use function array_map;
use function trim;

/** Taking one buyer out of our tables. */
final class Erasing extends Desk
{
    /** @return array<string, mixed> what was erased, or would be, and what remains in Bitrix24 */
    public function erase(Params $params): array
    {
        [$phone, $email] = [trim($params->text('phone')), trim($params->text('email'))];
        if ($phone === '' && $email === '') {
            throw $this->refuse('buyer_missing');
        }
        $erasure = $this->wiring->erasure();
        $only = $params->flag('only_count');
        $erased = $only
            ? $erasure->wouldErase($phone, $email)
            : $erasure->ofPerson($phone, $email, $params->flag('unlink'));
        $portal = (new Portals($this->wiring))->connection()['portal_url'];
        $listed = static fn (string $of, array $ids): array => array_map(static fn (string $id): array => [
            'id' => $id,
            'url' => $portal === '' ? '' : "$portal/crm/$of/details/" . rawurlencode($id) . '/',
        ], $ids);

        return [
            'only_count' => $only,
            'orders' => $erased->orders,
            'links' => $erased->links,
            'jobs' => $erased->jobs,
            'lines' => $erased->lines,
            'queued' => $erased->queued,
            'at_work' => $erased->atWork,
            'remains' => [
                'deals' => $listed('deal', $erased->deals),
                'contacts' => $listed('contact', $erased->contacts),
                'companies' => $listed('company', $erased->companies),
            ],
        ];
    }
}
