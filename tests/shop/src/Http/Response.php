<?php

declare(strict_types=1);

namespace Piala\Http;

final class Response
{
    /** @param array<string, string> $headers */
    public function __construct(
        public readonly string $body,
        public readonly int $status = 200,
        public readonly array $headers = ['Content-Type' => 'text/html; charset=utf-8'],
    ) {
    }

    /** 303: after a form was sent, the browser asks for the page with GET. */
    public static function redirect(string $to): self
    {
        return new self('', 303, ['Location' => $to]);
    }

    public function send(): void
    {
        http_response_code($this->status);
        header_remove('X-Powered-By');
        $always = [
            'Content-Security-Policy' => "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
                . "frame-ancestors 'none'",
            'X-Content-Type-Options' => 'nosniff',
            // The address of an order's page holds its key: other sites must not see it.
            'Referrer-Policy' => 'same-origin',
            'Cache-Control' => 'no-store',
        ];
        foreach ([...$always, ...$this->headers] as $name => $value) {
            header("$name: $value");
        }
        echo $this->body;
    }
}
