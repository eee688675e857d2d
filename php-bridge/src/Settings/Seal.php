<?php

declare(strict_types=1);

namespace Orderbridge\Settings;

use Orderbridge\Exception\SecretUnreadable;
use SensitiveParameter;

use function base64_decode;
use function base64_encode;
use function hash_hkdf;
use function openssl_decrypt;
use function openssl_encrypt;
use function random_bytes;
use function strlen;
use function substr;

use const OPENSSL_RAW_DATA;

/**
 * Keeps secrets unreadable in the database and its dumps: AES-256-GCM with a key that the shop gives from outside
 * the database (its config file). Without a key they are stored as they are, and the doctor says so.
 *
 * A sealed value is bound to its name, so one cannot be moved to another's place.
 */
final class Seal
{
    private const CIPHER = 'aes-256-gcm';
    private const SEALED = 'sealed1:';
    private const OPEN = 'open:';
    private const IV = 12;
    private const TAG = 16;

    private readonly ?Secret $key;

    public function __construct(#[SensitiveParameter] ?string $key)
    {
        $this->key = $key === null || $key === ''
            ? null
            : Secret::of(hash_hkdf('sha256', $key, 32, 'orderbridge secrets'));
    }

    public function isKeyed(): bool
    {
        return $this->key !== null;
    }

    public function close(string $name, #[SensitiveParameter] string $secret): string
    {
        if ($this->key === null) {
            return self::OPEN . $secret;
        }
        $iv = random_bytes(self::IV);
        $tag = '';
        $key = $this->key->reveal();
        $text = openssl_encrypt($secret, self::CIPHER, $key, OPENSSL_RAW_DATA, $iv, $tag, $name, self::TAG);

        return self::SEALED . base64_encode($iv . $tag . $text);
    }

    public function open(string $name, string $stored): string
    {
        if (str_starts_with($stored, self::OPEN)) {
            return substr($stored, strlen(self::OPEN));
        }
        $raw = base64_decode(substr($stored, strlen(self::SEALED)), true);
        if ($this->key === null || $raw === false || strlen($raw) < self::IV + self::TAG) {
            throw SecretUnreadable::named($name);
        }
        $secret = openssl_decrypt(
            substr($raw, self::IV + self::TAG),
            self::CIPHER,
            $this->key->reveal(),
            OPENSSL_RAW_DATA,
            substr($raw, 0, self::IV),
            substr($raw, self::IV, self::TAG),
            $name,
        );
        if ($secret === false) {
            throw SecretUnreadable::named($name);
        }

        return $secret;
    }

    /** @return array<string, bool> */
    public function __debugInfo(): array
    {
        return ['keyed' => $this->key !== null];
    }
}
