<?php

declare(strict_types=1);

namespace Story;

/** The reference shop as a visitor meets it: nginx and PHP-FPM, or PHP's own server where these are missing. */
final class ShopServer
{
    public readonly string $url;
    public readonly string $kind;
    /** @var array<string, string> what every program of the shop has in its environment */
    public readonly array $environment;
    /** @var list<Process> */
    private array $processes = [];

    /** @param array<string, string> $environment where its database is */
    public function __construct(private readonly string $folder, array $environment)
    {
        $port = (int) (getenv('SHOP_PORT') ?: Process::freePort());
        $this->url = "http://127.0.0.1:$port";
        $this->environment = [
            'SHOP_DATA' => "$folder/shop",
            'SHOP_URL' => $this->url,
            'SHOP_ADMIN_PASSWORD' => 'demo',
            ...$environment,
        ];
        $installed = Process::run([PHP_BINARY, 'tests/shop/bin/install'], $this->environment);
        if ($installed['code'] !== 0) {
            throw new \RuntimeException("the shop cannot be installed: {$installed['output']}");
        }
        $fpm = Process::find('php-fpm8*', 'php-fpm*');
        $nginx = Process::find('nginx');
        if ($fpm !== null && $nginx !== null && getenv('SHOP_SERVER') !== 'php') {
            $this->kind = 'nginx + php-fpm';
            $this->nginx($fpm, $nginx, $port);
        } else {
            $this->kind = 'php -S';
            $public = dirname(__DIR__, 3) . '/tests/shop/public';
            $this->processes[] = new Process(
                'php -S',
                [PHP_BINARY, '-S', "127.0.0.1:$port", '-t', $public, "$public/index.php"],
                [...$this->environment, 'PHP_CLI_SERVER_WORKERS' => '4'],
                "$folder/php.log",
            );
        }
        $answers = fn (): bool => @file_get_contents("$this->url/basket") !== false;
        Wait::until("the shop answers at $this->url", 10, $answers);
    }

    public function stop(): void
    {
        foreach (array_reverse($this->processes) as $process) {
            $process->stop();
        }
        $this->processes = [];
    }

    private function nginx(string $fpm, string $nginx, int $port): void
    {
        $public = dirname(__DIR__, 3) . '/tests/shop/public';
        $php = Process::freePort();
        $root = posix_geteuid() === 0;
        file_put_contents("$this->folder/fpm.conf", <<<CONF
            [global]
            error_log = $this->folder/fpm.log
            [shop]
            listen = 127.0.0.1:$php
            pm = static
            pm.max_children = 4
            clear_env = no
            catch_workers_output = yes
            CONF . ($root ? "\nuser = root\ngroup = root\n" : "\n"));
        file_put_contents("$this->folder/nginx.conf", ($root ? "user root root;\n" : '') . <<<CONF
            worker_processes 1;
            daemon off;
            pid $this->folder/nginx.pid;
            events { worker_connections 128; }
            http {
                access_log off;
                client_body_temp_path $this->folder/nginx-body;
                fastcgi_temp_path $this->folder/nginx-fastcgi;
                proxy_temp_path $this->folder/nginx-proxy;
                uwsgi_temp_path $this->folder/nginx-uwsgi;
                scgi_temp_path $this->folder/nginx-scgi;
                client_max_body_size 4m;
                types { text/css css; text/javascript js; image/svg+xml svg; }
                server {
                    listen 127.0.0.1:$port;
                    root $public;
                    location / { try_files \$uri @shop; }
                    location @shop {
                        fastcgi_pass 127.0.0.1:$php;
                        fastcgi_param SCRIPT_FILENAME $public/index.php;
                        fastcgi_param REQUEST_METHOD \$request_method;
                        fastcgi_param REQUEST_URI \$request_uri;
                        fastcgi_param QUERY_STRING \$query_string;
                        fastcgi_param CONTENT_TYPE \$content_type;
                        fastcgi_param CONTENT_LENGTH \$content_length;
                        fastcgi_param REMOTE_ADDR \$remote_addr;
                        fastcgi_param SERVER_PROTOCOL \$server_protocol;
                        fastcgi_param HTTP_HOST \$http_host;
                    }
                }
            }
            CONF);
        $this->processes[] = new Process(
            'php-fpm',
            [$fpm, ...($root ? ['-R'] : []), '--nodaemonize', '--fpm-config', "$this->folder/fpm.conf"],
            $this->environment,
            "$this->folder/fpm.out",
        );
        $this->processes[] = new Process(
            'nginx',
            [$nginx, '-p', $this->folder, '-e', "$this->folder/nginx.log", '-c', "$this->folder/nginx.conf"],
            [],
            "$this->folder/nginx.out",
        );
    }
}
