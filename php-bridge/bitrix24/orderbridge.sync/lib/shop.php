<?php

namespace Orderbridge\Companion;

/** A shop that wants to know. */
final class Shop
{
    /** Ours, for its queue; not the shop's own. */
    public string $id;
    public string $url;
    public string $secret;
    /** The secret before the present one: both sign until then, so that the shop may change it in its own time. */
    public string $former;
    public int $formerUntil;
    /** ORIGINATOR_ID of its deals; '' for every deal with an order. */
    public string $code;
    /** May be in our own network. */
    public bool $private;
    /** A file with the authority of its certificate; '' for those that PHP knows. */
    public string $caFile;
    public bool $active;

    /** @param array<string, mixed> $stored */
    public function __construct(array $stored)
    {
        $this->id = (string) ($stored['id'] ?? '');
        $this->url = (string) ($stored['url'] ?? '');
        $this->secret = (string) ($stored['secret'] ?? '');
        $this->former = (string) ($stored['former'] ?? '');
        $this->formerUntil = (int) ($stored['formerUntil'] ?? 0);
        $this->code = (string) ($stored['code'] ?? '');
        $this->private = (bool) ($stored['private'] ?? false);
        $this->caFile = (string) ($stored['caFile'] ?? '');
        $this->active = (bool) ($stored['active'] ?? true);
    }

    /** @return array<int, string> the present one first */
    public function secrets(): array
    {
        $former = $this->former !== '' && $this->formerUntil > time();

        return $former ? [$this->secret, $this->former] : [$this->secret];
    }

    /** @return array<string, mixed> */
    public function toArray(): array
    {
        return get_object_vars($this);
    }

    /**
     * The order of a deal.
     *
     * @param array<string, mixed> $deal
     * @return string '' when it is not this shop's
     */
    public function order(array $deal): string
    {
        $originator = (string) ($deal['ORIGINATOR_ID'] ?? '');
        if ($this->code !== '' && $originator !== '' && $originator !== $this->code) {
            return '';
        }
        $hidden = $deal[OrderField::name()] ?? '';
        $hidden = is_scalar($hidden) ? (string) $hidden : '';

        return $hidden !== '' || $originator === '' ? $hidden : (string) ($deal['ORIGIN_ID'] ?? '');
    }
}
