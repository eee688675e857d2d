<?php

declare(strict_types=1);

namespace Orderbridge\Core;

use Closure;
use DateTimeImmutable;
use JsonException;
use stdClass;

use function array_map;
use function in_array;
use function is_array;
use function is_string;
use function json_decode;
use function json_encode;
use function md5;
use function strlen;
use function strtr;
use function substr;

use const JSON_INVALID_UTF8_SUBSTITUTE;
use const JSON_PRESERVE_ZERO_FRACTION;
use const JSON_THROW_ON_ERROR;
use const JSON_UNESCAPED_SLASHES;
use const JSON_UNESCAPED_UNICODE;

/**
 * Asks the core. Objects come back as arrays, except for what only the core understands (the state of a task, its
 * calls, replies, memos, cursors): that stays as JSON objects, so that giving it back changes nothing in it.
 */
final class Core
{
    private const VERSION = 1;
    private const MOST_BYTES = 256 * 1024;
    private const ENCODE = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PRESERVE_ZERO_FRACTION
        | JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR;
    private const SETTINGS_MISSING = 'settings_missing';
    private const OPAQUE = ['state', 'calls', 'cursor', 'replies'];

    /** @var list<array{code: string, message: string, path?: string, hint?: string}> */
    private array $notes = [];
    /** Our name for the settings that the engine has been handed; they are the largest part of most requests. */
    private string $handed = '';

    /** @param Closure(): DateTimeImmutable $clock */
    public function __construct(
        private readonly Engine $engine,
        private readonly Closure $clock,
        private readonly string $lang = 'ru',
    ) {
    }

    /**
     * @param array<string, mixed> $data
     * @param array<string, mixed>|stdClass|null $settings
     * @return array<string, mixed>
     * @throws Rejected when the core refuses the request
     * @throws EngineFault when there is no answer
     */
    public function ask(string $op, array $data, array|stdClass|null $settings = null): array
    {
        $this->notes = [];
        $request = [
            'v' => self::VERSION,
            'op' => $op,
            // With its offset: people's hours are the shop's own.
            'now' => ($this->clock)()->format('Y-m-d\TH:i:sP'),
            'lang' => $this->lang,
        ];
        $request['data'] = (object) $data;
        $head = $this->encoded($request);
        if ($settings === null) {
            return $this->send($head);
        }
        $document = $this->encoded((object) $settings);
        $id = md5($document);
        $named = substr($head, 0, -1) . ',"settings_id":"' . $id . '"';
        $whole = "$named,\"settings\":$document}";
        if ($this->handed === $id) {
            try {
                return $this->send("$named}");
            } catch (Rejected $refusal) {
                // Only when the engine has started afresh meanwhile.
                if ($refusal->code !== self::SETTINGS_MISSING) {
                    throw $refusal;
                }
            }
        } elseif ($this->handed !== '') {
            $this->engine->renew();
        }
        $this->handed = $id;

        return $this->send($whole);
    }

    private function encoded(mixed $value): string
    {
        try {
            return json_encode($value, self::ENCODE);
        } catch (JsonException $unspeakable) {
            throw EngineFault::because($this->engine->name(), $unspeakable->getMessage(), $unspeakable);
        }
    }

    /** @return array<string, mixed> */
    private function send(string $request): array
    {
        if (strlen($request) > self::MOST_BYTES) {
            throw $this->tooLong();
        }

        return $this->read($this->engine->call($request));
    }

    /**
     * What the last answer says beside its data, for people.
     *
     * @return list<array{code: string, message: string, path?: string, hint?: string}>
     */
    public function notes(): array
    {
        return $this->notes;
    }

    /** Which engine runs. */
    public function engine(): Engine
    {
        return $this->engine;
    }

    /** @return array<string, mixed> */
    private function read(string $answer): array
    {
        try {
            $answer = json_decode($answer, false, 512, JSON_THROW_ON_ERROR);
        } catch (JsonException $malformed) {
            throw EngineFault::because($this->engine->name(), 'its answer is no JSON', $malformed);
        }
        if ($answer instanceof stdClass && ($answer->outcome ?? null) === 'ok' && isset($answer->data)) {
            $this->notes = self::plain($answer->notes ?? []);

            return self::members($answer->data);
        }
        if ($answer instanceof stdClass && ($answer->outcome ?? null) === 'rejected' && isset($answer->error)) {
            throw self::rejected((array) $answer->error);
        }

        throw EngineFault::because($this->engine->name(), 'its answer is of an unknown kind');
    }

    /** @param array<string, mixed> $error */
    private static function rejected(array $error): Rejected
    {
        return new Rejected(
            (string) ($error['code'] ?? ''),
            is_string($error['path'] ?? null) ? $error['path'] : null,
            (string) ($error['message'] ?? ''),
            (string) ($error['hint'] ?? ''),
        );
    }

    /** @return array<string, mixed> */
    private static function members(stdClass $data): array
    {
        $members = [];
        foreach ((array) $data as $key => $value) {
            $members[$key] = match (true) {
                $key === 'replies' => (array) $value,
                $key === 'learn' && $value instanceof stdClass => self::learnt($value),
                in_array($key, self::OPAQUE, true) => $value,
                default => self::plain($value),
            };
        }

        return $members;
    }

    /** @return array<string, mixed> */
    private static function learnt(stdClass $learn): array
    {
        $members = (array) $learn;
        foreach ($members as $key => $value) {
            $members[$key] = $key === 'memo' ? $value : self::plain($value);
        }

        return $members;
    }

    private static function plain(mixed $value): mixed
    {
        if ($value instanceof stdClass) {
            $value = (array) $value;
        }

        return is_array($value) ? array_map(self::plain(...), $value) : $value;
    }

    /** In the core's own words, which it cannot say about a request that it does not get. */
    private function tooLong(): Rejected
    {
        foreach ($this->ask('core.describe', [])['codes'] as $known) {
            if ($known['code'] === 'request_too_long') {
                $limit = ['{limit}' => (string) self::MOST_BYTES];
                [$message, $hint] = [strtr($known['message'], $limit), strtr($known['hint'], $limit)];
                return new Rejected($known['code'], null, $message, $hint);
            }
        }

        return new Rejected('request_too_long', null, 'more than ' . self::MOST_BYTES . ' bytes', '');
    }
}
