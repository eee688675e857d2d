<?php

declare(strict_types=1);

namespace Orderbridge\Log;

use Orderbridge\Exception\BridgeException;
use Throwable;

use function basename;
use function mb_scrub;
use function mb_substr;
use function preg_match;
use function preg_replace;
use function preg_replace_callback;
use function strlen;
use function substr;

/** Puts what somebody else's code threw into words that may stand in a log: no secret, no phone, no address. */
final class Words
{
    /** A webhook's secret and an e-mail address. */
    private const SECRETS = ['~/rest/(\d+)/[a-z0-9]+~i', '/[^\s@<>"\']+@[^\s@<>"\']+/u'];
    /** What may be a phone: with a plus dots may divide it, without one they are too much like decimals. */
    private const PHONE = '/\+\d[\d\s().\x{2010}-\x{2015}\-]{8,}\d|\d[\d\s()\x{2010}-\x{2015}\-]{8,}\d/u';
    private const DIGITS = 10;
    /** A moment is no phone, but one may follow it. */
    private const MOMENT = '/^\d{4}-\d\d-\d\d(?:\s\d\d)?/';

    public static function of(Throwable $failure): string
    {
        if ($failure instanceof BridgeException) {
            return $failure->getMessage();
        }

        return $failure::class . ': ' . self::clean($failure->getMessage())
            . ' (' . basename($failure->getFile()) . ':' . $failure->getLine() . ')';
    }

    public static function clean(string $text): string
    {
        return mb_substr(self::masked($text), 0, 500);
    }

    /** The same text without secrets, phones and addresses. */
    public static function masked(string $text): string
    {
        $text = preg_replace(self::SECRETS, ['/rest/$1/***', '***@***'], mb_scrub($text, 'UTF-8'));

        return (string) preg_replace_callback(self::PHONE, static function (array $found): string {
            $moment = preg_match(self::MOMENT, $found[0], $part) === 1 ? $part[0] : '';
            $rest = substr($found[0], strlen($moment));

            return $moment . (strlen((string) preg_replace('/\D/', '', $rest)) < self::DIGITS ? $rest : '***');
        }, (string) $text);
    }
}
