<?php

declare(strict_types=1);

namespace Orderbridge\Bitrix24;

use CurlHandle;

use function count;
use function curl_error;
use function curl_getinfo;
use function curl_init;
use function curl_setopt_array;
use function explode;
use function mb_check_encoding;
use function mb_scrub;
use function mb_substr;
use function strlen;
use function strtolower;
use function substr;
use function trim;

/** One request of the client and what comes back of it. The handle is kept for the next one. */
final class Transfer
{
    private const HEADERS = 50;
    private const HEADER_BYTES = 1024;

    /** What curl's error numbers mean, in the words of the contract. */
    private const WORDS = [
        5 => 'dns', 6 => 'dns',
        7 => 'connect', 45 => 'connect', 97 => 'connect',
        28 => 'timeout',
        35 => 'tls', 51 => 'tls', 53 => 'tls', 54 => 'tls', 58 => 'tls', 59 => 'tls', 60 => 'tls', 64 => 'tls',
        66 => 'tls', 77 => 'tls', 80 => 'tls', 82 => 'tls', 83 => 'tls', 90 => 'tls', 91 => 'tls', 98 => 'tls',
        63 => 'too_large',
    ];
    private const CONNECTION_REFUSED = 111;

    public readonly CurlHandle $handle;

    private string $request = '';
    /** @var array<string, string> */
    private array $headers = [];
    private string $body = '';
    private bool $tooLarge = false;

    /** @param array<int, mixed> $options for every request of this handle */
    public function __construct(array $options, private readonly int $largest)
    {
        $this->handle = curl_init();
        curl_setopt_array($this->handle, $options + [
            CURLOPT_HEADERFUNCTION => $this->header(...),
            CURLOPT_WRITEFUNCTION => $this->write(...),
            CURLOPT_READFUNCTION => $this->read(...),
        ]);
    }

    /**
     * The body goes out through a callback, which curl cannot rewind. With POSTFIELDS curl would by itself send the
     * request a second time when a kept connection is cut before the answer: a deal could be created twice.
     */
    public function prepare(string $url, string $body, int $milliseconds, int $connectMilliseconds): void
    {
        $this->request = $body;
        $this->headers = [];
        $this->body = '';
        $this->tooLarge = false;
        curl_setopt_array($this->handle, [
            CURLOPT_URL => $url,
            CURLOPT_UPLOAD => true,
            CURLOPT_CUSTOMREQUEST => 'POST',
            CURLOPT_INFILESIZE => strlen($body),
            CURLOPT_TIMEOUT_MS => $milliseconds,
            CURLOPT_CONNECTTIMEOUT_MS => $connectMilliseconds,
        ]);
    }

    /** @return array<string, mixed> an answer in the form that `batch.unpack` takes */
    public function answer(int $error, Portal $portal): array
    {
        if ($error !== 0) {
            return ['failure' => $this->word($error), 'message' => $this->words($portal)];
        }

        return [
            'status' => (int) curl_getinfo($this->handle, CURLINFO_RESPONSE_CODE),
            'headers' => (object) $this->headers,
            // JSON carries UTF-8 only; an error page of a proxy may be anything.
            'body' => mb_check_encoding($this->body, 'UTF-8') ? $this->body : mb_scrub($this->body, 'UTF-8'),
        ];
    }

    public function forget(): void
    {
        $this->request = '';
        $this->body = '';
        $this->headers = [];
    }

    private function word(int $error): string
    {
        if ($this->tooLarge) {
            return 'too_large';
        }
        if ($error === 7 && (int) curl_getinfo($this->handle, CURLINFO_OS_ERRNO) === self::CONNECTION_REFUSED) {
            return 'refused';
        }

        // Whatever else happens, happens on an open connection: cut, half an answer, broken compression.
        return self::WORDS[$error] ?? 'reset';
    }

    private function words(Portal $portal): string
    {
        if ($this->tooLarge) {
            return "the answer is longer than {$this->largest} bytes";
        }

        return mb_substr($portal->mask(mb_scrub(curl_error($this->handle), 'UTF-8')), 0, 300);
    }

    private function read(CurlHandle $handle, mixed $file, int $most): string
    {
        $chunk = substr($this->request, 0, $most);
        $this->request = substr($this->request, strlen($chunk));

        return $chunk;
    }

    private function header(CurlHandle $handle, string $line): int
    {
        if (str_starts_with($line, 'HTTP/')) {
            // A 100 Continue, or the answer of a proxy, comes before the real one.
            $this->headers = [];
        }
        $part = explode(':', $line, 2);
        $name = strtolower(trim($part[0]));
        if (
            count($part) === 2 && $name !== 'set-cookie' && count($this->headers) < self::HEADERS
            && strlen($line) <= self::HEADER_BYTES && mb_check_encoding($line, 'UTF-8')
        ) {
            $this->headers[$name] = trim($part[1]);
        }

        return strlen($line);
    }

    private function write(CurlHandle $handle, string $chunk): int
    {
        if (strlen($this->body) + strlen($chunk) > $this->largest) {
            $this->tooLarge = true;
            $this->body = '';

            return 0;
        }
        $this->body .= $chunk;

        return strlen($chunk);
    }
}
