<?php

declare(strict_types=1);

namespace Story;

use RuntimeException;

/** A program that was started here, and is stopped here. */
final class Process
{
    /** @var resource|null */
    private $handle;
    public readonly int $pid;

    /**
     * @param list<string> $command
     * @param array<string, string> $environment on top of our own
     * @param string $log the file that gets both its outputs
     */
    public function __construct(
        public readonly string $name,
        array $command,
        array $environment,
        public readonly string $log,
    ) {
        $output = fopen($log, 'a');
        // A session of its own: Ctrl-C is ours to handle, and what it forks can be stopped together with it.
        [$this->handle] = self::open(['setsid', ...$command], $environment, [$output, $output]);
        $this->pid = proc_get_status($this->handle)['pid'];
    }

    public function runs(): bool
    {
        return $this->handle !== null && proc_get_status($this->handle)['running'];
    }

    /** Waits until its output matches and returns the matches. */
    public function said(string $pattern, float $seconds): array
    {
        return Wait::until("$this->name says $pattern", $seconds, function () use ($pattern): ?array {
            if (preg_match($pattern, (string) file_get_contents($this->log), $match) === 1) {
                return $match;
            }
            if (!$this->runs()) {
                $words = substr((string) file_get_contents($this->log), -2000);
                throw new RuntimeException("$this->name ended at once:\n$words");
            }

            return null;
        });
    }

    public function stop(int $signal = SIGTERM): void
    {
        if ($this->handle === null) {
            return;
        }
        $this->signal($signal);
        $deadline = microtime(true) + 10;
        while (proc_get_status($this->handle)['running']) {
            if (microtime(true) > $deadline) {
                $this->signal(SIGKILL);
            }
            usleep(10_000);
        }
        proc_close($this->handle);
        $this->handle = null;
    }

    private function signal(int $signal): void
    {
        posix_kill(-$this->pid, $signal) || proc_terminate($this->handle, $signal);
    }

    /**
     * Runs a program to its end.
     *
     * @param list<string> $command
     * @param array<string, string> $environment on top of our own
     * @return array{code: int, output: string}
     */
    public static function run(array $command, array $environment = []): array
    {
        [$handle, $pipes] = self::open($command, $environment, [['pipe', 'w'], ['redirect', 1]]);
        $output = (string) stream_get_contents($pipes[1]);

        return ['code' => proc_close($handle), 'output' => $output];
    }

    /**
     * @param list<string> $command
     * @param array<string, string> $environment
     * @param array{mixed, mixed} $outputs
     * @return array{resource, array<int, resource>}
     */
    private static function open(array $command, array $environment, array $outputs): array
    {
        $handle = proc_open(
            $command,
            [['file', '/dev/null', 'r'], ...$outputs],
            $pipes,
            dirname(__DIR__, 3),
            [...getenv(), ...$environment],
        );
        if ($handle === false) {
            throw new RuntimeException('cannot be started: ' . implode(' ', $command));
        }

        return [$handle, $pipes];
    }

    /** @param string ...$names the first of these programs that this machine has, else null */
    public static function find(string ...$names): ?string
    {
        foreach ($names as $name) {
            foreach ([...explode(':', (string) getenv('PATH')), '/usr/sbin', '/usr/local/sbin'] as $folder) {
                foreach (glob("$folder/$name") ?: [] as $file) {
                    if (is_executable($file)) {
                        return $file;
                    }
                }
            }
        }

        return null;
    }

    public static function freePort(): int
    {
        $socket = stream_socket_server('tcp://127.0.0.1:0');
        $port = (int) substr(strrchr((string) stream_socket_get_name($socket, false), ':'), 1);
        fclose($socket);

        return $port;
    }
}
