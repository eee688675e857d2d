<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Bitrix24\Bucket;
use Orderbridge\Bitrix24\Client;
use Orderbridge\Bitrix24\Portal;
use Orderbridge\Wiring;

/** Makes the line to a portal. */
final class Lines
{
    /** Requests a second that Bitrix24's cloud lets through on its smaller plans: REST documentation, "Limits". */
    private const CLOUD_RATE = 2.0;

    public function __construct(private readonly Wiring $wiring)
    {
    }

    public function to(Portal $portal): Line
    {
        $wiring = $this->wiring;
        $client = new Client(
            $portal,
            $wiring->preferences()->caFile(),
            longest: $wiring->options->requestSeconds,
            proxy: $wiring->preferences()->proxy(),
        );
        $exchange = new Exchange(
            $wiring->core(),
            $client,
            $this->bucket($portal),
            $wiring->clock(),
            $wiring->points(),
            $wiring->texts(),
        );
        $runner = new TaskRunner(
            $wiring->core(),
            $exchange,
            new Effects($wiring->shop, $wiring->log()),
            $wiring->tables(),
            $wiring->links(),
            new Buyers($wiring->tables()),
            $wiring->draws(),
            $wiring->journal(),
            $wiring->points(),
            $wiring->texts(),
        );
        $jobs = new JobRunner(
            $runner,
            $wiring->shop,
            $wiring->tables(),
            $wiring->links(),
            $wiring->outbox(),
            $wiring->leases(),
            $wiring->points(),
            $wiring->texts(),
            $wiring->pace(),
            $wiring->clock(),
        );
        $poll = new Poll(
            $runner,
            $wiring->settings(),
            $wiring->locks(),
            $wiring->outbox(),
            $wiring->tables(),
            $wiring->points(),
            $wiring->preferences()->pollEvery(),
        );

        return new Line($client, $exchange, $runner, $jobs, $poll, $this->compare($runner));
    }

    private function compare(TaskRunner $runner): Compare
    {
        $wiring = $this->wiring;

        return new Compare(
            new Comparison($runner, $wiring->shop, $wiring->links(), $wiring->outbox()),
            $runner,
            $wiring->compareState(),
            $wiring->differences(),
            $wiring->shop,
            new Beginnings($wiring->settings(), $wiring->sweep()),
            $wiring->settings(),
            $wiring->locks(),
            $wiring->outbox(),
            $wiring->tables(),
            $wiring->points(),
            $wiring->preferences()->compareNightly(),
        );
    }

    private function bucket(Portal $portal): ?Bucket
    {
        $options = $this->wiring->options;
        $rate = $this->wiring->preferences()->rate() ?? ($portal->isCloud() ? self::CLOUD_RATE : 0.0);

        return $rate > 0
            ? new Bucket($this->wiring->tables(), $rate, $options->burst)
            : null;
    }
}
