<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Closure;
use Orderbridge\Bitrix24\Bucket;
use Orderbridge\Bitrix24\Client;
use Orderbridge\Core\Core;
use Orderbridge\Core\EngineFault;
use Orderbridge\Core\Rejected;
use Orderbridge\Store\Clock;
use Orderbridge\Text\Texts;
use stdClass;

use function array_fill_keys;
use function array_flip;
use function array_intersect_key;
use function array_key_exists;
use function array_pop;
use function array_slice;
use function ceil;
use function count;
use function hrtime;
use function json_decode;
use function json_encode;
use function max;
use function strlen;
use function strtotime;

use const JSON_BIGINT_AS_STRING;
use const JSON_UNESCAPED_SLASHES;
use const JSON_UNESCAPED_UNICODE;

/** Carries calls to the portal and replies back: the core packs, we post, the core unpacks. */
final class Exchange
{
    /**
     * Bytes of calls in one question to the core, beside those that are packed again. It takes 256 KiB and answers
     * 512, in which a Russian letter has three times its length.
     */
    private const PACKED = 140_000;

    /** How deep an answer may nest to go through the border as it is; what is deeper goes as a text. */
    private const DEEPEST = 24;

    /** Requests side by side. */
    private const ABREAST = 4;

    private int $answered = 0;
    private ?int $skew = null;
    /** Seconds that the last requests were under way. */
    private float $takes = 0.0;

    public function __construct(
        private readonly Core $core,
        private readonly Client $client,
        private readonly ?Bucket $bucket,
        private readonly Clock $clock,
        private readonly Points $points,
        private readonly Texts $texts,
    ) {
    }

    /** From now on requests go at the portal's even rate: none has been saved up. */
    public function calm(): void
    {
        $this->bucket?->empty();
    }

    /** How many requests have had an answer, whatever was in it. */
    public function answered(): int
    {
        return $this->answered;
    }

    /** Seconds by which the portal's clock is ahead of ours, as its last answer was dated; null: none was. */
    public function skew(): ?int
    {
        return $this->skew;
    }

    /**
     * @param array<string, mixed> $calls by task
     * @param Closure(): bool $stillOurs asked before every wave of requests, for it may take a while
     * @return array<string, mixed> by task: a reply, an outcome or a fault; one that is absent was not asked
     */
    public function ask(array $calls, Deadline $deadline, Closure $stillOurs): array
    {
        [$requests, $replies] = $this->pack($calls);
        for (; $requests !== []; $requests = array_slice($requests, count($wave))) {
            $wave = $this->admitted(array_slice($requests, 0, self::ABREAST), $deadline);
            $seconds = $deadline->forRequest();
            if ($wave === [] || $seconds === null || !$stillOurs()) {
                break;
            }
            $this->points->reach(Points::PACKED);
            $start = hrtime(true);
            $answers = $this->client->post($wave, $seconds);
            $this->takes = (hrtime(true) - $start) / 1e9;
            $this->points->reach(Points::ANSWERED);
            $before = $this->answered;
            foreach ($answers as $index => $answer) {
                $replies += $this->unpack($wave[$index]['tasks'], $answer);
                $this->answered += array_key_exists('failure', $answer) ? 0 : 1;
            }
            $this->date($answers);
            if ($this->answered === $before) {
                // Nobody is there; the next ones would only wait for the same.
                break;
            }
        }

        return $replies;
    }

    /**
     * HTTP's own Date, which every server sends.
     *
     * @param list<array<string, mixed>> $answers
     */
    private function date(array $answers): void
    {
        foreach ($answers as $answer) {
            $at = strtotime((string) (((array) ($answer['headers'] ?? []))['date'] ?? ''));
            $this->skew = $at === false ? $this->skew : $at - $this->clock->seconds();
        }
    }

    /**
     * @param array<string, mixed> $calls
     * @return array{list<array{method: string, body: string, tasks: list<string>}>, array<string, mixed>}
     */
    private function pack(array $calls): array
    {
        $requests = $faults = $portion = [];
        $bytes = 0;
        foreach ($calls as $id => $call) {
            $size = strlen((string) json_encode($call, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));
            if ($portion !== [] && $bytes + $size > self::PACKED) {
                [$full, $portion] = $this->full($this->portion($portion, $faults), $portion);
                $requests = [...$requests, ...$full];
                $bytes = 0;
            }
            $portion[$id] = $call;
            $bytes += $size;
        }

        return [$portion === [] ? $requests : [...$requests, ...$this->portion($portion, $faults)], $faults];
    }

    /**
     * The last request of a portion has room left: what is in it is packed again with the next.
     *
     * @param list<array{method: string, body: string, tasks: list<string>}> $requests
     * @param array<string, mixed> $portion
     * @return array{list<array{method: string, body: string, tasks: list<string>}>, array<string, mixed>} the others,
     *     and the calls of the last
     */
    private function full(array $requests, array $portion): array
    {
        if (count($requests) < 2) {
            return [$requests, []];
        }
        $last = array_pop($requests);

        return [$requests, array_intersect_key($portion, array_flip($last['tasks']))];
    }

    /**
     * @param array<string, mixed> $calls
     * @param array<string, mixed> $faults is added to
     * @return list<array{method: string, body: string, tasks: list<string>}>
     */
    private function portion(array $calls, array &$faults): array
    {
        $tasks = [];
        foreach ($calls as $id => $call) {
            $tasks[] = ['id' => (string) $id, 'calls' => $call];
        }
        try {
            return $this->packed($tasks);
        } catch (Rejected | EngineFault $fault) {
            if (count($tasks) === 1) {
                $faults[$tasks[0]['id']] = $fault;

                return [];
            }
        }
        // One of them is to blame; the others shall not suffer for it.
        $requests = [];
        foreach ($tasks as $alone) {
            try {
                $requests = [...$requests, ...$this->packed([$alone])];
            } catch (Rejected | EngineFault $own) {
                $faults[$alone['id']] = $own;
            }
        }

        return $requests;
    }

    /**
     * @param list<array{id: string, calls: mixed}> $tasks
     * @return list<array{method: string, body: string, tasks: list<string>}>
     */
    private function packed(array $tasks): array
    {
        $requests = [];
        foreach ($this->core->ask('batch.pack', ['tasks' => $tasks])['requests'] as $request) {
            $request = (array) $request;
            $requests[] = [
                'method' => (string) $request['method'],
                'body' => (string) $request['body'],
                'tasks' => (array) $request['tasks'],
            ];
        }

        return $requests;
    }

    /**
     * As many of the requests as the portal's limit lets through in time, after having waited for them.
     *
     * @param list<array{method: string, body: string, tasks: list<string>}> $wave
     * @return list<array{method: string, body: string, tasks: list<string>}>
     */
    private function admitted(array $wave, Deadline $deadline): array
    {
        if ($this->bucket === null) {
            return $wave;
        }
        // As many as there would be under way if each went when its turn has come: the portal gets them one by one,
        // and one that is slow does not make us slower than it lets us be.
        $abreast = max(1, (int) ceil($this->takes * $this->bucket->perSecond));
        $admitted = [];
        foreach ($wave as $request) {
            $wait = $this->bucket->take(count($admitted) < $abreast ? $deadline->left() : 0.0);
            if ($wait === null) {
                break;
            }
            if ($wait > 0) {
                $this->clock->sleep($wait);
            }
            $admitted[] = $request;
        }

        return $admitted;
    }

    /**
     * @param list<string> $tasks
     * @param array<string, mixed> $answer
     * @return array<string, mixed>
     */
    private function unpack(array $tasks, array $answer): array
    {
        $told = $answer;
        if (array_key_exists('body', $answer)) {
            $told['body'] = self::read((string) $answer['body']);
        }
        try {
            return (array) $this->core->ask('batch.unpack', ['tasks' => $tasks, 'answer' => $told])['replies'];
        } catch (Rejected | EngineFault $fault) {
            if (!array_key_exists('failure', $answer)) {
                // An answer that does not fit through the border is as good as one that was too long.
                $short = ['failure' => 'too_large', 'message' => 'the core could not take the answer'];

                return $this->unpack($tasks, $short);
            }

            return count($tasks) === 1
                ? [$tasks[0] => $fault]
                : array_fill_keys($tasks, Outcome::later(5, $this->texts->reason(JobRunner::SHARED)));
        }
    }

    /**
     * What an answer says, where it is JSON: within our own JSON it then needs no escaping, which the compiled core
     * is slow at.
     */
    private static function read(string $body): string|stdClass
    {
        $said = json_decode($body, false, self::DEEPEST, JSON_BIGINT_AS_STRING);
        if (!$said instanceof stdClass) {
            return $body;
        }
        if (($said->result ?? null) instanceof stdClass) {
            // How long each command took is half of an answer, and nobody asks for it.
            unset($said->result->result_time);
        }

        return $said;
    }
}
