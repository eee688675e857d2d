<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use Orderbridge\Inbox\Event;

/** What the page has to know when it is opened. No HTTP: a portal that is down must not keep the page from opening. */
final class Opening extends Desk
{
    /** @return array<string, mixed> */
    public function open(): array
    {
        $wiring = $this->wiring;
        if ($this->visitor->mayModify && !$wiring->migrations()->complete()) {
            // The CMS does not tell a module that its files are new ones: whoever looks first brings the tables up.
            $this->bridge->install();
        }
        $document = $wiring->setup()->document();
        $health = $wiring->health()->toArray();

        return [
            'may_modify' => $this->visitor->mayModify,
            'shop' => [
                'id' => (string) (((array) ($document['shop'] ?? []))['id'] ?? ''),
                'url' => $wiring->shop->endpointUrl(),
                'statuses' => $wiring->shop->statuses(),
                'offset' => $wiring->shop->now()->format('P'),
            ],
            'connection' => (new Portals($wiring))->connection(),
            'settings' => (new Documents($wiring))->stored(),
            'preferences' => $wiring->preferences()->toArray(),
            'urls' => (new Addresses($this->bridge))->for($this->visitor),
            'companion' => [
                'heard' => self::moment($wiring->settings()->seen(Event::COMPANION)),
                'refused' => $wiring->settings()->counted('signature_refused'),
                'stale' => $wiring->settings()->counted('stale_refused'),
            ],
            'versions' => $health['versions'],
            'alerts' => $health['alerts'],
            'counts' => $health['jobs'] + ['links' => $health['links']] + $health['differences'],
        ];
    }
}
