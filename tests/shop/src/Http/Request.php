<?php

declare(strict_types=1);

namespace Piala\Http;

/** One request, read once. */
final class Request
{
    /**
     * @param array<string, mixed> $query
     * @param array<string, mixed> $form
     * @param array<string, string> $headers
     */
    public function __construct(
        public readonly string $method,
        public readonly string $path,
        public readonly array $query,
        private readonly array $form,
        public readonly array $headers,
        public readonly string $address,
    ) {
    }

    public static function current(): self
    {
        $headers = [];
        foreach ($_SERVER as $name => $value) {
            if (str_starts_with((string) $name, 'HTTP_')) {
                $headers[strtolower(strtr(substr((string) $name, 5), '_', '-'))] = (string) $value;
            }
        }
        foreach (['CONTENT_TYPE' => 'content-type', 'CONTENT_LENGTH' => 'content-length'] as $name => $header) {
            if (($_SERVER[$name] ?? '') !== '') {
                $headers[$header] = (string) $_SERVER[$name];
            }
        }

        return new self(
            (string) ($_SERVER['REQUEST_METHOD'] ?? 'GET'),
            rawurldecode((string) parse_url((string) ($_SERVER['REQUEST_URI'] ?? '/'), PHP_URL_PATH)),
            $_GET,
            $_POST,
            $headers,
            (string) ($_SERVER['REMOTE_ADDR'] ?? ''),
        );
    }

    public function query(string $name, string $default = ''): string
    {
        return self::text($this->query[$name] ?? $default);
    }

    public function form(string $name, string $default = ''): string
    {
        return self::text($this->form[$name] ?? $default);
    }

    /** The secret against forged requests: a field of a form, a header of a script, which no other site can send. */
    public function token(): string
    {
        return $this->form('csrf', self::text($this->headers['x-csrf-token'] ?? ''));
    }

    /** @return array<string, string> all single fields of the form */
    public function fields(): array
    {
        return array_map(self::text(...), array_filter($this->form, is_string(...)));
    }

    /** @return array<array-key, string> fields called name[key] */
    public function map(string $name): array
    {
        return is_array($this->form[$name] ?? null) ? array_map(self::text(...), $this->form[$name]) : [];
    }

    /** The body as it came, but never more than the limit plus one byte: enough to see that it is too long. */
    public function body(int $limit): string
    {
        return (string) file_get_contents('php://input', false, null, 0, $limit + 1);
    }

    /** Broken UTF-8 and control characters never get past this door. */
    private static function text(mixed $value): string
    {
        return is_string($value) ? (string) preg_replace('/[^\P{C}\n\t\p{Cf}]/u', '', mb_scrub($value, 'UTF-8')) : '';
    }
}
