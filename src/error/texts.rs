//! Every code with its texts. `{name}` is filled with the particulars of the case.

use super::letters::{length, place, plain, squeezed, starts};
use super::Lang;

macro_rules! codes {
    ($($name:ident = $code:literal {
        ru: $ru:literal, $ru_hint:literal;
        en: $en:literal, $en_hint:literal;
    })*) => {
        /// A stable code; its text form never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code { $(#[doc = $en] $name,)* }

        /// Every code there is, in the order of the documentation.
        pub const ALL: &[Code] = &[$(Code::$name,)*];

        impl Code {
            /// The code as it crosses the border.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                const CODES: &str = concat!($($code),*);
                const STARTS: &[u16] = &starts([$($code.len()),*]);
                CODES.get(place(STARTS, self as usize, CODES.len())).unwrap_or_default()
            }

            /// What happened, and what to do.
            #[must_use]
            pub fn texts(self, lang: Lang) -> (String, String) {
                // One language after the other, which gzip makes 240 bytes less of.
                const TEXTS: &str = concat!($($ru, $ru_hint,)* $($en, $en_hint),*);
                const WORDS: &[u8] = &squeezed::<{ length(TEXTS) }>(TEXTS);
                const STARTS: &[u16] = &starts([
                    $(length($ru), length($ru_hint),)* $(length($en), length($en_hint)),*
                ]);
                let before = match lang {
                    Lang::Ru => 0,
                    Lang::En => ALL.len(),
                };
                let first = before.saturating_add(self as usize) << 1;
                let said = |index| plain(WORDS.get(place(STARTS, index, WORDS.len())));
                (said(first), said(first | 1))
            }
        }
    };
}

codes! {
    // The border.
    RequestTooLong = "request_too_long" {
        ru: "Запрос длиннее {limit} байт.", "Уменьшите заказ или отправьте его частями.";
        en: "The request is longer than {limit} bytes.", "Send a smaller order.";
    }
    RequestUnreadable = "request_unreadable" {
        ru: "Запрос не читается: {detail}.", "Это ошибка модуля магазина: покажите её разработчику.";
        en: "The request cannot be read: {detail}.", "This is a defect of the shop's module: show it to its developer.";
    }
    RequestTooDeep = "request_too_deep" {
        ru: "Вложенность запроса больше {limit}.", "Это ошибка модуля магазина: покажите её разработчику.";
        en: "The request nests deeper than {limit}.", "This is a defect of the shop's module: show it to its developer.";
    }
    VersionUnknown = "version_unknown" {
        ru: "Версия границы «{version}» неизвестна.", "Обновите модуль целиком: его части разных версий.";
        en: "The border's version «{version}» is unknown.", "Update the whole module: its parts are of different versions.";
    }
    OperationUnknown = "operation_unknown" {
        ru: "Операции «{op}» нет.", "Обновите модуль целиком: его части разных версий.";
        en: "There is no operation «{op}».", "Update the whole module: its parts are of different versions.";
    }
    AnswerTooLong = "answer_too_long" {
        ru: "Ответ длиннее {limit} байт.", "Уменьшите заказ: в нём слишком много строк.";
        en: "The answer is longer than {limit} bytes.", "The order has too much in it.";
    }
    TimeUnreadable = "time_unreadable" {
        ru: "Время «{value}» не читается.", "Нужен вид 2026-11-23T10:00:00Z.";
        en: "The time «{value}» cannot be read.", "It must look like 2026-11-23T10:00:00Z.";
    }
    TaskUnknown = "task_unknown" {
        ru: "Задачи «{kind}» нет.", "Обновите модуль целиком: его части разных версий.";
        en: "There is no task «{kind}».", "Update the whole module: its parts are of different versions.";
    }
    ReplyUnexpected = "reply_unexpected" {
        ru: "Ответ не подходит к шагу: {detail}.", "Это ошибка модуля магазина: покажите её разработчику.";
        en: "The reply does not fit the step: {detail}.", "This is a defect of the shop's module: show it to its developer.";
    }

    // The order.
    OrderMissing = "order_missing" {
        ru: "В задаче нет заказа.", "Магазин не нашёл заказ: возможно, он удалён.";
        en: "The task has no order.", "The shop did not find the order: it may be deleted.";
    }
    OrderIdMissing = "order_id_missing" {
        ru: "У заказа нет номера (id).", "Это ошибка адаптера магазина: заказ должен иметь id.";
        en: "The order has no id.", "This is a defect of the shop's adapter: an order must have an id.";
    }
    OrderStatusMissing = "order_status_missing" {
        ru: "У заказа нет статуса.", "Задайте заказу статус в магазине.";
        en: "The order has no status.", "Give the order a status in the shop.";
    }
    CurrencyInvalid = "currency_invalid" {
        ru: "Валюта «{value}» не похожа на код ISO 4217.", "Нужны три буквы, например RUB.";
        en: "The currency «{value}» is not an ISO 4217 code.", "Three letters are needed, RUB for example.";
    }
    AmountInvalid = "amount_invalid" {
        ru: "Сумма «{value}» не читается.", "Нужна десятичная строка, например 1234.50.";
        en: "The amount «{value}» cannot be read.", "A decimal string is needed, 1234.50 for example.";
    }
    QuantityInvalid = "quantity_invalid" {
        ru: "Количество «{value}» не читается.", "Нужно положительное число, не больше четырёх знаков после точки.";
        en: "The quantity «{value}» cannot be read.", "A positive number is needed, with at most four decimals.";
    }
    VatRateInvalid = "vat_rate_invalid" {
        ru: "Ставка НДС «{value}» не читается.", "Нужно число процентов от 0 до 100, например 20.";
        en: "The VAT rate «{value}» cannot be read.", "A percentage from 0 to 100 is needed, 20 for example.";
    }
    LinesTooMany = "lines_too_many" {
        ru: "В заказе больше {limit} строк.", "Разделите заказ.";
        en: "The order has more than {limit} lines.", "Split the order.";
    }

    // The settings.
    SettingsMissing = "settings_missing" {
        ru: "Для этой операции нужны настройки.", "Сохраните настройки модуля.";
        en: "This operation needs the settings.", "Save the module's settings.";
    }
    SettingsUnreadable = "settings_unreadable" {
        ru: "Настройки не читаются: {detail}.", "Исправьте указанное место или верните прежние настройки.";
        en: "The settings cannot be read: {detail}.", "Mend the place named, or go back to the former settings.";
    }
    SchemaUnknown = "schema_unknown" {
        ru: "Настройки версии {value}, а модуль знает только {known}.", "Обновите модуль.";
        en: "The settings are of schema {value}; this module knows {known}.", "Update the module.";
    }
    ShopIdInvalid = "shop_id_invalid" {
        ru: "Имя магазина «{value}» не годится.", "Нужны латинские буквы, цифры, точка, дефис или подчёркивание, не одни цифры, не длиннее 50.";
        en: "The shop's id «{value}» will not do.", "Latin letters, digits, dot, hyphen or underscore, not digits alone, at most 50.";
    }
    FunnelMissing = "funnel_missing" {
        ru: "Воронка ещё не выбрана.", "Выберите её или нажмите «Создать воронку» на странице модуля.";
        en: "No funnel is chosen yet.", "Choose one, or press «Create the funnel» on the module's page.";
    }
    OrderFieldMissing = "order_field_missing" {
        ru: "Поле сделки для номера заказа ещё не создано.", "Нажмите «Создать воронку» на странице модуля.";
        en: "The deal's field for the order id is not there yet.", "Press «Create the funnel» on the module's page.";
    }
    StageForeign = "stage_foreign" {
        ru: "Стадия «{stage}» не из воронки «{funnel}».", "Выберите стадию этой воронки.";
        en: "Stage «{stage}» is not of funnel «{funnel}».", "Choose a stage of this funnel.";
    }
    StageTwice = "stage_twice" {
        ru: "Стадия «{stage}» указана дважды.", "Оставьте одну строку.";
        en: "Stage «{stage}» is named twice.", "Keep one row.";
    }
    StageUnknown = "stage_unknown" {
        ru: "Стадии «{stage}» в портале больше нет.", "Выберите другую стадию.";
        en: "The portal has no stage «{stage}» any more.", "Choose another stage.";
    }
    StatusTwice = "status_twice" {
        ru: "Статус «{status}» указан дважды.", "Оставьте одну строку.";
        en: "Status «{status}» is named twice.", "Keep one row.";
    }
    StatusUnknown = "status_unknown" {
        ru: "Статуса «{status}» в магазине нет.", "Выберите другой статус.";
        en: "The shop has no status «{status}».", "Choose another status.";
    }
    StatusEmpty = "status_empty" {
        ru: "Для закрытой сделки («{what}») не выбран статус заказа.", "Выберите статус.";
        en: "No order status is chosen for a closed deal («{what}»).", "Choose one.";
    }
    CategoryUnknown = "category_unknown" {
        ru: "Категории «{category}» в магазине нет.", "Уберите её из правила.";
        en: "The shop has no category «{category}».", "Take it out of the rule.";
    }
    FunnelUnknown = "funnel_unknown" {
        ru: "Воронки «{funnel}» в Битрикс24 больше нет.", "Выберите другую или создайте её заново.";
        en: "Bitrix24 has no funnel «{funnel}» any more.", "Choose another, or create it anew.";
    }
    ConditionEmpty = "condition_empty" {
        ru: "Ни одна сумма не подходит: от {from} и меньше {to}.", "Исправьте границы или уберите одну.";
        en: "No total fits: from {from} and less than {to}.", "Mend the bounds, or remove one.";
    }
    StatusCycle = "status_cycle" {
        ru: "Таблицы статусов гоняют заказ по кругу: {statuses}.", "Пусть стадия возвращает тот же статус, который на неё ведёт.";
        en: "The status tables send an order in a circle: {statuses}.", "Let the stage mean the very status that leads to it.";
    }
    DirectionsOff = "directions_off" {
        ru: "Все направления обмена выключены.", "Включите хотя бы одно.";
        en: "Every direction is switched off.", "Switch one on.";
    }
    ShopIdChanged = "shop_id_changed" {
        ru: "Имя магазина изменено: было «{before}», стало «{value}», а сделок по заказам уже {links}.", "Верните прежнее: по нему модуль узнаёт свои сделки.";
        en: "The shop's id was «{before}» and is «{value}», but {links} orders have deals.", "Put the former back: the module knows its deals by it.";
    }
    UserUnknown = "user_unknown" {
        ru: "Сотрудника «{user}» в портале нет.", "Выберите другого сотрудника.";
        en: "The portal has no user «{user}».", "Choose another user.";
    }
    UserInactive = "user_inactive" {
        ru: "Сотрудник «{user}» уволен.", "Выберите другого: уволенных модуль пропускает.";
        en: "User «{user}» is dismissed.", "Choose another: dismissed users are passed over.";
    }
    FieldUnknown = "field_unknown" {
        ru: "Поля «{field}» в Битрикс24 нет.", "Выберите другое поле или удалите строку.";
        en: "Bitrix24 has no field «{field}».", "Choose another field, or delete the row.";
    }
    FieldOwned = "field_owned" {
        ru: "Поле «{field}» модуль заполняет сам.", "Удалите строку: у названия, стадии и ответственного свои разделы.";
        en: "The module itself fills «{field}».", "Delete the row: title, stage and responsible have their own settings.";
    }
    FieldReadOnly = "field_read_only" {
        ru: "Поле «{field}» заполняет сам Битрикс24.", "Выберите другое поле.";
        en: "Bitrix24 itself fills «{field}».", "Choose another field.";
    }
    FieldTwice = "field_twice" {
        ru: "Поле «{field}» есть и выше, заказ может подойти к обеим строкам.", "Действует верхняя: уточните условия.";
        en: "«{field}» stands above, too; an order may fit both rows.", "The upper one counts: narrow the conditions.";
    }
    FieldValueUnfit = "field_value_unfit" {
        ru: "Поле «{field}» не заполнить: значение не подходит к типу {kind}.", "Проверьте шаблон или варианты списка в Битрикс24.";
        en: "«{field}» cannot be filled: the value does not fit the kind {kind}.", "Check the template, or the list's items in Bitrix24.";
    }
    FallbackMissing = "fallback_missing" {
        ru: "Не выбран ответственный по умолчанию.", "Выберите сотрудника для заказов без правила.";
        en: "No fallback responsible is chosen.", "Choose who gets the orders that no rule fits.";
    }
    RuleEmpty = "rule_empty" {
        ru: "В правиле нет сотрудников.", "Добавьте их или удалите правило.";
        en: "The rule has no users.", "Add some, or remove the rule.";
    }
    RuleUnreachable = "rule_unreachable" {
        ru: "До правила очередь не дойдёт: всё, что к нему подходит, забирает правило {rule}.", "Поставьте его выше правила {rule} или удалите.";
        en: "The rule is never reached: rule {rule} takes all that fits it.", "Move it above rule {rule}, or remove it.";
    }
    HoursInvalid = "hours_invalid" {
        ru: "Рабочие часы не читаются: «{value}».", "Дни — цифрами от 1 (понедельник) до 7, время — вида 09:00.";
        en: "The working hours cannot be read: «{value}».", "Days are digits from 1 (Monday) to 7, times look like 09:00.";
    }
    AbsenceInvalid = "absence_invalid" {
        ru: "Отсутствие с «{from}» по «{to}» не читается.", "Нужны дни вида 2026-12-29, последний не раньше первого.";
        en: "The absence from «{from}» to «{to}» cannot be read.", "Days look like 2026-12-29, the last not before the first.";
    }
    TemplateInvalid = "template_invalid" {
        ru: "Шаблон, знак {at}: скобка не закрыта.", "Поле пишется {order.number}, сама скобка — {{.";
        en: "The template at {at}: the brace is not closed.", "A field is {order.number}, a brace itself {{.";
    }
    TemplateFieldUnknown = "template_field_unknown" {
        ru: "Шаблон, знак {at}: поля «{detail}» нет.", "Выберите поле из списка.";
        en: "The template at {at}: there is no field «{detail}».", "Choose one of the list.";
    }
    TemplateFilterInvalid = "template_filter_invalid" {
        ru: "Шаблон, знак {at}: фильтр «{detail}» не годится.", "Выберите фильтр из списка; cut нужно число.";
        en: "The template at {at}: the filter «{detail}» will not do.", "Choose one of the list; cut needs a number.";
    }

    // The portal.
    PortalUnreachable = "portal_unreachable" {
        ru: "Битрикс24 не отвечает: {detail}.", "Заказы ждут и уйдут сами. Если это надолго, проверьте адрес портала и сеть.";
        en: "Bitrix24 does not answer: {detail}.", "Orders wait and will go by themselves. If it lasts, check the portal's address and the network.";
    }
    PortalTimeout = "portal_timeout" {
        ru: "Битрикс24 не ответил вовремя.", "Заказ ждёт и уйдёт сам; второй сделки не будет.";
        en: "Bitrix24 did not answer in time.", "The order waits and will go by itself; there will be no second deal.";
    }
    PortalTls = "portal_tls" {
        ru: "Сертификат Битрикс24 не прошёл проверку: {detail}.", "Проверьте сертификат портала или укажите файл своего центра сертификации (CA).";
        en: "Bitrix24's certificate was not accepted: {detail}.", "Check the portal's certificate, or name your own CA file.";
    }
    PortalAnswerUnreadable = "portal_answer_unreadable" {
        ru: "Битрикс24 прислал не JSON (HTTP {status}).", "Заказ ждёт и уйдёт сам. Если это надолго, портал закрыт на обслуживание или адрес вебхука неверен.";
        en: "Bitrix24 sent something that is not JSON (HTTP {status}).", "The order waits and will go by itself. If it lasts, the portal is closed or the webhook's address is wrong.";
    }
    PortalError = "portal_error" {
        ru: "Ошибка на стороне Битрикс24: {detail}.", "Заказ ждёт и уйдёт сам.";
        en: "An error on Bitrix24's side: {detail}.", "The order waits and will go by itself.";
    }
    PortalLimit = "portal_limit" {
        ru: "Битрикс24 просит подождать: слишком много запросов.", "Ничего делать не нужно.";
        en: "Bitrix24 asks to wait: too many requests.", "Nothing to do.";
    }
    PortalOperatingLimit = "portal_operating_limit" {
        ru: "Битрикс24 временно закрыл метод: исчерпано время его работы.", "Ничего делать не нужно: через {seconds} с модуль продолжит.";
        en: "Bitrix24 has blocked the method for a while: its operating time is used up.", "Nothing to do: the module goes on in {seconds} s.";
    }
    PortalOverload = "portal_overload" {
        ru: "Битрикс24 закрыл REST из-за перегрузки.", "Если это надолго, обратитесь к администратору портала.";
        en: "Bitrix24 has closed REST because of overload.", "If it lasts, ask the portal's administrator.";
    }
    PortalClosed = "portal_closed" {
        ru: "Портал закрыт или удалён.", "В коробке проверьте настройку «Временно закрыть публичную часть».";
        en: "The portal is closed or deleted.", "On a box check the setting «Temporarily close the public part».";
    }
    WebhookInvalid = "webhook_invalid" {
        ru: "Битрикс24 не принимает вебхук.", "Создайте новый входящий вебхук: Разработчикам → Другое → Входящий вебхук, и вставьте его адрес на странице модуля. Заказы ждут.";
        en: "Bitrix24 does not accept the webhook.", "Make a new incoming webhook: Developer resources → Other → Inbound webhook, and paste its URL on the module's page. Orders wait.";
    }
    WebhookOwnerInactive = "webhook_owner_inactive" {
        ru: "Сотрудник, создавший вебхук, уволен.", "Создайте вебхук от имени действующего сотрудника, лучше отдельного служебного. Заказы ждут.";
        en: "The user who made the webhook is dismissed.", "Make the webhook as an active user, best a service user. Orders wait.";
    }
    ScopeMissing = "scope_missing" {
        ru: "Вебхуку не хватает прав: {scope}.", "Откройте вебхук в Битрикс24 и отметьте права: CRM (crm), Пользователи (user). Заказы ждут.";
        en: "The webhook lacks scopes: {scope}.", "Open the webhook in Bitrix24 and tick CRM (crm) and Users (user). Orders wait.";
    }
    RightsMissing = "rights_missing" {
        ru: "У владельца вебхука нет прав в CRM: {detail}.", "Дайте ему права на чтение и изменение сделок, контактов и этой воронки (CRM → Настройки → Права доступа). Заказы ждут.";
        en: "The webhook's owner lacks CRM rights: {detail}.", "Let him read and change deals, contacts and this funnel (CRM → Settings → Access permissions). Orders wait.";
    }
    NotAdmin = "not_admin" {
        ru: "Владелец вебхука не администратор CRM.", "Обмен работает, если ему видны все сделки воронки; создать её может только администратор.";
        en: "The webhook's owner is not an administrator.", "The exchange works if he sees every deal of the funnel; only an administrator can create it.";
    }
    HttpsRequired = "https_required" {
        ru: "Портал принимает REST только по https.", "Вставьте адрес, начинающийся с https://.";
        en: "The portal takes REST over https only.", "Paste the one that begins with https://.";
    }
    PlanRefused = "plan_refused" {
        ru: "Тариф или лицензия портала не разрешает REST: {detail}.", "Продлите лицензию или смените тариф Битрикс24.";
        en: "The portal's plan or licence does not allow REST: {detail}.", "Renew the licence or change the plan.";
    }
    PortalTooOld = "portal_too_old" {
        ru: "В этом Битрикс24 нет метода {method}.", "Обновите модули CRM и REST коробки.";
        en: "This Bitrix24 has no method {method}.", "Update the box's CRM and REST modules.";
    }
    PortalRefused = "portal_refused" {
        ru: "Битрикс24 отказал ({command}): {detail}.", "Исправьте причину и нажмите «Отправить ещё раз».";
        en: "Bitrix24 refused ({command}): {detail}.", "Mend the cause and press «Send again».";
    }
    CurrencyUnknown = "currency_unknown" {
        ru: "Валюты «{currency}» нет в Битрикс24.", "Добавьте её: CRM → Настройки → Валюты, затем нажмите «Отправить ещё раз».";
        en: "Bitrix24 has no currency «{currency}».", "Add it: CRM → Settings → Currencies, then press «Send again».";
    }
    AttemptsExhausted = "attempts_exhausted" {
        ru: "Не вышло за {attempts} попыток за трое суток. Последняя причина: {detail}", "Исправьте причину и нажмите «Отправить ещё раз».";
        en: "It did not work in {attempts} attempts over three days. Last cause: {detail}", "Mend the cause and press «Send again».";
    }
    PortalTooLarge = "portal_too_large" {
        ru: "Запрос или ответ слишком велик для сервера Битрикс24.", "Увеличьте на нём client_max_body_size и post_max_size; заказ ждёт.";
        en: "The request or the answer is too large for Bitrix24's server.", "Raise client_max_body_size and post_max_size on it; the order waits.";
    }
    PortalAddressWrong = "portal_address_wrong" {
        ru: "По адресу вебхука отвечает не REST (HTTP {status}).", "Проверьте, не переехал ли портал и не закрыт ли он паролем или защитой сервера. Заказы ждут.";
        en: "What answers at the webhook's address is not REST (HTTP {status}).", "Check whether the portal has moved, or its server asks for a password. Orders wait.";
    }
    PortalDiskFull = "portal_disk_full" {
        ru: "В Битрикс24 кончилось место: {detail}.", "Освободите или добавьте место на портале. Заказы ждут.";
        en: "Bitrix24 has run out of space: {detail}.", "Free or add space on the portal. Orders wait.";
    }
    MethodUnconfirmed = "method_unconfirmed" {
        ru: "Администратор Битрикс24 не разрешил вебхуку метод {method}.", "Попросите его подтвердить доступ. Заказы ждут.";
        en: "Bitrix24's administrator has not allowed the webhook the method {method}.", "Ask him to confirm it. Orders wait.";
    }
    FieldRefused = "field_refused" {
        ru: "Битрикс24 не принял значение поля «{field}».", "Исправьте его в заказе или правило этого поля на странице модуля и нажмите «Отправить ещё раз».";
        en: "Bitrix24 did not take the value of field «{field}».", "Mend it in the order, or the field's rule on the module's page, and press «Send again».";
    }
    FieldRequired = "field_required" {
        ru: "Битрикс24 требует заполнить поле «{field}».", "Добавьте правило для него на странице модуля или сделайте его в Битрикс24 необязательным и нажмите «Отправить ещё раз».";
        en: "Bitrix24 wants field «{field}» to be filled.", "Add a rule for it on the module's page, or make it optional in Bitrix24, and press «Send again».";
    }
    RequestRefused = "request_refused" {
        ru: "Битрикс24 не понял запрос ({command}): {detail}.", "Обновите модуль и портал; не поможет — покажите это разработчику модуля.";
        en: "Bitrix24 did not understand the request ({command}): {detail}.", "Update module and portal; if that does not help, show it to the module's developer.";
    }
    ClockSkewed = "clock_skewed" {
        ru: "Часы магазина и портала расходятся на {seconds} с.", "Включите синхронизацию времени на сервере магазина.";
        en: "The shop's and the portal's clocks differ by {seconds} s.", "Switch on time synchronisation on the shop's server.";
    }
    PortalReady = "portal_ready" {
        ru: "Портал отвечает, вебхук принят.", "";
        en: "The portal answers and takes the webhook.", "";
    }
    ScopeReady = "scope_ready" {
        ru: "Прав вебхука достаточно.", "";
        en: "The webhook's scopes suffice.", "";
    }
    MethodsReady = "methods_ready" {
        ru: "Все нужные методы есть.", "";
        en: "Every method we need is there.", "";
    }
    ClockReady = "clock_ready" {
        ru: "Часы идут одинаково.", "";
        en: "The clocks agree.", "";
    }

    // Setting up the funnel.
    FunnelFound = "funnel_found" {
        ru: "Воронка «{funnel}» уже есть.", "";
        en: "The funnel «{funnel}» exists.", "";
    }
    FunnelCreate = "funnel_create" {
        ru: "Будет создана воронка «{funnel}».", "";
        en: "The funnel «{funnel}» will be created.", "";
    }
    StageRename = "stage_rename" {
        ru: "Стадия «{from}» будет названа «{to}».", "";
        en: "Stage «{from}» will be named «{to}».", "";
    }
    StageCreate = "stage_create" {
        ru: "Будет создана стадия «{to}».", "";
        en: "Stage «{to}» will be created.", "";
    }
    OrderFieldCreate = "order_field_create" {
        ru: "Будет создано скрытое поле сделки «{field}».", "";
        en: "The hidden deal field «{field}» will be created.", "";
    }

    // What happens to an order.
    DealCreated = "deal_created" {
        ru: "Создана сделка {deal}.", "";
        en: "Deal {deal} was created.", "";
    }
    DealAdopted = "deal_adopted" {
        ru: "Сделка {deal} уже есть: связана с заказом.", "";
        en: "Deal {deal} exists: it is linked to the order.", "";
    }
    DealUpdated = "deal_updated" {
        ru: "Сделка {deal} обновлена.", "";
        en: "Deal {deal} was updated.", "";
    }
    DealConflict = "deal_conflict" {
        ru: "У заказа {order} несколько сделок: {deals}.", "Оставьте в Битрикс24 одну, удалите лишние и нажмите «Отправить ещё раз».";
        en: "Order {order} has several deals: {deals}.", "Keep one in Bitrix24, delete the others, and press «Send again».";
    }
    DealGone = "deal_gone" {
        ru: "Сделки {deal} в Битрикс24 больше нет.", "Восстановите её из корзины или отвяжите заказ: будет создана новая.";
        en: "Deal {deal} is no longer in Bitrix24.", "Restore it from the recycle bin, or unlink the order: a new one is made.";
    }
    DealRecreated = "deal_recreated" {
        ru: "Сделки {deal} в Битрикс24 больше нет: создаётся новая.", "";
        en: "Deal {deal} is no longer in Bitrix24: a new one is made.", "";
    }
    DealDetached = "deal_detached" {
        ru: "Сделки {deal} в Битрикс24 больше нет: заказ дальше без сделки.", "Чтобы создать новую, отвяжите заказ и отправьте его ещё раз.";
        en: "Deal {deal} is no longer in Bitrix24: the order goes on without one.", "To make a new one, unlink the order and send it again.";
    }
    DealRelinked = "deal_relinked" {
        ru: "В Битрикс24 сделку {deal} перенесли с заказа {from} на заказ {to}.", "";
        en: "In Bitrix24 deal {deal} was moved from order {from} to order {to}.", "";
    }
    OrderDeleted = "order_deleted" {
        ru: "Заказ удалён в магазине.", "";
        en: "The order was deleted in the shop.", "";
    }
    OrderRestored = "order_restored" {
        ru: "Заказ восстановлен в магазине.", "";
        en: "The order was restored in the shop.", "";
    }
    OrderRefunded = "order_refunded" {
        ru: "Покупателю возвращено всего {sum}.", "";
        en: "Given back to the buyer in all: {sum}.", "";
    }
    OrderLate = "order_late" {
        ru: "Заказ изменился после закрытия сделки: {what}.", "";
        en: "The order changed after the deal was closed: {what}.", "";
    }
    DealForeign = "deal_foreign" {
        ru: "Сделка {deal} относится к другому заказу ({origin}).", "Проверьте, не исправляли ли в сделке номер заказа вручную.";
        en: "Deal {deal} belongs to another order ({origin}).", "Check whether somebody changed the order id in the deal.";
    }
    ContactAmbiguous = "contact_ambiguous" {
        ru: "Телефон и e-mail подходят разным контактам: {found}. Ни один не выбран.", "Выберите контакт в сделке сами.";
        en: "Phone and e-mail fit different contacts: {found}. None was chosen.", "Choose the contact in the deal yourself.";
    }
    ContactRefused = "contact_refused" {
        ru: "Битрикс24 не принял контакт: {detail}.", "Данные покупателя — в комментарии сделки.";
        en: "Bitrix24 did not take the contact: {detail}.", "The buyer's data are in the deal's comment.";
    }
    ContactUnfilled = "contact_unfilled" {
        ru: "К контакту не добавился новый телефон или e-mail: {detail}.", "Добавьте его в карточке контакта.";
        en: "The new phone or e-mail was not added to the contact: {detail}.", "Add it in the contact's card.";
    }
    CompanyAmbiguous = "company_ambiguous" {
        ru: "ИНН есть у нескольких компаний: {found}. Ни одна не выбрана.", "Выберите компанию в сделке сами, а лишние объедините.";
        en: "Several companies have this ИНН: {found}. None was chosen.", "Choose the company in the deal yourself, and merge the others.";
    }
    OneOfSeveral = "one_of_several" {
        ru: "Подходят несколько: {found}. По настройке выбран {chosen}.", "Проверьте выбор и объедините дубли.";
        en: "Several fit: {found}. By the settings {chosen} was chosen.", "Check the choice, and merge the doubles.";
    }
    CompanyRefused = "company_refused" {
        ru: "Битрикс24 не принял компанию или её реквизиты: {detail}.", "Данные компании — в комментарии сделки.";
        en: "Bitrix24 did not take the company or its requisites: {detail}.", "The company's data are in the deal's comment.";
    }
    InnInvalid = "inn_invalid" {
        ru: "ИНН в заказе с ошибкой.", "Данные компании — в комментарии сделки: уточните ИНН.";
        en: "The order's ИНН is wrong.", "The company's data are in the deal's comment: ask the buyer.";
    }
    ManagerKept = "manager_kept" {
        ru: "Ответственный {user}: у него открытая сделка {deal} этого покупателя.", "";
        en: "{user} is responsible: he has an open deal of this buyer, {deal}.", "";
    }
    BuyerUnreachable = "buyer_unreachable" {
        ru: "В заказе нет ни телефона, ни e-mail.", "Сделка создана, контакт ищется только по этому заказу.";
        en: "The order has neither phone nor e-mail.", "The deal is made; its contact is found by this order alone.";
    }
    PhoneInvalid = "phone_invalid" {
        ru: "Телефон в заказе не похож на номер.", "Он записан в комментарий сделки как есть.";
        en: "The order's phone does not look like a number.", "It stands in the deal's comment as it is.";
    }
    EmailInvalid = "email_invalid" {
        ru: "E-mail в заказе не похож на адрес.", "Он записан в комментарий сделки как есть.";
        en: "The order's e-mail does not look like an address.", "It stands in the deal's comment as it is.";
    }
    AmountByHand = "amount_by_hand" {
        ru: "Строки не складываются в сумму заказа: разница {difference} {currency}. Сумма сделки поставлена вручную.", "Проверьте скидки и округление в заказе.";
        en: "The rows do not add up to the order's total: {difference} {currency} apart. The deal's amount was set by hand.", "Check the order's discounts and rounding.";
    }
    RuleMissing = "rule_missing" {
        ru: "Ни одно правило не дало сотрудника: ответственный по умолчанию.", "Проверьте правила на странице модуля.";
        en: "No rule gave a user: the fallback is responsible.", "Check the rules on the module's page.";
    }
    StageUnmapped = "stage_unmapped" {
        ru: "Стадия «{stage}» не связана со статусом: заказ не изменён.", "Добавьте строку в таблицу статусов на странице модуля.";
        en: "Stage «{stage}» is not mapped to a status: the order is unchanged.", "Add a row to the status table on the module's page.";
    }
    StatusSet = "status_set" {
        ru: "Статус заказа: «{status}» (стадия «{stage}»).", "";
        en: "Order status: «{status}» (stage «{stage}»).", "";
    }
    ShopRefused = "shop_refused" {
        ru: "Магазин не изменил заказ: {detail}.", "Исправьте причину и нажмите «Отправить ещё раз».";
        en: "The shop did not change the order: {detail}.", "Mend the cause and press «Send again».";
    }
    ResponsibleChosen = "responsible_chosen" {
        ru: "Ответственный: {user}. {why}", "";
        en: "Responsible: {user}. {why}", "";
    }
    StatusGuarded = "status_guarded" {
        ru: "Стадия «{stage}» не меняет заказ: его статус «{status}» защищён.", "Верните сделку или снимите защиту статуса.";
        en: "Stage «{stage}» does not change the order: its status «{status}» is guarded.", "Move the deal back, or stop guarding the status.";
    }
    StatusUnmapped = "status_unmapped" {
        ru: "Статус «{status}» не связан со стадией этой воронки: сделка {deal} не сдвинута.", "Добавьте строку в таблицу статусов на странице модуля.";
        en: "Status «{status}» is not mapped to a stage of this funnel: deal {deal} was not moved.", "Add a row to the status table on the module's page.";
    }
    DealMoved = "deal_moved" {
        ru: "Сделка {deal}: стадия «{stage}» (статус «{status}»).", "";
        en: "Deal {deal}: stage «{stage}» (status «{status}»).", "";
    }
    BothMoved = "both_moved" {
        ru: "Изменены и заказ («{status}»), и сделка («{stage}»): верно «{kept}».", "Кто прав, решает настройка статусов.";
        en: "Both the order («{status}») and the deal («{stage}») were changed: «{kept}» holds.", "Who is right is a setting of the statuses.";
    }
    StageRefused = "stage_refused" {
        ru: "Битрикс24 не пускает сделку {deal} на стадию «{stage}»: {detail}", "Исправьте причину и нажмите «Отправить ещё раз».";
        en: "Bitrix24 does not let deal {deal} into stage «{stage}»: {detail}", "Mend the cause and press «Send again».";
    }
    LoopStopped = "loop_stopped" {
        ru: "Заказ и сделка двигают друг друга по кругу: обмен статусами стоит {seconds} с.", "Проверьте таблицы статусов, роботов воронки и модули магазина.";
        en: "Order and deal move each other in a circle: their statuses rest for {seconds} s.", "Check the status tables, the funnel's robots and the shop's modules.";
    }

    // Why an order is where it is.
    OrderGone = "order_gone" {
        ru: "Такого заказа в магазине нет.", "Проверьте номер.";
        en: "The shop has no such order.", "Check the number.";
    }
    OrderNotPlaced = "order_not_placed" {
        ru: "Заказ ещё не оформлен.", "Он уйдёт сам, когда покупатель закончит оформление.";
        en: "The order is not placed yet.", "It goes by itself once the buyer has finished.";
    }
    NotConnected = "not_connected" {
        ru: "Портал Битрикс24 не подключён.", "Вставьте адрес вебхука на странице модуля.";
        en: "No Bitrix24 portal is connected.", "Paste the webhook's URL on the module's page.";
    }
    OrdersOff = "orders_off" {
        ru: "Передача заказов выключена.", "Включите её на странице модуля.";
        en: "Orders are switched off.", "Switch them on on the module's page.";
    }
    PortalHeld = "portal_held" {
        ru: "Обмен с порталом приостановлен {ago} назад.", "";
        en: "The exchange with the portal has paused {ago} ago.", "";
    }
    NeverQueued = "never_queued" {
        ru: "Магазин не сообщил модулю об этом заказе.", "Сверка найдёт его сама через {in}; быстрее — «Отправить ещё раз».";
        en: "The shop has not told the module of this order.", "The sweep finds it in {in}; faster is «Send again».";
    }
    OrderDetached = "order_detached" {
        ru: "Заказ отвязан от сделки.", "Чтобы сделать новую, нажмите «Отправить ещё раз».";
        en: "The order is unlinked from its deal.", "Press «Send again» to make a new one.";
    }
    Queued = "queued" {
        ru: "Заказ в очереди: уйдёт при следующем запуске.", "";
        en: "The order is queued: it goes with the next run.", "";
    }
    AtWork = "at_work" {
        ru: "Заказ обрабатывается прямо сейчас.", "";
        en: "The order is being worked on right now.", "";
    }
    RetryWaits = "retry_waits" {
        ru: "Не вышло, попыток: {attempts}; следующая через {in}.", "Чтобы не ждать, нажмите «Отправить ещё раз».";
        en: "It did not work, attempts: {attempts}; the next one in {in}.", "Press «Send again» not to wait.";
    }
    WorkerMissing = "worker_missing" {
        ru: "Обработчик не запускается по расписанию (последний раз: {ago}).", "Добавьте его в cron на каждую минуту.";
        en: "No scheduled worker runs (the last one: {ago}).", "Add it to cron, every minute.";
    }
    Linked = "linked" {
        ru: "Заказ связан со сделкой {deal}, стадия «{stage}».", "";
        en: "The order is linked to deal {deal}, stage «{stage}».", "";
    }
    StatusesOff = "statuses_off" {
        ru: "Стадии сделок не меняют заказы: это направление выключено.", "Включите его на странице модуля.";
        en: "Stages do not move orders: that direction is switched off.", "Switch it on on the module's page.";
    }
    StatusAgreed = "status_agreed" {
        ru: "Статус «{status}» соответствует стадии «{stage}».", "";
        en: "Status «{status}» is what stage «{stage}» means.", "";
    }
    StatusDiffers = "status_differs" {
        ru: "Статус «{status}», а стадия «{stage}» значит «{other}»: последним его менял магазин.", "Передвиньте сделку, и статус изменится.";
        en: "The status is «{status}», stage «{stage}» means «{other}»: the shop was the last to change it.", "Move the deal, and the status follows.";
    }
}
