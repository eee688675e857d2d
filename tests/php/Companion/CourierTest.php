<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Companion;

use Orderbridge\Companion\Changes;
use Orderbridge\Companion\Courier;
use Orderbridge\Companion\Pushes;
use Orderbridge\Companion\Schedule;
use Orderbridge\Companion\Settings;
use Orderbridge\Companion\State;

use function array_column;
use function array_fill;
use function array_sum;
use function array_unique;
use function count;
use function explode;
use function json_decode;

/** How what has changed comes to the shops. */
final class CourierTest extends CompanionTestCase
{
    private const OK = [200, []];

    /** @return array<string, mixed> */
    private static function ours(string $order, array $more = []): array
    {
        return $more + ['ORIGINATOR_ID' => 'shop-1', 'ORIGIN_ID' => $order];
    }

    private function hold(): array
    {
        return (array) json_decode($this->state('hold.' . Settings::shops()[0]->id), true);
    }

    /** @dataProvider databases */
    public function testSendsWhatTheShopNeedsToLook(string $kind): void
    {
        $crm = $this->installed($kind, true);
        $deal = $crm->Add(self::ours('1042', ['OPPORTUNITY' => '100.00']));
        Kernel::$user = 6;
        $crm->Update($deal, ['STAGE_ID' => 'C5:WON']);
        Kernel::$answers = [self::OK];
        Kernel::runAgents();

        self::assertCount(1, Kernel::$posted);
        [$url, $options, $headers, $body] = Kernel::$posted[0];
        self::assertSame(self::URL, $url);
        self::assertFalse($options['redirect']);
        self::assertFalse($options['disableSslVerification']);
        self::assertFalse($options['privateIp'], 'not into our own network unless that is allowed');
        self::assertSame('application/json', $headers['Content-Type']);
        self::assertMatchesRegularExpression('/^msg_[0-9a-f]{32}$/', $headers['webhook-id']);
        $told = (array) json_decode($body, true);
        self::assertMatchesRegularExpression('/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/', $told['timestamp']);
        unset($told['timestamp']);
        self::assertSame([
            'type' => 'orderbridge.deal',
            'event' => 'ONCRMDEALUPDATE',
            'data' => [
                'FIELDS' => ['ID' => '1'],
                'ORDER_ID' => '1042',
                'OLD_STAGE_ID' => '',
                'STAGE_ID' => 'C5:WON',
                'STAGE_SEMANTIC_ID' => 'S',
                'OLD_CATEGORY_ID' => '',
                'CATEGORY_ID' => '5',
                'OPPORTUNITY' => '100.00',
                'ASSIGNED_BY_ID' => '1',
                'AUTHOR_ID' => '6',
                'CHANGE_ID' => '3',
            ],
        ], $told);
        self::assertSame([], $this->table('push'));
        self::assertArrayHasKey(Courier::AGENT, Kernel::$agents, 'the agent comes again');
        self::assertGreaterThan(0, (int) $this->state('delivered.' . Settings::shops()[0]->id));
    }

    /** @dataProvider databases */
    public function testTenChangesOfADealAreOneCall(string $kind): void
    {
        $crm = $this->installed($kind, true);
        $deal = $crm->Add(self::ours('7'));
        Kernel::$answers = [self::OK];
        Kernel::runAgents();
        foreach (['C5:EXECUTING', 'C5:NEW', 'C5:EXECUTING', 'C5:WON'] as $stage) {
            $crm->Update($deal, ['STAGE_ID' => $stage]);
        }
        Kernel::$posted = [];
        Kernel::$answers = [self::OK];
        Kernel::runAgents();
        Kernel::runAgents();

        self::assertCount(1, Kernel::$posted);
        $data = $this->sent()[0]['data'];
        self::assertSame(['C5:NEW', 'C5:WON'], [$data['OLD_STAGE_ID'], $data['STAGE_ID']], 'from what it knew to now');
    }

    public function testADeletedDealIsToldWithoutAnythingOfIt(): void
    {
        $crm = $this->installed('sqlite', true);
        $deal = $crm->Add(self::ours('7'));
        $crm->Delete($deal);
        Kernel::$answers = [self::OK];
        Kernel::runAgents();

        self::assertSame('ONCRMDEALDELETE', $this->sent()[0]['event']);
        self::assertSame('1', $this->sent()[0]['data']['FIELDS']['ID']);
    }

    /** @dataProvider databases */
    public function testEachShopHearsOfItsOwnDeals(string $kind): void
    {
        $crm = $this->installed($kind);
        $this->save(['shops' => [
            self::shop(['code' => 'shop-1', 'url' => 'https://one.example/']),
            self::shop(['code' => 'shop-2', 'url' => 'https://two.example/']),
            self::shop(['url' => 'https://all.example/']),
            array_diff_key(self::shop(['url' => 'https://off.example/']), ['active' => 1]),
        ]]);
        $crm->Add(self::ours('7'));
        $crm->Add(self::ours('8', ['ORIGINATOR_ID' => 'shop-2']));
        $crm->Add(['UF_CRM_ORDERBRIDGE_ORDER' => '9']);
        $crm->Add(['ORIGINATOR_ID' => 'telephony', 'ORIGIN_ID' => '']);
        $crm->Add([]);
        Kernel::$answers = array_fill(0, 20, self::OK);
        Kernel::runAgents();

        $heard = [];
        foreach (Kernel::$posted as $index => [$url]) {
            $heard[explode('.', explode('//', $url)[1])[0]][] = $this->sent()[$index]['data']['ORDER_ID'];
        }
        self::assertSame(['one' => ['7', '9'], 'two' => ['8', '9'], 'all' => ['7', '8', '9']], $heard);
        self::assertSame([], $this->table('push'));
    }

    /** @dataProvider databases */
    public function testADeadShopIsAskedOnceAndKeepsNobodyWaiting(string $kind): void
    {
        $crm = $this->installed($kind);
        $this->save(['shops' => [
            self::shop(['url' => 'https://dead.example/']),
            self::shop(['url' => 'https://alive.example/']),
        ]]);
        foreach (['1', '2', '3'] as $order) {
            $crm->Add(self::ours($order));
        }
        Kernel::$answers = ['CONNECTION', self::OK, self::OK, self::OK];
        Kernel::runAgents();
        $urls = array_column(Kernel::$posted, 0);
        self::assertSame(['https://dead.example/', ...array_fill(0, 3, 'https://alive.example/')], $urls);

        // Not before its time, whatever happens meanwhile.
        $crm->Add(self::ours('4'));
        Kernel::$answers = [self::OK];
        Kernel::runAgents();
        self::assertSame('https://alive.example/', Kernel::$posted[4][0]);
        self::assertCount(5, Kernel::$posted);

        // It lives again: the same message first, then all that has waited.
        $this->later(10);
        Kernel::$answers = array_fill(0, 4, self::OK);
        Kernel::runAgents();
        self::assertCount(9, Kernel::$posted);
        self::assertSame(Kernel::$posted[0][2]['webhook-id'], Kernel::$posted[5][2]['webhook-id']);
        self::assertSame([], $this->table('push'));
        self::assertSame([], $this->hold());
    }

    /** @dataProvider databases */
    public function testTriesForSeventyFiveHoursAndThenOnceADay(string $kind): void
    {
        $crm = $this->installed($kind, true);
        $crm->Add(self::ours('1'));
        $ids = [];
        foreach ([...Schedule::WAITS, 86400, 86400] as $index => $wait) {
            Kernel::$answers = [[503, []]];
            Kernel::runAgents();
            $hold = $this->hold();
            $waits = $hold['until'] - time();
            self::assertGreaterThanOrEqual((int) ($wait * 0.8) - 1, $waits);
            self::assertLessThanOrEqual((int) ($wait * 1.2) + 1, $waits);
            self::assertSame($index + 1, $hold['failures']);
            self::assertSame($index >= 10, Schedule::isExhausted($hold['failures']));
            Kernel::runAgents();
            self::assertCount($index + 1, Kernel::$posted, 'not before its time');
            $this->later($waits + 1);
            $ids[] = Kernel::$posted[$index][2]['webhook-id'];
        }
        self::assertSame(75 * 3600 + 35 * 60 + 35, array_sum(Schedule::WAITS));
        self::assertCount(1, array_unique($ids), 'the same id at every attempt');
        self::assertCount(1, $this->table('push'), 'nothing is lost');
    }

    public function testTheShopMaySayWhen(): void
    {
        $crm = $this->installed('sqlite', true);
        $crm->Add(self::ours('1'));
        foreach (['600' => 600, '999999' => 86400, 'tomorrow' => 0, '-1' => 0] as $asked => $least) {
            Kernel::$answers = [[429, ['retry-after' => (string) $asked]]];
            State::forget('hold.' . Settings::shops()[0]->id);
            Kernel::runAgents();
            $waits = $this->hold()['until'] - time();
            self::assertGreaterThanOrEqual(max($least - 1, 3), $waits);
            self::assertLessThanOrEqual(max($least, 7), $waits);
        }
    }

    /** @return array<string, array{int, string}> what becomes of it: done, refused, hold */
    public function answers(): array
    {
        return [
            '200' => [200, 'done'], '202' => [202, 'done'], '204' => [204, 'done'],
            '301' => [301, 'hold'], '302' => [302, 'hold'],
            '400' => [400, 'refused'], '413' => [413, 'refused'], '415' => [415, 'refused'], '422' => [422, 'refused'],
            '401' => [401, 'hold'], '403' => [403, 'hold'], '404' => [404, 'hold'], '410' => [410, 'hold'],
            '429' => [429, 'hold'], '500' => [500, 'hold'], '502' => [502, 'hold'], '503' => [503, 'hold'],
        ];
    }

    /** @dataProvider answers */
    public function testWhatAnAnswerMeans(int $status, string $becomes): void
    {
        $crm = $this->installed('sqlite', true);
        $crm->Add(self::ours('1'));
        $crm->Add(self::ours('2'));
        Kernel::$answers = [[$status, []], self::OK];
        Kernel::runAgents();

        $left = $this->table('push');
        if ($becomes === 'hold') {
            self::assertCount(2, $left);
            self::assertSame("HTTP $status", $this->hold()['what']);
            return;
        }
        self::assertSame([], $this->hold());
        self::assertCount(2, Kernel::$posted, 'the next one goes at once');
        self::assertSame($becomes === 'done' ? [] : [$status], array_map('intval', array_column($left, 'REFUSED')));
        if ($becomes === 'refused') {
            Kernel::runAgents();
            self::assertCount(2, Kernel::$posted, 'it is not sent again by itself');
            self::assertSame(1, Pushes::figures(Settings::shops()[0]->id)['refused']);
            Pushes::again();
            Kernel::$answers = [self::OK];
            Kernel::runAgents();
            self::assertSame([], $this->table('push'));
        }
    }

    public function testSignsWithBothSecretsWhileOneIsChanged(): void
    {
        $crm = $this->installed('sqlite', true);
        $id = Settings::shops()[0]->id;
        $this->save(['shops' => [self::shop(['id' => $id, 'secret' => self::OTHER])]]);
        $crm->Add(self::ours('1'));
        Kernel::$answers = [self::OK, self::OK];
        Kernel::runAgents();
        $signatures = explode(' ', Kernel::$posted[0][2]['webhook-signature']);
        self::assertCount(2, $signatures);

        $this->save(['shops' => [self::shop(['id' => $id, 'secret' => '', 'drop_former' => 'Y'])]]);
        $crm->Add(self::ours('2'));
        Kernel::runAgents();
        self::assertCount(1, explode(' ', Kernel::$posted[1][2]['webhook-signature']));
        self::assertSame(self::OTHER, Settings::shops()[0]->secret, 'what is not given stays');
    }

    public function testAnOwnAuthorityAndAnOwnNetworkBySetting(): void
    {
        $crm = $this->installed();
        $this->save(['shops' => [self::shop(['ca_file' => __FILE__, 'private' => 'Y', 'url' => 'https://10.0.0.5/'])]]);
        $crm->Add(self::ours('1'));
        Kernel::$answers = [self::OK];
        Kernel::runAgents();

        self::assertTrue(Kernel::$posted[0][1]['privateIp']);
        self::assertFalse(Kernel::$posted[0][1]['disableSslVerification'], 'never');
        self::assertSame([['ssl' => ['cafile' => __FILE__]]], Kernel::$streams);
    }

    public function testAPrivateAddressIsNotAskedUnlessAllowed(): void
    {
        $crm = $this->installed();
        $this->save(['shops' => [self::shop(['url' => 'https://127.0.0.1:9/'])]]);
        $crm->Add(self::ours('1'));
        Kernel::runAgents();

        self::assertSame('PRIVATE_IP', $this->hold()['what'], 'the code, not words that quote the address');
    }

    /** @dataProvider databases */
    public function testNothingIsPassedOverThatIsNotCommittedYet(string $kind): void
    {
        $crm = $this->installed($kind, true);
        $crm->Add(self::ours('1'));
        $crm->Add(self::ours('2'));
        $crm->Add(self::ours('3'));
        // The second is still in somebody's transaction: its number is given, its row not there.
        $ids = array_column($this->table('change'), 'ID');
        $late = $this->table('change')[2];
        Kernel::$pdo->exec("DELETE FROM b_orderbridge_change WHERE ID = $ids[2]");
        Kernel::$answers = array_fill(0, 5, self::OK);
        Kernel::runAgents();
        self::assertSame(['1'], $this->orders());
        self::assertSame((int) $ids[1], (int) $this->state('cursor'));

        \Orderbridge\Companion\Tables::insert('b_orderbridge_change', $late);
        Kernel::runAgents();
        self::assertSame(['1', '2', '3'], $this->orders());
    }

    /** @dataProvider databases */
    public function testANumberThatNeverComesIsPassedOverAfterAMinute(string $kind): void
    {
        $crm = $this->installed($kind, true);
        $crm->Add(self::ours('1'));
        $crm->Add(self::ours('2'));
        $ids = array_column($this->table('change'), 'ID');
        Kernel::$pdo->exec("DELETE FROM b_orderbridge_change WHERE ID = $ids[1]");
        Kernel::$answers = [self::OK];
        Kernel::runAgents();
        self::assertSame([], $this->orders());
        $this->later(61);
        Kernel::runAgents();
        self::assertSame(['2'], $this->orders());
    }

    /** @return list<string> */
    private function orders(): array
    {
        return array_map(static fn (array $told): string => $told['data']['ORDER_ID'], $this->sent());
    }

    /** @dataProvider databases */
    public function testOnlyOneDeliversAtATime(string $kind): void
    {
        $crm = $this->installed($kind, true);
        $crm->Add(self::ours('1'));
        $mark = State::take(State::COURIER, 180);
        self::assertNotSame('', $mark);
        self::assertSame('', State::take(State::COURIER, 180));
        Kernel::runAgents();
        self::assertSame([], Kernel::$posted);

        State::giveBack(State::COURIER, 'another mark');
        self::assertSame('', State::take(State::COURIER, 180), 'only who holds it gives it back');
        State::giveBack(State::COURIER, $mark);
        Kernel::$answers = [self::OK];
        Kernel::runAgents();
        self::assertCount(1, Kernel::$posted);
    }

    /** @dataProvider databases */
    public function testOneThatWasKilledIsForgiven(string $kind): void
    {
        $crm = $this->installed($kind, true);
        $crm->Add(self::ours('1'));
        State::put(State::COURIER, (time() - 1) . '.deadbeef');
        Kernel::$answers = [self::OK];
        Kernel::runAgents();
        self::assertCount(1, Kernel::$posted);
    }

    /**
     * On a page's hit somebody waits for it.
     *
     * @runInSeparateProcess
     * @preserveGlobalState disabled
     */
    public function testWithoutCronNothingIsSentUnlessAllowed(): void
    {
        define('BX_CRONTAB', false);
        $crm = $this->installed('sqlite', true);
        $crm->Add(self::ours('1'));
        $crm->Add(self::ours('2'));
        Kernel::runAgents();
        self::assertSame([], Kernel::$posted);
        self::assertSame('N', $this->state('ran_by_cron'));

        $this->save(['shops' => [self::shop(['id' => Settings::shops()[0]->id, 'secret' => ''])], 'on_hits' => 'Y']);
        Kernel::$answers = array_fill(0, 5, self::OK);
        Kernel::runAgents();
        self::assertCount(1, Kernel::$posted, 'one message');
        self::assertSame(1, Kernel::$posted[0][1]['socketTimeout'], 'with a second of patience');
    }

    /** @dataProvider databases */
    public function testWhatIsOldIsForgottenAndWhatIsKnownIsNot(string $kind): void
    {
        $crm = $this->installed($kind, true);
        $old = $crm->Add(self::ours('1'));
        $gone = $crm->Add(self::ours('2'));
        $crm->Delete($gone);
        $crm->Update($old, ['STAGE_ID' => 'C5:WON']);
        $this->later(31 * 86400);
        $new = $crm->Add(self::ours('3'));
        Kernel::$answers = array_fill(0, 5, self::OK);
        Kernel::runAgents();

        self::assertSame(["$new A >C5:NEW"], $this->changes());
        self::assertSame([$old], array_map('intval', array_column($this->table('known'), 'DEAL_ID')));
        $crm->Update($old, ['STAGE_ID' => 'C5:WON']);
        $crm->Update($old, ['STAGE_ID' => 'C5:LOSE']);
        self::assertSame("$old U C5:WON>C5:LOSE", $this->changes()[1]);
        self::assertCount(2, $this->changes());
        self::assertSame('5', $this->state('trimmed'));
    }

    /** @dataProvider databases */
    public function testWhatWasNotPassedOnIsNotForgotten(string $kind): void
    {
        $crm = $this->installed($kind);
        $crm->Add(self::ours('1'));
        $crm->Add(self::ours('2'));
        $this->later(31 * 86400);
        Changes::trim(0);
        self::assertCount(2, $this->changes());
        Changes::trim(PHP_INT_MAX);
        self::assertCount(1, $this->changes(), 'the newest stays');
    }

    /** @return array<string, array{string}> */
    public function faults(): array
    {
        return ['database' => ['sql'], 'the CRM\'s own classes' => ['orm'], 'options' => ['options']];
    }

    /** @dataProvider faults */
    public function testTheAgentComesAgainWhateverBreaks(string $broken): void
    {
        $crm = $this->installed('sqlite', true);
        $crm->Add(self::ours('1'));
        Kernel::$broken = $broken;
        Kernel::runAgents();
        Kernel::$broken = '';
        self::assertArrayHasKey(Courier::AGENT, Kernel::$agents);
        Kernel::$answers = [self::OK];
        Kernel::runAgents();
        self::assertCount(1, Kernel::$posted);
        self::assertSame([], $this->table('push'));
    }

    public function testManyDealsGoInOneRun(): void
    {
        $crm = $this->installed('sqlite', true);
        for ($order = 1; $order <= 120; $order++) {
            $crm->Add(self::ours((string) $order));
        }
        Kernel::$answers = array_fill(0, 120, self::OK);
        Kernel::runAgents();

        self::assertSame(120, count(array_unique($this->orders())));
    }

    public function testAShopThatIsRemovedTakesItsQueueAlong(): void
    {
        $crm = $this->installed('sqlite', true);
        $crm->Add(self::ours('1'));
        Kernel::$answers = ['CONNECTION'];
        Kernel::runAgents();
        self::assertCount(1, $this->table('push'));
        $this->save(['shops' => [self::shop(['id' => Settings::shops()[0]->id, 'remove' => 'Y'])]]);
        self::assertSame([], Settings::shops());
        self::assertSame([], $this->table('push'));
        self::assertSame([], array_filter(
            array_column($this->table('state'), 'NAME'),
            static fn (string $name): bool => strpos($name, '.') !== false,
        ));
    }
}
