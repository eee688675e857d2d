<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use function array_key_exists;
use function array_shift;
use function explode;
use function in_array;
use function ltrim;
use function str_starts_with;

/** The words of a command line: a command, its operands, `--name`, `--name=value`, `--name value`. */
final class Arguments
{
    /** Options that need a value. */
    private const WITH_VALUE = [
        'boot', 'lang', 'for', 'limit', 'from', 'to', 'from-id', 'to-id', 'order', 'phone', 'email',
    ];
    private const PLAIN = [
        'once', 'daemon', 'all', 'yes', 'json', 'help', 'stdin', 'another', 'wait', 'repair', 'show-urls', 'final',
        'unlink',
    ];

    /**
     * @param list<string> $operands
     * @param array<string, string> $options
     */
    private function __construct(
        public readonly string $command,
        public readonly array $operands,
        private readonly array $options,
        public readonly string $unknown,
    ) {
    }

    /** @param list<string> $words */
    public static function of(array $words): self
    {
        $operands = $options = [];
        $unknown = '';
        while ($words !== []) {
            $word = array_shift($words);
            if (!str_starts_with($word, '--')) {
                $operands[] = $word;
                continue;
            }
            [$name, $value] = explode('=', ltrim($word, '-'), 2) + [1 => null];
            if (in_array($name, self::WITH_VALUE, true) && !str_starts_with($words[0] ?? '--', '--')) {
                $value ??= array_shift($words);
            }
            if (
                !in_array($name, self::PLAIN, true)
                && (!in_array($name, self::WITH_VALUE, true) || $value === null || $value === '')
            ) {
                $unknown = $unknown === '' ? $word : $unknown;
            }
            $options[$name] = (string) $value;
        }

        return new self((string) array_shift($operands), $operands, $options, $unknown);
    }

    public function has(string $name): bool
    {
        return array_key_exists($name, $this->options);
    }

    public function value(string $name, string $default = ''): string
    {
        return $this->options[$name] ?? $default;
    }
}
