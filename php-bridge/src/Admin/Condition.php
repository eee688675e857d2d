<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use Orderbridge\Setup\Diagnosis;
use Orderbridge\Setup\Finding;

use function array_map;
use function get_object_vars;

/** How things stand, and what a person does about it. */
final class Condition extends Desk
{
    private const WORK_SECONDS = 15.0;
    private const DAYS = 30;
    private const MOST_DAYS = 366;

    /** @return array<string, mixed> */
    public function read(Params $params): array
    {
        return [
            'health' => $this->wiring->health()->toArray(),
            'chart' => $this->wiring->pace()->days($params->number('days', self::DAYS, 1, self::MOST_DAYS)),
            'urls' => (new Addresses($this->bridge))->for($this->visitor),
        ];
    }

    /** @return array<string, mixed> */
    public function checkup(): array
    {
        return ['findings' => array_map(
            static fn (Finding $finding): array => get_object_vars($finding),
            $this->wiring->checkup()->run(),
        )];
    }

    /** @return array<string, mixed> */
    public function work(): array
    {
        return ['counts' => $this->wiring->worker()->run(self::WORK_SECONDS, 'hand')->toArray()];
    }

    /** @return array<string, mixed> */
    public function diagnostics(): array
    {
        return (new Diagnosis($this->wiring))->file();
    }

    /** @return array<string, mixed> */
    public function testAlerts(): array
    {
        $texts = $this->wiring->texts();

        return $this->wiring->owner()->try($texts->say('alert_test_subject'), $texts->say('alert_test_text'));
    }

    /** @return array<string, mixed> */
    public function renew(Params $params): array
    {
        $secrets = $this->wiring->secrets();
        match ($params->word('which', ['inbound', 'monitor', 'companion'], '')) {
            'inbound' => $secrets->renewInbound(),
            'monitor' => $secrets->renewMonitor(),
            default => $secrets->renewCompanion(),
        };

        return ['urls' => (new Addresses($this->bridge))->for($this->visitor)];
    }
}
