<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use stdClass;

use function array_values;
use function in_array;
use function is_array;
use function is_bool;
use function is_int;
use function is_string;
use function max;
use function mb_strlen;
use function min;

/** What an action was given: read by type, or not at all. A wrong type is named in the exception. */
final class Params
{
    private const LONGEST = 2000;

    public function __construct(private readonly stdClass $given)
    {
    }

    public function text(string $name, string $default = ''): string
    {
        $value = $this->given->$name ?? $default;
        if (!is_string($value) || mb_strlen($value) > self::LONGEST) {
            throw new WrongParam($name);
        }

        return $value;
    }

    /** @return string not empty */
    public function required(string $name): string
    {
        $value = $this->text($name);

        return $value !== '' ? $value : throw new WrongParam($name);
    }

    /** @param list<string> $words */
    public function word(string $name, array $words, string $default): string
    {
        $value = $this->text($name, $default);

        return in_array($value, $words, true) ? $value : throw new WrongParam($name);
    }

    public function flag(string $name): bool
    {
        $value = $this->given->$name ?? false;

        return is_bool($value) ? $value : throw new WrongParam($name);
    }

    public function number(string $name, int $default, int $least, int $most): int
    {
        $value = $this->given->$name ?? $default;

        return is_int($value) ? max($least, min($most, $value)) : throw new WrongParam($name);
    }

    /** @return list<string> */
    public function texts(string $name): array
    {
        $value = $this->given->$name ?? [];
        if (!is_array($value)) {
            throw new WrongParam($name);
        }
        foreach ($value as $one) {
            if (!is_string($one) || $one === '' || mb_strlen($one) > self::LONGEST) {
                throw new WrongParam($name);
            }
        }

        return array_values($value);
    }

    /** @return array<string, mixed> objects inside stay objects, so that an empty one stays one */
    public function document(string $name): array
    {
        $value = $this->given->$name ?? null;

        return $value instanceof stdClass ? (array) $value : throw new WrongParam($name);
    }

    /**
     * @param list<string> $names
     * @return array<string, string>
     */
    public function some(array $names): array
    {
        $some = [];
        foreach ($names as $name) {
            $some[$name] = $this->text($name);
        }

        return $some;
    }
}
