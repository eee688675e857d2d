<?php

declare(strict_types=1);

namespace Orderbridge\Settings;

use Orderbridge\Exception\SecretUnreadable;
use Orderbridge\Options;
use SensitiveParameter;
use stdClass;

use function array_key_exists;
use function filter_var;
use function get_object_vars;
use function is_bool;
use function is_file;
use function is_float;
use function is_int;
use function is_readable;
use function is_string;
use function json_decode;
use function json_encode;
use function preg_match;
use function preg_replace;

use const FILTER_VALIDATE_EMAIL;
use const JSON_THROW_ON_ERROR;
use const JSON_UNESCAPED_SLASHES;
use const JSON_UNESCAPED_UNICODE;

/**
 * What the owner has chosen on the settings page beside the settings document; where he has not, the shop's
 * {@see Options}. Read when it is needed and not before: the checkout needs none of it.
 */
final class Preferences
{
    private const ROW = 'preferences';
    private const TELEGRAM = 'telegram';
    /** Of one with a password; without, it is among the others. */
    private const PROXY = 'proxy';

    /** Whole numbers, each with the least and the most that makes sense. */
    private const NUMBERS = [
        'keep_journal_days' => [1, 3650],
        'poll_every' => [15, 86400],
        'old_job_seconds' => [60, 604800],
    ];

    public function __construct(
        private readonly Rows $rows,
        private readonly Seal $seal,
        private readonly Options $options,
    ) {
    }

    public function keepJournalDays(): int
    {
        return (int) $this->chosen('keep_journal_days', $this->options->keepJournalDays);
    }

    public function pollEvery(): int
    {
        return (int) $this->chosen('poll_every', $this->options->pollEvery);
    }

    public function oldJobSeconds(): int
    {
        return (int) $this->chosen('old_job_seconds', $this->options->oldJobSeconds);
    }

    public function compareNightly(): bool
    {
        return (bool) $this->chosen('compare_nightly', $this->options->compareNightly);
    }

    /** Requests a second; 0: no limit; null: as it suits the portal. */
    public function rate(): ?float
    {
        $rate = $this->chosen('rate', $this->options->rate);

        return $rate === null ? null : (float) $rate;
    }

    /** Certificates to trust instead of the system's. */
    public function caFile(): ?string
    {
        $file = (string) $this->chosen('ca_file', (string) $this->options->caFile);

        return $file === '' ? null : $file;
    }

    /** Through which the portal is reached; '' for straight, or when its password cannot be read any more. */
    public function proxy(): string
    {
        return $this->rows->has(self::PROXY) ? $this->opened(self::PROXY) : (string) $this->chosen('proxy', '');
    }

    /** Where alerts are mailed to; '' for the shop's own address. */
    public function alertMail(): string
    {
        return (string) $this->chosen('alert_mail', '');
    }

    public function telegramChat(): string
    {
        return (string) $this->chosen('telegram_chat', '');
    }

    /** '' when there is none, or it cannot be read. */
    public function telegramToken(): string
    {
        return $this->opened(self::TELEGRAM);
    }

    /** Whether the tables stay when the module goes. */
    public function keepDataOnUninstall(): bool
    {
        return (bool) $this->chosen('keep_data_on_uninstall', false);
    }

    /** Changes when any of it does; for what is kept as long as it stays the same. */
    public function mark(): string
    {
        return ($this->rows->value(self::ROW) ?? '') . ($this->rows->value(self::PROXY) ?? '');
    }

    /** @return array<string, mixed> for the page; of the token only whether there is one, of the proxy no password */
    public function toArray(): array
    {
        return [
            'keep_journal_days' => $this->keepJournalDays(),
            'poll_every' => $this->pollEvery(),
            'compare_nightly' => $this->compareNightly(),
            'old_job_seconds' => $this->oldJobSeconds(),
            'rate' => $this->rate(),
            'ca_file' => (string) $this->caFile(),
            'proxy' => (string) $this->chosen('proxy', ''),
            'alert_mail' => $this->alertMail(),
            'telegram_token_set' => $this->telegramToken() !== '',
            'telegram_chat' => $this->telegramChat(),
            'keep_data_on_uninstall' => $this->keepDataOnUninstall(),
        ];
    }

    /**
     * Keeps what is given if all of it makes sense; what is not given stays.
     *
     * @param array<string, mixed> $given
     * @return array<string, string> what is wrong, as codes of texts by name
     */
    public function save(array $given): array
    {
        $token = $given[self::TELEGRAM . '_token'] ?? null;
        unset($given[self::TELEGRAM . '_token'], $given[self::TELEGRAM . '_token_set']);
        if (($given[self::PROXY] ?? null) === (string) $this->chosen(self::PROXY, '')) {
            // As it was shown: without its password.
            unset($given[self::PROXY]);
        }
        $wrong = [];
        foreach ($given as $name => $value) {
            if (!$this->fits((string) $name, $value)) {
                $wrong[(string) $name] = "preference_$name";
            }
        }
        if ($token !== null && (!is_string($token) || preg_match('/^(\d+:[\w-]{20,80})?$/D', $token) !== 1)) {
            $wrong[self::TELEGRAM . '_token'] = 'preference_telegram_token';
        }
        if ($wrong !== []) {
            return $wrong;
        }
        $this->rows->together(fn () => $this->keep($given, $token));

        return [];
    }

    /**
     * @param array<string, mixed> $given
     * @param string|null $token null: as it is
     */
    private function keep(array $given, #[SensitiveParameter] ?string $token): void
    {
        if (isset($given[self::PROXY])) {
            $shown = (string) preg_replace('#//.*@#', '//***@', (string) $given[self::PROXY]);
            $this->seal(self::PROXY, $shown === $given[self::PROXY] ? '' : $given[self::PROXY]);
            $given[self::PROXY] = $shown;
        }
        if ($token !== null) {
            $this->seal(self::TELEGRAM, $token);
        }
        $this->rows->put(self::ROW, json_encode(
            (object) ($given + $this->all()),
            JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES,
        ));
    }

    /** @param string $secret '': there is none any more */
    private function seal(string $name, #[SensitiveParameter] string $secret): void
    {
        $secret === '' ? $this->rows->remove($name) : $this->rows->put($name, $this->seal->close($name, $secret));
    }

    /** @return string '' when there is none, or it was sealed with another key */
    private function opened(string $name): string
    {
        $sealed = $this->rows->value($name);
        try {
            return $sealed === null ? '' : $this->seal->open($name, $sealed);
        } catch (SecretUnreadable) {
            return '';
        }
    }

    private function fits(string $name, mixed $value): bool
    {
        if (isset(self::NUMBERS[$name])) {
            [$least, $most] = self::NUMBERS[$name];

            return is_int($value) && $value >= $least && $value <= $most;
        }

        return match ($name) {
            'compare_nightly', 'keep_data_on_uninstall' => is_bool($value),
            'rate' => $value === null || ((is_int($value) || is_float($value)) && $value >= 0 && $value <= 1000),
            'ca_file' => $value === '' || (is_string($value) && is_file($value) && is_readable($value)),
            'proxy' => is_string($value)
                && preg_match('#^((https?|socks5h?)://[\w.:@%~+-]+)?$#D', $value) === 1,
            'alert_mail' => $value === '' || filter_var($value, FILTER_VALIDATE_EMAIL) !== false,
            'telegram_chat' => is_string($value) && preg_match('/^(-?\d{1,20}|@\w{4,64})?$/D', $value) === 1,
            default => false,
        };
    }

    private function chosen(string $name, mixed $default): mixed
    {
        $all = $this->all();

        return array_key_exists($name, $all) ? $all[$name] : $default;
    }

    /** @return array<string, mixed> */
    private function all(): array
    {
        $all = json_decode($this->rows->value(self::ROW) ?? '{}');

        return $all instanceof stdClass ? get_object_vars($all) : [];
    }
}
