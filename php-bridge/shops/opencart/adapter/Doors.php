<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

use Closure;
use Orderbridge\Inbox\Endpoint;
use Orderbridge\Inbox\Request;
use Throwable;

use function header;
use function http_response_code;
use function json_encode;

/**
 * The shop's public doors: where Bitrix24 posts, where the system's cron knocks, and where a monitor looks in.
 *
 * OpenCart's response prints no headers when the body is empty, so status codes are set directly.
 */
final class Doors
{
    public function __construct(private readonly object $registry)
    {
    }

    /** Outgoing webhooks and robots of the portal: one INSERT, 200, an empty body. */
    public function inbound(): void
    {
        $this->open('inbound', function (): void {
            // OpenCart's own request class HTML-escapes: the secret and the body are wanted as they came.
            $response = Boot::bridge($this->registry)->endpoint()->handle(
                Request::method(),
                $_GET,
                Request::headers(),
                Request::body(Endpoint::LARGEST_BODY),
            );
            http_response_code($response->status);
            Boot::kickAfterResponse($this->registry);
        });
    }

    /** For a monitor of uptimes: 200 while the exchange works, 503 when it needs somebody; no state of the shop's. */
    public function health(): void
    {
        $this->open('health', function (): void {
            $answer = Boot::bridge($this->registry)->monitor()->handle(Request::method(), $_GET);
            foreach ($answer->headers as $name => $value) {
                header("$name: $value");
                // With a body the shop's own come after it, and the last one counts.
                $this->registry->get('response')->addHeader("$name: $value");
            }
            http_response_code($answer->status);
            $this->registry->get('response')->setOutput($answer->body);
        });
    }

    /** For the system's cron where the command line cannot be used: `curl -s '<this address>'` every minute. */
    public function tick(): void
    {
        $this->open('tick', function (): void {
            $report = Boot::tick($this->registry, (string) ($_GET['key'] ?? ''));
            if ($report === null) {
                http_response_code(403);

                return;
            }
            $this->registry->get('response')->addHeader('Content-Type: application/json');
            $this->registry->get('response')->setOutput((string) json_encode($report->toArray()));
        });
    }

    /** @param Closure(): void $work */
    private function open(string $door, Closure $work): void
    {
        try {
            $work();
        } catch (Throwable $fault) {
            http_response_code(503);
            $this->registry->get('log')->write("Orderbridge $door: " . $fault::class);
        }
    }
}
