<?php

// phpcs:disable Generic.Files.LineLength -- a text is a line

declare(strict_types=1);

$_['heading_title'] = 'Orderbridge: Bitrix24';

$_['text_extension'] = 'Extensions';
$_['text_enabled'] = 'Send orders to Bitrix24';
$_['text_success'] = 'Saved.';
$_['text_connected'] = 'Connected';
$_['text_not_connected'] = 'Not connected: paste the address of an incoming webhook below.';
$_['text_disabled'] = 'Switched off: orders are not sent.';
$_['text_keep'] = 'set; leave empty to keep';

$_['tab_connection'] = 'Connection';
$_['tab_statuses'] = 'Statuses';
$_['tab_managers'] = 'Managers';
$_['tab_ledger'] = 'Ledger';
$_['tab_health'] = 'Health';

$_['legend_portal'] = 'Your Bitrix24';
$_['legend_funnel'] = 'Funnel';
$_['legend_back'] = 'From Bitrix24 to the shop, at once';
$_['legend_from_stage'] = 'A deal comes to the stage → the order gets the status';
$_['legend_to_stage'] = 'The order gets the status in the shop → the deal goes to the stage';
$_['legend_rules'] = 'Who is responsible for the deal';
$_['legend_waiting'] = 'Orders on their way';
$_['legend_recent'] = 'Last orders sent';
$_['legend_journal'] = 'What happened';
$_['legend_cron'] = 'Running without visitors';

$_['entry_webhook'] = 'Incoming webhook';
$_['entry_endpoint'] = 'Address for the outgoing webhook';
$_['entry_fallback'] = 'Otherwise';
$_['entry_basket'] = 'Several categories in one order';
$_['entry_cron'] = 'System cron, every minute';
$_['entry_tick'] = 'or by address';
$_['entry_monitor'] = 'Address for a monitor of uptimes (200: works, 503: needs you)';

$_['help_webhook'] = 'In Bitrix24: Developer resources → Other → Incoming webhook, with the rights CRM (crm) and Users (user_brief). The address is a password: it is stored in the shop’s database and never shown again.';
$_['help_endpoint'] = 'Optional: makes stage changes arrive at once. In Bitrix24: Developer resources → Other → Outgoing webhook, event “Deal updated”. Without it changes are fetched every minute.';
$_['help_funnel'] = 'The funnel «Интернет-магазин», its stages and the hidden field of the order number. First you see what would be done; nothing that exists is changed without you.';
$_['help_statuses'] = 'Stages are read from the portal. A status or stage without a pair is left alone.';
$_['help_rules'] = 'A line of the order belongs to the first rule that has its category (with everything below it). With several people the deals are dealt round in turn.';
$_['help_cron'] = 'Orders are sent right after the buyer’s page is out. The cron sends what could not be sent then and fetches changed deals.';

$_['column_stage'] = 'Stage';
$_['column_status'] = 'Status';
$_['column_notify'] = 'Tell the buyer';
$_['column_comment'] = 'Comment in the order’s history';
$_['column_categories'] = 'Categories';
$_['column_users'] = 'People';
$_['column_pick'] = 'Choice';
$_['column_order'] = 'Order';
$_['column_deal'] = 'Deal';
$_['column_state'] = 'State';
$_['column_attempts'] = 'Attempts';
$_['column_error'] = 'Last trouble and what to do';
$_['column_when'] = 'When';
$_['column_event'] = 'Event';

$_['button_test'] = 'Test connection';
$_['button_plan'] = 'Show what would be done';
$_['button_provision'] = 'Do it';
$_['button_rule'] = 'Add a rule';
$_['button_reload'] = 'Read stages and people anew';
$_['button_run'] = 'Send now';
$_['button_copy'] = 'Copy';

$_['basket_largest_sum'] = 'by the largest sum';
$_['basket_first_line'] = 'by the first line';
$_['basket_most_units'] = 'by the most units';
$_['basket_rule_order'] = 'by the order of rules';

$_['error_permission'] = 'You have no permission to change Orderbridge.';
$_['error_body'] = 'The page’s data did not arrive whole. Reload the page.';
$_['error_internal'] = 'The shop could not do it (%s). The details are in the shop’s error log.';

$_['js_none'] = '— leave alone —';
$_['js_round_robin'] = 'in turn';
$_['js_first'] = 'the first who works';
$_['js_inactive'] = 'inactive';
$_['js_existing'] = 'changes what exists';
$_['js_new'] = 'new';
$_['js_nothing'] = 'Everything is there already.';
$_['js_done'] = 'Done.';
$_['js_ready'] = 'waiting';
$_['js_dead'] = 'needs you';
$_['js_resend'] = 'Send again';
$_['js_remove'] = 'Remove';
$_['js_empty'] = 'Nothing here.';
$_['js_no_snapshot'] = 'Connect the portal first: its stages and people appear here.';
$_['js_network'] = 'The shop did not answer. Try again.';
$_['js_won'] = 'Deal won';
$_['js_lost'] = 'Deal lost';
$_['js_queued'] = 'Queued, will be sent at once.';
$_['js_unsaved'] = 'Not saved yet.';
$_['js_push'] = 'to Bitrix24';
$_['js_pull'] = 'from Bitrix24';

$_['error_webhook_form'] = 'This is no address of an incoming webhook. It looks like https://your-portal/rest/1/secret/';
$_['error_webhook_https'] = 'The address has to begin with https://. For a portal in an isolated network add define(\'ORDERBRIDGE_PLAIN_HTTP\', true); to both config.php files.';
$_['error_webhook_private'] = 'The address leads into a private network. If your Bitrix24 box is there, add define(\'ORDERBRIDGE_PRIVATE_NETWORK\', true); to both config.php files.';
$_['error_webhook_host'] = 'There is no portal under this name.';
$_['health_ok'] = 'All is well.';
$_['health_never'] = 'never';
$_['health_ago_poll'] = 'Changed deals were fetched:';
$_['health_ago_event'] = 'Bitrix24 called last:';
$_['health_ago_kick'] = 'Worked after a buyer’s page:';
$_['health_ago_cron'] = 'Cron came by:';
$_['health_tables_missing'] = 'Tables of the module are missing or old.';
$_['hint_tables_missing'] = 'Whoever may change the module has only to open this page: that creates them.';
$_['health_not_connected'] = 'No portal is connected.';
$_['hint_not_connected'] = 'Paste the address of an incoming webhook on the first tab.';
$_['health_webhook_unreadable'] = 'The stored webhook cannot be read any more: the database’s password has changed.';
$_['hint_webhook_unreadable'] = 'Paste the webhook’s address again.';
$_['health_portal_stopped'] = 'Bitrix24 does not let us in: sending has stopped, orders are kept.';
$_['hint_portal_stopped'] = '';
$_['health_portal_held'] = 'Bitrix24 is left alone for a while, orders are kept.';
$_['hint_portal_held'] = 'They will be sent by themselves.';
$_['health_dead_jobs'] = 'There are orders that need you.';
$_['hint_dead_jobs'] = 'See the tab “Ledger”.';
$_['health_old_job'] = 'An order has been waiting for more than a quarter of an hour.';
$_['hint_old_job'] = 'See the tab “Ledger”.';
$_['health_cron_missing'] = 'The system’s cron has not come by for ten minutes.';
$_['hint_cron_missing'] = 'Set up the cron, or have its address called every minute (both are below): without that, changes from Bitrix24 arrive only when somebody buys.';
$_['health_clock_skew'] = 'The clocks of the shop and the portal differ by more than five minutes.';
$_['hint_clock_skew'] = 'Ask your hosting to set the server’s clock.';
$_['health_clock_apart'] = 'The clocks of PHP and of the database differ by more than five minutes.';
$_['hint_clock_apart'] = 'Ask your hosting to set the clocks of both servers.';
$_['health_events_silent'] = 'Deals move in Bitrix24, but it does not call any more; the changes are fetched every minute instead.';
$_['hint_events_silent'] = 'See whether the outgoing webhook is still there and has the address from the tab “Connection”.';
