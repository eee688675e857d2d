<?php

declare(strict_types=1);

namespace Opencart\Catalog\Controller\Extension\Orderbridge\Module;

use Opencart\System\Engine\Controller;
use Orderbridge\Shops\OpenCart4\Boot;
use Throwable;

/**
 * The shop's public doors: where Bitrix24 posts, where the system's cron knocks, and where a monitor looks in.
 *
 * OpenCart's response prints no headers when the body is empty, so status codes are set directly.
 */
final class Orderbridge extends Controller
{
    private const LARGEST_BODY = 65536;

    /** Outgoing webhooks and robots of the portal: one INSERT, 200, an empty body. */
    public function inbound(): void
    {
        try {
            $this->boot();
            // The bridge refuses what is longer; one byte more than allowed is enough to know.
            $body = (string) file_get_contents('php://input', false, null, 0, self::LARGEST_BODY + 1);
            // OpenCart's own request class HTML-escapes: the secret and the body are wanted as they came.
            $response = Boot::bridge($this->registry)->endpoint()->handle(
                (string) ($_SERVER['REQUEST_METHOD'] ?? 'GET'),
                $_GET,
                $this->headers(),
                $body,
            );
            http_response_code($response->status);
            Boot::kickAfterResponse($this->registry);
        } catch (Throwable $fault) {
            http_response_code(503);
            $this->log->write('Orderbridge inbound: ' . $fault::class);
        }
    }

    /** For a monitor of uptimes: 200 while the exchange works, 503 when it needs somebody; no state of the shop's. */
    public function health(): void
    {
        try {
            $this->boot();
            $answer = Boot::bridge($this->registry)->monitor()->handle(
                (string) ($_SERVER['REQUEST_METHOD'] ?? 'GET'),
                $_GET,
            );
            foreach ($answer->headers as $name => $value) {
                header("$name: $value");
                // With a body the shop's own come after it, and the last one counts.
                $this->response->addHeader("$name: $value");
            }
            http_response_code($answer->status);
            $this->response->setOutput($answer->body);
        } catch (Throwable $fault) {
            http_response_code(503);
            $this->log->write('Orderbridge health: ' . $fault::class);
        }
    }

    /** For the system's cron where the command line cannot be used: `curl -s '<this address>'` every minute. */
    public function tick(): void
    {
        try {
            $this->boot();
            $report = Boot::tick($this->registry, (string) ($_GET['key'] ?? ''));
            if ($report === null) {
                http_response_code(403);

                return;
            }
            $this->response->addHeader('Content-Type: application/json');
            $this->response->setOutput((string) json_encode($report->toArray()));
        } catch (Throwable $fault) {
            http_response_code(503);
            $this->log->write('Orderbridge tick: ' . $fault::class);
        }
    }

    /** What the command line asks for, to have the shop started and nothing done. */
    public function idle(): void
    {
    }

    /** @return array<string, string> */
    private function headers(): array
    {
        $headers = [];
        foreach ($_SERVER as $name => $value) {
            if (str_starts_with((string) $name, 'HTTP_')) {
                $headers[strtolower(str_replace('_', '-', substr((string) $name, 5)))] = (string) $value;
            }
        }
        foreach (['CONTENT_TYPE' => 'content-type', 'CONTENT_LENGTH' => 'content-length'] as $name => $header) {
            if (isset($_SERVER[$name])) {
                $headers[$header] = (string) $_SERVER[$name];
            }
        }

        return $headers;
    }

    private function boot(): void
    {
        require_once DIR_EXTENSION . 'orderbridge/system/library/orderbridge/boot.php';
    }
}
