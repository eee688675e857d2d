<?php

declare(strict_types=1);

namespace Story;

use DOMDocument;
use DOMElement;
use DOMNode;
use DOMXPath;
use RuntimeException;

/** An answer of the shop, read as a browser reads it. */
final class Page
{
    private ?DOMXPath $tree = null;

    /** @param array<string, string> $headers of the answer, by their names in lower case */
    public function __construct(
        public readonly int $status,
        public readonly string $url,
        public readonly string $body,
        public readonly array $headers = [],
    ) {
    }

    /** The text of the first element that the XPath finds; null when there is none. */
    public function text(string $path): ?string
    {
        $found = $this->tree()->query($path)->item(0);

        return $found === null ? null : trim((string) preg_replace('/\s+/u', ' ', $found->textContent));
    }

    /** @return list<string> */
    public function texts(string $path): array
    {
        return array_map(
            static fn ($node): string => trim((string) preg_replace('/\s+/u', ' ', $node->textContent)),
            iterator_to_array($this->tree()->query($path), false),
        );
    }

    /** @return array<string, string> the fields of a form as they are now: checked radios, chosen options */
    public function form(string $action): array
    {
        $form = $this->tree()->query("//form[@action='$action']")->item(0);
        if ($form === null) {
            $words = mb_substr(strip_tags($this->body), 0, 400);
            throw new RuntimeException("no form to $action on $this->url (status $this->status): $words");
        }

        return $this->within($form);
    }

    /** @return array<string, string> the fields below every element that the XPath finds; none when there is none */
    public function fields(string $path): array
    {
        $fields = [];
        foreach ($this->tree()->query($path) as $element) {
            $fields = [...$fields, ...$this->within($element)];
        }

        return $fields;
    }

    /** @return array<string, string> */
    private function within(DOMNode $element): array
    {
        $fields = [];
        $lists = [];
        foreach ($this->tree()->query('.//input[@name]|.//textarea[@name]|.//select[@name]', $element) as $field) {
            assert($field instanceof DOMElement);
            $type = $field->getAttribute('type');
            if (in_array($type, ['radio', 'checkbox'], true) && !$field->hasAttribute('checked')) {
                continue;
            }
            if (in_array($type, ['submit', 'button', 'image', 'reset', 'file'], true)) {
                continue;
            }
            $name = $field->getAttribute('name');
            if (str_ends_with($name, '[]')) {
                $lists[$name] = ($lists[$name] ?? -1) + 1;
                $name = substr($name, 0, -2) . "[$lists[$name]]";
            }
            $fields[$name] = match ($field->tagName) {
                'textarea' => $field->textContent,
                'select' => $this->selected($field),
                default => $field->getAttribute('value'),
            };
        }

        return $fields;
    }

    private function selected(DOMElement $select): string
    {
        $option = $this->tree()->query('.//option[@selected]', $select)->item(0)
            ?? $this->tree()->query('.//option', $select)->item(0);

        return $option instanceof DOMElement ? $option->getAttribute('value') : '';
    }

    private function tree(): DOMXPath
    {
        if ($this->tree === null) {
            $document = new DOMDocument();
            @$document->loadHTML('<?xml encoding="utf-8">' . ($this->body === '' ? '<p>' : $this->body));
            $this->tree = new DOMXPath($document);
        }

        return $this->tree;
    }
}
