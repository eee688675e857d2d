<?php

// phpcs:disable Generic.Files.LineLength -- texts

$MESS['ORDERBRIDGE_TAB_SHOPS'] = 'Магазины';
$MESS['ORDERBRIDGE_TAB_STATE'] = 'Состояние';
$MESS['ORDERBRIDGE_NEW_SHOP'] = 'Новый магазин';
$MESS['ORDERBRIDGE_URL'] = 'Адрес магазина (из настроек Orderbridge в магазине, раздел «Подключение»):';
$MESS['ORDERBRIDGE_SECRET'] = 'Секрет (whsec_…), оттуда же:';
$MESS['ORDERBRIDGE_SECRET_KEPT'] = 'Секрет сохранён. Чтобы сменить, вставьте новый:';
$MESS['ORDERBRIDGE_FORMER'] = 'Прежний секрет действует до #UNTIL#';
$MESS['ORDERBRIDGE_DROP_FORMER'] = 'больше не подписывать прежним';
$MESS['ORDERBRIDGE_CODE'] = 'Код магазина в сделках (ORIGINATOR_ID); пусто — все сделки с номером заказа:';
$MESS['ORDERBRIDGE_PRIVATE'] = 'Магазин в нашей внутренней сети (разрешить внутренний адрес и http):';
$MESS['ORDERBRIDGE_CA'] = 'Файл своего корневого сертификата на этом сервере, если он нужен:';
$MESS['ORDERBRIDGE_ACTIVE'] = 'Отправлять:';
$MESS['ORDERBRIDGE_REMOVE'] = 'убрать этот магазин';
$MESS['ORDERBRIDGE_TEST'] = 'Проверить связь';
$MESS['ORDERBRIDGE_ALL_SHOPS'] = 'Для всех магазинов';
$MESS['ORDERBRIDGE_FUNNELS'] = 'Номера воронок через запятую (0 — общая); пусто — все:';
$MESS['ORDERBRIDGE_ON_HITS'] = 'Отправлять и без cron, во время открытия страниц портала (не советуем):';
$MESS['ORDERBRIDGE_RAN'] = 'Агент работал последний раз:';
$MESS['ORDERBRIDGE_CRON'] = 'Cron:';
$MESS['ORDERBRIDGE_CRON_YES'] = 'агенты выполняются на cron, всё в порядке';
$MESS['ORDERBRIDGE_CRON_NO'] = 'агенты выполняются при открытии страниц: пока это так, магазин узнаёт об изменениях только по REST. Переведите агенты на cron или добавьте tools/deliver.php';
$MESS['ORDERBRIDGE_CRON_NONE'] = 'агент ещё не работал';
$MESS['ORDERBRIDGE_FIELD'] = 'Поле сделки с номером заказа:';
$MESS['ORDERBRIDGE_FIELD_YES'] = 'есть';
$MESS['ORDERBRIDGE_FIELD_NO'] = 'ещё нет, его создаст магазин при настройке';
$MESS['ORDERBRIDGE_TROUBLE'] = 'Последняя ошибка модуля:';
$MESS['ORDERBRIDGE_WAITING'] = 'Ждут отправки, сделок:';
$MESS['ORDERBRIDGE_OLDEST'] = 'с';
$MESS['ORDERBRIDGE_REFUSED'] = 'Магазин не принял, сделок:';
$MESS['ORDERBRIDGE_DELIVERED'] = 'Последняя доставка:';
$MESS['ORDERBRIDGE_HOLD'] = 'Магазин не отвечает:';
$MESS['ORDERBRIDGE_HOLD_TEXT'] = '#ANSWER#, с #SINCE#. Следующая попытка: #UNTIL#. Ничего не потеряно.';
$MESS['ORDERBRIDGE_HOLD_LONG'] = '#ANSWER#, уже больше трёх суток (с #SINCE#). Проверьте адрес и секрет и нажмите «Проверить связь». Пробуем раз в сутки, следующий раз: #UNTIL#.';
$MESS['ORDERBRIDGE_SAVE'] = 'Сохранить';
$MESS['ORDERBRIDGE_AGAIN'] = 'Отправить непринятые ещё раз';
$MESS['ORDERBRIDGE_SAVED'] = 'Настройки сохранены.';
$MESS['ORDERBRIDGE_NEVER'] = 'никогда';
$MESS['ORDERBRIDGE_TEST_OK'] = 'Магазин #URL# принял проверочное сообщение: #ANSWER#.';
$MESS['ORDERBRIDGE_TEST_FAILED'] = 'Магазин #URL# не принял проверочное сообщение: #ANSWER#. 401 — секрет не тот, 403 — часы расходятся больше чем на 5 минут, 404 — адрес не тот.';
$MESS['ORDERBRIDGE_WRONG_URL'] = 'Адрес магазина должен начинаться с https:// (http:// можно только во внутренней сети) и не содержать имени и пароля.';
$MESS['ORDERBRIDGE_WRONG_SECRET'] = 'Секрет должен начинаться с whsec_: скопируйте его из настроек магазина целиком.';
$MESS['ORDERBRIDGE_WRONG_CA'] = 'Файл сертификата не найден на этом сервере или не читается.';
$MESS['ORDERBRIDGE_WRONG_CODE'] = 'Код магазина: латинские буквы, цифры, точка, дефис, не длиннее 50.';
$MESS['ORDERBRIDGE_WRONG_FUNNELS'] = 'Воронки: только номера через запятую, например 0, 5.';
