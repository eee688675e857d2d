<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Privacy;

use Orderbridge\Privacy\Person;
use PHPUnit\Framework\TestCase;

final class PersonTest extends TestCase
{
    private const ORDER = ['buyer' => [
        'last_name' => 'Кузнецова',
        'first_name' => 'Ольга',
        'phone' => '8 (916) 123-45-67',
        'email' => 'Olga.K@Example.ru',
    ]];

    /** @return iterable<string, array{string, bool}> */
    public function texts(): iterable
    {
        foreach (['+79161234567', '8-916-123-45-67', '9161234567', '+7 (916) 123 45 67', '8.916.123.45.67'] as $phone) {
            yield "phone $phone" => ["call $phone today", true];
        }
        yield 'another phone' => ['call +79161234568', false];
        yield 'e-mail' => ['<olga.k@example.ru>', true];
        yield 'e-mail in big letters' => ['OLGA.K@EXAMPLE.RU', true];
        yield 'another e-mail' => ['olga@example.ru', false];
        yield 'name' => ['контакт «Кузнецова Ольга» не принят', true];
        yield 'name turned and in big letters' => ['ОЛЬГА ПЕТРОВНА КУЗНЕЦОВА', true];
        yield 'first name only' => ['менеджер Ольга', false];
        yield 'surname in another word' => ['Ольга, улица Кузнецоваская', false];
        yield 'nothing' => ['', false];
    }

    /** @dataProvider texts */
    public function testIsRecognisedInATextInWhateverSpelling(string $text, bool $is): void
    {
        $person = Person::reachedBy('', '');
        $person->learn(self::ORDER);

        self::assertSame($is, $person->isIn($text));
    }

    /** @return iterable<string, array{string, string, bool}> phone, e-mail */
    public function wanted(): iterable
    {
        yield 'phone' => ['+7 916 123 45 67', '', true];
        yield 'e-mail' => ['', 'olga.k@EXAMPLE.ru ', true];
        yield 'phone of another' => ['+7 916 123 45 68', '', false];
        yield 'one of two' => ['+7 916 123 45 68', 'olga.k@example.ru', true];
        yield 'a part of the phone' => ['45-67', '', false];
        yield 'no e-mail' => ['', 'example.ru', false];
        yield 'nothing' => ['', '', false];
    }

    /** @dataProvider wanted */
    public function testOrdersAreFoundByPhoneOrEmail(string $phone, string $email, bool $his): void
    {
        self::assertSame($his, Person::reachedBy($phone, $email)->placed(self::ORDER));
    }

    public function testAnOrderWithoutABuyerIsNobodys(): void
    {
        $person = Person::reachedBy('+79161234567', 'olga.k@example.ru');
        foreach ([null, [], ['buyer' => null], ['buyer' => ['phone' => null, 'email' => ['x']]]] as $order) {
            self::assertFalse($person->placed($order));
            $person->learn($order);
        }
        self::assertFalse($person->isIn('some text'));
        self::assertTrue($person->isKnown());
        self::assertFalse(Person::reachedBy('12', 'nobody')->isKnown());
    }
}
