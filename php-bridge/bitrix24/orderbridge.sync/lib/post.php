<?php

namespace Orderbridge\Companion;

use Bitrix\Main\Web\HttpClient;

/** One signed request to a shop. */
final class Post
{
    private const LARGEST_ANSWER = 65536;

    public int $status;
    /** Why there was no answer; '' when there was one. */
    public string $problem;
    /** Seconds that the shop asked for. */
    public int $later;

    private function __construct(int $status, string $problem, int $later)
    {
        $this->status = $status;
        $this->problem = $problem;
        $this->later = $later;
    }

    /** @param int $patience seconds to connect, and again for the answer */
    public static function send(Shop $shop, string $id, string $body, int $patience): self
    {
        $http = new HttpClient([
            'redirect' => false,
            'socketTimeout' => $patience,
            'streamTimeout' => $patience,
            'version' => HttpClient::HTTP_1_1,
            'disableSslVerification' => false,
            'privateIp' => $shop->private,
            'bodyLengthMax' => self::LARGEST_ANSWER,
            // An own authority is an option of PHP's streams.
            'useCurl' => false,
        ]);
        if ($shop->caFile !== '') {
            if (!method_exists($http, 'setContextOptions')) {
                return new self(0, 'ca_file_unknown_to_kernel', 0);
            }
            $http->setContextOptions(['ssl' => ['cafile' => $shop->caFile]]);
        }
        foreach (Signature::headers($shop->secrets(), $id, time(), $body) as $name => $value) {
            $http->setHeader($name, $value);
        }
        $http->setHeader('Content-Type', 'application/json');
        $http->setHeader('User-Agent', 'Orderbridge-Companion');
        $answer = $http->post($shop->url, $body);
        $status = (int) $http->getStatus();
        $later = (string) $http->getHeaders()->get('Retry-After');
        if ($answer === false && $status < 300) {
            // The kernel's own words may quote the address.
            $problem = implode(' ', array_map('strval', array_keys((array) $http->getError())));

            return new self(0, substr($problem, 0, 100) ?: 'NO_ANSWER', 0);
        }

        return new self($status, '', preg_match('/^\d{1,6}$/D', $later) === 1 ? (int) $later : 0);
    }

    public function isTaken(): bool
    {
        return $this->status >= 200 && $this->status < 300;
    }

    /** The shop lives, but does not want this message, now or later. */
    public function isRefused(): bool
    {
        return in_array($this->status, [400, 413, 415, 422], true);
    }

    public function words(): string
    {
        return $this->problem === '' ? "HTTP $this->status" : $this->problem;
    }
}
