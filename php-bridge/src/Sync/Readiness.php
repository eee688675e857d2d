<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Core\Core;
use Orderbridge\Core\EngineFault;
use Orderbridge\Core\Rejected;
use Orderbridge\Log\Log;
use Orderbridge\Outbox\Outbox;
use Orderbridge\Settings\Settings;

/** What has to hold before any order is touched: the engine answers, and the settings fit this core. */
final class Readiness
{
    private ?string $version = null;

    public function __construct(
        private readonly Core $core,
        private readonly Settings $settings,
        private readonly Outbox $outbox,
        private readonly Log $log,
    ) {
    }

    /** Asked once a process. Without it a missing file would bury every order as a fault of its own. */
    public function engineWorks(): bool
    {
        if ($this->version !== null) {
            return true;
        }
        try {
            $this->version = (string) ($this->core->ask('core.describe', [])['version'] ?? '');

            return true;
        } catch (EngineFault | Rejected $failure) {
            $this->log->log('error', 'the core does not run: ' . $failure->getMessage());

            return false;
        }
    }

    /**
     * The settings as this core wants them. After an update they are migrated, and what the former core failed on
     * gets another chance.
     *
     * @param array<string, mixed> $document
     * @return array<string, mixed>
     */
    public function checked(array $document): array
    {
        if ($this->settings->checkedBy() === $this->version) {
            return $document;
        }
        $answer = $this->core->ask('settings.check', ['settings' => $document]);
        if ($answer['ok'] ?? false) {
            $document = (array) $answer['settings'];
            $this->settings->saveDocument($document);
        }
        $this->outbox->requeueDead(TaskRunner::FAULT);
        $this->settings->setCheckedBy((string) $this->version);

        return $document;
    }
}
