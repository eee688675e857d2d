<?php

declare(strict_types=1);

namespace Orderbridge\Text;

use Orderbridge\Outbox\Reason;

use function is_array;
use function strtr;

/** What the host itself has to say to people; all else is said by the core. Russian first, English beside it. */
final class Texts
{
    /** @var array<string, string|array{string, string}> a text, or a message with what to do about it */
    private readonly array $texts;

    public function __construct(public readonly string $lang = 'ru')
    {
        $this->texts = require __DIR__ . '/' . ($lang === 'en' ? 'en' : 'ru') . '.php';
    }

    /** @param array<string, string|int> $values for `{name}` in the text */
    public function say(string $name, array $values = []): string
    {
        $text = $this->texts[$name] ?? $name;

        return self::filled(is_array($text) ? $text[0] : $text, $values);
    }

    /** @param array<string, string|int> $values */
    public function hint(string $name, array $values = []): string
    {
        $text = $this->texts[$name] ?? '';

        return is_array($text) ? self::filled($text[1], $values) : '';
    }

    /** @param array<string, string|int> $values */
    public function reason(string $name, array $values = []): Reason
    {
        return Reason::of($name, $this->say($name, $values), $this->hint($name, $values));
    }

    /**
     * For the settings page: what to do about it there, where the usual hint speaks of the command line.
     *
     * @param array<string, string|int> $values
     */
    public function reasonOnPage(string $name, array $values = []): Reason
    {
        $there = $this->texts["page_$name"] ?? null;

        return $there === null
            ? $this->reason($name, $values)
            : Reason::of($name, $this->say($name, $values), $this->say("page_$name", $values));
    }

    /** @param array<string, string|int> $values */
    private static function filled(string $text, array $values): string
    {
        $pairs = [];
        foreach ($values as $key => $value) {
            $pairs['{' . $key . '}'] = (string) $value;
        }

        return strtr($text, $pairs);
    }
}
