<?php

declare(strict_types=1);

namespace Story;

use RuntimeException;

/** An order as its buyer sees it. */
final class Order
{
    public readonly string $number;
    /** The shop's inner id: the number of this shop begins at 1001. */
    public readonly string $id;
    private readonly string $path;

    public function __construct(
        private readonly Browser $browser,
        public readonly Page $page,
        /** How long the checkout took. */
        public readonly float $seconds,
    ) {
        if (preg_match('~(/order/(\d+))\?(key=\w+)$~', $page->url, $match) !== 1) {
            $why = $page->text("//*[@role='alert']") ?? $page->url;
            throw new RuntimeException("the order was not placed: $why");
        }
        $this->number = $match[2];
        $this->id = (string) ((int) $match[2] - 1000);
        $this->path = "$match[1]/live?$match[3]";
    }

    /** The status on the order's page now. */
    public function status(): string
    {
        return (string) $this->browser->open($this->path)->text("//*[contains(@class, 'badge')]");
    }

    /** "1234.50" */
    public function total(): string
    {
        $kopecks = self::kopecks((string) $this->page->text("//*[@class='sum-total']/dd"));

        return sprintf('%d.%02d', intdiv($kopecks, 100), $kopecks % 100);
    }

    /** What «1 234,50 ₽» says. */
    public static function kopecks(string $shown): int
    {
        if (preg_match('/^([\d\s]+)(?:,(\d\d))?/u', $shown, $match) !== 1) {
            throw new RuntimeException("no sum: $shown");
        }

        return 100 * (int) preg_replace('/\D/', '', $match[1]) + (int) ($match[2] ?? 0);
    }
}
