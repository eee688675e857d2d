<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Support;

use function file_get_contents;
use function json_decode;
use function json_encode;
use function stream_context_create;

/** The portal of portal.php in a process of its own. */
final class ScriptedPortal
{
    public const SECRET = 'abcdef0123456789';

    private readonly Server $server;
    public readonly string $port;

    public function __construct()
    {
        $this->server = new Server('portal.php');
        $this->port = $this->server->port;
    }

    public function webhook(): string
    {
        return "http://127.0.0.1:$this->port/rest/1/" . self::SECRET . '/';
    }

    /** @return array{deals: array<string, array<string, string>>, moves: list<string>, requests: int, most: int} */
    public function state(): array
    {
        return $this->ask('/state', null);
    }

    public function move(string $deal, string $stage): void
    {
        $this->ask('/move', ['deal' => $deal, 'stage' => $stage]);
    }

    /** @param array{order: string, print: string, stage: string}|null $of null: deleted */
    public function set(string $deal, ?array $of): void
    {
        $this->ask('/set', ['deal' => $deal, 'of' => $of]);
    }

    public function fault(string $kind, int $times = 1): void
    {
        $this->ask('/fault', ['kind' => $kind, 'times' => $times]);
    }

    public function kill(): void
    {
        $this->server->kill();
    }

    private function ask(string $path, ?array $told): array
    {
        $context = stream_context_create(['http' => $told === null ? [] : [
            'method' => 'POST',
            'header' => 'Content-Type: application/json',
            'content' => json_encode($told),
        ]]);

        return json_decode((string) file_get_contents("http://127.0.0.1:$this->port$path", false, $context), true);
    }
}
