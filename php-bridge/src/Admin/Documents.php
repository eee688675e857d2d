<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use Orderbridge\Wiring;

/** The settings document with its revision, as the app carries both. */
final class Documents
{
    public function __construct(private readonly Wiring $wiring)
    {
    }

    /** @return array{document: array<string, mixed>, revision: string} */
    public function stored(): array
    {
        $document = $this->wiring->setup()->document();

        return ['document' => $document, 'revision' => $this->wiring->settings()->revision()];
    }
}
