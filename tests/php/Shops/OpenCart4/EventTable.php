<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart4;

use RuntimeException;

use function class_exists;
use function explode;
use function method_exists;
use function preg_match;
use function preg_quote;
use function strtr;
use function ucfirst;

/**
 * OpenCart 4's table of events: a trigger is a pattern in which `?` is one character, anchored at its start only. The
 * shop passes over a handler whose class is absent without a word; here that is a fault.
 */
final class EventTable
{
    /** @var list<string> the events that nobody has listened to */
    public array $unheard = [];

    /** @param array<string, string> $rows trigger => action */
    public function __construct(
        private readonly array $rows,
        private readonly string $version,
        private readonly object $registry,
    ) {
    }

    /**
     * @param string $event such as `catalog/model/checkout/order editOrder/after`: the blank is as the version has it
     * @param array<mixed> $args of the call, or the data of a view
     * @return mixed what 4.0 would take in place of the call's result
     */
    public function fire(string $event, array $args): mixed
    {
        $event = strtr($event, [' ' => $this->version === '4.0' ? '/' : '.']);
        $heard = false;
        $answer = null;
        foreach ($this->rows as $trigger => $action) {
            if (preg_match('/^' . strtr(preg_quote($trigger, '/'), ['\?' => '.', '\*' => '.*']) . '/', $event) === 1) {
                $heard = true;
                $answer ??= $this->call(explode('/', $event)[0], $action, $args);
            }
        }
        if (!$heard) {
            $this->unheard[] = $event;
        }

        return $answer;
    }

    /** @return array{object, string} the handler and its method */
    public function handler(string $side, string $action): array
    {
        [$route, $method] = explode('.', $action);
        [, , $folder, $file] = explode('/', $route);
        $class = 'Opencart\\' . ucfirst($side) . '\Controller\Extension\Orderbridge\\' . ucfirst($folder) . '\\'
            . ucfirst($file);
        if (!class_exists($class) || !method_exists($class, $method)) {
            throw new RuntimeException("nobody answers to $action");
        }

        return [new $class($this->registry), $method];
    }

    /** @param list<mixed> $args */
    private function call(string $side, string $action, array $args): mixed
    {
        [$handler, $method] = $this->handler($side, $action);
        $route = $action;
        $output = null;

        return $handler->$method($route, $args, $output);
    }
}
