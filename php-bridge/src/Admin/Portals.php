<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use Orderbridge\Exception\BridgeException;
use Orderbridge\Exception\NotConnected;
use Orderbridge\Wiring;

use function rawurlencode;

/** The portal as the page may know it: never with the webhook's secret. */
final class Portals
{
    /** @var array{state: string, masked: string, portal_url: string}|null */
    private ?array $known = null;

    public function __construct(private readonly Wiring $wiring)
    {
    }

    /** @return array{state: string, masked: string, portal_url: string} */
    public function connection(): array
    {
        return $this->known ??= $this->look();
    }

    /** Where a deal opens; '' without a portal. */
    public function dealUrl(string $dealId): string
    {
        $portal = $this->connection()['portal_url'];

        return $portal === '' ? '' : "$portal/crm/deal/details/" . rawurlencode($dealId) . '/';
    }

    /** @return array{state: string, masked: string, portal_url: string} */
    private function look(): array
    {
        try {
            $portal = $this->wiring->secrets()->portal();
        } catch (NotConnected) {
            return ['state' => 'none', 'masked' => '', 'portal_url' => ''];
        } catch (BridgeException) {
            return ['state' => 'unreadable', 'masked' => '', 'portal_url' => ''];
        }

        return [
            'state' => 'connected',
            'masked' => $portal->masked(),
            'portal_url' => "$portal->scheme://$portal->address",
        ];
    }
}
