<?php

declare(strict_types=1);

namespace Piala;

/** Text for HTML. Every value that reaches a template goes through here. */
function e(string|int|null $text): string
{
    return htmlspecialchars((string) $text, ENT_QUOTES | ENT_SUBSTITUTE | ENT_HTML5, 'UTF-8');
}

/** Kopecks as a buyer reads them: «1 234,50 ₽», whole roubles without kopecks. */
function rub(int $kopecks): string
{
    return e(Money::human($kopecks));
}

/** A stored UTC moment in the shop's time. */
function moment(string $utc): string
{
    $at = (new \DateTimeImmutable($utc, new \DateTimeZone('UTC')))->setTimezone(new \DateTimeZone(Config::TIME_ZONE));

    return '<time datetime="' . e($at->format(DATE_ATOM)) . '">' . e($at->format('d.m.Y, H:i')) . '</time>';
}

/** Russian plural: forms for 1, 2 and 5 things. */
function plural(int $count, string $one, string $few, string $many): string
{
    $tens = $count % 100;
    $ones = $count % 10;
    $form = match (true) {
        $tens >= 11 && $tens <= 14 => $many,
        $ones === 1 => $one,
        $ones >= 2 && $ones <= 4 => $few,
        default => $many,
    };

    return $count . ' ' . $form;
}
