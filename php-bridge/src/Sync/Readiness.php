<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Closure;
use Orderbridge\Core\Core;
use Orderbridge\Core\EngineFault;
use Orderbridge\Core\Rejected;
use Orderbridge\Log\Log;
use Orderbridge\Log\Words;
use Orderbridge\Outbox\Outbox;
use Orderbridge\Settings\Settings;
use Orderbridge\Store\Migrations;

use const PHP_VERSION;

/** What has to hold before any order is touched: the engine answers, and tables and settings fit this version. */
final class Readiness
{
    private ?string $version = null;

    /** @param Closure(): (string|null) $engineProblem asked once after an update: it costs a fifth of a second */
    public function __construct(
        private readonly Core $core,
        private readonly Settings $settings,
        private readonly Outbox $outbox,
        private readonly Migrations $migrations,
        private readonly Log $log,
        private readonly Closure $engineProblem,
    ) {
    }

    /** Asked once a process. Without it a missing file would bury every order as a fault of its own. */
    public function engineWorks(): bool
    {
        if ($this->version !== null) {
            return true;
        }
        try {
            $version = (string) ($this->core->ask('core.describe', [])['version'] ?? '');
            $problem = $this->settings->provedBy() === $this->proof($version) ? null : ($this->engineProblem)();
        } catch (EngineFault | Rejected $failure) {
            $problem = $failure->getMessage();
        }
        if ($problem !== null) {
            $this->log->log('error', "the core does not run: $problem");
            $this->settings->setEngineProblem(Words::clean($problem));

            return false;
        }
        $this->settings->setEngineProblem('');
        $this->version = $version;
        // Not every shop tells its modules that their files have been replaced.
        $this->migrations->run();
        if ($this->settings->provedBy() !== $this->proof($version)) {
            $this->settings->setProvedBy($this->proof($version));
        }

        return true;
    }

    /** Another version of the core, of the engine or of PHP has to prove itself again. */
    private function proof(string $version): string
    {
        return $version . ' ' . $this->core->engine()->name() . ' ' . PHP_VERSION;
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
        $document = (array) $this->settings->amendDocument(function (?array $present) use ($document): ?array {
            $answer = $this->core->ask('settings.check', ['settings' => $present ?? $document]);

            return ($answer['ok'] ?? false) ? (array) $answer['settings'] : null;
        });
        $this->outbox->requeueDead(TaskRunner::FAULT);
        $this->settings->setCheckedBy((string) $this->version);

        return $document;
    }
}
