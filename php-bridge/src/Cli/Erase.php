<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;
use Orderbridge\Exception\BridgeException;
use Orderbridge\Privacy\Erased;

use function implode;

/** Takes one buyer out of the module's tables and says where there is more of him. */
final class Erase implements Command
{
    public function run(Bridge $bridge, Arguments $arguments, Output $output): int
    {
        $order = $arguments->value('order');
        [$phone, $email] = [$arguments->value('phone'), $arguments->value('email')];
        // One or the other: an order that is not this man's would be erased with his.
        if (($order === '') === ($phone === '' && $email === '')) {
            $output->complain($output->texts->say('erase_whom'));

            return Application::USAGE;
        }
        $erased = $order !== ''
            ? $bridge->erasure()->ofOrder($order, $arguments->has('unlink'))
            : $bridge->erasure()->ofPerson($phone, $email, $arguments->has('unlink'));
        $found = $erased->links + $erased->jobs + $erased->lines > 0;
        if ($arguments->has('json')) {
            $output->json($erased);
        } elseif (!$found) {
            $output->say('erase_nobody');
        } else {
            $this->tell($erased, self::portal($bridge), $output);
        }

        return $found && $erased->atWork === [] ? Application::OK : Application::ATTENTION;
    }

    private function tell(Erased $erased, string $portal, Output $output): void
    {
        $output->say('erase_done', [
            'links' => $erased->links,
            'jobs' => $erased->jobs,
            'lines' => $erased->lines,
        ]);
        if ($erased->deals !== [] || $erased->contacts !== [] || $erased->companies !== []) {
            $output->say('erase_portal');
        }
        $remains = ['deal' => $erased->deals, 'contact' => $erased->contacts, 'company' => $erased->companies];
        foreach ($remains as $of => $ids) {
            foreach ($ids as $id) {
                $output->line('  ' . $output->texts->say("erase_$of") . " $id  $portal/crm/$of/details/$id/");
            }
        }
        $output->say('erase_shop', ['orders' => implode(', ', $erased->orders) ?: '—']);
        if ($erased->queued !== []) {
            $output->say('erase_queued', ['orders' => implode(', ', $erased->queued)]);
        }
        if ($erased->atWork !== []) {
            $output->say('erase_at_work', ['orders' => implode(', ', $erased->atWork)]);
        }
    }

    private static function portal(Bridge $bridge): string
    {
        try {
            $portal = $bridge->secrets()->portal();

            return "$portal->scheme://$portal->address";
        } catch (BridgeException) {
            return '';
        }
    }
}
