<?php

declare(strict_types=1);

namespace Orderbridge\Core;

use JsonException;

use function dirname;
use function fclose;
use function feof;
use function fread;
use function fwrite;
use function hrtime;
use function intdiv;
use function is_array;
use function is_int;
use function is_resource;
use function is_string;
use function json_decode;
use function json_encode;
use function proc_close;
use function proc_get_status;
use function proc_open;
use function proc_terminate;
use function sprintf;
use function str_ends_with;
use function stream_select;
use function stream_set_blocking;
use function strlen;
use function strpos;
use function substr;

use const JSON_THROW_ON_ERROR;
use const JSON_UNESCAPED_SLASHES;
use const JSON_UNESCAPED_UNICODE;
use const PHP_OS_FAMILY;

/**
 * The core in a Node.js child that stays for many requests: much faster where Node is, for the command line.
 *
 * The child gets one line a request and gives one line an answer. One that is late or says something else is killed;
 * the next call starts another.
 */
final class NodeWorker implements Engine
{
    private const KILL = 9;
    /** A request is at most 256 KiB, an answer 512 KiB; JSON in JSON may need six bytes for one. */
    private const LONGEST_LINE = 4_000_000;

    /** @var list<string> */
    private readonly array $command;
    /** @var resource|null */
    private $process = null;
    /** @var array<int, resource> */
    private array $pipes = [];
    private string $unread = '';
    private int $id = 0;

    /** @param list<string>|null $command what to run instead, without a shell */
    public function __construct(
        ?array $command = null,
        private readonly float $seconds = 2.0,
    ) {
        $bridge = dirname(__DIR__, 2);
        $this->command = $command ?? ['node', "$bridge/engines/worker.mjs", dirname($bridge) . '/pkg/core.wasm'];
    }

    public function __destruct()
    {
        $this->end();
    }

    public function name(): string
    {
        return 'node';
    }

    public function call(string $request): string
    {
        $id = ++$this->id;
        $line = json_encode(['id' => $id, 'request' => $request], JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
        if ($line === false) {
            throw EngineFault::because($this->name(), 'the request is not UTF-8');
        }
        $fresh = $this->start();
        try {
            return $this->answerTo($id, $this->exchange("$line\n"));
        } catch (EngineFault $fault) {
            $idle = !$fresh && $this->hasGone();
            $this->kill();
            if (!$idle) {
                throw $fault;
            }
        }

        // The child had died before it was asked, of something else. Another one may know the answer.
        return $this->call($request);
    }

    public function renew(): void
    {
        $this->end();
    }

    /** @throws EngineFault */
    private function answerTo(int $id, string $line): string
    {
        try {
            $reply = json_decode($line, true, 4, JSON_THROW_ON_ERROR);
        } catch (JsonException $malformed) {
            throw EngineFault::because($this->name(), 'it did not speak JSON', $malformed);
        }
        if (!is_array($reply) || ($reply['id'] ?? null) !== $id) {
            throw EngineFault::because($this->name(), 'it answered something else');
        }
        if (is_string($reply['answer'] ?? null)) {
            return $reply['answer'];
        }

        $fault = $reply['fault'] ?? null;

        throw EngineFault::because($this->name(), is_string($fault) ? $fault : 'no answer in it');
    }

    /** Sends a line and gives the one that comes back, without its end. Neither side can block the other. */
    private function exchange(string $line): string
    {
        $until = hrtime(true) + (int) ($this->seconds * 1e9);
        while (($end = strpos($this->unread, "\n")) === false) {
            $left = intdiv($until - hrtime(true), 1000);
            if ($left <= 0) {
                throw EngineFault::because($this->name(), sprintf('it took longer than %s s', $this->seconds));
            }
            $read = [$this->pipes[1]];
            $write = $line === '' ? [] : [$this->pipes[0]];
            $except = null;
            // A signal interrupts the wait; the loop waits for what is left of the time.
            if (@stream_select($read, $write, $except, intdiv($left, 1_000_000), $left % 1_000_000) === false) {
                continue;
            }
            if ($write !== []) {
                $sent = @fwrite($this->pipes[0], $line);
                if ($sent === false) {
                    throw EngineFault::because($this->name(), 'it ended');
                }
                $line = substr($line, $sent);
            }
            if ($read !== []) {
                $this->receive();
            }
        }
        $answer = substr($this->unread, 0, $end);
        $this->unread = substr($this->unread, $end + 1);
        if ($this->unread !== '') {
            throw EngineFault::because($this->name(), 'it said more than it was asked');
        }

        return $answer;
    }

    private function receive(): void
    {
        $bytes = (string) fread($this->pipes[1], 65536);
        if ($bytes === '' && feof($this->pipes[1])) {
            throw EngineFault::because($this->name(), 'it ended');
        }
        $this->unread .= $bytes;
        if (strlen($this->unread) > self::LONGEST_LINE) {
            throw EngineFault::because($this->name(), 'it does not stop talking');
        }
    }

    /** Whether a new child had to be started. */
    private function start(): bool
    {
        if ($this->process !== null && proc_get_status($this->process)['running']) {
            return false;
        }
        $this->kill();
        $nowhere = PHP_OS_FAMILY === 'Windows' ? 'NUL' : '/dev/null';
        $process = @proc_open(
            $this->command,
            [0 => ['pipe', 'r'], 1 => ['pipe', 'w'], 2 => ['file', $nowhere, 'w']],
            $this->pipes,
        );
        if (!is_resource($process)) {
            throw EngineFault::because($this->name(), sprintf('%s does not start', $this->command[0]));
        }
        $this->process = $process;
        stream_set_blocking($this->pipes[0], false);
        stream_set_blocking($this->pipes[1], false);

        return true;
    }

    /** Whether the child has ended by itself, without a word. */
    private function hasGone(): bool
    {
        return $this->unread === '' && feof($this->pipes[1]);
    }

    /** Asks the child to end by closing its input, and waits no longer than for an answer. */
    private function end(): void
    {
        if ($this->process === null) {
            return;
        }
        fclose($this->pipes[0]);
        unset($this->pipes[0]);
        $this->hasEnded() ? $this->close() : $this->kill();
    }

    private function hasEnded(): bool
    {
        $until = hrtime(true) + (int) ($this->seconds * 1e9);
        while (!feof($this->pipes[1])) {
            $left = intdiv($until - hrtime(true), 1000);
            $read = [$this->pipes[1]];
            $none = null;
            if ($left <= 0 || @stream_select($read, $none, $none, 0, $left) === 0) {
                return false;
            }
            fread($this->pipes[1], 65536);
        }

        return true;
    }

    private function kill(): void
    {
        if ($this->process !== null) {
            proc_terminate($this->process, self::KILL);
            $this->close();
        }
    }

    private function close(): void
    {
        foreach ($this->pipes as $pipe) {
            fclose($pipe);
        }
        if ($this->process !== null) {
            proc_close($this->process);
        }
        $this->process = null;
        $this->pipes = [];
        $this->unread = '';
    }
}
