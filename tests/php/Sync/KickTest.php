<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use Orderbridge\Bridge;
use Orderbridge\Sync\Points;
use Orderbridge\Tests\Support\BridgeTestCase;

use function microtime;
use function time;

/** The work after the response: short, alone, and never with a portal that is left alone. */
final class KickTest extends BridgeTestCase
{
    private int $finished = 0;

    /** @param array<string, mixed> $options */
    private function web(array $options = []): Bridge
    {
        return $this->another($options + ['finishRequest' => function (): void {
            $this->finished++;
        }]);
    }

    /** @dataProvider databases */
    public function testBringsOverWhatThisRequestHasSaved(string $kind): void
    {
        $this->bridge($kind);
        // The clock stands still: whether a second is over in between is not what this is about.
        $this->shop->now = time();
        $this->shop->place(1);
        $web = $this->web();
        $web->orderSaved('1');
        self::assertSame(0, $this->portal->state()['requests'], 'not while the buyer waits');

        $web->afterResponse();

        self::assertSame(1, $this->finished);
        self::assertSame(['1' => 1], $this->deals());
        self::assertSame(0, $web->health()['ago']['kick']);
    }

    /** @dataProvider databases */
    public function testAHintFromThePortalIsWorkToo(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $bridge->worker()->run(5);
        $this->portal->move('1', 'WON');
        $web = $this->web();
        $query = ['secret' => $bridge->secrets()->inbound()];

        $web->endpoint()->handle('POST', $query, [], 'event=ONCRMDEALUPDATE&data[FIELDS][ID]=1');
        $web->afterResponse();

        self::assertSame('at WON', $this->shop->orderStatus('1'));
    }

    public function testARequestThatSavedNothingEndsAsItIs(): void
    {
        $bridge = $this->bridge('sqlite');
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $web = $this->web();

        $web->afterResponse();

        self::assertSame(0, $this->finished);
        self::assertSame([], $this->deals());
    }

    public function testWithoutPhpFpmCronDoesTheWork(): void
    {
        $bridge = $this->bridge('sqlite');
        $this->shop->place(1);
        $bridge->orderSaved('1');

        $bridge->afterResponse();

        self::assertSame([], $this->deals());
    }

    /** @dataProvider databases */
    public function testOnlyOneWorksAtATimeAndTakesTheOthersWorkAlong(string $kind): void
    {
        $this->bridge($kind)->settings()->saw('cron');
        $this->shop->place(1);
        $this->shop->place(2);
        $second = $this->web();
        $came = false;
        $first = $this->web(['group' => 1, 'onPoint' => static function (string $point) use ($second, &$came): void {
            if ($point === Points::FINISHED && !$came) {
                $came = true;
                $second->orderSaved('2');
                $second->afterResponse();
            }
        }]);
        $first->orderSaved('1');

        $first->afterResponse();

        self::assertTrue($came);
        self::assertSame([1 => 1, 2 => 1], $this->deals());
        self::assertSame([], $this->log->lines);
        self::assertSame(0, $second->worker()->run(1)->done, 'nothing was left');
    }

    /** @dataProvider databases */
    public function testAKilledKickBlocksTheNextOnlyForAMoment(string $kind): void
    {
        $this->bridge($kind);
        $this->shop->now = time();
        $this->shop->place(1);
        $web = $this->web();
        $this->database->execute(
            "INSERT INTO {$this->prefix}ob_setting (name, value, moment, updated_at) VALUES ('lock.kick', 'x', ?, 0)",
            [$this->shop->now + 25],
        );
        $web->orderSaved('1');
        $web->afterResponse();
        self::assertSame([], $this->deals());

        $this->shop->now += 25;
        $web->orderSaved('1');
        $web->afterResponse();
        self::assertSame(['1' => 1], $this->deals());
    }

    /** @dataProvider databases */
    public function testDoesNotEvenTryWhileThePortalIsLeftAlone(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->now = time();
        $this->shop->place(1);
        $this->portal->fault('deaf', 1);
        $bridge->orderSaved('1');
        $bridge->worker()->run(5);
        $asked = $this->portal->state()['requests'];
        $web = $this->web();

        $web->orderSaved('1');
        $web->afterResponse();

        self::assertSame($asked, $this->portal->state()['requests']);
        self::assertNull($web->health()['ago']['kick']);
        self::assertTrue($web->health()['hold']['active']);
    }

    public function testAPortalThatHangsHoldsTheProcessNoLongerThanAllowed(): void
    {
        $this->bridge('sqlite');
        $this->shop->place(1);
        $this->portal->fault('hang', 5);
        $web = $this->web(['kickSeconds' => 2.5]);
        $web->orderSaved('1');
        $start = microtime(true);

        $web->afterResponse();

        self::assertLessThan(4.0, microtime(true) - $start);
        self::assertTrue($web->health()['hold']['active'], 'and the next one does not try');
    }
}
