<?php

declare(strict_types=1);

namespace Story;

use RuntimeException;

/** The stand-in portal: its process, and what its people and its administrator do. */
final class Portal
{
    public string $url = '';
    public string $webhook = '';
    private ?Process $process = null;

    /** @param string $running the address of one that runs already and is not ours to stop; '' starts one */
    public function __construct(private readonly string $folder, string $running = '')
    {
        if ($running === '') {
            $this->start((int) (getenv('PORTAL_PORT') ?: 0));

            return;
        }
        $this->url = rtrim($running, '/');
        $this->webhook = "$this->url/rest/1/orderbridge0token/";
    }

    /** The binary: PORTAL_BIN, else what cargo builds from tests/bitrix24. */
    private static function binary(): string
    {
        $ready = (string) getenv('PORTAL_BIN');
        if ($ready !== '') {
            return $ready;
        }
        $built = Process::run(['cargo', 'build', '--quiet', '--release', '-p', 'portal']);
        if ($built['code'] !== 0) {
            throw new RuntimeException("the portal cannot be built:\n{$built['output']}");
        }

        return (getenv('CARGO_TARGET_DIR') ?: dirname(__DIR__, 3) . '/target') . '/release/portal';
    }

    private function start(int $port): void
    {
        $log = "$this->folder/portal-" . (count(glob("$this->folder/portal-*.log") ?: []) + 1) . '.log';
        $this->process = new Process(
            'portal',
            [self::binary(), '--listen', "127.0.0.1:$port", '--state', "$this->folder/portal.state"],
            [],
            $log,
        );
        $this->webhook = $this->process->said('/^webhook: (\S+)/m', 15)[1];
        $this->url = rtrim($this->process->said('/^portal: +(\S+)/m', 15)[1], '/');
    }

    /** As a power cut does. */
    public function kill(): void
    {
        $this->process?->stop(SIGKILL);
    }

    /** At the same address, with the deals it had. */
    public function again(): void
    {
        $this->start((int) parse_url($this->url, PHP_URL_PORT));
    }

    public function runs(): bool
    {
        return $this->process?->runs() ?? false;
    }

    public function stop(): void
    {
        $this->process?->stop();
    }

    /** @return list<array<string, mixed>> */
    public function deals(): array
    {
        return $this->get('state?only=deals')['deals'];
    }

    /** @return array<string, mixed>|null the deal of an order, by the shop's order id */
    public function dealOf(string $orderId): ?array
    {
        $deals = $this->dealsOf($orderId);

        return $deals[0] ?? null;
    }

    /** @return list<array<string, mixed>> */
    public function dealsOf(string $orderId): array
    {
        return array_values(array_filter(
            $this->deals(),
            static fn (array $deal): bool => (string) $deal['ORIGIN_ID'] === $orderId,
        ));
    }

    /** @return array<string, mixed>|null */
    public function contact(string $id): ?array
    {
        foreach ($this->get('state?only=contacts')['contacts'] as $contact) {
            if ((string) $contact['ID'] === $id) {
                return $contact;
            }
        }

        return null;
    }

    /** @return array<string, string> the stages of a funnel: ids by name */
    public function stages(string $funnel): array
    {
        foreach ($this->get('state?only=categories')['categories'] as $category) {
            if ($category['NAME'] === $funnel) {
                return array_column($category['STAGES'], 'STATUS_ID', 'NAME');
            }
        }

        throw new RuntimeException("the portal has no funnel $funnel");
    }

    /** A manager drags the card. */
    public function move(string $deal, string $stage): void
    {
        $this->send('POST', 'ui/move', ['deal' => $deal, 'stage' => $stage]);
    }

    /** @param array<string, mixed> $switches */
    public function turn(array $switches): void
    {
        $this->send('POST', 'switches', $switches);
    }

    public function behave(): void
    {
        $this->send('DELETE', 'switches');
    }

    /** @param list<string> $events */
    public function tell(string $url, array $events): array
    {
        return $this->send('POST', 'webhooks', ['url' => $url, 'events' => $events]);
    }

    /** @return list<array<string, mixed>> requests after number $after */
    public function journal(int $after = 0): array
    {
        return $this->get("journal?after=$after")['entries'];
    }

    public function last(): int
    {
        return $this->get('journal?limit=0')['last'];
    }

    /** @return array<string, mixed> */
    private function get(string $what): array
    {
        return $this->send('GET', $what);
    }

    /**
     * Any request to the portal's admin API.
     *
     * @param array<string, mixed>|null $body
     * @return array<string, mixed>
     */
    public function send(string $method, string $what, ?array $body = null): array
    {
        $curl = curl_init("$this->url/_/$what");
        curl_setopt_array($curl, [
            CURLOPT_CUSTOMREQUEST => $method,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_TIMEOUT => 60,
            CURLOPT_PROXY => '',
            CURLOPT_POSTFIELDS => $body === null ? '' : json_encode($body, JSON_THROW_ON_ERROR),
        ]);
        $answer = curl_exec($curl);
        $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        $decoded = is_string($answer) ? json_decode($answer, true) : null;
        if ($status !== 200) {
            throw new RuntimeException("portal: $method $what: " . ($answer ?: curl_error($curl)));
        }

        return is_array($decoded) ? $decoded : [];
    }
}
