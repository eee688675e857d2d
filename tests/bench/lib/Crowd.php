<?php

declare(strict_types=1);

namespace Bench;

use CurlHandle;

/** Many clients of one address at once, each sending its next request when the last one is answered. */
final class Crowd
{
    /** Milliseconds of each answer. */
    public readonly Sample $times;
    /** @var array<int, int> how many answers there were, by status; 0: none came */
    public array $statuses = [];
    /** @var list<int> numbers of the requests that were answered with 200 */
    public array $accepted = [];
    public float $seconds = 0.0;
    private int $sent = 0;

    /** @param callable(int): array<int, mixed> $request curl's options of request number N */
    public function __construct(private readonly int $clients, private $request)
    {
        $this->times = new Sample();
    }

    public function storms(float $seconds): self
    {
        $multi = curl_multi_init();
        $start = hrtime(true);
        $end = $start + (int) ($seconds * 1e9);
        for ($n = 0, $under = []; $n < $this->clients; $n++) {
            $this->sends($multi, curl_init(), $under);
        }
        do {
            curl_multi_exec($multi, $active);
            while ($message = curl_multi_info_read($multi)) {
                $curl = $message['handle'];
                [$number, $began] = $under[spl_object_id($curl)];
                unset($under[spl_object_id($curl)]);
                $this->heard($curl, $number, (hrtime(true) - $began) / 1e6, $message['result']);
                curl_multi_remove_handle($multi, $curl);
                hrtime(true) < $end && $this->sends($multi, $curl, $under);
            }
            $under !== [] && curl_multi_select($multi, 1.0);
        } while ($under !== []);
        $this->seconds += (hrtime(true) - $start) / 1e9;

        return $this;
    }

    /** @param array<int, array{int, int}> $under the requests under way: number and beginning */
    private function sends(\CurlMultiHandle $multi, CurlHandle $curl, array &$under): void
    {
        curl_setopt_array($curl, ($this->request)(++$this->sent) + [
            CURLOPT_RETURNTRANSFER => true, CURLOPT_PROXY => '', CURLOPT_TIMEOUT => 30,
        ]);
        $under[spl_object_id($curl)] = [$this->sent, hrtime(true)];
        curl_multi_add_handle($multi, $curl);
    }

    private function heard(CurlHandle $curl, int $number, float $milliseconds, int $error): void
    {
        $status = $error === 0 ? (int) curl_getinfo($curl, CURLINFO_RESPONSE_CODE) : 0;
        $this->statuses[$status] = ($this->statuses[$status] ?? 0) + 1;
        $this->times->add($milliseconds);
        if ($status === 200) {
            $this->accepted[] = $number;
        }
    }

    public function perSecond(): float
    {
        return $this->times->count() / $this->seconds;
    }
}
