<?php

declare(strict_types=1);

namespace Shops;

/** Every text that the test prints. */
final class Words
{
    /** @var array<string, string> */
    private readonly array $texts;

    public function __construct(string $language)
    {
        $this->texts = require __DIR__ . "/words/$language.php";
    }

    /** @param array<string, string> $values by their names in the text */
    public function say(string $name, array $values = []): string
    {
        $places = array_map(static fn (string $key): string => "{{$key}}", array_keys($values));

        return str_replace($places, array_values($values), $this->texts[$name]);
    }
}
