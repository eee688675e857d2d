<?php

declare(strict_types=1);

namespace Piala\Integration;

use Orderbridge\Bridge;
use Piala\App;
use Piala\Http\Request;
use Piala\Http\Response;

/** The four places where a shop and the bridge touch; the fifth is the class PialaShop. */
final class Wiring
{
    public const ENDPOINT = '/orderbridge/hook';
    private const LONGEST_BODY = 65536;

    /** One: the bridge is made from the shop. Two: the order-save hook is one call inside the order's transaction. */
    public static function bridge(App $app): Bridge
    {
        $shop = new PialaShop($app);
        $bridge = Bridge::of($shop);
        $app->orders->onSaved(static function (string $orderId) use ($shop, $bridge): void {
            if (!$shop->isWriting()) {
                $bridge->orderSaved($orderId);
            }
        });

        return $bridge;
    }

    /** Three: the address where Bitrix24 tells that a deal moved. The shop only carries the request over. */
    public static function inbound(Bridge $bridge, Request $request): Response
    {
        $answer = $bridge->endpoint()->handle($request->method, $request->query, $request->headers, $request->body(self::LONGEST_BODY));

        return new Response($answer->body, $answer->status, ['Content-Type' => 'text/plain']);
    }
}
