<?php

declare(strict_types=1);

namespace Orderbridge\Setup;

use Closure;
use Orderbridge\Exception\Recoverable;
use Orderbridge\Journal;
use Orderbridge\Log\Log;
use Orderbridge\Log\Words;
use Orderbridge\Settings\Preferences;
use Orderbridge\Text\Texts;
use Throwable;

use function get_object_vars;

/** Writes to the shop's owner by all the ways he has set up: the shop's own mail, Telegram. */
final class Owner
{
    /** @param Closure(string, string, string): void|null $mail takes subject, text, and to whom: '' is the shop's own */
    public function __construct(
        private readonly ?Closure $mail,
        private readonly Telegram $telegram,
        private readonly Preferences $preferences,
        private readonly Journal $journal,
        private readonly Log $log,
        private readonly Texts $texts,
    ) {
    }

    /** @return bool false: nobody could be told, try again soon */
    public function tell(string $subject, string $text): bool
    {
        $tried = $this->try($subject, $text);
        $failed = $reached = 0;
        foreach ($tried as $way) {
            $failed += $way['tried'] && !$way['ok'] ? 1 : 0;
            $reached += $way['ok'] ? 1 : 0;
        }

        return $failed === 0 || $reached > 0;
    }

    /** @return array<string, array{ok: bool, tried: bool, message: string}> by way: mail, telegram */
    public function try(string $subject, string $text): array
    {
        return [
            'mail' => $this->mail === null
                ? $this->none('alert_no_mail')
                : $this->tried(
                    fn () => ($this->mail)($subject, $text, $this->preferences->alertMail()),
                    'alert_mailed',
                ),
            'telegram' => $this->preferences->telegramToken() === '' || $this->preferences->telegramChat() === ''
                ? $this->none('alert_no_telegram')
                : $this->tried(fn () => $this->telegram->send("$subject\n\n$text"), 'alert_telegrammed'),
        ];
    }

    /** @return array{ok: bool, tried: bool, message: string} */
    private function none(string $code): array
    {
        return ['ok' => false, 'tried' => false, 'message' => $this->texts->say($code)];
    }

    /**
     * @param callable(): void $send
     * @return array{ok: bool, tried: bool, message: string}
     */
    private function tried(callable $send, string $code): array
    {
        try {
            $send();

            return ['ok' => true, 'tried' => true, 'message' => $this->texts->say($code)];
        } catch (Recoverable $failure) {
            throw $failure;
        } catch (Throwable $failure) {
            $what = Words::of($failure);
            $this->log->log('error', "the owner could not be told: $what");
            $this->journal->write(['level' => 'error'] + get_object_vars(
                $this->texts->reason('owner_not_told', ['why' => $what]),
            ));

            return ['ok' => false, 'tried' => true, 'message' => $what];
        }
    }
}
