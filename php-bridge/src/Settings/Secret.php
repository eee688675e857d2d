<?php

declare(strict_types=1);

namespace Orderbridge\Settings;

use Closure;
use LogicException;
use SensitiveParameter;

/**
 * A text that no dump, trace or log may show. In a closure, for var_export() and casts show what a private property
 * holds; behind a class, for print_r() shows what a closure holds.
 */
final class Secret
{
    /** @param Closure(): string $text */
    private function __construct(private readonly Closure $text)
    {
    }

    public static function of(#[SensitiveParameter] string $text): self
    {
        return new self(static fn (): string => $text);
    }

    public function reveal(): string
    {
        return ($this->text)();
    }

    /** @return array<string, string> */
    public function __debugInfo(): array
    {
        return ['text' => '***'];
    }

    /** @return array<string, mixed> */
    public function __serialize(): array
    {
        throw new LogicException('a secret is not serialised');
    }
}
