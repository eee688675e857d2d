<?php

declare(strict_types=1);

namespace Orderbridge\Core;

/** Runs the core's WebAssembly: bytes in, bytes out. */
interface Engine
{
    /**
     * Answers a request, both JSON text. Whatever the request says, the answer says what came of it.
     *
     * @throws EngineFault when there is no answer; the next call starts afresh
     */
    public function call(string $request): string;

    /** Forgets what it was told to keep: the settings that were handed over by name. The next call starts afresh. */
    public function renew(): void;

    /** Which engine this is, for the health page. */
    public function name(): string;
}
