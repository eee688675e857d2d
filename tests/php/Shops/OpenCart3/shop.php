<?php

// phpcs:disable PSR1 -- what the shop itself brings: its base class, and constants of its config.php

/** The class that the shop's controllers extend: everything of the registry is a property. */

declare(strict_types=1);

require_once __DIR__ . '/../OpenCart/autoload.php';

if (!class_exists('Controller', false)) {
    abstract class Controller
    {
        protected object $registry;

        public function __construct(object $registry)
        {
            $this->registry = $registry;
        }

        public function __get(string $name): object
        {
            return $this->registry->get($name);
        }
    }
}

$constants = [
    'DB_PREFIX' => 'oc_',
    'DB_USERNAME' => 'shop',
    'DB_PASSWORD' => 'secret',
    'VERSION' => '3.0.5.1',
    'HTTP_SERVER' => 'https://shop.example/',
    'HTTPS_SERVER' => 'https://shop.example/',
    // Where the controllers look for the module's library: the same files, without a package.
    'DIR_SYSTEM' => __DIR__ . '/system/',
    'DIR_APPLICATION' => __DIR__ . '/',
];
foreach ($constants as $name => $value) {
    if (!defined($name)) {
        define($name, $value);
    }
}
