<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Support;

use function fclose;
use function fgets;
use function fwrite;
use function getenv;
use function stream_socket_client;
use function trim;

/**
 * One of the servers in this folder, in a process of its own. A PHP that can start none asks at the address
 * ORDERBRIDGE_TEST_SERVERS for it, and the server lasts as long as that connection.
 */
final class Server
{
    private ?Child $process = null;
    /** @var resource|null */
    private $connection = null;
    public readonly string $port;

    public function __construct(string $script)
    {
        $starter = (string) getenv('ORDERBRIDGE_TEST_SERVERS');
        if ($starter === '') {
            $this->process = new Child(__DIR__ . "/$script");
        } else {
            $this->connection = stream_socket_client("tcp://$starter");
            fwrite($this->connection, "$script\n");
        }
        $this->port = $this->line();
    }

    /** The next line that the server prints; waits for it. */
    public function line(): string
    {
        return $this->process?->line() ?? trim((string) fgets($this->connection));
    }

    public function kill(): void
    {
        $this->process?->kill();
        if ($this->connection !== null) {
            fclose($this->connection);
            $this->connection = null;
        }
    }
}
