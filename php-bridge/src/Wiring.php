<?php

declare(strict_types=1);

namespace Orderbridge;

use Orderbridge\Core\Core;
use Orderbridge\Core\Engine;
use Orderbridge\Core\EngineChoice;
use Orderbridge\Core\SelfTest;
use Orderbridge\Inbox\Endpoint;
use Orderbridge\Inbox\Inbox;
use Orderbridge\Link\Differences;
use Orderbridge\Link\Draws;
use Orderbridge\Link\Links;
use Orderbridge\Log\ErrorLog;
use Orderbridge\Log\Log;
use Orderbridge\Monitor\Monitor;
use Orderbridge\Outbox\BackfillJobs;
use Orderbridge\Outbox\Leases;
use Orderbridge\Outbox\Outbox;
use Orderbridge\Privacy\Erasure;
use Orderbridge\Settings\Locks;
use Orderbridge\Settings\PortalHold;
use Orderbridge\Settings\Preferences;
use Orderbridge\Settings\Rows;
use Orderbridge\Settings\Seal;
use Orderbridge\Settings\Secrets;
use Orderbridge\Settings\Settings;
use Orderbridge\Settings\Told;
use Orderbridge\Setup\Checkup;
use Orderbridge\Setup\Facts;
use Orderbridge\Setup\Health;
use Orderbridge\Setup\Owner;
use Orderbridge\Setup\Setup;
use Orderbridge\Setup\Telegram;
use Orderbridge\Shop\Shop;
use Orderbridge\Store\Clock;
use Orderbridge\Store\Migrations;
use Orderbridge\Store\Tables;
use Orderbridge\Sync\Backfill;
use Orderbridge\Sync\BackfillFeed;
use Orderbridge\Sync\CompareState;
use Orderbridge\Sync\Hints;
use Orderbridge\Sync\Kick;
use Orderbridge\Sync\Line;
use Orderbridge\Sync\Lines;
use Orderbridge\Sync\Pace;
use Orderbridge\Sync\Points;
use Orderbridge\Sync\Reach;
use Orderbridge\Sync\Readiness;
use Orderbridge\Sync\Retention;
use Orderbridge\Sync\Sweep;
use Orderbridge\Sync\Watch;
use Orderbridge\Sync\Worker;
use Orderbridge\Text\Texts;

/** Puts the parts together, each when it is first wanted. */
final class Wiring
{
    /** @var array<string, object> */
    private array $made = [];
    private ?Line $line = null;
    private string $lineOf = '';

    public function __construct(
        public readonly Shop $shop,
        public readonly Options $options,
    ) {
    }

    public function outbox(): Outbox
    {
        return $this->once(Outbox::class, fn () => new Outbox($this->tables()));
    }

    public function links(): Links
    {
        return $this->once(Links::class, fn () => new Links($this->tables(), $this->clock()));
    }

    public function draws(): Draws
    {
        return $this->once(Draws::class, fn () => new Draws($this->tables(), $this->clock()));
    }

    public function differences(): Differences
    {
        return $this->once(Differences::class, fn () => new Differences($this->tables()));
    }

    public function compareState(): CompareState
    {
        return $this->once(CompareState::class, fn () => new CompareState($this->settings()));
    }

    public function journal(): Journal
    {
        return $this->once(Journal::class, fn () => new Journal($this->tables(), $this->clock()));
    }

    public function settings(): Settings
    {
        return $this->once(Settings::class, fn () => new Settings($this->rows()));
    }

    public function secrets(): Secrets
    {
        return $this->once(Secrets::class, fn () => new Secrets(
            $this->rows(),
            $this->seal(),
            $this->options->plainHttp,
        ));
    }

    public function seal(): Seal
    {
        return $this->once(Seal::class, fn () => new Seal($this->options->key));
    }

    public function hold(): PortalHold
    {
        return $this->once(PortalHold::class, fn () => new PortalHold($this->rows()));
    }

    public function inbox(): Inbox
    {
        return $this->once(Inbox::class, fn () => new Inbox($this->tables()));
    }

    public function migrations(): Migrations
    {
        return $this->once(Migrations::class, fn () => new Migrations($this->tables()));
    }

    public function texts(): Texts
    {
        return $this->once(Texts::class, fn () => new Texts($this->options->lang));
    }

    public function log(): Log
    {
        return $this->options->log ?? $this->once(ErrorLog::class, fn () => new ErrorLog());
    }

    public function engine(): Engine
    {
        $engine = $this->options->engine;
        if ($engine instanceof Engine) {
            return $engine;
        }

        return $this->once(Engine::class, $engine ?? EngineChoice::made(...));
    }

    public function core(): Core
    {
        return $this->once(Core::class, fn () => new Core(
            $this->engine(),
            $this->shop->now(...),
            $this->options->lang,
        ));
    }

    /** What is wrong with the engine; null when nothing is. */
    public function engineProblem(): ?string
    {
        return $this->options->selfTest ? (new SelfTest())->problem($this->engine()) : null;
    }

    public function endpoint(): Endpoint
    {
        return $this->once(Endpoint::class, fn () => new Endpoint(
            $this->secrets(),
            $this->inbox(),
            $this->settings(),
            $this->log(),
            fn () => $this->kick()->want(),
        ));
    }

    public function kick(): Kick
    {
        return $this->once(Kick::class, fn () => new Kick(
            $this->worker(...),
            $this->settings(),
            $this->hold(),
            $this->locks(),
            $this->leases(),
            $this->options->kickSeconds,
            $this->options->finishRequest,
        ));
    }

    public function worker(): Worker
    {
        return $this->once(Worker::class, fn () => new Worker(
            $this->line(...),
            new Readiness(
                $this->core(),
                $this->settings(),
                $this->outbox(),
                $this->migrations(),
                $this->log(),
                $this->engineProblem(...),
            ),
            $this->settings(),
            $this->hold(),
            new Reach($this->settings(), $this->hold(), $this->journal(), $this->log()),
            $this->leases(),
            new Hints(
                $this->core(),
                $this->inbox(),
                $this->links(),
                $this->outbox(),
                $this->settings(),
                $this->tables(),
                $this->points(),
                $this->log(),
            ),
            $this->sweep(),
            $this->backfillFeed(),
            $this->retention(),
            $this->watch(),
            $this->clock(),
            $this->points(),
            $this->log(),
            $this->options->group,
        ));
    }

    public function retention(): Retention
    {
        return $this->once(Retention::class, fn () => new Retention(
            $this->settings(),
            $this->journal(),
            $this->inbox(),
            $this->outbox(),
            $this->draws(),
            $this->differences(),
            $this->tables(),
            $this->texts(),
            $this->preferences(),
            $this->pace(),
        ));
    }

    public function watch(): Watch
    {
        return $this->once(Watch::class, fn () => new Watch(
            $this->health(),
            $this->settings(),
            new Told($this->tables(), $this->rows()),
            $this->journal(),
            $this->log(),
            $this->texts(),
            $this->owner(),
        ));
    }

    public function owner(): Owner
    {
        return $this->once(Owner::class, fn () => new Owner(
            $this->options->notify,
            new Telegram($this->preferences(), $this->options->telegramApi),
            $this->preferences(),
            $this->journal(),
            $this->log(),
            $this->texts(),
        ));
    }

    public function pace(): Pace
    {
        return $this->once(Pace::class, fn () => new Pace($this->tables(), $this->shop));
    }

    public function preferences(): Preferences
    {
        return $this->once(Preferences::class, fn () => new Preferences(
            $this->rows(),
            $this->seal(),
            $this->options,
        ));
    }

    public function erasure(): Erasure
    {
        return $this->once(Erasure::class, fn () => new Erasure(
            $this->tables(),
            $this->shop,
            $this->links(),
            $this->draws(),
            $this->journal(),
            $this->hold(),
            $this->texts(),
        ));
    }

    public function monitor(): Monitor
    {
        return $this->once(Monitor::class, fn () => new Monitor($this->secrets(), $this->health(), $this->log()));
    }

    public function sweep(): Sweep
    {
        return $this->once(Sweep::class, fn () => new Sweep(
            $this->shop,
            $this->settings(),
            $this->locks(),
            $this->outbox(),
            $this->tables(),
            $this->points(),
            $this->options->sweepEvery,
        ));
    }

    public function backfill(): Backfill
    {
        return $this->once(Backfill::class, fn () => new Backfill(
            $this->shop,
            $this->settings(),
            $this->secrets(),
            $this->hold(),
            new BackfillJobs($this->tables()),
            $this->tables(),
            $this->journal(),
            $this->texts(),
        ));
    }

    public function backfillFeed(): BackfillFeed
    {
        return new BackfillFeed(
            $this->shop,
            $this->settings(),
            new BackfillJobs($this->tables()),
            $this->tables(),
            $this->journal(),
            $this->points(),
            $this->texts(),
        );
    }

    public function setup(): Setup
    {
        return $this->once(Setup::class, fn () => new Setup(
            $this->shop,
            $this->core(),
            $this->settings(),
            $this->secrets(),
            $this->hold(),
            $this->outbox(),
            $this->line(...),
            $this->lines()->to(...),
            $this->options,
            $this->links(),
            $this->texts(),
            new Facts(
                $this->shop,
                $this->links(),
                $this->outbox(),
                $this->hold(),
                $this->settings(),
                $this->secrets(),
                $this->journal(),
            ),
        ));
    }

    public function checkup(): Checkup
    {
        return $this->once(Checkup::class, fn () => new Checkup($this));
    }

    public function health(): Health
    {
        return $this->once(Health::class, fn () => new Health($this));
    }

    /** The line to the connected portal; the same one, with its open connections, until it is set up otherwise. */
    public function line(): ?Line
    {
        if (!$this->secrets()->isConnected()) {
            return null;
        }
        $webhook = $this->rows()->value('webhook') . $this->preferences()->mark();
        if ($this->line === null || $webhook !== $this->lineOf) {
            $this->line = $this->lines()->to($this->secrets()->portal());
            $this->lineOf = $webhook;
        }

        return $this->line;
    }

    public function leases(): Leases
    {
        return $this->once(Leases::class, fn () => new Leases($this->tables()));
    }

    public function locks(): Locks
    {
        return $this->once(Locks::class, fn () => new Locks($this->tables()));
    }

    private function lines(): Lines
    {
        return $this->once(Lines::class, fn () => new Lines($this));
    }

    public function rows(): Rows
    {
        return $this->once(Rows::class, fn () => new Rows($this->tables(), $this->clock()));
    }

    public function points(): Points
    {
        return $this->once(Points::class, fn () => new Points($this->options->onPoint));
    }

    public function clock(): Clock
    {
        return $this->once(Clock::class, fn () => new Clock($this->shop, $this->options->sleep));
    }

    public function tables(): Tables
    {
        return $this->once(Tables::class, fn () => new Tables($this->shop->database(), $this->options->prefix));
    }

    /**
     * @template T of object
     * @param class-string<T> $name
     * @param callable(): T $make
     * @return T
     */
    private function once(string $name, callable $make): object
    {
        return $this->made[$name] ??= $make();
    }
}
