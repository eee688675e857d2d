<?php

declare(strict_types=1);

namespace Piala\Http;

use Piala\Config;

/** PHP's session, opened at the first touch: pages that need none (the order's poll, the endpoint) never lock one. */
final class Session
{
    public function __construct(private readonly Config $config)
    {
    }

    public function get(string $name, mixed $default = null): mixed
    {
        $this->open();

        return $_SESSION[$name] ?? $default;
    }

    public function set(string $name, mixed $value): void
    {
        $this->open();
        $_SESSION[$name] = $value;
    }

    public function take(string $name): mixed
    {
        $value = $this->get($name);
        unset($_SESSION[$name]);

        return $value;
    }

    /** A new id for the same visitor, after a login or logout. */
    public function renew(): void
    {
        $this->open();
        session_regenerate_id(true);
    }

    /** Lets the visitor's next request go ahead while this one goes on: PHP locks a session as long as it is open. */
    public function release(): void
    {
        session_status() === PHP_SESSION_ACTIVE && session_write_close();
    }

    /** The secret that every form of this visitor carries. */
    public function csrf(): string
    {
        $token = $this->get('csrf');
        if (!is_string($token)) {
            $token = bin2hex(random_bytes(16));
            $this->set('csrf', $token);
        }

        return $token;
    }

    private function open(): void
    {
        if (session_status() === PHP_SESSION_ACTIVE) {
            return;
        }
        $folder = "{$this->config->data}/sessions";
        is_dir($folder) || mkdir($folder, 0o700, true);
        session_start([
            'name' => 'piala',
            'save_path' => $folder,
            'use_strict_mode' => true,
            'cookie_httponly' => true,
            'cookie_samesite' => 'Lax',
            'cookie_secure' => $this->config->secure(),
            'cache_limiter' => '',
            'gc_maxlifetime' => 86400,
            'gc_probability' => 1,
            'gc_divisor' => 1000,
        ]);
    }
}
