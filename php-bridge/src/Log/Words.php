<?php

declare(strict_types=1);

namespace Orderbridge\Log;

use Orderbridge\Exception\BridgeException;
use Throwable;

use function basename;
use function mb_scrub;
use function mb_substr;
use function preg_replace;

/** Puts what somebody else's code threw into words that may stand in a log: no secret, no phone, no address. */
final class Words
{
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
        $text = preg_replace(
            ['~/rest/(\d+)/[a-z0-9]+~i', '/[^\s@<>"\']+@[^\s@<>"\']+/u', '/\+?\d[\d\s()\-]{8,}\d/'],
            ['/rest/$1/***', '***@***', '***'],
            mb_scrub($text, 'UTF-8'),
        );

        return mb_substr((string) $text, 0, 500);
    }
}
