<?php

declare(strict_types=1);

namespace Chaos;

use Closure;
use Orderbridge\Bridge;
use Orderbridge\Options;
use Orderbridge\Shop\PdoDatabase;
use Orderbridge\Tests\Support\TimedDatabase;

/** The shop with its bridge, as any process of the run has it: what they share is in the environment. */
final class Site
{
    public readonly Time $time;
    public readonly Store $store;
    public readonly Bridge $bridge;

    /** @param Closure(string): void|null $onPoint */
    public function __construct(?Closure $onPoint = null)
    {
        $folder = (string) getenv('CHAOS_FOLDER');
        $this->time = new Time($folder, (int) getenv('CHAOS_SKEW'));
        $database = PdoDatabase::connect((string) getenv('CHAOS_DSN'), (string) getenv('CHAOS_DB_USER'), '');
        $timed = new TimedDatabase($database, fn (): int => (int) ($this->time->now() * 1000));
        $this->store = new Store($timed, $this->time);
        $this->bridge = new Bridge($this->store, new Options(
            prefix: 'ob_',
            key: 'a key that no dump of the database contains',
            roles: Store::ROLES,
            log: new FileLog("$folder/bridge.log"),
            plainHttp: true,
            privateNetwork: true,
            rate: (float) getenv('CHAOS_RATE'),
            group: (int) (getenv('CHAOS_GROUP') ?: 50),
            requestSeconds: (float) (getenv('CHAOS_REQUEST_SECONDS') ?: 2.0),
            onPoint: $onPoint,
            sleep: $this->time->sleep(...),
        ));
    }
}
