<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Support;

use RuntimeException;

use function fclose;
use function fgets;
use function proc_close;
use function proc_get_status;
use function proc_open;
use function proc_terminate;
use function stream_get_contents;
use function trim;

use const PHP_BINARY;

/** Another PHP process of a test; killed when the test lets go of it. */
final class Child
{
    /** SIGKILL, whose name comes with ext-pcntl only. */
    private const KILL = 9;

    /** @var resource|null */
    private $process;
    /** @var array<int, resource> */
    private array $pipes = [];
    private ?int $exit = null;

    /** @param array<string, string> $environment */
    public function __construct(string $script, array $arguments = [], array $environment = [])
    {
        $this->process = proc_open(
            [PHP_BINARY, $script, ...$arguments],
            [0 => ['pipe', 'r'], 1 => ['pipe', 'w'], 2 => ['pipe', 'w']],
            $this->pipes,
            null,
            $environment + getenv(),
        );
        if ($this->process === false) {
            throw new RuntimeException('no process');
        }
    }

    /** The next line that the process prints; waits for it. */
    public function line(): string
    {
        $line = fgets($this->pipes[1]);
        if ($line === false) {
            throw new RuntimeException('the process has ended: ' . stream_get_contents($this->pipes[2]));
        }

        return trim($line);
    }

    public function tell(string $line): void
    {
        fwrite($this->pipes[0], $line . "\n");
    }

    public function signal(int $signal): void
    {
        proc_terminate($this->process, $signal);
    }

    public function kill(): void
    {
        if ($this->process !== null) {
            proc_terminate($this->process, self::KILL);
            $this->wait();
        }
    }

    /** @return string everything that was printed; waits for the end */
    public function rest(): string
    {
        $out = stream_get_contents($this->pipes[1]) . stream_get_contents($this->pipes[2]);
        $this->wait();

        return $out;
    }

    /** Exit code, -1 when it was killed. */
    public function exit(): ?int
    {
        return $this->exit;
    }

    private function wait(): void
    {
        if ($this->process === null) {
            return;
        }
        foreach ($this->pipes as $pipe) {
            fclose($pipe);
        }
        $status = proc_get_status($this->process);
        $code = proc_close($this->process);
        $this->exit = $status['running'] ? $code : $status['exitcode'];
        $this->process = null;
    }

    public function __destruct()
    {
        $this->kill();
    }
}
