<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart3;

use Closure;
use RuntimeException;

use function array_keys;
use function strtr;

/** OpenCart's registry with what the module asks of it: config, log, db, models, and the admin's parts. */
final class Registry
{
    /** @var array<string, object> */
    private array $parts = [];
    /** @var array<string, object> models by route, which load->model() puts here */
    private array $models = [];
    /** @var list<string> */
    public array $log = [];

    /** @param array<string, mixed> $settings */
    public function __construct(public array $settings = [])
    {
        $this->parts['config'] = new class ($this) {
            public function __construct(private readonly Registry $registry)
            {
            }

            public function get(string $name): mixed
            {
                return $this->registry->settings[$name] ?? null;
            }

            public function set(string $name, mixed $value): void
            {
                $this->registry->settings[$name] = $value;
            }
        };
        $this->parts['log'] = new class ($this) {
            public function __construct(private readonly Registry $registry)
            {
            }

            public function write(string $line): void
            {
                $this->registry->log[] = $line;
            }
        };
        $this->parts['load'] = new class ($this->load(...)) {
            public function __construct(private readonly Closure $load)
            {
            }

            public function model(string $route): void
            {
                ($this->load)($route);
            }
        };
    }

    public function set(string $name, object $part): void
    {
        $this->parts[$name] = $part;
    }

    public function model(string $route, object $model): void
    {
        $this->models[$route] = $model;
    }

    public function get(string $name): object
    {
        return $this->parts[$name] ?? throw new RuntimeException("the shop has no $name here");
    }

    private function load(string $route): void
    {
        $known = $this->models[$route]
            ?? throw new RuntimeException("no model $route among " . implode(', ', array_keys($this->models)));
        $this->parts['model_' . strtr($route, '/', '_')] = $known;
    }
}
