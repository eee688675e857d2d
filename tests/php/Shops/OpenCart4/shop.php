<?php

// phpcs:disable PSR1 -- what the shop itself brings: its base class, and constants of its config.php

declare(strict_types=1);

namespace Opencart\System\Engine {

    /** The class that the shop's controllers extend: everything of the registry is a property. */
    abstract class Controller
    {
        public function __construct(protected object $registry)
        {
        }

        public function __get(string $name): object
        {
            return $this->registry->get($name);
        }
    }
}

namespace {

    // The rest is the same in both.
    require_once __DIR__ . '/../OpenCart3/shop.php';

    define('DIR_EXTENSION', __DIR__ . '/extension/');

    // As the shop finds them: by their names.
    spl_autoload_register(static function (string $class): void {
        $ours = '/^Opencart\\\\(\w+)\\\\Controller\\\\Extension\\\\Orderbridge\\\\(.+)$/D';
        if (preg_match($ours, $class, $part) === 1) {
            $file = strtolower("$part[1]/controller/" . strtr($part[2], '\\', '/'));
            require __DIR__ . "/../../../../php-bridge/shops/opencart4/$file.php";
        }
    });
}
