<?php

declare(strict_types=1);

namespace Story;

use CurlHandle;
use RuntimeException;

/** A browser without a window: keeps cookies, follows redirects, sends forms as a page has them. */
final class Browser
{
    private readonly CurlHandle $curl;
    /** @var array<string, string> of the last answer, by their names in lower case */
    private array $headers = [];

    /** @param int $patience seconds that an answer may take */
    public function __construct(private readonly string $base, int $patience = 20)
    {
        $this->curl = curl_init();
        curl_setopt_array($this->curl, [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_FOLLOWLOCATION => true,
            CURLOPT_COOKIEFILE => '',
            // Shops store it and do not expect that anybody has none.
            CURLOPT_USERAGENT => 'Mozilla/5.0 (Orderbridge)',
            CURLOPT_TIMEOUT => $patience,
            CURLOPT_PROXY => '',
            CURLOPT_HEADERFUNCTION => function (CurlHandle $curl, string $line): int {
                if (str_starts_with($line, 'HTTP/')) {
                    $this->headers = [];
                } elseif (count($words = explode(':', $line, 2)) === 2) {
                    $this->headers[strtolower($words[0])] = trim($words[1]);
                }

                return strlen($line);
            },
        ]);
    }

    public function open(string $path): Page
    {
        return $this->send($path, [CURLOPT_HTTPGET => true]);
    }

    /** @param array<string, mixed> $fields what the person fills in; the rest is sent as the page has it */
    public function submit(Page $page, string $action, array $fields = []): Page
    {
        return $this->post($action, http_build_query([...$page->form($action), ...$fields]));
    }

    /** @param list<string> $headers */
    public function post(string $path, string $body, array $headers = []): Page
    {
        return $this->send($path, [CURLOPT_POST => true, CURLOPT_POSTFIELDS => $body, CURLOPT_HTTPHEADER => $headers]);
    }

    /** @param array<string, string|\CURLFile> $fields a form with a file */
    public function upload(string $path, array $fields): Page
    {
        return $this->send($path, [CURLOPT_POST => true, CURLOPT_POSTFIELDS => $fields]);
    }

    /** @return float seconds that the last request took until it was answered, what it redirected to left out */
    public function seconds(): float
    {
        return curl_getinfo($this->curl, CURLINFO_REDIRECT_TIME) ?: curl_getinfo($this->curl, CURLINFO_TOTAL_TIME);
    }

    /** @param array<int, mixed> $options */
    private function send(string $path, array $options): Page
    {
        curl_setopt_array($this->curl, [
            CURLOPT_URL => str_starts_with($path, 'http') ? $path : $this->base . $path,
            CURLOPT_HTTPHEADER => [],
        ]);
        curl_setopt_array($this->curl, $options);
        $body = curl_exec($this->curl);
        if (!is_string($body)) {
            throw new RuntimeException("$this->base$path does not answer: " . curl_error($this->curl));
        }

        return new Page(
            (int) curl_getinfo($this->curl, CURLINFO_RESPONSE_CODE),
            (string) curl_getinfo($this->curl, CURLINFO_EFFECTIVE_URL),
            $body,
            $this->headers,
        );
    }
}
