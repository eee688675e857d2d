<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

use Closure;
use RuntimeException;

use function html_entity_decode;

use const ENT_QUOTES;

/**
 * Letters to the shop's owner, by the shop's own mail as it is set up in its settings. Where it is not set up, the
 * journal and the log have to do.
 */
final class OwnerMail
{
    /**
     * @param object $config OpenCart's
     * @param Closure(string, array<string, string>): object $mail as {@see Edition::mail()}
     */
    public function __construct(
        private readonly object $config,
        private readonly Closure $mail,
    ) {
    }

    /** 4.1 comes without an engine. */
    public function isSetUp(): bool
    {
        return $this->setting('email') !== '' && $this->setting('mail_engine') !== '';
    }

    /** @param string $address that the owner has chosen; '' for the shop's own */
    public function send(string $subject, string $text, string $address = ''): void
    {
        if (!$this->isSetUp()) {
            return;
        }
        $owner = $this->setting('email');
        $mail = ($this->mail)($this->setting('mail_engine'), [
            'parameter' => $this->setting('mail_parameter'),
            'smtp_hostname' => $this->setting('mail_smtp_hostname'),
            'smtp_username' => $this->setting('mail_smtp_username'),
            'smtp_password' => $this->setting('mail_smtp_password'),
            'smtp_port' => $this->setting('mail_smtp_port'),
            'smtp_timeout' => $this->setting('mail_smtp_timeout'),
        ]);
        $mail->setTo($address !== '' ? $address : $owner);
        $mail->setFrom($owner);
        $mail->setSender($this->setting('name'));
        $mail->setSubject($subject);
        $mail->setText($text);
        // The `mail` engine throws nothing when there is no program to take the letter: a command line often has none.
        if ($mail->send() === false) {
            throw new RuntimeException('the shop\'s mail has not taken the letter');
        }
    }

    /** The shop keeps its settings HTML-escaped. */
    private function setting(string $name): string
    {
        return html_entity_decode((string) $this->config->get("config_$name"), ENT_QUOTES, 'UTF-8');
    }
}
