<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use Orderbridge\Bridge;
use Orderbridge\Outbox\Reason;
use Orderbridge\Wiring;

use function gmdate;

/** A group of actions over the same things. */
abstract class Desk
{
    final public function __construct(
        protected readonly Bridge $bridge,
        protected readonly Wiring $wiring,
        protected readonly Visitor $visitor,
    ) {
    }

    /** @param array<string, mixed>|null $data */
    final protected function refuse(string $code, ?array $data = null, int $status = Refusal::REFUSED): Refusal
    {
        return new Refusal($status, $this->wiring->texts()->reasonOnPage($code), $data);
    }

    /** @return array{code: string, message: string, hint: string} */
    final protected static function said(Reason $reason): array
    {
        return ['code' => $reason->code, 'message' => $reason->message, 'hint' => $reason->hint];
    }

    /** A moment of our tables as the app reads times. */
    final protected static function moment(?int $at): ?string
    {
        return $at === null ? null : gmdate('Y-m-d\TH:i:s\Z', $at);
    }
}
