<?php

declare(strict_types=1);

namespace Chaos;

/**
 * Simulated time, the same for all processes of a run: the real one and an offset that the director puts ahead.
 *
 * It is put ahead only when no living worker is in the middle of something, to the moment at which the next thing is
 * due: hours of waiting cost nothing, and no lease ends under a worker that is merely slow.
 */
final class Time
{
    /** @var resource held shared while a worker works; the kernel lets go of it when the worker is killed */
    private mixed $lock;

    /** @param int $skew seconds by which this machine's clock is wrong */
    public function __construct(private readonly string $folder, private readonly int $skew = 0)
    {
        // Not for our children: one that outlives a killed worker would hold it on.
        $this->lock = fopen("$folder/busy", 'ce');
    }

    public static function begin(string $folder): self
    {
        mkdir("$folder/asleep");
        file_put_contents("$folder/offset", '0');

        return new self($folder);
    }

    public function offset(): float
    {
        return (float) file_get_contents("$this->folder/offset");
    }

    /** As the database has it. */
    public function now(): float
    {
        return microtime(true) + $this->offset();
    }

    /** As this machine has it. */
    public function seen(): float
    {
        return $this->now() + $this->skew;
    }

    public function ahead(float $seconds): void
    {
        file_put_contents("$this->folder/offset.new", (string) round($this->offset() + $seconds, 3));
        rename("$this->folder/offset.new", "$this->folder/offset");
    }

    /**
     * @template T
     * @param callable(): T $work
     * @return T
     */
    public function busy(callable $work): mixed
    {
        flock($this->lock, LOCK_SH);
        try {
            return $work();
        } finally {
            flock($this->lock, LOCK_UN);
        }
    }

    /** Does it while nobody works; false when somebody does. */
    public function alone(callable $work): bool
    {
        if (!flock($this->lock, LOCK_EX | LOCK_NB)) {
            return false;
        }
        try {
            $work();
        } finally {
            flock($this->lock, LOCK_UN);
        }

        return true;
    }

    /** For a worker: waits until so much time has passed; meanwhile it may be put ahead. */
    public function sleep(float $seconds): void
    {
        $until = $this->now() + $seconds;
        $mark = "$this->folder/asleep/" . getmypid();
        file_put_contents($mark, (string) $until);
        flock($this->lock, LOCK_UN);
        while ($this->now() < $until) {
            usleep(2_000);
        }
        flock($this->lock, LOCK_SH);
        unlink($mark);
    }

    /** For a worker that has nothing to do: looks away until the time has been put ahead, or for a moment. */
    public function idle(float $seconds): void
    {
        $until = microtime(true) + $seconds;
        $before = $this->offset();
        while (microtime(true) < $until && $this->offset() === $before) {
            usleep(3_000);
        }
    }

    /** @return float|null when the first sleeper wants to be woken */
    public function wakes(): ?float
    {
        $first = null;
        foreach (glob("$this->folder/asleep/*") ?: [] as $mark) {
            if (posix_kill((int) basename($mark), 0)) {
                $until = (float) file_get_contents($mark);
                $first = $first === null ? $until : min($first, $until);
            } else {
                unlink($mark);
            }
        }

        return $first;
    }
}
