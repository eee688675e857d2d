<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use Orderbridge\Bridge;
use Orderbridge\Core\Rejected;
use Orderbridge\Exception\BackfillRefused;
use Orderbridge\Exception\NotConnected;
use Orderbridge\Exception\SecretUnreadable;
use Orderbridge\Exception\WebhookUrlRefused;
use Orderbridge\Outbox\Reason;
use Orderbridge\Wiring;
use stdClass;
use Throwable;

use function array_map;
use function basename;
use function is_string;
use function json_decode;
use function strlen;

/**
 * The other end of the settings app: one JSON request, one action, one JSON answer. `php-bridge/admin/README.md` is
 * the contract. It carries what the bridge can do to a page; what is right is decided where it is for the command
 * line too.
 */
final class Api
{
    /** A settings document of a large shop is a tenth of it. */
    public const LARGEST_BODY = 1024 * 1024;

    /** Actions by name: who does it, which of his methods, and whether it changes something. */
    private const ACTIONS = [
        'page.open' => [Opening::class, 'open', false],
        'connection.test' => [Connecting::class, 'test', true],
        'connection.close' => [Connecting::class, 'close', true],
        'portal.snapshot' => [Connecting::class, 'snapshot', false],
        'provision.plan' => [Connecting::class, 'plan', false],
        'provision.run' => [Connecting::class, 'provision', true],
        'settings.check' => [Editing::class, 'check', false],
        'settings.save' => [Editing::class, 'save', true],
        'preferences.save' => [Editing::class, 'savePreferences', true],
        'shop.categories' => [Editing::class, 'categories', false],
        'shop.order' => [Editing::class, 'order', false],
        'orders.list' => [Ledger::class, 'list', false],
        'orders.get' => [Ledger::class, 'get', false],
        'orders.resend' => [Ledger::class, 'resend', true],
        'orders.send' => [Ledger::class, 'send', true],
        'compare.report' => [Mending::class, 'report', false],
        'compare.start' => [Mending::class, 'compare', true],
        'compare.repair' => [Mending::class, 'repair', true],
        'backfill.status' => [Backfilling::class, 'status', false],
        'backfill.count' => [Backfilling::class, 'count', false],
        'backfill.start' => [Backfilling::class, 'start', true],
        'backfill.pause' => [Backfilling::class, 'pause', true],
        'backfill.resume' => [Backfilling::class, 'resume', true],
        'backfill.cancel' => [Backfilling::class, 'cancel', true],
        'work.run' => [Condition::class, 'work', true],
        'health.read' => [Condition::class, 'read', false],
        'health.checkup' => [Condition::class, 'checkup', false],
        'health.diagnostics' => [Condition::class, 'diagnostics', false],
        'alerts.test' => [Condition::class, 'testAlerts', true],
        'urls.renew' => [Condition::class, 'renew', true],
        'privacy.erase' => [Erasing::class, 'erase', true],
    ];

    public function __construct(
        private readonly Bridge $bridge,
        private readonly Wiring $wiring,
    ) {
    }

    /** @return array<string, bool> every action, and whether it changes something */
    public static function actions(): array
    {
        return array_map(static fn (array $action): bool => $action[2], self::ACTIONS);
    }

    /** Answers a request whose body came through untouched. Never throws. */
    public function handle(string $body, Visitor $visitor): Answer
    {
        try {
            return Answer::ok($this->done($body, $visitor));
        } catch (Refusal $refusal) {
            return Answer::refused($refusal);
        } catch (Throwable $failure) {
            return Answer::refused($this->refusal($failure));
        }
    }

    /** @return array<string, mixed> */
    private function done(string $body, Visitor $visitor): array
    {
        $request = strlen($body) > self::LARGEST_BODY ? null : json_decode($body, false, 64);
        $name = $request instanceof stdClass ? $request->action ?? null : null;
        $params = $request->params ?? new stdClass();
        if (!is_string($name) || !isset(self::ACTIONS[$name]) || !$params instanceof stdClass) {
            throw $this->refuse(Refusal::NOT_UNDERSTOOD, 'admin_action_unknown');
        }
        [$class, $method, $modifies] = self::ACTIONS[$name];
        if ($modifies && !$visitor->mayModify) {
            throw $this->refuse(Refusal::FORBIDDEN, 'admin_forbidden');
        }

        return (new $class($this->bridge, $this->wiring, $visitor))->$method(new Params($params));
    }

    private function refusal(Throwable $failure): Refusal
    {
        $texts = $this->wiring->texts();

        return match (true) {
            $failure instanceof WrongParam => $this->refuse(
                Refusal::NOT_UNDERSTOOD,
                'admin_params_wrong',
                ['name' => $failure->param],
            ),
            $failure instanceof Rejected => new Refusal(
                Refusal::REFUSED,
                Reason::fromRefusal($failure),
            ),
            $failure instanceof NotConnected => $this->refuse(Refusal::REFUSED, 'not_connected'),
            $failure instanceof SecretUnreadable => $this->refuse(Refusal::REFUSED, 'webhook_unreadable'),
            $failure instanceof WebhookUrlRefused => $this->refuse(Refusal::REFUSED, "webhook_$failure->reason"),
            $failure instanceof BackfillRefused => new Refusal(
                Refusal::REFUSED,
                $texts->reasonOnPage($failure->reason),
            ),
            default => $this->fault($failure),
        };
    }

    /** What went wrong is for the log, by class and place: a message may quote a buyer. */
    private function fault(Throwable $failure): Refusal
    {
        $what = $failure::class . ' in ' . basename($failure->getFile()) . ':' . $failure->getLine();
        try {
            $this->wiring->log()->log('error', "the settings app met $what");
        } catch (Throwable) {
            // The answer says that something is wrong all the same.
        }

        return $this->refuse(Refusal::FAULT, 'admin_fault');
    }

    /** @param array<string, string> $values */
    private function refuse(int $status, string $code, array $values = []): Refusal
    {
        return new Refusal($status, $this->wiring->texts()->reasonOnPage($code, $values));
    }
}
