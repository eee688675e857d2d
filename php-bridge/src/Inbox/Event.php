<?php

declare(strict_types=1);

namespace Orderbridge\Inbox;

use function hash;
use function is_array;
use function is_scalar;
use function json_decode;
use function json_encode;
use function ksort;
use function ltrim;
use function parse_str;
use function preg_match;
use function str_starts_with;

use const JSON_THROW_ON_ERROR;

/**
 * What is kept of a call from outside: which event, which ids. Nothing else in it is believed, so nothing else is
 * stored: no buyer's data, no tokens, and no time, so that a deal changed ten times before anybody looks is one row.
 */
final class Event
{
    /** `by` of a payload: the companion has signed it. */
    public const COMPANION = 'companion';
    private const QUERY = '/^(id|deal_id)$/iD';
    private const FORM = '/^(event|type|data\[(FIELDS\]\[)?(ID|ENTITY_TYPE_ID)\]|document_id\[[0-2]\])$/iD';
    /** How the companion asks whether it is heard; nothing to look at, but somebody has to say so. */
    private const TEST = 'orderbridge.test';
    private const VALUE = '/^[\w.:\-]{1,64}$/D';

    /**
     * @param array<string, string> $query
     * @param array<string, string> $form
     */
    private function __construct(
        private readonly array $query,
        private readonly array $form,
        private readonly string $token,
        private readonly string $by = '',
    ) {
    }

    /** @param array<mixed> $query as PHP has parsed it */
    public static function read(array $query, string $body): self
    {
        $form = self::flat(self::parsed($body));

        return new self(
            self::kept(self::flat($query), self::QUERY),
            self::kept($form, self::FORM),
            $form['auth[application_token]'] ?? '',
        );
    }

    /** What the companion module has signed; the address it came by is not. */
    public static function signed(string $body): self
    {
        return new self([], self::kept(self::flat(self::parsed($body)), self::FORM), '', self::COMPANION);
    }

    /** The token that the portal sent along, for judging; it is not stored. */
    public function token(): string
    {
        return $this->token;
    }

    /** Whether there is anything in it to look at. */
    public function isEmpty(): bool
    {
        if ($this->by === self::COMPANION && ($this->form['type'] ?? '') === self::TEST) {
            return false;
        }
        foreach ([...$this->query, ...$this->form] as $name => $value) {
            if ($name !== 'event' && $name !== 'type' && preg_match('/\d/', $value) === 1) {
                return false;
            }
        }

        return true;
    }

    public function payload(): string
    {
        $payload = ['query' => (object) $this->query, 'form' => (object) $this->form];

        return json_encode($payload + ($this->by === '' ? [] : ['by' => $this->by]), JSON_THROW_ON_ERROR);
    }

    public function digest(): string
    {
        return hash('sha256', $this->payload());
    }

    /** @return array<mixed> */
    private static function parsed(string $body): array
    {
        if (str_starts_with(ltrim($body), '{')) {
            $json = json_decode($body, true, 8);

            return is_array($json) ? $json : [];
        }
        $form = [];
        // Too many fields raise a warning that says nothing new.
        @parse_str($body, $form);

        return $form;
    }

    /**
     * `data[FIELDS][ID]` as one key, as it was sent.
     *
     * @param array<mixed> $values
     * @return array<string, string>
     */
    private static function flat(array $values, string $prefix = '', int $depth = 0): array
    {
        $flat = [];
        foreach ($values as $key => $value) {
            $name = $prefix === '' ? (string) $key : $prefix . '[' . $key . ']';
            if (is_array($value)) {
                $flat += $depth < 4 ? self::flat($value, $name, $depth + 1) : [];
            } elseif (is_scalar($value)) {
                $flat[$name] = (string) $value;
            }
        }

        return $flat;
    }

    /**
     * @param array<string, string> $values
     * @return array<string, string>
     */
    private static function kept(array $values, string $names): array
    {
        $kept = [];
        foreach ($values as $name => $value) {
            if (preg_match($names, (string) $name) === 1 && preg_match(self::VALUE, $value) === 1) {
                $kept[$name] = $value;
            }
        }
        ksort($kept);

        return $kept;
    }
}
