<?php

declare(strict_types=1);

namespace Orderbridge;

use Orderbridge\Admin\Api;
use Orderbridge\Core\Core;
use Orderbridge\Inbox\Endpoint;
use Orderbridge\Log\Words;
use Orderbridge\Monitor\Monitor;
use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Outbox;
use Orderbridge\Privacy\Erasure;
use Orderbridge\Settings\Preferences;
use Orderbridge\Settings\Secrets;
use Orderbridge\Settings\Settings;
use Orderbridge\Setup\Finding;
use Orderbridge\Setup\Setup;
use Orderbridge\Shop\Shop;
use Orderbridge\Store\Migrations;
use Orderbridge\Store\Tables;
use Orderbridge\Sync\Backfill;
use Orderbridge\Sync\Deadline;
use Orderbridge\Sync\Worker;
use SensitiveParameter;
use Throwable;

/**
 * The bridge between one shop and one portal: what a shop calls.
 *
 * Making it costs nothing: no query, no core, no connection, until something is asked of it.
 */
final class Bridge
{
    private readonly Wiring $wiring;

    public function __construct(Shop $shop, ?Options $options = null)
    {
        $this->wiring = new Wiring($shop, $options ?? new Options());
    }

    /** Creates or updates our tables. Call it when the module is installed or updated; again does no harm. */
    public function install(): void
    {
        $this->migrations()->run();
        $this->secrets()->prepareMonitor();
    }

    /** Takes our tables away, with everything in them. */
    public function uninstall(): void
    {
        $this->migrations()->undo();
    }

    /**
     * An order has been placed or changed. The one call of the shop's hooks: one INSERT, no HTTP, and it never
     * throws, for nobody above would catch it and the buyer stands at the checkout.
     */
    public function orderSaved(string $orderId): void
    {
        try {
            if ($orderId === '') {
                return;
            }
            Tables::insist(fn () => $this->outbox()->enqueue($orderId, Job::PUSH));
            $this->wiring->kick()->want();
        } catch (Throwable $failure) {
            $this->tell("order $orderId could not be enqueued, the sweep will find it: " . Words::of($failure));
        }
    }

    /**
     * Call it last in a request, best from a shutdown function: sends the response off and then works for a few
     * seconds, if this request has enqueued anything and nothing speaks against it. Never throws.
     */
    public function afterResponse(): void
    {
        try {
            $this->wiring->kick()->run();
        } catch (Throwable $failure) {
            $this->tell('the work after a response ended early: ' . Words::of($failure));
        }
    }

    /** The shop's door for Bitrix24. */
    public function endpoint(): Endpoint
    {
        return $this->wiring->endpoint();
    }

    /** Where Bitrix24 has to POST, secret included: shown to the owner, who enters it there. */
    public function inboundUrl(): string
    {
        return self::with($this->shop()->endpointUrl(), Endpoint::SECRET, $this->secrets()->inbound());
    }

    /** Where the companion module in the box has to POST; what it sends is signed, so no secret is in the address. */
    public function companionUrl(): string
    {
        return $this->shop()->endpointUrl();
    }

    /** The shop's door for a monitor of uptimes, mounted at {@see Options::$monitorUrl}. */
    public function monitor(): Monitor
    {
        return $this->wiring->monitor();
    }

    /** What a monitor of uptimes asks, secret included; '' when the shop has not mounted it. */
    public function monitorUrl(): string
    {
        $url = $this->options()->monitorUrl;

        return $url === '' ? '' : self::with($url, Monitor::SECRET, $this->secrets()->monitor());
    }

    public function worker(): Worker
    {
        return $this->wiring->worker();
    }

    /** @return int|null how many forgotten orders have become jobs; null: another process is looking */
    public function sweep(float $seconds): ?int
    {
        return $this->wiring->sweep()->run(Deadline::in($seconds));
    }

    /**
     * Orders and deals are compared at night; this asks for it now, and workers do it.
     *
     * @param string $from only orders placed on this day or later, `2026-11-23`; '': those of the last month
     * @param string $to and on this day or before
     * @param string $orderId only this order
     */
    public function compare(string $from = '', string $to = '', string $orderId = ''): void
    {
        $this->wiring->compareState()->ask($from, $to, $orderId);
        $this->wiring->kick()->want();
    }

    /** @return array<string, mixed> what the last comparison found, and how far the present one has come */
    public function compareReport(int $limit = 200): array
    {
        $this->settings()->refresh();
        $state = $this->wiring->compareState();

        return [
            'running' => $state->run()['counts'] ?? null,
            'asked' => $state->asked() !== null || $state->mends(),
            'last' => $state->last(),
            'counts' => $this->wiring->differences()->counts(),
            'list' => $this->wiring->differences()->listed($limit),
        ];
    }

    /**
     * Mends what a push can: deals that are missing or differ are sent again, those without a link are found. Workers
     * do it. Doubled and foreign deals are for a person to decide, in Bitrix24.
     *
     * @param string|null $orderId null: all that the last comparison found
     * @return int how many orders will be mended
     */
    public function repair(?string $orderId = null): int
    {
        $count = $this->wiring->differences()->wish($orderId);
        if ($count > 0) {
            $this->wiring->compareState()->wishMending();
            $this->wiring->kick()->want();
        }

        return $count;
    }

    /** Sending the orders that the shop had before; its status() is an array for the admin page. */
    public function backfill(): Backfill
    {
        return $this->wiring->backfill();
    }

    /** Connecting a portal, checking it, setting it up, previewing an order. */
    public function setup(): Setup
    {
        return $this->wiring->setup();
    }

    /** What the settings app asks; the CMS mounts it for those who may. */
    public function admin(): Api
    {
        return new Api($this, $this->wiring);
    }

    /** @return array<string, mixed> how things stand, for the admin page, a monitor, the command line */
    public function health(): array
    {
        return $this->wiring->health()->toArray();
    }

    /** @return list<Finding> everything that has to hold, and what to do where it does not; asks the portal */
    public function checkup(): array
    {
        return $this->wiring->checkup()->run();
    }

    /** Takes one buyer out of our tables and says where there is more of him. */
    public function erasure(): Erasure
    {
        return $this->wiring->erasure();
    }

    public function shop(): Shop
    {
        return $this->wiring->shop;
    }

    public function options(): Options
    {
        return $this->wiring->options;
    }

    public function core(): Core
    {
        return $this->wiring->core();
    }

    public function outbox(): Outbox
    {
        return $this->wiring->outbox();
    }

    public function links(): Link\Links
    {
        return $this->wiring->links();
    }

    public function differences(): Link\Differences
    {
        return $this->wiring->differences();
    }

    public function journal(): Journal
    {
        return $this->wiring->journal();
    }

    public function settings(): Settings
    {
        return $this->wiring->settings();
    }

    /** What the owner has chosen beside the settings document. */
    public function preferences(): Preferences
    {
        return $this->wiring->preferences();
    }

    public function secrets(): Secrets
    {
        return $this->wiring->secrets();
    }

    public function migrations(): Migrations
    {
        return $this->wiring->migrations();
    }

    private static function with(string $url, string $name, #[SensitiveParameter] string $secret): string
    {
        return $url . (str_contains($url, '?') ? '&' : '?') . "$name=$secret";
    }

    private function tell(string $message): void
    {
        try {
            $this->wiring->log()->log('error', $message);
        } catch (Throwable) {
            // There is nobody left to tell.
        }
    }
}
