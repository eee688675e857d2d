<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart3;

use Orderbridge\Inbox\Endpoint;
use Orderbridge\Inbox\Request;
use Orderbridge\Log\Words;
use Orderbridge\Shops\OpenCart\Boot;
use Orderbridge\Shops\OpenCart\OpenCartShop;
use Throwable;

use function http_response_code;
use function json_encode;

use const JSON_INVALID_UTF8_SUBSTITUTE;

/** The catalog's end of {@see FrontDoor}: writes an order's history when the admin of this shop asks for it. */
final class History
{
    public function __construct(private readonly object $registry)
    {
    }

    public function write(): void
    {
        $asked = (new FrontDoor($this->registry->get('config')))->read(
            Request::body(Endpoint::LARGEST_BODY),
            (string) ($_SERVER['HTTP_X_ORDERBRIDGE_SIGNATURE'] ?? ''),
        );
        if ($asked === null) {
            http_response_code(403);

            return;
        }
        try {
            OpenCartShop::writing(fn () => Boot::edition()->writeHistory(
                $this->registry,
                ['order_id' => $asked['order_id']],
                $asked['status'],
                $asked['comment'],
                $asked['notify'],
            ));
            $answer = ['ok' => true];
        } catch (Throwable $fault) {
            $answer = ['ok' => false, 'error' => Words::of($fault)];
        }
        $this->registry->get('response')->addHeader('Content-Type: application/json');
        $this->registry->get('response')->setOutput((string) json_encode($answer, JSON_INVALID_UTF8_SUBSTITUTE));
    }
}
