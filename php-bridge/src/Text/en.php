<?php

/** The bridge's own texts: [what happened, what to do] or just a text. The same keys as in ru.php. */

declare(strict_types=1);

return [
    'core_fault' => [
        'the core failed on this task: {detail}',
        'report it; after an update of the module the order is sent again by itself',
    ],
    'shared_fault' => ['the core failed on a group of orders', 'the order will be sent apart from others'],
    'buyer_busy' => ['another order of this buyer is being brought over', 'it goes on by itself in a moment'],
    'deal_taken' => [
        'deal {deal} already belongs to another order',
        'open the deal in Bitrix24: two orders point to it; take one of them away there, then retry',
    ],
    'shop_unreadable' => [
        'the shop could not read the order: {detail}',
        'open the order in the shop\'s admin; if it opens, report this to the developers of the module',
    ],

    'php_fits' => 'PHP {version}, {bits} bit',
    'php_too_old' => [
        'PHP {version}, {bits} bit: PHP 8.1 or newer is needed, 64 bit',
        'choose another version of PHP in the hosting panel',
    ],
    'extensions_fit' => 'the PHP extensions are there',
    'extensions_missing' => ['PHP extensions are missing: {names}', 'switch them on in the hosting panel'],
    'engine_runs' => 'core {version} runs: {name}',
    'engine_wrong' => ['core {version} ({name}) gives wrong answers: {detail}', 'install the module again'],
    'engine_broken' => ['the core does not start: {detail}', 'install the module again: a file may be missing'],
    'tables_fine' => 'the tables are there',
    'tables_made' => 'the tables were created or updated',
    'tables_missing' => ['the module\'s tables are missing or old', 'run: orderbridge install'],
    'database_broken' => ['the database does not answer: {detail}', 'see whether the shop itself opens'],
    'settings_fine' => 'the settings are fine',
    'not_connected' => [
        'no Bitrix24 portal is connected',
        'create an incoming webhook in Bitrix24 (Developer resources → Other) with the scopes CRM and Users '
            . 'and run: orderbridge connect --stdin',
    ],
    'webhook_unreadable' => [
        'the stored webhook cannot be read: the shop\'s key has changed',
        'enter the webhook again: orderbridge connect --stdin',
    ],
    'portal_answers' => 'the portal answers: {webhook}',
    'cron_seen' => 'a worker runs on schedule',
    'cron_missing' => [
        'no scheduled worker has run in the last 10 minutes',
        'add to cron, every minute: orderbridge --boot FILE work (the whole line: orderbridge doctor)',
    ],
    'poll_seen' => 'the portal was polled {seconds} s ago',
    'poll_old' => ['the portal has not been polled for {minutes} min', 'check cron: orderbridge work'],
    'poll_never' => ['the portal has never been polled', 'run: orderbridge work'],
    'secrets_sealed' => 'secrets are encrypted in the database',
    'secrets_open' => [
        'secrets lie open in the database: no key is set',
        'set a key in the shop\'s config file (Options, key) and enter the webhook again',
    ],
    'dead_jobs' => ['orders that need a decision: {count}', 'see why: orderbridge status; then retry'],
    'old_job' => ['the oldest order has been waiting for {minutes} min', 'look: orderbridge status'],
    'portal_stopped' => ['the exchange has stopped: {detail}', '{todo} It is tried again every 5 minutes.'],
    'portal_held' => ['the portal is left alone for a while: {detail}', 'nothing to do, it goes on by itself'],
    'clock_skew' => ['the clocks of shop and portal differ by more than 5 minutes', 'switch time synchronisation on'],
    'engine_stopped' => [
        'the core does not run, orders wait: {problem}',
        'install the module again; if that does not help, show this to its developers',
    ],
    'events_silent' => [
        'deals move in Bitrix24, but events about it do not arrive any more; they are found by the poll',
        'see whether the outgoing webhook is still there, and whether its address is the one of: '
            . 'orderbridge status --show-urls',
    ],
    'events_seen' => 'Bitrix24 called {minutes} min ago',
    'events_never' => [
        'Bitrix24 has never called: stages come by the poll, within a minute',
        'to have them at once, enter the address in an outgoing webhook: orderbridge status --show-urls',
    ],
    'clock_apart' => [
        'the clocks of PHP and of the database differ by {apart} s',
        'switch time synchronisation on on both servers',
    ],
    'dead_removed' => [
        'order {order} had needed a decision for {days} days ({code}) and is taken out of the queue',
        'save the order in the shop to have it sent again',
    ],
    'alert_subject' => 'Orderbridge: the exchange with Bitrix24 needs you',
    'alert_text' => <<<'TEXT'
        {list}

        Orders are not lost: they wait in the queue. You are told of the same thing once a day at most, and once
        when it is over. All details: orderbridge doctor, or the module's page.
        TEXT,
    'alerts_over' => 'Orderbridge: all is well again',
    'alerts_over_text' => "The exchange with Bitrix24 works. This is over:\n\n{list}",
    'over_engine_stopped' => 'the core did not run',
    'over_webhook_unreadable' => 'the stored webhook could not be read',
    'over_portal_stopped' => 'the exchange had stopped',
    'over_old_job' => 'orders waited for long',
    'over_cron_missing' => 'no worker ran on schedule',
    'over_dead_jobs' => 'orders needed a decision',
    'over_events_silent' => 'events did not arrive',
    'over_clock_skew' => 'the clocks of shop and portal differed',
    'over_clock_apart' => 'the clocks of PHP and of the database differed',
    'cron_line' => "The line for cron, every minute:\n\n  {line}",
    'status_reach' => 'Portal answered: {answered}; failed: {failed} {failure}',
    'status_engine' => 'Core {core} ({name}), PHP {php}; self-test: {proved}',
    'status_clock' => 'Clocks: portal {portal} s, database {database} s',
    'status_lanes' => 'Queue: new {live}, tried before {retry}, backfill {backfill}; the oldest waits {minutes} min',
    'status_urls' => "For events, in Bitrix24's outgoing webhook and robots:\n  {inbound}\n"
        . "For the companion module in the box, address and secret:\n  {companion}\n"
        . "For a monitor of uptimes:\n  {monitor}",
    'passed' => 'passed',
    'not_passed' => 'not yet',
    'unknown' => '?',
    'no_monitor' => 'this shop has none',
    'erased_text' => 'erased for the sake of the buyer\'s data',
    'erased' => [
        'one buyer was erased from the module\'s tables; orders: {orders}',
        'in Bitrix24 remain deals {deals} and contacts {contacts}: erase them there',
    ],
    'erase_whom' => 'Whom? orderbridge erase --order=ID, or --phone=… and --email=… (one of them will do)',
    'erase_nobody' => 'The module\'s tables hold nothing of this buyer.',
    'erase_done' => 'Erased in the module\'s tables: links {links}, jobs {jobs}, lines of the journal {lines}.',
    'erase_portal' => 'Bitrix24 still has him; erase there:',
    'erase_deal' => 'deal',
    'erase_contact' => 'contact',
    'erase_company' => 'company',
    'erase_shop' => 'The shop itself still has his orders: {orders}',
    'erase_queued' => 'These still wait to be sent as the shop has them, so erase him there first: {orders}',
    'erase_at_work' => 'These are being sent right now; erase once more in a minute: {orders}',
    'renew_which' => 'Which secret? orderbridge renew inbound|monitor|companion (--final: the former ends at once)',
    'renewed' => "The new address; the former stays valid until the next change or --final:\n  {url}",
    'renewed_final' => "The only address that is still valid:\n  {url}",

    'doctor_fine' => 'Everything the exchange cannot do without is fine.',
    'doctor_errors' => 'In the way of the exchange: {count}.',

    'webhook_form' => [
        'this does not look like an incoming webhook',
        'one looks like this: https://portal.bitrix24.com/rest/1/abcdef123456/',
    ],
    'webhook_https' => ['the webhook has to begin with https://', 'switch HTTPS on in the portal'],
    'webhook_private' => [
        'the address leads into a private network',
        'if the portal really is there, allow it in the config file (Options, privateNetwork)',
    ],
    'portal_changed' => [
        'the portal\'s address has changed: it was {before}, now it is {now}',
        'if it is another portal, connect it with --another: the former bonds of orders and deals are forgotten',
    ],
    'connect_what' => 'Name the incoming webhook: orderbridge connect URL (or --stdin).',
    'connected' => "The portal is connected: {webhook}\nAddress for the outgoing webhook and robots:\n{inbound}",
    'monitor_url' => "Address for a monitor of uptimes (200: works, 503: needs you):\n{url}",
    'not_kept' => 'The portal did not accept the webhook; it is not kept.',
    'provisioned' => 'The funnel is ready.',
    'provision_ask' => 'This is the plan, nothing was changed. To carry it out: orderbridge provision --yes',
    'provision_again' => 'Not everything is done; run it again.',

    'status_portal' => 'Portal: {webhook}',
    'status_jobs' => 'Orders: ready {ready}, in work {leased}, waiting {waiting}, need a decision {dead}',
    'status_more' => 'Orders bound to deals: {links}; unread events: {inbox}',
    'status_seen' => 'Seen: cron {cron}, daemon {daemon}, kick {kick}; poll {poll}, sweep {sweep}, event {event}',
    'never' => 'never',
    'ago' => '{time} ago',
    'retried' => 'Put back into the queue: {count}',
    'retry_which' => 'Name the order: orderbridge retry ID (or --all).',
    'no_job' => 'Order {order} is not in the queue.',
    'no_order' => 'There is no order {order}, or it has not been placed yet.',
    'preview_which' => 'Name the order: orderbridge preview ID',
    'explain_which' => 'Which order? orderbridge explain ID',
    'swept' => 'Forgotten orders found: {count}',
    'sweep_busy' => 'Another process is sweeping.',
    'different' => 'the deal differs from the order',
    'missing' => 'the order has no deal',
    'unlinked' => 'there is a deal, but the shop does not know it',
    'doubled' => 'the order has several deals',
    'foreign' => 'the deal is not this order\'s',
    'order_unknown' => 'the shop has no such order',
    'compare_row' => 'order {order_id}, deal {deal_ids}: {kind}{detail}',
    'compare_equal' => 'Orders and deals agree.',
    'compare_hint' => 'What can be mended by sending again: orderbridge compare --repair. '
        . 'Of doubled and foreign deals decide in Bitrix24.',
    'compare_repaired' => 'Sent again: {count}',
    'compare_stuck' => 'It did not come to its end: {detail}',
    'backfill_running' => [
        'A backfill is under way already; no second one was begun.',
        'how it gets on: orderbridge backfill status; to end it: orderbridge backfill cancel',
    ],
    'backfill_nothing' => ['There is no order in this range.', 'check the dates or numbers'],
    'backfill_none' => ['There is no backfill now.', 'to begin one: orderbridge backfill --from=2026-01-01 (or --all)'],
    'backfill_is_so' => ['The backfill is in that state already.', 'how it gets on: orderbridge backfill status'],
    'backfill_busy' => ['It did not work: other processes are changing the backfill.', 'try again in a minute'],
    'backfill_range' => 'The range is not understood: {detail}. A date is 2026-01-31, an order id a number.',
    'backfill_what' => 'Say which orders to send: --from, --to, --from-id, --to-id, or --all.',
    'backfill_idle' => 'Nothing can work on it now; what is in the way: orderbridge doctor',
    'backfill_started' => 'Backfill {number} has begun, orders: {total}',
    'backfill_finished' => 'Backfill {number} is finished, orders: {total}, need a decision: {failed}',
    'backfill_cancelled' => 'Backfill {number} was cancelled',
    'backfill_state_none' => 'There has been no backfill yet.',
    'backfill_state_running' => 'The backfill is running',
    'backfill_state_paused' => 'The backfill is paused',
    'backfill_state_finished' => 'The backfill is finished',
    'backfill_state_cancelled' => 'The backfill was cancelled',
    'backfill_progress' => ': {done} of {total} ({percent} %), being retried {retrying}, need a decision {failed}',
    'backfill_rate' => '; {rate}/s, {time} left',
    'no_boot' => "There is no file {file}.\nName a PHP file that returns an Orderbridge\\Bridge: --boot FILE",
    'boot_returns_nothing' => 'The file {file} does not return an Orderbridge\\Bridge.',
    'not_understood' => 'Not understood: {word}',
    'failed' => 'It failed: {detail}',
    'usage' => <<<'TEXT'
        orderbridge [--boot FILE] [--lang ru|en] COMMAND

          install             create or update the tables
          connect URL         connect a portal by its incoming webhook (--stdin: read it from the input)
                              --another  it is another portal: forget the former one's deals
          provision [--yes]   show the plan for the funnel; with --yes carry it out
          work                handle all that has come up (for cron, every minute)
                              --for SECONDS  work that long; --daemon  work until told to stop
          sweep               look for orders that never got into the queue
          compare             compare orders and deals now: those of the last month, or
                              --from DAY --to DAY  placed within days (2026-11-23), --order ID  one
                              --repair  send again what differs; --json
          backfill            send former orders: --from DATE --to DATE, --from-id N --to-id N or --all
                              --wait  work here and show the progress; then: pause, resume, cancel, status
          status [--json]     how things stand
                              --show-urls  also the secret addresses for events and for a monitor
          renew inbound|monitor|companion  another secret for the address of events, of the monitor, or of the
                              companion module in the box
                              --final  end the former one's life
          retry ID | --all    put one order, or all that need a decision, back into the queue
          preview ID          show the deal that an order will become
          explain ID [--json] say why the order is not in Bitrix24, or why it has its status
          erase --order=ID    take one buyer out of the module's tables and say where there is more of him;
                              also by --phone=… and --email=…; --unlink  forget his deals, too
          doctor              check everything and say what to do

        Exit codes: 0 fine, 1 needs attention, 2 not understood, 3 failed.
        TEXT,

    // The settings page.
    'admin_action_unknown' => [
        'the page and the module did not understand each other',
        'reload the page: the module has been updated',
    ],
    'admin_params_wrong' => [
        'the module did not understand the field "{name}"',
        'check it and try again; if that does not help, reload the page',
    ],
    'admin_forbidden' => [
        'you have no right to change the module\'s settings',
        'ask the shop\'s administrator to give your group that right',
    ],
    'admin_fault' => ['an internal error of the module', 'try again; what happened is in the shop\'s error log'],
    'settings_changed' => [
        'somebody else has changed the settings meanwhile',
        'look at what has changed and decide what to keep',
    ],
    'settings_refused' => ['there are errors in the settings', 'mend the marked fields and save again'],
    'preferences_refused' => ['not everything was entered right', 'mend the marked fields and save again'],
    'preference_keep_journal_days' => 'a number of days from 1 to 3650',
    'preference_poll_every' => 'a number of seconds from 15 to 86400',
    'preference_old_job_seconds' => 'a number of seconds from 60 to 604800',
    'preference_rate' => 'a number of requests a second from 0 to 1000, or empty',
    'preference_compare_nightly' => 'yes or no',
    'preference_keep_data_on_uninstall' => 'yes or no',
    'preference_ca_file' => 'there is no such file, or PHP cannot read it',
    'preference_proxy' => 'is written as http://name:port or socks5://name:port',
    'preference_alert_mail' => 'this is no mail address',
    'preference_telegram_token' => '@BotFather gives a bot\'s token, it looks like 123456:AbC…',
    'preference_telegram_chat' => 'number of a chat (such as -1001234567890) or @name of a channel',
    'order_not_found' => ['the shop has no such order', 'check the number: the order may be deleted or not placed'],
    'owner_not_told' => [
        'the shop\'s owner could not be told: {why}',
        'check mail and Telegram on the module\'s page "Health" with the button "Send a test message"',
    ],
    'buyer_missing' => ['it is not said whose data to erase', 'enter the buyer\'s phone, e-mail or both'],
    // What to do about it on the page, where the hint above speaks of the command line.
    'page_not_connected' => 'Make an incoming webhook in Bitrix24 (Developer resources → Other) with the scopes CRM '
        . 'and Users and paste its address on the page "Connection".',
    'page_webhook_unreadable' => 'Paste the address of the incoming webhook again on the page "Connection".',
    'page_backfill_none' => 'Choose which orders to send and begin.',
    'page_backfill_is_so' => 'Reload the page: somebody else may have done it.',
    'page_backfill_running' => 'Wait for its end, or cancel it.',
    'alert_test_subject' => 'Orderbridge: a test of alerts',
    'alert_test_text' => 'This is a test. When something needs you, you will be told here.',
    'alert_mailed' => 'the letter was sent',
    'alert_no_mail' => 'the shop does not let the module send mail',
    'alert_telegrammed' => 'the message was sent',
    'alert_no_telegram' => 'no bot or no chat is given',
];
