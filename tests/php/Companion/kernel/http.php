<?php

// phpcs:disable PSR1, Squiz.Classes -- the kernel's names

declare(strict_types=1);

namespace Bitrix\Main\Web;

use Orderbridge\Tests\Companion\Kernel;

final class Headers
{
    /** @var array<string, string> */
    private array $headers;

    /** @param array<string, string> $headers */
    public function __construct(array $headers)
    {
        $this->headers = $headers;
    }

    public function get(string $name): ?string
    {
        return $this->headers[strtolower($name)] ?? null;
    }
}

/** Really asks, over a socket, unless a test has put answers before it. */
final class HttpClient
{
    public const HTTP_1_1 = '1.1';

    /** @var array<string, string> */
    private array $headers = [];
    private int $status = 0;
    /** @var array<string, string> */
    private array $answered = [];
    /** @var array<string, string> */
    private array $errors = [];

    /** @var array<string, mixed> */
    private array $options;

    /** @param array<string, mixed> $options */
    public function __construct(array $options)
    {
        $this->options = $options;
    }

    /** @param array<string, mixed> $options */
    public function setContextOptions(array $options): void
    {
        Kernel::$streams[] = $options;
    }

    public function setHeader(string $name, string $value): void
    {
        $this->headers[$name] = $value;
    }

    /** @return string|false */
    public function post(string $url, string $body)
    {
        Kernel::$posted[] = [$url, $this->options, $this->headers, $body];
        $answer = array_shift(Kernel::$answers);
        if (is_string($answer)) {
            $this->errors = [$answer => "the kernel's words, with $url in them"];

            return false;
        }
        if ($answer !== null) {
            [$this->status, $this->answered] = $answer;

            return '';
        }

        return $this->ask($url, $body);
    }

    public function getStatus(): int
    {
        return $this->status;
    }

    public function getHeaders(): Headers
    {
        return new Headers($this->answered);
    }

    /** @return array<string, string> */
    public function getError(): array
    {
        return $this->errors;
    }

    /** @return string|false */
    private function ask(string $url, string $body)
    {
        $ip = gethostbyname((string) parse_url($url, PHP_URL_HOST));
        $private = filter_var($ip, FILTER_VALIDATE_IP, FILTER_FLAG_NO_PRIV_RANGE | FILTER_FLAG_NO_RES_RANGE) === false;
        if ($private && !$this->options['privateIp']) {
            $this->errors = ['PRIVATE_IP' => $url];

            return false;
        }
        $headers = [];
        foreach ($this->headers as $name => $value) {
            $headers[] = "$name: $value";
        }
        $curl = curl_init($url);
        curl_setopt_array($curl, [
            CURLOPT_POST => true,
            CURLOPT_POSTFIELDS => $body,
            CURLOPT_HTTPHEADER => $headers,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_FOLLOWLOCATION => $this->options['redirect'],
            CURLOPT_CONNECTTIMEOUT => $this->options['socketTimeout'],
            CURLOPT_TIMEOUT => $this->options['streamTimeout'],
        ]);
        $answer = curl_exec($curl);
        $this->status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        if ($answer === false) {
            $this->errors = ['CONNECTION' => curl_error($curl)];
        }

        return $answer;
    }
}
