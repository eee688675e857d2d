<?php

declare(strict_types=1);

namespace Piala\Integration;

use Orderbridge\Bridge;
use Orderbridge\Core\NodeWorker;
use Orderbridge\Inbox\Endpoint;
use Orderbridge\Options;
use Piala\App;
use Piala\Http\Request;
use Piala\Http\Response;
use Piala\Status;
use Piala\Store\Mailer;

/** The places where the shop and the bridge touch, besides the class PialaShop. */
final class Wiring
{
    public const ENDPOINT = '/orderbridge/hook';
    public const MONITOR = '/orderbridge/health';

    /** One: the bridge is made from the shop. Two: the order-save hook is one call inside the order's transaction. */
    public static function bridge(App $app): Bridge
    {
        $shop = new PialaShop($app);
        $bridge = new Bridge($shop, new Options(
            // Secrets are sealed with a key that a dump of the database does not contain.
            key: $app->config->secret(),
            // Our statuses by the part they play; the first set-up maps the stages of the funnel with them.
            roles: [
                'new' => Status::New->value,
                'work' => Status::Processing->value,
                'payment' => Status::AwaitingPayment->value,
                'shipping' => Status::Shipped->value,
                'won' => Status::Completed->value,
                'lost' => Status::Cancelled->value,
            ],
            // The core compiled to PHP runs everywhere; on the command line Node may run it faster.
            engine: $app->config->nodeEngine && PHP_SAPI === 'cli' ? static fn () => new NodeWorker() : null,
            // Only for a portal on this very machine or without TLS, as in the tests.
            plainHttp: $app->config->localPortal,
            privateNetwork: $app->config->localPortal,
            pollEvery: $app->config->pollEvery,
            // Where a monitor of uptimes may look, and how the owner is told of what needs him.
            monitorUrl: $app->config->url . self::MONITOR,
            command: self::command(),
            notify: (new Mailer($app->config))->toOwner(...),
        ));
        $app->orders->onSaved(static function (string $orderId) use ($app, $shop, $bridge): void {
            if (!$shop->isWriting()) {
                Stopwatch::around($app, $orderId, static fn () => $bridge->orderSaved($orderId));
            }
        });

        return $bridge;
    }

    /** How the command line is called here, for the lines that the settings page shows. */
    private static function command(): string
    {
        $root = dirname(__DIR__, 4);
        $words = ["$root/php-bridge/bin/orderbridge", '--boot', "$root/tests/shop/orderbridge.php"];

        return 'php ' . implode(' ', array_map(escapeshellarg(...), $words));
    }

    /** Three: the address where Bitrix24 tells that a deal moved. The shop only carries the request over. */
    public static function inbound(Bridge $bridge, Request $request): Response
    {
        $answer = $bridge->endpoint()->handle(
            $request->method,
            $request->query,
            $request->headers,
            $request->body(Endpoint::LARGEST_BODY),
        );

        return new Response($answer->body, $answer->status, ['Content-Type' => 'text/plain']);
    }

    /** And the one where a monitor of uptimes asks how the exchange is. */
    public static function monitor(Bridge $bridge, Request $request): Response
    {
        $answer = $bridge->monitor()->handle($request->method, $request->query);

        return new Response($answer->body, $answer->status, $answer->headers);
    }

    /**
     * Four: when the buyer has the answer, the bridge may use the rest of this PHP process for a moment. Without
     * PHP-FPM it does nothing, and a worker or cron does the work (five: orderbridge.php, for the command line).
     */
    public static function afterResponse(App $app): void
    {
        if ($app->config->kick && Stopwatch::wants('kick')) {
            $app->bridge->afterResponse();
        }
    }
}
