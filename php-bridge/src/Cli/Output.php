<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Text\Texts;

use function fwrite;
use function json_encode;

use const JSON_INVALID_UTF8_SUBSTITUTE;
use const JSON_PRETTY_PRINT;
use const JSON_UNESCAPED_SLASHES;
use const JSON_UNESCAPED_UNICODE;

/** What a command prints: results to one stream, complaints to the other. */
final class Output
{
    /**
     * @param resource $out
     * @param resource $err
     */
    public function __construct(
        private $out,
        private $err,
        public readonly Texts $texts,
    ) {
    }

    /** @param array<string, string|int> $values */
    public function say(string $text, array $values = []): void
    {
        $this->line($this->texts->say($text, $values));
    }

    public function line(string $text = ''): void
    {
        fwrite($this->out, $text . "\n");
    }

    public function json(mixed $value): void
    {
        $this->line((string) json_encode(
            $value,
            JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PRETTY_PRINT | JSON_INVALID_UTF8_SUBSTITUTE,
        ));
    }

    public function complain(string $text): void
    {
        fwrite($this->err, $text . "\n");
    }
}
