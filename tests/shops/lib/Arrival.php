<?php

declare(strict_types=1);

namespace Shops;

use RuntimeException;
use Story\Portal;
use Story\SettingsApp;

/** The owner installs the module and sets it up: from the zip to the address that the portal knocks at. */
final class Arrival
{
    /** What has come about so far; null when it has not. */
    public ?SettingsApp $app = null;
    public ?Watch $watch = null;
    public ?Stages $stages = null;

    public function __construct(
        private readonly Cms $cms,
        private readonly Portal $portal,
        private readonly Table $table,
        private readonly Words $words,
    ) {
    }

    public function install(string $zip): void
    {
        $at = 0;
        $after = static function (int $steps) use (&$at): void {
            $at >= $steps || throw new LeftOut();
        };
        $this->table->step($this->words->say('sign_in'), function (Row $row) use (&$at): void {
            $row->note($this->cms->signIn());
            $at = 1;
        });
        $this->table->step($this->words->say('upload'), function (Row $row) use ($zip, $after, &$at): void {
            $after(1);
            $row->note(sprintf('%s, %d KB', basename($zip), (int) (filesize($zip) / 1000)));
            $this->cms->upload($zip);
            $at = 2;
        });
        $this->table->step($this->words->say('activate'), function () use ($after, &$at): void {
            $after(2);
            $this->cms->activate();
            $at = 3;
        });
        $this->table->step($this->words->say('page'), function (Row $row) use ($after): void {
            $after(3);
            $app = new SettingsApp($this->cms->admin, $this->cms->settingsPage());
            $wasm = $this->cms->admin->open($app->config()['wasm']);
            if ($wasm->status !== 200 || !str_starts_with($wasm->body, "\0asm")) {
                throw new RuntimeException("$wasm->url: $wasm->status");
            }
            foreach ($app->ask('page.open')['versions'] as $name => $value) {
                $row->note("$name " . (is_scalar($value) ? $value : ($value['version'] ?? json_encode($value))));
            }
            $this->app = $app;
            $this->watch = new Watch($app, $this->words);
        });
    }

    public function setUp(): void
    {
        $this->table->step($this->words->say('connect'), function (Row $row): void {
            $tested = $this->app()->ask('connection.test', ['webhook' => $this->portal->webhook, 'another' => true]);
            $row->note($this->portal->url);
            if (!$tested['ok']) {
                $bad = array_filter($tested['points'], static fn (array $point): bool => $point['level'] !== 'ok');
                throw new RuntimeException(implode(' ', array_map(
                    static fn (array $point): string => "{$point['message']} {$point['hint']}",
                    $bad,
                )));
            }
        });
        $this->table->step($this->words->say('provision'), function (Row $row): void {
            $plan = $this->app()->ask('provision.plan')['plan'];
            $row->note($this->words->say('things', ['count' => (string) count($plan)]));
            $made = $this->app()->ask('provision.run', ['consent' => ['create', 'change']]);
            $made['complete'] || throw new RuntimeException((string) json_encode($made, JSON_UNESCAPED_UNICODE));
        });
        $this->table->step($this->words->say('statuses'), function (Row $row): void {
            $this->app()->edit(static function (array $settings): array {
                $statuses = &$settings['statuses'];
                foreach ($statuses['from_stage'] as $at => &$rule) {
                    // One of them tells the buyer, the others must not.
                    $rule = ['comment' => Stages::COMMENT, 'notify' => $at === 1] + $rule;
                }
                $statuses['won']['comment'] = $statuses['lost']['comment'] = Stages::COMMENT;

                return $settings;
            });
            $this->stages = new Stages($this->app());
            $endpoint = $this->app()->ask('page.open')['urls']['endpoint'];
            $this->portal->tell($endpoint, ['ONCRMDEALUPDATE', 'ONCRMDEALADD']);
            $row->note($this->stages->told());
        });
    }

    public function app(): SettingsApp
    {
        return $this->app ?? throw new LeftOut();
    }
}
