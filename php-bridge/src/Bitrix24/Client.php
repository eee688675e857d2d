<?php

declare(strict_types=1);

namespace Orderbridge\Bitrix24;

use CurlMultiHandle;

use function array_shift;
use function count;
use function curl_multi_add_handle;
use function curl_multi_exec;
use function curl_multi_info_read;
use function curl_multi_init;
use function curl_multi_remove_handle;
use function curl_multi_select;
use function ksort;
use function max;
use function min;
use function spl_object_id;

/**
 * Posts what the core has packed and hands back what came, untouched. Several requests go side by side over
 * connections that stay open. It knows no method and no error of Bitrix24.
 */
final class Client
{
    public const SECONDS = 30.0;

    private const CONNECT_SECONDS = 5.0;
    private const LARGEST_ANSWER = 8 * 1024 * 1024;

    private ?CurlMultiHandle $multi = null;

    /** @var list<Transfer> handles that rest */
    private array $idle = [];

    private int $posted = 0;

    /**
     * @param string|null $caFile certificates to trust instead of the system's
     * @param int $abreast how many requests may be under way at once
     * @param float $longest seconds that one request may take at most
     * @param string $proxy `http://host:port`; '' for none
     */
    public function __construct(
        private readonly Portal $portal,
        private readonly ?string $caFile = null,
        private readonly int $abreast = 4,
        private readonly int $largestAnswer = self::LARGEST_ANSWER,
        private readonly float $connectSeconds = self::CONNECT_SECONDS,
        private readonly float $longest = self::SECONDS,
        private readonly string $proxy = '',
    ) {
    }

    public function portal(): Portal
    {
        return $this->portal;
    }

    /** How many requests this client has made. */
    public function posted(): int
    {
        return $this->posted;
    }

    /**
     * @param list<array{method: string, body: string}> $requests
     * @param float $seconds for each of them
     * @return list<array<string, mixed>> `{status, headers, body}` or `{failure, message}`, in the same order
     */
    public function post(array $requests, float $seconds = self::SECONDS): array
    {
        $multi = $this->multi ??= curl_multi_init();
        $total = (int) (max(0.1, min($seconds, $this->longest)) * 1000);
        $connect = min($total, (int) ($this->connectSeconds * 1000));
        $answers = $running = [];
        $next = 0;
        do {
            while ($next < count($requests) && count($running) < $this->abreast) {
                $transfer = array_shift($this->idle) ?? $this->transfer();
                $request = $requests[$next];
                $url = $this->portal->url($request['method'] . '.json');
                $transfer->prepare($url, $request['body'], $total, $connect);
                curl_multi_add_handle($multi, $transfer->handle);
                $running[spl_object_id($transfer->handle)] = [$next++, $transfer];
                $this->posted++;
            }
            curl_multi_exec($multi, $active);
            while ($message = curl_multi_info_read($multi)) {
                [$index, $transfer] = $running[spl_object_id($message['handle'])];
                unset($running[spl_object_id($message['handle'])]);
                $answers[$index] = $transfer->answer($message['result'], $this->portal);
                curl_multi_remove_handle($multi, $transfer->handle);
                $transfer->forget();
                $this->idle[] = $transfer;
            }
            if ($active > 0 && $running !== []) {
                curl_multi_select($multi, 1.0);
            }
        } while ($running !== [] || $next < count($requests));
        ksort($answers);

        return $answers;
    }

    private function transfer(): Transfer
    {
        $options = [
            CURLOPT_HTTPHEADER => ['Content-Type: application/json', 'Accept: application/json', 'Expect:'],
            CURLOPT_USERAGENT => 'Orderbridge',
            CURLOPT_ENCODING => 'gzip',
            CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1,
            CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
            CURLOPT_FOLLOWLOCATION => false,
            CURLOPT_SSL_VERIFYPEER => true,
            CURLOPT_SSL_VERIFYHOST => 2,
            CURLOPT_NOSIGNAL => true,
            CURLOPT_TCP_KEEPALIVE => true,
        ];
        if ($this->caFile !== null) {
            $options[CURLOPT_CAINFO] = $this->caFile;
        }

        if ($this->proxy !== '') {
            $options[CURLOPT_PROXY] = $this->proxy;
        }

        return new Transfer($options, $this->largestAnswer);
    }

    /** @return array<string, string|int> */
    public function __debugInfo(): array
    {
        return ['portal' => $this->portal->masked(), 'posted' => $this->posted];
    }
}
