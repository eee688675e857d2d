<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Admin;

use Orderbridge\Admin\Answer;
use Orderbridge\Admin\Visitor;
use Orderbridge\Bridge;
use Orderbridge\Tests\Support\BridgeTestCase;

use function json_decode;
use function json_encode;

/** A bridge that the settings app asks. */
abstract class AdminTestCase extends BridgeTestCase
{
    protected Bridge $bridge;

    /** @param array<string, mixed> $params */
    protected function answer(string $action, array $params = [], bool $mayModify = true): Answer
    {
        return $this->bridge->admin()->handle(
            json_encode(['action' => $action, 'params' => (object) $params], JSON_THROW_ON_ERROR),
            new Visitor($mayModify, 'Анна'),
        );
    }

    /**
     * @param array<string, mixed> $params
     * @return array<string, mixed> the data of an answer that is no refusal
     */
    protected function ask(string $action, array $params = []): array
    {
        $answer = $this->answer($action, $params);
        self::assertSame(200, $answer->status, $answer->body);

        return json_decode($answer->body, true, 64, JSON_THROW_ON_ERROR)['data'];
    }

    /**
     * @param array<string, mixed> $params
     * @return array<string, mixed> the error
     */
    protected function refused(int $status, string $action, array $params = [], bool $mayModify = true): array
    {
        $answer = $this->answer($action, $params, $mayModify);
        self::assertSame($status, $answer->status, $answer->body);
        $error = json_decode($answer->body, true, 64, JSON_THROW_ON_ERROR)['error'];
        self::assertNotSame('', $error['message']);
        self::assertNotSame('', $error['hint'], 'it says what to do');

        return $error;
    }
}
