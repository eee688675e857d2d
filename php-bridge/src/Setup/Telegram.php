<?php

declare(strict_types=1);

namespace Orderbridge\Setup;

use Orderbridge\Settings\Preferences;
use RuntimeException;

use function curl_exec;
use function curl_getinfo;
use function curl_init;
use function curl_setopt_array;
use function curl_strerror;
use function curl_errno;
use function http_build_query;
use function is_string;
use function json_decode;
use function mb_substr;
use function str_replace;

use const CURLINFO_RESPONSE_CODE;
use const CURLOPT_CAINFO;
use const CURLOPT_CONNECTTIMEOUT;
use const CURLOPT_FOLLOWLOCATION;
use const CURLOPT_POSTFIELDS;
use const CURLOPT_PROXY;
use const CURLOPT_RETURNTRANSFER;
use const CURLOPT_TIMEOUT;

/** A message by a bot of the owner's. Telegram: Bot API, `sendMessage`. */
final class Telegram
{
    public const API = 'https://api.telegram.org';

    private const SECONDS = 5;
    private const LONGEST = 4000;

    public function __construct(
        private readonly Preferences $preferences,
        private readonly string $api = self::API,
    ) {
    }

    /** @throws RuntimeException saying what Telegram had against it, without the token */
    public function send(string $text): void
    {
        $token = $this->preferences->telegramToken();
        $curl = curl_init("$this->api/bot$token/sendMessage");
        curl_setopt_array($curl, [
            CURLOPT_POSTFIELDS => http_build_query([
                'chat_id' => $this->preferences->telegramChat(),
                'text' => mb_substr($text, 0, self::LONGEST),
                'disable_web_page_preview' => 'true',
            ]),
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_FOLLOWLOCATION => false,
            CURLOPT_CONNECTTIMEOUT => self::SECONDS,
            CURLOPT_TIMEOUT => self::SECONDS,
        ] + ($this->preferences->proxy() === '' ? [] : [CURLOPT_PROXY => $this->preferences->proxy()])
          + ($this->preferences->caFile() === null ? [] : [CURLOPT_CAINFO => $this->preferences->caFile()]));
        $body = curl_exec($curl);
        if (!is_string($body)) {
            throw new RuntimeException('Telegram: ' . curl_strerror(curl_errno($curl)));
        }
        $status = (int) curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        if ($status !== 200) {
            $said = json_decode($body, true);
            $why = is_string($said['description'] ?? null) ? $said['description'] : "HTTP $status";
            throw new RuntimeException('Telegram: ' . str_replace($token, '***', $why));
        }
    }
}
