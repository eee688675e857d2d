<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;
use Orderbridge\Exception\BridgeException;
use Orderbridge\Log\Words;
use Orderbridge\Text\Texts;
use Throwable;

use function getcwd;
use function is_file;

use const STDERR;
use const STDOUT;

/**
 * The command line.
 *
 * Exit codes: 0 all is well; 1 something needs attention (doctor, status, connect, provision, preview); 2 the command
 * was not understood, or there is no shop to start; 3 it failed.
 */
final class Application
{
    public const OK = 0;
    public const ATTENTION = 1;
    public const USAGE = 2;
    public const FAILED = 3;

    /**
     * @param array<string, Command> $commands
     * @param resource $out
     * @param resource $err
     */
    private function __construct(
        private readonly array $commands,
        private $out,
        private $err,
    ) {
    }

    public static function standard(): self
    {
        return new self([
            'work' => new Work(),
            'sweep' => new SweepNow(),
            'backfill' => new SendBackfill(),
            'compare' => new CompareNow(),
            'status' => new Status(),
            'retry' => new Retry(),
            'doctor' => new Doctor(),
            'install' => new Install(),
            'connect' => new Connect(),
            'provision' => new Provision(),
            'preview' => new Preview(),
            'explain' => new Explain(),
            'renew' => new Renew(),
            'erase' => new Erase(),
        ], STDOUT, STDERR);
    }

    /**
     * @param list<string> $words
     * @param Bridge|null $bridge for a CMS's own command line, which has started the shop already; null: `--boot` says
     */
    public function run(array $words, ?Bridge $bridge = null): int
    {
        $arguments = Arguments::of($words);
        $texts = new Texts($arguments->value('lang', $bridge?->options()->lang ?? 'ru'));
        $output = new Output($this->out, $this->err, $texts);
        $command = $this->commands[$arguments->command] ?? null;
        if ($arguments->has('help') || $arguments->command === '' || $arguments->command === 'help') {
            $output->say('usage');

            return self::OK;
        }
        if ($command === null || $arguments->unknown !== '') {
            $word = $command === null ? $arguments->command : $arguments->unknown;
            $output->complain($texts->say('not_understood', ['word' => $word]));
            $output->complain($texts->say('usage'));

            return self::USAGE;
        }
        try {
            $bridge ??= $this->boot($arguments, $output);

            return $bridge === null ? self::USAGE : $command->run($bridge, $arguments, $output);
        } catch (BridgeException $failure) {
            $output->complain($texts->say('failed', ['detail' => $failure->getMessage()]));
        } catch (Throwable $failure) {
            $output->complain($texts->say('failed', ['detail' => Words::of($failure)]));
        }

        return self::FAILED;
    }

    private function boot(Arguments $arguments, Output $output): ?Bridge
    {
        $file = $arguments->value('boot', getcwd() . '/orderbridge.php');
        if (!is_file($file)) {
            $output->complain($output->texts->say('no_boot', ['file' => $file]));

            return null;
        }
        $bridge = (static fn (): mixed => require $file)();
        if (!$bridge instanceof Bridge) {
            $output->complain($output->texts->say('boot_returns_nothing', ['file' => $file]));

            return null;
        }

        return $bridge;
    }
}
