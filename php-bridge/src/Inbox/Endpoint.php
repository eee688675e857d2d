<?php

declare(strict_types=1);

namespace Orderbridge\Inbox;

use Closure;
use Orderbridge\Log\Log;
use Orderbridge\Log\Words;
use Orderbridge\Settings\Secrets;
use Orderbridge\Settings\Settings;
use Throwable;

use function is_string;
use function strlen;
use function strtoupper;

/**
 * The shop's door for Bitrix24: judge, store, answer. One read and one INSERT; no core, no REST, whatever comes,
 * for Bitrix24 calls slow handlers less often and never calls twice.
 */
final class Endpoint
{
    public const LARGEST_BODY = 65536;
    /** Name of the secret in the address; an adapter with pretty addresses puts it into the query itself. */
    public const SECRET = 'secret';

    /** @param Closure(): void $stored told of every hint that is stored */
    public function __construct(
        private readonly Secrets $secrets,
        private readonly Inbox $inbox,
        private readonly Settings $settings,
        private readonly Log $log,
        private readonly Closure $stored,
    ) {
    }

    /**
     * @param array<mixed> $query
     * @param array<string, string> $headers
     */
    public function handle(string $method, array $query, array $headers, string $rawBody): Response
    {
        if (strtoupper($method) !== 'POST') {
            return new Response(405);
        }
        if (strlen($rawBody) > self::LARGEST_BODY) {
            return new Response(413);
        }
        try {
            $signature = Signature::of($headers);

            return new Response($signature === null
                ? $this->take($query, $rawBody)
                : $this->takeSigned($signature, $rawBody));
        } catch (Throwable $failure) {
            // The portal does not call again; the poll finds what it had to say.
            $this->log->log('error', 'a call from the portal could not be stored: ' . Words::of($failure));

            return new Response(503);
        }
    }

    /** @param array<mixed> $query */
    private function take(array $query, string $body): int
    {
        $event = Event::read($query, $body);
        $given = $query[self::SECRET] ?? '';
        $stored = $this->secrets->forJudging();
        $known = $this->secrets->judge(Secrets::INBOUND, is_string($given) ? $given : '', $stored) ?? false;
        $vouched = $this->secrets->judge(Secrets::TOKEN, $event->token(), $stored) ?? true;
        if (!$known || !$vouched) {
            $this->settings->count($known ? 'token_refused' : 'secret_refused');

            return $known ? 403 : 401;
        }
        if ($event->isEmpty()) {
            return 400;
        }
        $this->inbox->add($event);
        ($this->stored)();

        return 200;
    }

    /**
     * The companion module's push. Only what is signed is read: the body, not the address. Sent once more, by it or by
     * somebody who listened, within the five minutes it is the same row of the inbox, or one more look at the deal,
     * which changes nothing.
     */
    private function takeSigned(Signature $signature, string $body): int
    {
        [$secrets, $now] = $this->secrets->forSigned();
        if (!$signature->fits($body, $secrets)) {
            $this->settings->count('signature_refused');

            return 401;
        }
        if (!$signature->isFresh($now)) {
            $this->settings->count('stale_refused');

            return 403;
        }
        $event = Event::signed($body);
        if ($event->isEmpty()) {
            return 400;
        }
        $this->inbox->add($event);
        ($this->stored)();

        return 200;
    }
}
