<?php

declare(strict_types=1);

namespace Orderbridge\Settings;

use Orderbridge\Bitrix24\Portal;
use Orderbridge\Exception\NotConnected;
use SensitiveParameter;

use function array_filter;
use function base64_encode;
use function bin2hex;
use function hash_equals;
use function random_bytes;

/**
 * The webhook's URL, the secrets of our own two addresses, the portal's application token. All but the first have a
 * predecessor that stays valid while a change is made on the other side.
 */
final class Secrets
{
    public const INBOUND = 'inbound';
    public const TOKEN = 'application_token';
    /** Of the address that a monitor asks. */
    public const MONITOR = 'monitor';

    /** Of the companion module in the box: signs, and is never sent. */
    public const COMPANION = 'companion';

    private const WEBHOOK = 'webhook';
    private const ADDRESS = 'portal.address';
    private const BEFORE = '.before';

    public function __construct(
        private readonly Rows $rows,
        private readonly Seal $seal,
        private readonly bool $plainHttp,
    ) {
    }

    public function isConnected(): bool
    {
        return $this->rows->has(self::WEBHOOK);
    }

    public function portal(): Portal
    {
        $stored = $this->rows->value(self::WEBHOOK) ?? throw NotConnected::yet();

        return Portal::fromWebhook($this->seal->open(self::WEBHOOK, $stored), $this->plainHttp);
    }

    public function connect(Portal $portal): void
    {
        $this->rows->put(self::WEBHOOK, $this->seal->close(self::WEBHOOK, $portal->url()));
        $this->rows->put(self::ADDRESS, $portal->address);
    }

    /** Address of the portal connected last, also when it is no longer; '' before the first. */
    public function lastAddress(): string
    {
        return $this->rows->value(self::ADDRESS) ?? '';
    }

    public function disconnect(): void
    {
        $this->rows->remove(self::WEBHOOK);
    }

    /** The present secret of our address, made at the first call. */
    public function inbound(): string
    {
        return $this->own(self::INBOUND);
    }

    /** @return string the new secret of our address; the present one stays valid until the next change */
    public function renewInbound(): string
    {
        return $this->renew(self::INBOUND);
    }

    /** The present secret of the address that a monitor asks, made at the first call. */
    public function monitor(): string
    {
        return $this->own(self::MONITOR);
    }

    /** Makes it at the installation, whether or not somebody asks for it. */
    public function prepareMonitor(): void
    {
        $this->prepare(self::MONITOR);
    }

    /** @return string the new one; the present one stays valid until the next change */
    public function renewMonitor(): string
    {
        return $this->renew(self::MONITOR);
    }

    /** The present secret of the companion module, `whsec_…` as Standard Webhooks has it, made at the first call. */
    public function companion(): string
    {
        return $this->own(self::COMPANION);
    }

    /** @return string the new one; the present one stays valid until the next change */
    public function renewCompanion(): string
    {
        return $this->renew(self::COMPANION);
    }

    public function dropFormerCompanion(): void
    {
        $this->rows->remove(self::COMPANION . self::BEFORE);
    }

    /** @return array{list<string>, int} what a signature may be made with, and the time; one read of the database */
    public function forSigned(): array
    {
        [$stored, $now] = $this->rows->dated(self::COMPANION, self::COMPANION . self::BEFORE);
        $secrets = [];
        foreach ($stored as $name => $sealed) {
            $secrets[] = $this->seal->open($name, $sealed);
        }

        return [$secrets, $now];
    }

    /** What the portal shows beside its outgoing webhook; '' takes the check away. */
    public function setToken(#[SensitiveParameter] string $token): void
    {
        if ($token === '') {
            $this->rows->remove(self::TOKEN, self::TOKEN . self::BEFORE);
            return;
        }
        $this->replace(self::TOKEN, $token);
    }

    /** Ends the life of the predecessors of what the portal calls with. */
    public function dropFormer(): void
    {
        $this->rows->remove(self::INBOUND . self::BEFORE, self::TOKEN . self::BEFORE);
    }

    public function dropFormerMonitor(): void
    {
        $this->rows->remove(self::MONITOR . self::BEFORE);
    }

    /**
     * Judges a call from outside with one read of the database and in constant time.
     *
     * @param array<string, string> $stored from {@see forJudging()}
     * @return bool|null null: no secret of this kind has been set
     */
    public function judge(string $kind, #[SensitiveParameter] string $given, array $stored): ?bool
    {
        $former = $kind . self::BEFORE;
        $valid = array_filter([$kind => $stored[$kind] ?? null, $former => $stored[$former] ?? null]);
        if ($valid === []) {
            return null;
        }
        $known = false;
        foreach ($valid as $name => $sealed) {
            // No early end: how long it takes says nothing about which one fits.
            $known = hash_equals($this->seal->open($name, $sealed), $given) || $known;
        }

        return $known;
    }

    /** @return array<string, string> what {@see judge()} needs, sealed */
    public function forJudging(): array
    {
        return $this->rows->read(self::INBOUND, self::INBOUND . self::BEFORE, self::TOKEN, self::TOKEN . self::BEFORE);
    }

    /** Judges who asks how things stand, as {@see judge()} does, with a read of its own. */
    public function isMonitor(#[SensitiveParameter] string $given): bool
    {
        $stored = $this->rows->read(self::MONITOR, self::MONITOR . self::BEFORE);

        return $this->judge(self::MONITOR, $given, $stored) ?? false;
    }

    private function own(string $kind): string
    {
        $this->prepare($kind);

        return $this->seal->open($kind, (string) $this->rows->value($kind));
    }

    /** Makes the secret unless there is one; of two processes that do, the first counts. */
    private function prepare(string $kind): void
    {
        if (!$this->rows->has($kind)) {
            $this->rows->putNew($kind, $this->seal->close($kind, self::made($kind)));
        }
    }

    private function renew(string $kind): string
    {
        $secret = self::made($kind);
        $this->replace($kind, $secret);

        return $secret;
    }

    private static function made(string $kind): string
    {
        return $kind === self::COMPANION ? 'whsec_' . base64_encode(random_bytes(32)) : bin2hex(random_bytes(16));
    }

    private function replace(string $name, #[SensitiveParameter] string $secret): void
    {
        $stored = $this->rows->value($name);
        if ($stored !== null) {
            $former = $name . self::BEFORE;
            $this->rows->put($former, $this->seal->close($former, $this->seal->open($name, $stored)));
        }
        $this->rows->put($name, $this->seal->close($name, $secret));
    }
}
