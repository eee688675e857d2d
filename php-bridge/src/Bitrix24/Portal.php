<?php

declare(strict_types=1);

namespace Orderbridge\Bitrix24;

use LogicException;
use Orderbridge\Exception\WebhookUrlRefused;
use Orderbridge\Settings\Secret;
use SensitiveParameter;

use function filter_var;
use function gethostbynamel;
use function in_array;
use function preg_match;
use function str_replace;
use function strtolower;
use function trim;

use const FILTER_FLAG_NO_PRIV_RANGE;
use const FILTER_FLAG_NO_RES_RANGE;
use const FILTER_VALIDATE_IP;

/**
 * A portal by its incoming webhook. The webhook's URL is a password: whoever has it may do all that its owner may.
 * So it is kept where no dump, trace or log can see it, and printed only with its secret struck out.
 */
final class Portal
{
    private const FORM = '~^(https?)://([a-z0-9.\-]+|\[[0-9a-f:]+\])(:\d{1,5})?/rest/(\d{1,10})/([a-z0-9]{6,64})'
        . '(?:/|/profile(?:\.json)?)?$~Di';

    /** Host names of the vendor's cloud, whose limits are known: name.bitrix24.ru, name.bitrix24.com.br. */
    private const CLOUD = '/\.bitrix24\.(?:com?\.)?[a-z]{2,3}$/D';

    private function __construct(
        public readonly string $scheme,
        public readonly string $host,
        public readonly string $address,
        public readonly string $userId,
        private readonly Secret $secret,
    ) {
    }

    /** @param bool $plainHttp whether a portal without TLS is acceptable: a test stand, an isolated network */
    public static function fromWebhook(#[SensitiveParameter] string $url, bool $plainHttp = false): self
    {
        if (preg_match(self::FORM, trim($url), $part) !== 1) {
            throw WebhookUrlRefused::because(
                'form',
                'an incoming webhook looks like https://portal.bitrix24.ru/rest/1/abcdef123456/',
            );
        }
        [, $scheme, $host, $port, $user, $secret] = $part;
        if (strtolower($scheme) === 'http' && !$plainHttp) {
            throw WebhookUrlRefused::because('https', 'the webhook has to begin with https://');
        }
        $host = strtolower($host);

        return new self(strtolower($scheme), $host, $host . $port, $user, Secret::of($secret));
    }

    /** The whole URL of a method, secret included: for the transport and the sealed store only. */
    public function url(string $method = ''): string
    {
        return "{$this->scheme}://{$this->address}/rest/{$this->userId}/" . $this->secret->reveal() . "/$method";
    }

    public function masked(): string
    {
        return "{$this->scheme}://{$this->address}/rest/{$this->userId}/***/";
    }

    /** Strikes the secret out of a text from elsewhere. */
    public function mask(string $text): string
    {
        return str_replace($this->secret->reveal(), '***', $text);
    }

    public function isCloud(): bool
    {
        return preg_match(self::CLOUD, $this->host) === 1;
    }

    /** Whether the name leads into a private network or back to this machine. */
    public function isPrivate(): bool
    {
        $host = trim($this->host, '[]');
        if (in_array($host, ['localhost', 'localhost.localdomain'], true)) {
            return true;
        }
        $flags = FILTER_FLAG_NO_PRIV_RANGE | FILTER_FLAG_NO_RES_RANGE;
        $addresses = filter_var($host, FILTER_VALIDATE_IP) !== false ? [$host] : (gethostbynamel($host) ?: []);
        foreach ($addresses as $address) {
            if (filter_var($address, FILTER_VALIDATE_IP, $flags) === false) {
                return true;
            }
        }

        return false;
    }

    /** @return array<string, string> */
    public function __debugInfo(): array
    {
        return ['webhook' => $this->masked()];
    }

    /** @return array<string, mixed> */
    public function __serialize(): array
    {
        throw new LogicException('a portal is not serialised: its webhook is a secret');
    }
}
