<?php

declare(strict_types=1);

return [
    'title' => 'Acceptance: {cms}, {url}',
    'head_step' => 'Step',
    'head_seconds' => 'Seconds',
    'head_note' => 'What was seen',
    'left_out' => 'left out: a step that it needs has failed',
    'were_left_out' => 'Steps left out: {count}',
    'sign_in' => 'Signing in to the admin',
    'upload' => 'The shop\'s installer takes the package',
    'activate' => 'The module is installed and on',
    'page' => 'The module\'s page opens, the browser\'s core is served',
    'connect' => 'The webhook is pasted, the portal answers',
    'provision' => 'Funnel, stages and the hidden field are made',
    'things' => 'made: {count}',
    'statuses' => 'Stages and statuses are tied, the portal has our address',
    'buy_guest' => 'A guest buys',
    'deal_guest' => 'The guest\'s order is a deal',
    'buy_customer' => 'A customer with an account buys',
    'deal_customer' => 'His order is a deal',
    'buy_block' => 'A guest buys at the block checkout',
    'deal_block' => 'The order of the block checkout is a deal',
    'update' => 'Another version comes in its place: settings, bonds and queue are kept',
    'after_update' => 'The order that waited meanwhile is a deal',
    'lost_by_update' => 'the update has changed {what}: {before} → {after}',
    'create' => 'An order is entered in the admin',
    'deal_owner' => 'The order of the admin is a deal',
    'edit' => 'The order is edited in the admin: the deal follows',
    'cancel' => 'The order is cancelled in the admin: the deal is lost',
    'stage' => 'The deal goes to “{stage}”: the order is “{status}”',
    'stage_alone' => 'The deal goes to “{stage}”: the order stays as it is',
    'delete' => 'The order is deleted in the admin: the deal tells of it',
    'coupon_guest' => 'A guest buys by coupon: amount and code are in the deal',
    'coupon_block' => 'By coupon at the block checkout: amount and code are in the deal',
    'choice_guest' => "A guest chooses an option: it is in the deal's row",
    'choice_block' => "An option at the block checkout: it is in the deal's row",
    'refund' => "Money goes back: the deal's amount and rows are right",
    'there_already' => 'the card was there already',
    'settled' => 'The queue is empty, each order has one deal',
    'ledger' => 'The module\'s ledger: every order is in step',
    'rows' => 'rows: {count}',
    'mail' => 'Buyers got the shop\'s letters about their orders',
    'by_itself' => 'The exchange runs by itself, without “Run now”',
    'deactivate' => 'The module is switched off and uninstalled',
    'remove' => 'The module\'s files are deleted',
    'gone' => 'The module\'s page and address are gone',
    'traceless' => 'Installed anew it knows nothing; removed again',
    'traces' => 'the connection, or the bonds of orders and deals, are still there',
    'sells_on' => 'The shop goes on selling without the module',
    'run_now' => 'after “Run now”',
    'not_by_itself' => '{count} times it did not: there is neither php-fpm nor cron (then --by-hand), '
        . 'or the module does not start',
    'by_hand' => 'pressed {count} times, as allowed (--by-hand)',
    'dead' => 'orders that need a person: {count}',
    'status_changed' => 'the order\'s status changed by itself',
    'no_history' => 'the order\'s history has no new line with our comment',
    'letter' => 'the buyer got a letter',
    'no_letter' => 'no letter',
    'unwanted_letter' => 'the buyer got a letter though notices are off',
    'no_letter_to' => 'no letter about order {order}',
    'still_answers' => 'the address for Bitrix24 still takes events',
    'not_a_test_shop' => <<<'TEXT'
        {url} does not look like a test shop: this test places orders there, changes them, and mails buyers.
        If it is one all the same, add --yes-this-is-a-test-shop.

        TEXT,
    'usage' => <<<'TEXT'
        Acceptance test of the module in a test shop: installs, sets up, buys, moves deals, removes. Over HTTP only.

            tests/shops/try --cms opencart4|opencart3|woocommerce --url http://shop.test \
                --admin NAME --password PASSWORD

          --zip FILE            the package; without it, it is packed from this folder
          --from FILE           the package of an earlier version: installed first, then updated
          --portal ADDRESS      a stand-in for Bitrix24 that runs already (tests/bitrix24); without it, one is started
          --admin-folder NAME   where the admin is, if not where it usually is
          --product ID          what to buy; without it, the first product that needs no choice
          --mail-folder FOLDER  where the shop's letters go (*.eml): then they are checked, too
          --by-hand             there is neither php-fpm nor cron: “Run now” may be pressed
          --language ru|en      of this table
          --keep                leave the module installed
          --yes-this-is-a-test-shop  it is one, though its address does not show it

        The stand-in speaks without TLS and in a private network. For the shop to reach it, put into config.php
        (OpenCart: into both) or wp-config.php:
            define('ORDERBRIDGE_PLAIN_HTTP', true);
            define('ORDERBRIDGE_PRIVATE_NETWORK', true);
        Orders and customers stay in the shop. Exit code: 0 all is right, 1 it is not, 2 not understood.

        TEXT,
];
