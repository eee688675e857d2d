<?php

declare(strict_types=1);

namespace Shops;

/** What one step saw. */
final class Row
{
    /** Time to be printed instead of the step's own: how long the shop took, not how long it was looked at. */
    public ?float $seconds = null;
    /** @var list<string> */
    private array $notes = [];

    public function note(string $text): void
    {
        $text = trim((string) preg_replace('/\s+/u', ' ', $text));
        $text === '' || $this->notes[] = $text;
    }

    public function text(): string
    {
        return implode('; ', $this->notes);
    }
}
