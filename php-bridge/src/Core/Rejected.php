<?php

declare(strict_types=1);

namespace Orderbridge\Core;

use Orderbridge\Exception\Unrecoverable;
use RuntimeException;

/** The core refused the request: what, where, and what to do about it. */
final class Rejected extends RuntimeException implements Unrecoverable
{
    /** @var string one of the closed list of codes; PHP lets an exception's code carry no type of its own */
    public $code;

    public function __construct(
        string $code,
        public readonly ?string $path,
        string $message,
        public readonly string $hint,
    ) {
        parent::__construct($message);
        $this->code = $code;
    }
}
