<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Companion;

use Orderbridge\Companion\Settings;
use Orderbridge\Companion\State;

use function array_column;
use function ob_get_clean;
use function ob_start;

/** The settings page: who may, what is kept, what is shown. */
final class OptionsTest extends CompanionTestCase
{
    private function page(?array $post = null): string
    {
        Kernel::$post = $post;
        Kernel::$messages = [];
        $APPLICATION = $GLOBALS['APPLICATION'];
        ob_start();
        include Kernel::folder() . '/options.php';

        return (string) ob_get_clean();
    }

    /** @return list<string> texts of what went wrong */
    private function complaints(): array
    {
        return array_column(array_filter(
            Kernel::$messages,
            static fn (array $message): bool => $message['TYPE'] === 'ERROR',
        ), 'MESSAGE');
    }

    public function testShowsNobodyASecret(): void
    {
        $this->installed('sqlite', true);
        $page = $this->page();
        self::assertStringContainsString(self::URL, $page);
        self::assertStringNotContainsString(substr(self::SECRET, 6), $page);
        self::assertStringContainsString('name="sessid"', $page);
    }

    public function testOnlyWhoMayLooksAndOnlyWhoMayMoreChanges(): void
    {
        $this->installed('sqlite', true);
        Kernel::$right = 'D';
        self::assertSame('', $this->page());
        Kernel::$right = 'R';
        $post = ['shops' => [self::shop(['url' => 'https://evil.example/'])]];
        self::assertStringContainsString(' disabled>', $this->page($post));
        self::assertSame(self::URL, Settings::shops()[0]->url);

        Kernel::$right = 'W';
        Kernel::$sessid = false;
        $this->page($post);
        $this->page(['test' => Settings::shops()[0]->id]);
        $this->page(['again' => '1']);
        self::assertSame(self::URL, Settings::shops()[0]->url);
        self::assertSame([[], []], [Kernel::$posted, Kernel::$messages]);

        Kernel::$sessid = true;
        $this->page($post);
        self::assertSame('https://evil.example/', Settings::shops()[0]->url);
    }

    public function testWhatIsShownIsNoMarkup(): void
    {
        $this->installed('sqlite', true);
        Kernel::$options[Kernel::MODULE]['funnels'] = '"><script>1</script>';
        State::put(State::TROUBLE, '{"at":1,"what":"<script>2</script>"}');
        State::put(State::HOLD . Settings::shops()[0]->id, '{"what":"<script>3</script>","until":1,"failures":11}');
        $page = $this->page();
        self::assertStringNotContainsString('<script>', $page);
        self::assertSame(3, substr_count($page, '&lt;script&gt;'));
        self::assertStringContainsString('уже больше трёх суток', $page);
    }

    public function testTestsAShopAndTakesItsHoldAway(): void
    {
        $this->installed('sqlite', true);
        $id = Settings::shops()[0]->id;
        State::put(State::HOLD . $id, '{"what":"x","until":99999999999,"failures":9}');
        Kernel::$answers = [[401, []], [200, []]];
        $this->page(['test' => $id]);
        self::assertStringContainsString('HTTP 401', $this->complaints()[0]);
        self::assertNotSame('', State::get(State::HOLD . $id));

        $this->page(['test' => $id]);
        self::assertSame([], $this->complaints());
        self::assertSame('OK', Kernel::$messages[0]['TYPE']);
        self::assertSame('', State::get(State::HOLD . $id), 'what waits goes with the next run');
        self::assertSame('orderbridge.test', $this->sent()[1]['type']);

        $this->page(['test' => 'another']);
        $this->page(['test' => ['x']]);
        self::assertCount(2, Kernel::$posted);
    }

    public function testSaysHowTheQueueIs(): void
    {
        $crm = $this->installed('sqlite', true);
        $crm->Add(['ORIGIN_ID' => '1', 'ORIGINATOR_ID' => 's']);
        $crm->Add(['ORIGIN_ID' => '2', 'ORIGINATOR_ID' => 's']);
        self::assertStringContainsString('агент ещё не работал', $this->page());
        Kernel::$answers = [[400, []], 'CONNECTION'];
        Kernel::runAgents();
        $page = $this->page();
        self::assertStringContainsString('агенты выполняются на cron', $page);
        self::assertStringContainsString('CONNECTION', $page);
        self::assertMatchesRegularExpression('/Магазин не принял, сделок:<\/td>\s*<td>1</', $page);
        self::assertMatchesRegularExpression('/Ждут отправки, сделок:<\/td>\s*<td>1 \(с /', $page);

        $this->page(['again' => '1']);
        self::assertMatchesRegularExpression('/Магазин не принял, сделок:<\/td>\s*<td>0</', $this->page());
    }

    /** @return array<string, array{array<string, mixed>, string}> */
    public function wrong(): array
    {
        $shop = static fn (array $with): array => ['shops' => [self::shop($with)]];

        return [
            'no https' => [$shop(['url' => 'http://shop.example/']), 'https://'],
            'another scheme' => [$shop(['url' => 'file:///etc/passwd']), 'https://'],
            'gopher in our network' => [$shop(['url' => 'gopher://10.0.0.1/', 'private' => 'Y']), 'https://'],
            'no host' => [$shop(['url' => 'https:///x']), 'https://'],
            'a password in it' => [$shop(['url' => 'https://a:b@shop.example/']), 'https://'],
            'too long' => [$shop(['url' => 'https://shop.example/' . str_repeat('a', 500)]), 'https://'],
            'a secret too short' => [$shop(['secret' => 'whsec_AAAA']), 'whsec_'],
            'a secret too long' => [$shop(['secret' => 'whsec_' . base64_encode(str_repeat('a', 65))]), 'whsec_'],
            'another secret' => [$shop(['secret' => 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYX']), 'whsec_'],
            'no secret' => [$shop(['secret' => '']), 'whsec_'],
            'no such file' => [$shop(['ca_file' => '/no/such/file.pem']), 'сертификата'],
            'a folder' => [$shop(['ca_file' => __DIR__]), 'сертификата'],
            'a code with a blank' => [$shop(['code' => 'a b']), 'Код магазина'],
            'funnels in words' => [['funnels' => 'общая'], 'Воронки'],
            'funnels as a list' => [['funnels' => '5,,9'], 'Воронки'],
        ];
    }

    /** @dataProvider wrong */
    public function testKeepsAllOfItOrNothing(array $post, string $says): void
    {
        $this->installed();
        $options = Kernel::$options;
        $this->page($post + ['on_hits' => 'Y']);
        self::assertCount(1, $this->complaints());
        self::assertStringContainsString($says, $this->complaints()[0]);
        self::assertSame($options, Kernel::$options);
    }

    public function testHttpIsForTheOwnNetwork(): void
    {
        $this->installed();
        $this->page(['shops' => [self::shop(['url' => 'http://shop.lan/bitrix24', 'private' => 'Y'])]]);
        self::assertSame([], $this->complaints());
        self::assertTrue(Settings::shops()[0]->private);
    }

    public function testJunkIsNoShop(): void
    {
        $this->installed();
        $posts = [
            [], ['shops' => 'x'], ['shops' => ['x', null, [], ['url' => ['x']]]], ['shops' => [['url' => '  ']]],
            ['funnels' => ['x']],
        ];
        foreach ($posts as $post) {
            $this->page($post);
            self::assertSame([], Settings::shops());
        }
        $this->page(['shops' => array_fill(0, 30, self::shop())]);
        self::assertCount(20, Settings::shops());
    }

    /** @dataProvider databases */
    public function testTheFormerSecretLivesForAWeek(string $kind): void
    {
        $this->installed($kind, true);
        $id = Settings::shops()[0]->id;
        $this->page(['shops' => [self::shop(['id' => $id, 'secret' => self::OTHER])]]);
        $shop = Settings::shops()[0];
        self::assertSame([self::OTHER, self::SECRET], $shop->secrets());
        self::assertEqualsWithDelta(7 * 86400, $shop->formerUntil - time(), 5);
        $shop->formerUntil = time() - 1;
        self::assertSame([self::OTHER], $shop->secrets());
        self::assertStringContainsString('drop_former', $this->page());
        self::assertSame($id, Settings::shops()[0]->id, 'its queue stays its queue');
    }
}
