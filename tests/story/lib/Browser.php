<?php

declare(strict_types=1);

namespace Story;

use CurlHandle;
use RuntimeException;

/** A browser without a window: keeps cookies, follows redirects, sends forms as a page has them. */
final class Browser
{
    private readonly CurlHandle $curl;

    public function __construct(private readonly string $base)
    {
        $this->curl = curl_init();
        curl_setopt_array($this->curl, [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_FOLLOWLOCATION => true,
            CURLOPT_COOKIEFILE => '',
            CURLOPT_TIMEOUT => 20,
            CURLOPT_PROXY => '',
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
        );
    }
}
