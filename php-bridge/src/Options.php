<?php

declare(strict_types=1);

namespace Orderbridge;

use Closure;
use Orderbridge\Bitrix24\Client;
use Orderbridge\Core\Engine;
use Orderbridge\Log\Log;
use Orderbridge\Setup\Telegram;
use SensitiveParameter;

/** How a shop wants its bridge. Every option has a default that suits a shop on ordinary hosting. */
final class Options
{
    /**
     * @param string $prefix of our tables, after the shop's own prefix: `oc_orderbridge_`
     * @param string $lang of texts for people: `ru` or `en`
     * @param string|null $key seals secrets in the database; anything long and secret from outside of it
     * @param array<string, string> $roles the shop's statuses by their part, to fill an empty table at the first
     *     set-up: new, work, payment, shipping, won, lost
     * @param Engine|Closure(): Engine|null $engine runs the core; null: as EngineChoice has it, normally
     *     the one compiled to PHP
     * @param bool $selfTest whether the engine has to prove itself after an update; off for engines that tests script
     * @param string|null $caFile certificates to trust instead of the system's
     * @param bool $plainHttp allow a portal without TLS: a test stand, an isolated network
     * @param bool $privateNetwork allow a portal in a private network
     * @param float|null $rate requests a second, all workers together; 0: no limit; null: the limit of Bitrix24's
     *     cloud there, none elsewhere
     * @param int $burst requests that may go at once before the rate counts; Bitrix24 takes 50, but what we send at
     *     even intervals does not arrive so
     * @param float $requestSeconds how long one request to the portal may take
     * @param int $pollEvery seconds
     * @param int $sweepEvery seconds
     * @param bool $compareNightly compare orders and deals once a night
     * @param int $group jobs that one claim takes; the more, the less is left of the last request of each step: of
     *     new orders 50 fill four fifths of what a limit lets through, 144 nine tenths. A new order's three calls fill
     *     batches of 48
     * @param float $kickSeconds how long a worker may go on in a web server's process
     * @param int $oldJobSeconds an order that waits longer than this is worth somebody's attention
     * @param string $monitorUrl public address at which the shop has mounted {@see Monitor\Monitor}; '' where it has
     *     not. The bridge adds the secret to its query
     * @param string $command how the command line is called here, `php …/orderbridge --boot …`: for the lines that the
     *     settings page shows; '' when that is nobody's business
     * @param Closure(string, string, string): void|null $notify writes to the shop's owner: subject, text, and the
     *     address that he has chosen, '' for the shop's own. Best by the CMS's own mail; null: the journal and the log
     *     have to do
     * @param string $telegramApi where Telegram's bots are asked; for tests
     * @param Closure(): void|null $finishRequest sends the response off; null: php-fpm's own function
     * @param Closure(string): void|null $onPoint called at each recovery point; for tests
     * @param Closure(float): void|null $sleep waits so many seconds; for tests
     */
    public function __construct(
        public readonly string $prefix = 'orderbridge_',
        public readonly string $lang = 'ru',
        #[SensitiveParameter]
        public readonly ?string $key = null,
        public readonly array $roles = [],
        public readonly Engine|Closure|null $engine = null,
        public readonly bool $selfTest = true,
        public readonly ?Log $log = null,
        public readonly ?string $caFile = null,
        public readonly bool $plainHttp = false,
        public readonly bool $privateNetwork = false,
        public readonly ?float $rate = null,
        public readonly int $burst = 45,
        public readonly float $requestSeconds = Client::SECONDS,
        public readonly int $pollEvery = 60,
        public readonly int $sweepEvery = 600,
        public readonly bool $compareNightly = true,
        public readonly int $group = 144,
        public readonly float $kickSeconds = 10.0,
        public readonly int $keepJournalDays = 90,
        public readonly int $oldJobSeconds = 900,
        public readonly string $monitorUrl = '',
        public readonly string $command = '',
        public readonly ?Closure $notify = null,
        public readonly string $telegramApi = Telegram::API,
        public readonly ?Closure $finishRequest = null,
        public readonly ?Closure $onPoint = null,
        public readonly ?Closure $sleep = null,
    ) {
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return ['prefix' => $this->prefix, 'lang' => $this->lang, 'keyed' => $this->key !== null];
    }
}
