<?php

declare(strict_types=1);

namespace Orderbridge\Inbox;

use function file_get_contents;
use function str_replace;
use function str_starts_with;
use function strtolower;
use function substr;

/**
 * The request that PHP is answering, as it came: for shops whose own class for it escapes what is in it, which neither
 * a secret nor a signature survives.
 */
final class Request
{
    public static function method(): string
    {
        return (string) ($_SERVER['REQUEST_METHOD'] ?? 'GET');
    }

    /**
     * @param array<mixed>|null $server $_SERVER as PHP made it, where the CMS has put something of its own there
     * @return array<string, string> by names in lower case
     */
    public static function headers(?array $server = null): array
    {
        $server ??= $_SERVER;
        $headers = [];
        foreach ($server as $name => $value) {
            if (str_starts_with((string) $name, 'HTTP_')) {
                $headers[strtolower(str_replace('_', '-', substr((string) $name, 5)))] = (string) $value;
            }
        }
        foreach (['CONTENT_TYPE' => 'content-type', 'CONTENT_LENGTH' => 'content-length'] as $name => $header) {
            if (isset($server[$name])) {
                $headers[$header] = (string) $server[$name];
            }
        }

        return $headers;
    }

    /** Never more than the limit and one byte: enough to see that it is too long. */
    public static function body(int $limit): string
    {
        return (string) file_get_contents('php://input', false, null, 0, $limit + 1);
    }
}
