<?php

declare(strict_types=1);

namespace Orderbridge\Core;

use Closure;
use ErrorException;
use Throwable;

use function dirname;
use function is_file;
use function restore_error_handler;
use function set_error_handler;
use function sprintf;
use function strlen;

/**
 * The core compiled to PHP: runs wherever PHP runs, needs no extension and no other process.
 *
 * One instance serves many calls. A fault may leave its memory half changed, so it is thrown away then, and built
 * anew by the next call.
 */
final class CompiledPhp implements Engine
{
    private const ABI = 1;

    private readonly string $file;
    private ?Closure $make = null;
    private ?object $core = null;

    public function __construct(?string $file = null)
    {
        $this->file = $file ?? dirname(__DIR__, 3) . '/pkg/core.php';
    }

    public function name(): string
    {
        return 'compiled';
    }

    public function call(string $request): string
    {
        // What the compiled code reads outside its memory, PHP only warns of.
        set_error_handler(static function (int $level, string $message): never {
            throw new ErrorException($message, 0, $level);
        });
        try {
            return $this->answer($this->core ??= $this->build(), $request);
        } catch (EngineFault $fault) {
            $this->core = null;
            throw $fault;
        } catch (Throwable $failure) {
            $this->core = null;
            throw EngineFault::because($this->name(), $failure->getMessage(), $failure);
        } finally {
            restore_error_handler();
        }
    }

    public function renew(): void
    {
        $this->core = null;
    }

    private function answer(object $core, string $request): string
    {
        $size = strlen($request);
        $at = $core->core_alloc($size);
        if ($at === 0) {
            throw EngineFault::because($this->name(), sprintf('it takes no request of %d bytes', $size));
        }
        $core->write($at, $request);
        $status = $core->core_call($at, $size);
        if ($status !== 0) {
            throw EngineFault::because($this->name(), sprintf('fault %d', $status));
        }

        return $core->read($core->core_out_ptr(), $core->core_out_len());
    }

    private function build(): object
    {
        if ($this->make === null) {
            if (!is_file($this->file)) {
                throw EngineFault::because($this->name(), "$this->file is missing; install the module again");
            }
            $this->make = require $this->file;
        }
        $core = ($this->make)();
        $abi = $core->core_abi_version();
        if ($abi !== self::ABI) {
            throw EngineFault::because($this->name(), sprintf(
                'it speaks version %d of the border, this bridge %d; install the module again',
                $abi,
                self::ABI,
            ));
        }

        return $core;
    }
}
