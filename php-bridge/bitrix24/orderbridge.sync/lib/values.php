<?php

namespace Orderbridge\Companion;

/** What of a deal a shop may want to know: each '' where it is not known. */
final class Values
{
    public string $stage;
    public string $category;
    public string $amount;
    public string $responsible;
    /** The deal was deleted when this was noted. */
    public bool $deleted = false;

    public function __construct(string $stage, string $category, string $amount, string $responsible)
    {
        $this->stage = $stage;
        $this->category = $category;
        $this->amount = $amount;
        $this->responsible = $responsible;
    }

    /** @param array<mixed> $fields of an event or of the deal itself; what is missing was not said */
    public static function said(array $fields): self
    {
        $stage = self::text($fields, 'STAGE_ID');
        $category = self::text($fields, 'CATEGORY_ID');
        if ($stage !== '') {
            // `C5:NEW`; the first funnel's stages have nothing before them.
            $category = preg_match('/^C(\d+):/', $stage, $found) === 1 ? $found[1] : '0';
        }

        return new self(
            $stage,
            $category,
            self::amount(self::text($fields, 'OPPORTUNITY')),
            self::text($fields, 'ASSIGNED_BY_ID')
        );
    }

    public function isEmpty(): bool
    {
        return $this->stage . $this->category . $this->amount . $this->responsible === '';
    }

    public function equals(self $other): bool
    {
        return $this->parts() === $other->parts();
    }

    /** These, with what was said later over them. */
    public function with(self $later): self
    {
        $parts = [];
        foreach ($later->parts() as $index => $part) {
            $parts[] = $part === '' ? $this->parts()[$index] : $part;
        }

        return new self(...$parts);
    }

    /** @return array<int, string> */
    private function parts(): array
    {
        return [$this->stage, $this->category, $this->amount, $this->responsible];
    }

    /** @param array<mixed> $fields */
    private static function text(array $fields, string $name): string
    {
        $value = $fields[$name] ?? '';

        return is_scalar($value) ? substr(trim((string) $value), 0, 50) : '';
    }

    /** 100, '100.00' and '100,0' are one amount. */
    private static function amount(string $text): string
    {
        return $text === '' ? '' : sprintf('%.2F', (float) str_replace(',', '.', $text));
    }
}
