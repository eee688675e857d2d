<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Settings;

use Closure;
use Orderbridge\Exception\Deadlock;
use Orderbridge\Settings\Rows;
use Orderbridge\Settings\Settings;
use Orderbridge\Shop\Database;
use Orderbridge\Store\Clock;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\BridgeTestCase;

use function str_starts_with;

/** The document between a look at it and the write, which is when others come. */
final class SettingsTest extends BridgeTestCase
{
    /** @var Closure(): void|null what another process does right before the next write of the document */
    private ?Closure $meanwhile = null;

    /** @dataProvider databases */
    public function testWhoeverComesSecondWritesNothing(string $kind): void
    {
        [$settings, $other] = $this->two($kind);
        $settings->amendDocument(static fn (): array => ['deal' => 'first']);
        $seen = $settings->revision();
        $this->meanwhile = static fn () => self::assertTrue($other->replaceDocument(['deal' => 'b'], $seen, 'Борис'));

        self::assertFalse($settings->replaceDocument(['deal' => 'a'], $seen, 'Анна'));
        self::assertNull($this->meanwhile, 'it did come in between');
        $settings->refresh();
        self::assertSame([['deal' => 'b'], 'Борис'], [$settings->document(), $settings->seenWhat('document')]);
    }

    /** @dataProvider databases */
    public function testTheBridgesOwnPartIsTakenAsItIsAtThatMoment(string $kind): void
    {
        [$settings, $other] = $this->two($kind);
        $settings->amendDocument(static fn (): array => ['deal' => 'first', 'portal' => ['owner' => '1']]);
        $seen = $settings->revision();
        $this->meanwhile = static fn () => $other->keep(static fn (): array => ['owner' => '7']);

        self::assertTrue($settings->replaceDocument(['deal' => 'a', 'portal' => ['owner' => '1']], $seen, 'Анна'));
        self::assertNull($this->meanwhile);
        self::assertEquals(['deal' => 'a', 'portal' => (object) ['owner' => '7']], $settings->document());
    }

    /** @dataProvider databases */
    public function testAChangeOfTheBridgesIsMadeAnewWhenSomebodySaves(string $kind): void
    {
        [$settings, $other] = $this->two($kind);
        $settings->amendDocument(static fn (): array => ['deal' => 'first']);
        $seen = $settings->revision();
        $this->meanwhile = static fn () => self::assertTrue($other->replaceDocument(['deal' => 'b'], $seen, 'Борис'));

        $settings->keep(static fn (): array => ['owner' => '7']);

        self::assertNull($this->meanwhile);
        self::assertEquals(['deal' => 'b', 'portal' => (object) ['owner' => '7']], $settings->document());
        self::assertSame('Борис', $settings->seenWhat('document'));
    }

    /** @dataProvider databases */
    public function testTheFirstDocumentIsMadeOnce(string $kind): void
    {
        [$settings, $other] = $this->two($kind);
        $this->meanwhile = static fn () => $other->amendDocument(static fn (): array => ['deal' => 'theirs']);

        $now = $settings->amendDocument(static fn (?array $present): array => $present ?? ['deal' => 'fresh']);

        self::assertNull($this->meanwhile);
        self::assertSame(['deal' => 'theirs'], $now);
    }

    public function testGivesUpWhenOthersAreQuickerEachTime(): void
    {
        [$settings, $other] = $this->two('sqlite');
        $settings->amendDocument(static fn (): array => ['n' => 0]);
        $n = 0;
        $again = function () use (&$again, &$n, $other): void {
            ++$n;
            $other->amendDocument(static fn (): array => ['n' => $n]);
            $this->meanwhile = $again;
        };
        $this->meanwhile = $again;

        $this->expectException(Deadlock::class);
        $settings->amendDocument(static fn (?array $present): array => ['mine' => true] + (array) $present);
    }

    /** @return array{Settings, Settings} one that others come between, and such another one */
    private function two(string $kind): array
    {
        $this->bridge($kind, [], false);
        $interrupted = new class ($this->database, function (): void {
            $meanwhile = $this->meanwhile;
            $this->meanwhile = null;
            $meanwhile !== null && $meanwhile();
        }) implements Database {
            public function __construct(private readonly Database $database, private readonly Closure $before)
            {
            }

            public function execute(string $sql, array $params = []): int
            {
                if (str_starts_with($sql, 'UPDATE') || str_starts_with($sql, 'INSERT')) {
                    ($this->before)();
                }

                return $this->database->execute($sql, $params);
            }

            public function query(string $sql, array $params = []): array
            {
                return $this->database->query($sql, $params);
            }

            public function transaction(callable $work): mixed
            {
                return $this->database->transaction(fn (): mixed => $work($this));
            }

            public function dialect(): string
            {
                return $this->database->dialect();
            }
        };
        $over = fn (Database $database): Settings => new Settings(new Rows(
            new Tables($database, $this->prefix . 'ob_'),
            new Clock($this->shop),
        ));

        return [$over($interrupted), $over($this->shop->database())];
    }
}
