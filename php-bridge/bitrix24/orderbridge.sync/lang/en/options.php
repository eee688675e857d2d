<?php

// phpcs:disable Generic.Files.LineLength -- texts

$MESS['ORDERBRIDGE_TAB_SHOPS'] = 'Shops';
$MESS['ORDERBRIDGE_TAB_STATE'] = 'State';
$MESS['ORDERBRIDGE_NEW_SHOP'] = 'Another shop';
$MESS['ORDERBRIDGE_URL'] = 'Address of the shop (from the Orderbridge settings in the shop, page "Connection"):';
$MESS['ORDERBRIDGE_SECRET'] = 'Secret (whsec_…), from the same place:';
$MESS['ORDERBRIDGE_SECRET_KEPT'] = 'The secret is kept. To change it, paste another:';
$MESS['ORDERBRIDGE_FORMER'] = 'The former secret is valid until #UNTIL#';
$MESS['ORDERBRIDGE_DROP_FORMER'] = 'sign with the former no longer';
$MESS['ORDERBRIDGE_CODE'] = 'Code of the shop in its deals (ORIGINATOR_ID); empty for all deals with an order number:';
$MESS['ORDERBRIDGE_PRIVATE'] = 'The shop is in our own network (allow a private address and http):';
$MESS['ORDERBRIDGE_CA'] = 'File with your own root certificate on this server, if one is needed:';
$MESS['ORDERBRIDGE_ACTIVE'] = 'Send:';
$MESS['ORDERBRIDGE_REMOVE'] = 'remove this shop';
$MESS['ORDERBRIDGE_TEST'] = 'Test the connection';
$MESS['ORDERBRIDGE_ALL_SHOPS'] = 'For all shops';
$MESS['ORDERBRIDGE_FUNNELS'] = 'Numbers of the funnels, with commas (0 is the general one); empty for all:';
$MESS['ORDERBRIDGE_ON_HITS'] = 'Send without cron, too, while pages of the portal are opened (not recommended):';
$MESS['ORDERBRIDGE_RAN'] = 'The agent ran last:';
$MESS['ORDERBRIDGE_CRON'] = 'Cron:';
$MESS['ORDERBRIDGE_CRON_YES'] = 'cron runs the agents, all is well';
$MESS['ORDERBRIDGE_CRON_NO'] = 'agents run while pages are opened: as long as this is so, the shop hears of changes by REST only. Let cron run the agents, or add tools/deliver.php';
$MESS['ORDERBRIDGE_CRON_NONE'] = 'the agent has not run yet';
$MESS['ORDERBRIDGE_FIELD'] = 'Field of the deal with the order number:';
$MESS['ORDERBRIDGE_FIELD_YES'] = 'is there';
$MESS['ORDERBRIDGE_FIELD_NO'] = 'not yet, the shop will make it when it is set up';
$MESS['ORDERBRIDGE_TROUBLE'] = 'Last fault of the module:';
$MESS['ORDERBRIDGE_WAITING'] = 'Deals that wait to be sent:';
$MESS['ORDERBRIDGE_OLDEST'] = 'since';
$MESS['ORDERBRIDGE_REFUSED'] = 'Deals that the shop did not accept:';
$MESS['ORDERBRIDGE_DELIVERED'] = 'Last delivery:';
$MESS['ORDERBRIDGE_HOLD'] = 'The shop does not answer:';
$MESS['ORDERBRIDGE_HOLD_TEXT'] = '#ANSWER#, since #SINCE#. Next attempt: #UNTIL#. Nothing is lost.';
$MESS['ORDERBRIDGE_HOLD_LONG'] = '#ANSWER#, for more than three days (since #SINCE#). Check the address and the secret and press "Test the connection". One attempt a day, the next: #UNTIL#.';
$MESS['ORDERBRIDGE_SAVE'] = 'Save';
$MESS['ORDERBRIDGE_AGAIN'] = 'Send once more what was not accepted';
$MESS['ORDERBRIDGE_SAVED'] = 'The settings are saved.';
$MESS['ORDERBRIDGE_NEVER'] = 'never';
$MESS['ORDERBRIDGE_TEST_OK'] = 'The shop #URL# has accepted the test message: #ANSWER#.';
$MESS['ORDERBRIDGE_TEST_FAILED'] = 'The shop #URL# has not accepted the test message: #ANSWER#. 401: another secret; 403: the clocks differ by more than 5 minutes; 404: another address.';
$MESS['ORDERBRIDGE_WRONG_URL'] = 'The address of the shop must begin with https:// (http:// only within the own network) and hold no name and password.';
$MESS['ORDERBRIDGE_WRONG_SECRET'] = 'The secret must begin with whsec_: copy the whole of it from the settings of the shop.';
$MESS['ORDERBRIDGE_WRONG_CA'] = 'The certificate file is not on this server or cannot be read.';
$MESS['ORDERBRIDGE_WRONG_CODE'] = 'Code of the shop: Latin letters, digits, dot, hyphen, at most 50.';
$MESS['ORDERBRIDGE_WRONG_FUNNELS'] = 'Funnels: only numbers with commas, for example 0, 5.';
