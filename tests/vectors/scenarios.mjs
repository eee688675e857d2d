// What the vectors say, case by case. Short on purpose: the recorded files hold the whole of it.

const NOW = '2026-11-23T10:00:00Z';

export const settings = {
  schema: 1,
  shop: { id: 'shop-1', name: 'Чайная лавка' },
  funnel: { id: '5', name: 'Интернет-магазин' },
  deal: {
    title: 'Заказ №{order.number}',
    order_field: 'UF_CRM_ORDERBRIDGE_ORDER',
    order_field_item: 'ufCrmOrderbridgeOrder',
    source: 'WEB',
  },
  statuses: {
    from_stage: [
      { stage: 'C5:PREPARATION', status: 'processing', notify: true, comment: 'Заказ взят в работу' },
      { stage: 'C5:EXECUTING', status: 'shipped', notify: true },
    ],
    to_stage: [{ status: 'new', stage: 'C5:NEW' }],
    won: { status: 'completed', notify: true },
    lost: { status: 'cancelled' },
  },
  responsible: {
    rules: [
      { categories: ['1'], users: ['6', '8'] },
      { categories: ['2'], users: ['7'], pick: 'first' },
    ],
    fallback: '1',
  },
  portal: {
    users: [
      { id: '1', name: 'Админ', active: true },
      { id: '6', name: 'Мария', active: true },
      { id: '7', name: 'Пётр', active: false },
      { id: '8', name: 'Олег', active: true },
    ],
  },
};

export const order = {
  id: '17',
  number: '2026-17',
  created_at: '2026-11-23T12:58:00+03:00',
  status: 'new',
  currency: 'RUB',
  total: '1234.50',
  url: 'https://shop.example/admin/orders/17',
  buyer: { last_name: 'Петров', first_name: 'Иван', second_name: 'Сергеевич', phone: '8 (999) 123-45-67', email: 'Ivan@Example.ru' },
  lines: [
    { product_id: '7', sku: 'TP-1', name: 'Чайник', options: [{ name: 'Цвет', value: 'Красный' }], quantity: '2', unit: 'шт', price: '500.00', total: '1000.00', vat_rate: '20', categories: [['1', '12']] },
  ],
  charges: [{ kind: 'shipping', name: 'Курьер', amount: '234.50' }],
  comment: 'Позвоните до доставки',
  payment: { code: 'cash', name: 'При получении' },
  delivery: { code: 'courier', name: 'Курьер', address: 'Москва, Тверская, 1' },
  utm: { source: 'yandex', medium: 'cpc' },
};

const edit = (base, change) => {
  const copy = structuredClone(base);
  change(copy);
  return copy;
};

const request = (op, data, more = {}) => ({ v: 1, op, now: NOW, settings, data, ...more });

/** One task from its start to its end; `replies` are what the host brings after each step. */
function flow(record, name, why, task, replies, more = {}) {
  let answer = JSON.parse(record('sync.start', name, why, request('sync.start', { task }, more)));
  replies.forEach((reply, index) => {
    const state = answer.data?.state;
    if (!state) throw new Error(`${name}: nothing to resume at step ${index + 1}: ${JSON.stringify(answer)}`);
    answer = JSON.parse(record('sync.resume', `${name}-${index + 1}`, why, request('sync.resume', { state, reply }, more)));
  });
  return answer.data;
}

const ok = (result) => ({ result });
const refused = (code, text) => ({ error: { code, text } });
const item = (fields) => ok({ item: fields });
const answers = (map) => ({ answers: map });
const failure = (kind, more = {}) => ({ failure: { kind, status: 0, code: '', text: '', after: 0, ...more } });
const portal = (status, code, text = '', after = 0) => failure('portal', { status, code, text, after });

const nothingFound = answers({ deal: ok({ items: [] }), phone: ok([]), email: ok([]) });
const dealItem = { id: 394, stageId: 'C5:NEW', categoryId: 5, originatorId: 'shop-1', originId: '17', contactId: 84, stageSemanticId: 'P' };
const created = answers({ contact: item({ id: 84 }), deal: item(dealItem), rows: ok({ productRows: [] }) });

export function cases(record) {
  border(record);
  settingsCheck(record);
  previews(record);
  pushNew(record);
  pushKnown(record);
  portalTrouble(record);
  pull(record);
  poll(record);
  preflight(record);
  snapshot(record);
  provision(record);
  batches(record);
  inbound(record);
}

function border(record) {
  record('core.describe', 'ru', 'What the core is, and every code with its Russian text.', { v: 1, op: 'core.describe' });
  record('core.describe', 'en', 'The same in English.', { v: 1, op: 'core.describe', lang: 'en' });
  const refuse = (name, why, text) => record('border', name, why, text);
  refuse('empty', 'Nothing at all is not a request.', '');
  refuse('not-json', 'Text that is not JSON is refused with the byte where reading stopped.', '{"v":1,');
  refuse('key-twice', 'A key that stands twice is refused: which one would count?', '{"v":1,"v":1,"op":"core.describe"}');
  refuse('too-deep', 'Deeper than 32 levels is refused before anything is read.', `{"v":1,"op":"core.describe","data":${'['.repeat(40)}${']'.repeat(40)}}`);
  refuse('version', 'Another version of the envelope is refused.', { v: 2, op: 'core.describe' });
  refuse('operation', 'An operation that is not there is refused by name.', { v: 1, op: 'order.plan', lang: 'en' });
  refuse('type', 'A member of a wrong type is named by its JSON Pointer.', request('order.preview', { order: { id: 17 } }));
  refuse('type-deep', 'The pointer leads into lists.', request('order.preview', { order: { lines: [{}, { sku: 5 }] } }));
  refuse('now', 'The core has no clock: without a time it does nothing that needs one.', request('order.preview', { order }, { now: 'вчера' }));
  refuse('settings-missing', 'An operation that needs the settings says so.', { v: 1, op: 'order.preview', now: NOW, data: { order } });
  refuse('settings-unknown-key', 'An unknown key in the settings is refused: it is a typing error.', request('order.preview', { order }, { settings: { ...settings, stauses: {} } }));
  refuse('settings-schema', 'Settings of a newer module are not guessed at.', request('order.preview', { order }, { settings: { ...settings, schema: 2 } }));
  refuse('task', 'A task that is not there is refused by name.', request('sync.start', { task: { kind: 'push_invoice' } }));
  refuse('no-state', 'A resume without a state is refused.', request('sync.resume', { reply: {} }));
  refuse('wrong-state', 'A state that no task wrote is refused.', request('sync.resume', { state: { invoice: {} }, reply: {} }));
  refuse('unknown-data-key', 'Unknown keys in the data are nobody’s fault: shops differ.', request('inbound.read', { query: {}, form: {}, colour: 'red' }));
}

function settingsCheck(record) {
  const check = (name, why, data, more = {}) => record('settings.check', name, why, { v: 1, op: 'settings.check', data, ...more });
  const statuses = ['new', 'processing', 'shipped', 'completed', 'cancelled'].map((id) => ({ id }));
  const lists = { statuses, categories: [{ id: '1' }, { id: '2' }], stages: ['C5:NEW', 'C5:PREPARATION', 'C5:EXECUTING'].map((id) => ({ id })) };
  check('fresh', 'An empty document gets every default and a list of what is still to do.', { settings: {} });
  check('good', 'Good settings: only the dismissed user is a warning.', { settings, ...lists });
  check('english', 'Problems in English.', { settings: {} }, { lang: 'en' });
  check('not-an-object', 'A document that is no object is one problem, not a failure.', { settings: 'нет' });
  check('schema', 'A newer schema is a problem with what to do.', { settings: { ...settings, schema: 7 } });
  for (const id of ['', '123', 'мой магазин', 'x'.repeat(51)]) {
    check(`shop-id-${id === '' ? 'empty' : id === '123' ? 'digits' : id.length > 50 ? 'long' : 'cyrillic'}`, 'The shop’s id marks deals in the portal and must be safe there.', { settings: edit(settings, (s) => { s.shop.id = id; }) });
  }
  check('template', 'A template with a field that is not there is an error on save, not at three in the morning.', { settings: edit(settings, (s) => { s.deal.title = 'Заказ {order.nomber}'; }) });
  check('template-open', 'A brace that is not closed.', { settings: edit(settings, (s) => { s.deal.title = 'Заказ {order.number'; }) });
  check('stage-foreign', 'A stage of another funnel.', { settings: edit(settings, (s) => { s.statuses.from_stage[0].stage = 'C9:NEW'; }), ...lists });
  check('stage-common', 'A stage of the common funnel has no prefix.', { settings: edit(settings, (s) => { s.statuses.to_stage[0].stage = 'NEW'; }) });
  check('stage-unknown', 'A stage that the portal no longer has.', { settings: edit(settings, (s) => { s.statuses.from_stage[0].stage = 'C5:UC_1'; }), ...lists });
  check('stage-twice', 'The same stage in two rows.', { settings: edit(settings, (s) => { s.statuses.from_stage[1].stage = 'C5:PREPARATION'; }), ...lists });
  check('status-unknown', 'A status that the shop does not have.', { settings: edit(settings, (s) => { s.statuses.won.status = 'done'; s.statuses.from_stage[0].status = 'x'; }), ...lists });
  check('status-twice', 'The same status in two rows of the way out.', { settings: edit(settings, (s) => { s.statuses.to_stage.push({ status: 'new', stage: 'C5:EXECUTING' }); }), ...lists });
  check('people', 'Rules with nobody, with strangers, with categories that are gone.', { settings: edit(settings, (s) => { s.responsible.rules = [{ categories: [], users: [] }, { categories: ['99'], users: ['55'] }]; s.responsible.fallback = '77'; }), ...lists });
  check('order-field', 'The hidden field is not there yet: orders go, a warning says what is missing.', { settings: edit(settings, (s) => { s.deal.order_field_item = ''; }) });
  check('word', 'A word that is not in the list names the words that are.', { settings: edit(settings, (s) => { s.responsible.basket = 'biggest'; }) });
}

function previews(record) {
  const preview = (name, why, change = () => {}, more = {}) => record('order.preview', name, why, request('order.preview', { order: edit(order, change) }, more));
  preview('whole', 'An ordinary order: contact, fields, rows, responsible and why he.');
  preview('english', 'The reason in English; the deal itself does not change with the reader.', () => {}, { lang: 'en' });
  preview('net-of-discount', 'A discount on the order lowers the goods in proportion, to the kopeck.', (o) => {
    o.lines.push({ product_id: '8', name: 'Чашка', quantity: '3', price: '33.33', total: '99.99', categories: [['2']] });
    o.charges = [{ kind: 'discount', name: 'Скидка', amount: '-100.01' }];
    o.total = '999.98';
  });
  preview('kopeck-left-over', 'A line that cannot be divided by its quantity becomes two rows a kopeck apart.', (o) => { o.lines[0].quantity = '3'; o.lines[0].price = ''; });
  preview('weight', 'A weight whose price gives the sum keeps its unit.', (o) => { Object.assign(o.lines[0], { quantity: '1.5', unit: 'кг', price: '200.00', total: '300.00' }); o.total = '534.50'; });
  preview('weight-impossible', 'A weight whose price in kopecks cannot give the sum becomes one row for the whole line.', (o) => { Object.assign(o.lines[0], { quantity: '150.5', unit: 'кг', price: '', total: '1000.00' }); });
  preview('price-only', 'Without a line total the price times the quantity is rounded to the kopeck.', (o) => { Object.assign(o.lines[0], { quantity: '1.5', price: '33.33', total: '' }); o.total = '284.50'; });
  preview('rounding', 'The shop’s own rounding goes into the goods.', (o) => { o.charges.push({ kind: 'rounding', name: 'Округление', amount: '0.50' }); o.total = '1235.00'; });
  preview('discount-eats-delivery', 'A discount larger than the goods lowers the delivery.', (o) => { o.charges.push({ kind: 'coupon', name: 'ВСЁ', amount: '-1100.00' }); o.total = '134.50'; });
  preview('by-hand', 'Rows that cannot give the total: the amount is set by hand and a note says by how much.', (o) => { o.total = '1234.51'; });
  preview('yen', 'A currency without minor units.', (o) => { o.currency = 'JPY'; o.lines[0].total = '1000'; o.charges[0].amount = '234'; o.total = '1234'; });
  preview('dinar', 'A currency with three decimals.', (o) => { o.currency = 'KWD'; o.lines[0].total = '10.001'; o.charges = []; o.total = '10.001'; });
  preview('guest-one-name', 'A name in one field is split by a stated rule and loses no word.', (o) => { o.buyer = { full_name: 'Алиев Вагиф Самед оглы', phone: '+994 50 123 45 67' }; });
  preview('registered', 'A registered buyer is marked by his own id.', (o) => { o.buyer.id = '55'; });
  preview('no-name', 'A buyer without a name is called by his phone.', (o) => { o.buyer = { phone: '9991234567' }; });
  preview('nobody', 'Neither name nor phone nor mail: the deal is made all the same.', (o) => { o.buyer = {}; });
  preview('bad-phone-and-mail', 'What cannot be read is not lost: it stands in the comment.', (o) => { o.buyer.phone = 'спросить у жены'; o.buyer.email = 'ivan@'; });
  preview('no-rule', 'No rule fits: the fallback, and a note.', (o) => { o.lines[0].categories = [['3']]; });
  preview('dismissed', 'The rule’s only user is dismissed: the fallback, and a note.', (o) => { o.lines[0].categories = [['2', '21']]; });
  preview('nobody-responsible', 'No rules and no fallback: the webhook’s owner.', () => {}, { settings: { ...settings, responsible: {} } });
  preview('title-long', 'A title longer than the portal keeps is cut.', (o) => { o.number = '№'.repeat(300); });
  preview('injection', 'A buyer who types a batch reference cannot reach into the batch.', (o) => { o.comment = '$result[contact] <b>&amp;</b> "quotes" \\ 😀'; });
  preview('nameless-line', 'A line without a name shows its product id.', (o) => { o.lines[0].name = ' '; o.lines[0].sku = ''; o.lines[0].options = [{ name: '', value: 'XL' }, { name: 'x', value: '' }]; });
  preview('fee', 'A fee is a row that says what it is.', (o) => { o.charges.push({ kind: 'fee', name: 'Подарочная упаковка', amount: '50' }, { kind: 'gift', name: '', amount: '0' }); o.total = '1284.50'; });
  const refuse = (name, why, change) => preview(`refused-${name}`, why, change);
  refuse('id', 'An order must have an id.', (o) => { o.id = ''; });
  refuse('status', 'An order must have a status.', (o) => { o.status = ''; });
  refuse('currency', 'A currency is three capital letters.', (o) => { o.currency = 'руб'; });
  refuse('total', 'An amount is a decimal string.', (o) => { o.total = '1 234,50'; });
  refuse('total-fine', 'An amount finer than the currency allows is not rounded behind your back.', (o) => { o.total = '1234.505'; });
  refuse('line-total', 'The place of a bad amount is named.', (o) => { o.lines[0].total = 'много'; });
  refuse('line-price', 'So is that of a bad price.', (o) => { o.lines[0].total = ''; o.lines[0].price = ''; });
  refuse('line-negative', 'A line does not cost less than nothing.', (o) => { o.lines[0].total = '-1.00'; });
  refuse('quantity', 'A quantity is positive.', (o) => { o.lines[0].quantity = '0'; });
  refuse('vat', 'A VAT rate is a percentage.', (o) => { o.lines[0].vat_rate = '20%'; });
  refuse('charge-vat', 'Of a charge as well.', (o) => { o.charges[0].vat_rate = '200'; });
  refuse('lines', 'More than a thousand lines are too many.', (o) => { o.lines = Array(1001).fill({}); });
}

function pushNew(record) {
  const push = { kind: 'push_order', order, link: null, attempt: 1, turn: 1 };
  flow(record, 'push-new', 'A new order of a new buyer: search, then contact, deal and rows in one batch.', push, [nothingFound, created]);
  flow(record, 'push-new-known-contact', 'Phone and e-mail belong to one contact: the deal gets it, nobody is created.', push, [answers({ deal: ok({ items: [] }), phone: ok({ CONTACT: [84] }), email: ok({ CONTACT: [84] }) }), answers({ deal: item(dealItem), rows: ok({}) })]);
  flow(record, 'push-new-fill-up', 'Found by phone and not by e-mail: the contact gets the e-mail, in the same batch.', push, [answers({ deal: ok({ items: [] }), phone: ok({ CONTACT: [84] }), email: ok([]) }), answers({ fill: item({ id: 84 }), deal: item(dealItem), rows: ok({}) })]);
  flow(record, 'push-new-fill-up-refused', 'What the contact does not take stops nothing.', push, [answers({ deal: ok({ items: [] }), phone: ok([]), email: ok({ CONTACT: [84] }) }), answers({ fill: refused('ACCESS_DENIED', 'Доступ запрещен'), deal: item(dealItem), rows: ok({}) })]);
  flow(record, 'push-new-ambiguous', 'Phone and e-mail belong to different people: nobody is guessed, the comment says so.', push, [answers({ deal: ok({ items: [] }), phone: ok({ CONTACT: [84] }), email: ok({ CONTACT: [85, 86] }) }), answers({ deal: item(dealItem), rows: ok({}) })]);
  flow(record, 'push-new-adopt', 'The deal is there already: an answer was lost. It is adopted, never made twice.', push, [answers({ deal: ok({ items: [dealItem] }), phone: ok([]), email: ok([]) }), answers({ update: item(dealItem), rows: ok({}) })]);
  flow(record, 'push-new-conflict', 'Two deals with our mark: a person has to decide.', push, [answers({ deal: ok({ items: [dealItem, { ...dealItem, id: 395 }] }), phone: ok([]), email: ok([]) })]);
  flow(record, 'push-new-filter-ignored', 'A portal that ignores the filter answers with strangers: they are not ours.', push, [answers({ deal: ok({ items: [{ ...dealItem, originId: '99' }] }), phone: ok([]), email: ok([]) })]);
  flow(record, 'push-new-unreachable', 'Neither phone nor e-mail: the contact is looked for by our mark.', { ...push, order: edit(order, (o) => { o.buyer = { full_name: 'Иван' }; }) }, [answers({ deal: ok({ items: [] }), mark: ok({ items: [{ id: 90 }] }) }), answers({ deal: item(dealItem), rows: ok({}) })]);
  flow(record, 'push-new-contact-refused', 'The portal does not take the contact: once more without the e-mail, bound to the deal.', push, [nothingFound, answers({ contact: refused('ERROR_CORE', 'Поле Рабочий e-mail содержит некорректный адрес<br>'), deal: item(dealItem), rows: ok({}) }), answers({ contact: item({ id: 91 }), bind: item(dealItem) })]);
  flow(record, 'push-new-contact-refused-twice', 'And if that fails as well, the deal stands and the contact is not tried for ever.', push, [nothingFound, answers({ contact: refused('ERROR_CORE', 'нет'), deal: item(dealItem), rows: ok({}) }), answers({ contact: refused('ERROR_CORE', 'нет'), bind: refused('', 'Not found') })]);
  flow(record, 'push-new-cut-after-deal', 'The batch was cut behind the deal: what is known is kept, the rows follow.', push, [nothingFound, answers({ contact: item({ id: 84 }), deal: item(dealItem) })]);
  flow(record, 'push-new-cut-before-deal', 'Cut before the deal: the next attempt begins with the search.', push, [nothingFound, answers({ contact: item({ id: 84 }) })]);
  flow(record, 'push-new-rows-refused', 'The rows are refused: the deal is kept, a person is told.', push, [nothingFound, answers({ contact: item({ id: 84 }), deal: item(dealItem), rows: refused('100', 'Could not find value for parameter {productRows}') })]);
  flow(record, 'push-new-currency', 'A currency that the portal does not know has a cure of its own.', push, [nothingFound, answers({ contact: item({ id: 84 }), deal: refused('CRM_FIELD_ERROR_VALUE_NOT_VALID', 'Неверное значение поля "Валюта"'), rows: refused('OWNER_NOT_FOUND', 'Owner was not found') })]);
  flow(record, 'push-new-deal-refused', 'A refused deal is not sent again by itself.', push, [nothingFound, answers({ contact: item({ id: 84 }), deal: refused('CRM_FIELD_ERROR_REQUIRED', 'Поле "Регион" обязательно для заполнения'), rows: refused('OWNER_NOT_FOUND', '') })]);
  flow(record, 'push-new-empty', 'An order without lines: a deal without rows.', { ...push, order: edit(order, (o) => { o.lines = []; o.charges = []; o.total = '0'; }) }, [nothingFound, answers({ contact: item({ id: 84 }), deal: item(dealItem) })]);
  flow(record, 'push-new-search-missing', 'A search that was not answered is not an empty one.', push, [answers({ phone: ok([]), email: ok([]) })]);
  record('sync.start', 'push-no-order', 'The order is gone from the shop.', request('sync.start', { task: { kind: 'push_order' } }));
  record('sync.start', 'push-no-funnel', 'Without a funnel there is nowhere to send.', request('sync.start', { task: push }, { settings: { ...settings, funnel: {} } }));
}

function pushKnown(record) {
  const first = flow(record, 'push-known-base', 'The first push, whose memory the next cases begin with.', { kind: 'push_order', order, link: null, attempt: 1, turn: 2 }, [nothingFound, created]);
  const link = { order_id: '17', deal_id: '394', stage: 'C5:NEW', memo: first.learn.memo };
  const task = (change) => ({ kind: 'push_order', order: edit(order, change), link, attempt: 1, turn: 2 });
  flow(record, 'push-known-unchanged', 'Nothing has changed: nothing is sent.', task(() => {}), []);
  flow(record, 'push-known-comment', 'Only the comment has changed: only the comment is sent.', task((o) => { o.comment = 'Не звоните'; }), [answers({ update: item(dealItem) })]);
  flow(record, 'push-known-rows', 'Rows are replaced whole, without ids, before the amount.', task((o) => { o.lines[0].quantity = '3'; o.lines[0].total = '1500.00'; o.total = '1734.50'; }), [answers({ rows: ok({}), update: item(dealItem) })]);
  flow(record, 'push-known-contact', 'Another phone that belongs to another contact: the deal is bound to it.', task((o) => { o.buyer.phone = '+79990000000'; }), [answers({ phone: ok({ CONTACT: [99] }), email: ok([]) }), answers({ update: item(dealItem) })]);
  flow(record, 'push-known-same-contact', 'Another name, the same contact: nothing is left to send.', task((o) => { o.buyer.first_name = 'Ваня'; }), [answers({ phone: ok({ CONTACT: [84] }), email: ok({ CONTACT: [84] }) })]);
  flow(record, 'push-known-gone', 'The deal is gone: a person decides, nothing is made behind his back.', task((o) => { o.comment = 'x'; }), [answers({ update: refused('NOT_FOUND', 'Элемент не найден') })]);
  flow(record, 'push-known-update-refused', 'A refused update names the command and the reason.', task((o) => { o.comment = 'x'; }), [answers({ update: refused('', 'Не заполнено поле<br>') })]);
  flow(record, 'push-known-no-reply', 'A reply without answers does not belong to the step.', task((o) => { o.comment = 'x'; }), [{}]);
}

function portalTrouble(record) {
  const push = { kind: 'push_order', order, link: null, attempt: 1, turn: 3 };
  const trouble = (name, why, reply, task = push) => flow(record, `portal-${name}`, why, task, [reply]);
  trouble('connect', 'Nobody answers: the whole portal is left alone for a while, no attempt is spent.', failure('connect', { text: 'Connection refused' }));
  trouble('dns', 'The name cannot be found: the same.', failure('dns'));
  trouble('timeout', 'No answer in time counts: it may be this order that is too much.', failure('timeout'));
  for (const attempt of [2, 10]) trouble(`timeout-${attempt}`, 'Each attempt waits longer, up to three days in all.', failure('timeout'), { ...push, attempt });
  trouble('timeout-11', 'An attempt too many: a person has to look.', failure('timeout'), { ...push, attempt: 11 });
  trouble('tls', 'A certificate that is not trusted is never talked to.', failure('tls', { text: 'self-signed certificate' }));
  trouble('too-large', 'An answer that is too large was not read.', failure('too_large'));
  trouble('html', 'A page instead of JSON: closed for maintenance, or a wrong address.', failure('http', { status: 502 }));
  trouble('html-retry-after', 'The portal says when.', failure('http', { status: 503, after: 120 }));
  trouble('limit', 'Too many requests: a second, and no attempt is spent.', portal(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests'));
  trouble('operating', 'The method’s time is used up: until the portal says.', portal(429, 'OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit', 300));
  trouble('overload', 'Closed because of overload: a long pause.', portal(503, 'OVERLOAD_LIMIT'));
  trouble('deleted', 'The portal is closed.', portal(500, 'PORTAL_DELETED', 'Portal was deleted'));
  trouble('internal', 'An error of theirs is tried again.', portal(500, 'INTERNAL_SERVER_ERROR', 'Internal server error'));
  trouble('unknown-500', 'So is one that we do not know, if they say it is theirs.', portal(500, 'SOMETHING', 'Что-то <br> сломалось'));
  trouble('unknown-400', 'One that we do not know and that is ours is for a person.', portal(400, 'SOMETHING', ''));
  trouble('credentials', 'A wrong webhook stops the portal until it is mended; orders wait.', portal(401, 'INVALID_CREDENTIALS', 'Invalid request credentials'));
  trouble('owner', 'The webhook’s owner is dismissed.', portal(401, 'authorization_error', 'Unable to authorize user'));
  trouble('scope', 'A scope is missing.', portal(403, 'insufficient_scope', 'The request requires higher privileges'));
  trouble('plan', 'The plan does not allow REST.', portal(403, 'ACCESS_DENIED', 'REST API is available only on commercial plans'));
  trouble('payment', 'Nor does an unpaid one.', portal(402, 'PAYMENT_REQUIRED'));
  trouble('extranet', 'The owner is not of the intranet.', portal(403, 'allowed_only_intranet_user', 'Действие разрешено только интранет-пользователям'));
  trouble('https', 'The portal takes https only.', portal(400, 'INVALID_REQUEST', 'Https required.'));
  trouble('rights', 'Rights denied to one command stop the portal as well.', answers({ deal: refused('ACCESS_DENIED', 'Доступ запрещен'), phone: ok([]), email: ok([]) }));
  trouble('rights-classic', 'In the classic family the code is empty.', answers({ deal: ok({ items: [] }), phone: refused('', 'Access denied.'), email: ok([]) }));
  trouble('old', 'A method is not there: the box is too old.', answers({ deal: refused('ERROR_METHOD_NOT_FOUND', 'Method not found!'), phone: ok([]), email: ok([]) }));
}

function pull(record) {
  const link = { order_id: '17', deal_id: '394', stage: 'C5:NEW', memo: { user: '6' } };
  const task = { kind: 'pull_deal', link, order: { id: '17', status: 'new' }, attempt: 1, turn: 4 };
  const moved = (fields) => answers({ deal: item({ ...dealItem, ...fields }) });
  flow(record, 'pull-moved', 'The card was moved: the order’s status follows.', task, [moved({ stageId: 'C5:PREPARATION' }), { applied: [{ ok: true }] }]);
  flow(record, 'pull-won', 'A won deal makes the order «Выполнен».', task, [moved({ stageId: 'C5:WON', stageSemanticId: 'S' }), { applied: [{ ok: true }] }]);
  flow(record, 'pull-lost', 'Any lost stage makes it «Отменён».', task, [moved({ stageId: 'C5:APOLOGY', stageSemanticId: 'F' }), { applied: [{ ok: true }] }]);
  flow(record, 'pull-unchanged', 'The stage last seen: nothing to do.', task, [moved({})]);
  flow(record, 'pull-already', 'The order has the status already: an earlier try was killed before it could say so.', { ...task, order: { id: '17', status: 'processing' } }, [moved({ stageId: 'C5:PREPARATION' })]);
  flow(record, 'pull-unmapped', 'A stage without a row: the order stays, a warning says so.', task, [moved({ stageId: 'C5:FINAL_INVOICE' })]);
  flow(record, 'pull-gone', 'The deal is gone.', task, [answers({ deal: refused('NOT_FOUND', 'Элемент не найден') })]);
  flow(record, 'pull-foreign', 'The deal belongs to another order: somebody changed the mark.', task, [moved({ originId: '18' })]);
  flow(record, 'pull-refused', 'The portal refuses.', task, [answers({ deal: refused('ERROR_CORE', 'SQL query error!') })]);
  flow(record, 'pull-silent', 'The portal is silent.', task, [failure('reset')]);
  flow(record, 'pull-unanswered', 'The batch was cut before our command.', task, [answers({})]);
  flow(record, 'pull-shop-refused', 'The shop does not take the status: again, later.', task, [moved({ stageId: 'C5:PREPARATION' }), { applied: [{ ok: false, error: 'Нет такого статуса' }] }]);
  flow(record, 'pull-shop-silent', 'The host did not say how it went.', task, [moved({ stageId: 'C5:PREPARATION' }), {}]);
  record('sync.start', 'pull-no-link', 'Without a link there is nothing to pull.', request('sync.start', { task: { kind: 'pull_deal' } }));
  record('sync.start', 'pull-no-order', 'Without the order there is nothing to set.', request('sync.start', { task: { kind: 'pull_deal', link } }));
}

function poll(record) {
  const row = (id, deal, stage) => ({ ID: id, TYPE_ID: 2, OWNER_ID: deal, CATEGORY_ID: 5, STAGE_ID: stage, STAGE_SEMANTIC_ID: 'P' });
  const deal = (id, order, stage, at) => ({ id, stageId: stage, originatorId: 'shop-1', originId: order, updatedTime: at });
  const cursor = { history: '1200', updated: '2026-11-23T12:00:00+03:00' };
  const links = [{ order_id: '17', deal_id: '394', stage: 'C5:NEW' }, { order_id: '18', deal_id: '395', stage: 'C5:EXECUTING' }];
  flow(record, 'poll-first', 'The first time only the end of the history is asked, and all our deals.', { kind: 'poll', turn: 5 }, [answers({ history: ok({ items: [row(1234, 1, 'NEW')] }), deals: ok({ items: [] }) })]);
  flow(record, 'poll-quiet', 'Nothing has moved.', { kind: 'poll', cursor, turn: 5 }, [answers({ history: ok({ items: [] }), deals: ok({ items: [] }) })]);
  flow(record, 'poll-moved', 'Moved deals that are ours and whose stage we have not seen are pulled; strangers are not.', { kind: 'poll', cursor, turn: 5 }, [answers({ history: ok({ items: [row(1201, 394, 'C5:PREPARATION'), row(1202, 395, 'C5:EXECUTING'), row(1203, 1, 'WON')] }), deals: ok({ items: [deal(394, '17', 'C5:PREPARATION', '2026-11-23T12:59:00+03:00')] }) }), { links }]);
  flow(record, 'poll-lost-answer', 'Our mark without a link: the answer to its creation was lost; the push adopts it.', { kind: 'poll', cursor, turn: 5 }, [answers({ history: ok({ items: [] }), deals: ok({ items: [deal(500, '30', 'C5:NEW', '2026-11-23T12:58:00+03:00')] }) }), { links: [] }]);
  const page = Array.from({ length: 50 }, (_, index) => row(1201 + index, 1000 + index, 'C5:NEW'));
  flow(record, 'poll-pages', 'A full page is followed by the next.', { kind: 'poll', cursor, turn: 5 }, [answers({ history: ok({ items: page }), deals: ok({ items: [] }) }), answers({ history: ok({ items: [] }) }), { links: [] }]);
  flow(record, 'poll-refused', 'A refused page moves no cursor.', { kind: 'poll', cursor, turn: 5 }, [answers({ history: refused('ACCESS_DENIED', ''), deals: ok({ items: [] }) })]);
  flow(record, 'poll-silent', 'Nor does silence.', { kind: 'poll', cursor, turn: 5 }, [failure('timeout')]);
  flow(record, 'poll-cut', 'Nor does half an answer.', { kind: 'poll', cursor, turn: 5 }, [answers({ history: ok({ items: [] }) })]);
  flow(record, 'poll-no-links', 'A look that brings nothing back is a fault of the host.', { kind: 'poll', cursor, turn: 5 }, [answers({ history: ok({ items: [row(1201, 394, 'C5:WON')] }), deals: ok({ items: [] }) }), {}]);
}

function preflight(record) {
  const methods = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`method${index}`, ok({ isExisting: true, isAvailable: true })]));
  const good = { profile: ok({ ID: '1', ADMIN: true, NAME: 'Админ' }), scope: ok(['crm', 'user']), time: ok('2026-11-23T13:00:01+03:00'), ...methods };
  const check = (name, why, reply) => flow(record, `preflight-${name}`, why, { kind: 'preflight' }, [reply]);
  check('good', 'Everything is there.', answers(good));
  check('warnings', 'Not an administrator, no scope for users, clocks apart.', answers({ ...good, profile: ok({ ID: '6', ADMIN: false }), scope: ok(['crm']), time: ok('2026-11-23T13:10:00+03:00') }));
  check('errors', 'No scope for CRM, an old box, a refused profile.', answers({ ...good, profile: refused('x', 'нет'), scope: ok([]), method6: ok({ isExisting: false, isAvailable: false }) }));
  check('credentials', 'A wrong webhook is said at once.', portal(401, 'INVALID_CREDENTIALS', ''));
  check('unreachable', 'So is a portal that is not there.', failure('connect'));
}

function snapshot(record) {
  const lists = {
    funnels: ok({ categories: [{ id: 0, name: 'Общая', isDefault: 'Y' }, { id: 5, name: 'Интернет-магазин' }] }),
    currencies: ok([{ CURRENCY: 'RUB', BASE: 'Y' }, { CURRENCY: 'USD', BASE: 'N' }]),
    fields: ok({ fields: { id: { type: 'integer', isReadOnly: true, title: 'ID' }, title: { type: 'string', isReadOnly: false, title: 'Название' } } }),
    users: { result: [{ ID: '1', ACTIVE: true, NAME: 'Админ', LAST_NAME: '' }], next: '50' },
  };
  const stages = (prefix) => ok([
    { ID: '101', STATUS_ID: `${prefix}NEW`, NAME: 'Новая', SORT: '10', COLOR: '#39A8EF', SEMANTICS: null, EXTRA: { SEMANTICS: 'process' } },
    { ID: '106', STATUS_ID: `${prefix}WON`, NAME: 'Сделка успешна', SORT: '60', COLOR: '#7BD500', SEMANTICS: 'S', EXTRA: { SEMANTICS: 'success' } },
    { ID: '108', STATUS_ID: `${prefix}APOLOGY`, NAME: 'Анализ', SORT: '80', COLOR: '#FF5752', SEMANTICS: '', EXTRA: { SEMANTICS: 'apology' } },
  ]);
  flow(record, 'snapshot', 'Funnels with stages, users by pages, currencies, the deal’s writable fields.', { kind: 'snapshot' }, [answers(lists), answers({ stages0: stages(''), stages1: stages('C5:'), users: ok([{ ID: '7', ACTIVE: false, NAME: 'Пётр', LAST_NAME: 'Уволенный' }]) })]);
  flow(record, 'snapshot-refused', 'A refused list stops it.', { kind: 'snapshot' }, [answers({ ...lists, funnels: refused('ACCESS_DENIED', 'Access denied!') })]);
  flow(record, 'snapshot-silent', 'So does silence.', { kind: 'snapshot' }, [failure('connect')]);
}

function provision(record) {
  const fresh = [['109', 'NEW', 'Новая', 10, null], ['110', 'PREPARATION', 'Подготовка документов', 20, null], ['111', 'PREPAYMENT_INVOICE', 'Cчет на предоплату', 30, null], ['112', 'EXECUTING', 'В работе', 40, null], ['113', 'FINAL_INVOICE', 'Финальный счет', 50, null], ['114', 'WON', 'Сделка успешна', 60, 'S'], ['115', 'LOSE', 'Сделка провалена', 70, 'F'], ['116', 'APOLOGY', 'Анализ причины провала', 80, 'F']];
  const ours = { NEW: 'Новый заказ', PREPARATION: 'Взять в работу', PREPAYMENT_INVOICE: 'Получить оплату', EXECUTING: 'Отправка товара', WON: 'Заказ выполнен', LOSE: 'Отменён' };
  const list = (names, without = []) => ok(fresh.filter(([, id]) => !without.includes(id)).map(([row, id, name, sort, mark]) => ({ ID: row, STATUS_ID: `C5:${id}`, NAME: names[id] ?? name, SORT: String(sort), COLOR: '#39A8EF', SEMANTICS: mark, EXTRA: {} })));
  const bare = edit(settings, (s) => { s.funnel.id = ''; s.deal.order_field_item = ''; s.statuses = {}; });
  const roles = { new: 'new', work: 'processing', payment: 'awaiting', shipping: 'shipped', won: 'completed', lost: 'cancelled' };
  const task = (...consent) => ({ kind: 'provision', consent, roles });
  const funnels = (...categories) => ok({ categories });
  const shop = { id: 5, name: ' интернет-Магазин ' };
  const fields = ok({ fields: { title: { upperName: 'TITLE' }, ufCrmOrderbridgeOrder: { type: 'string', upperName: 'UF_CRM_ORDERBRIDGE_ORDER' } } });
  const written = answers(Object.fromEntries([...Array.from({ length: 6 }, (_, index) => [`stage${index}`, ok(true)]), ['field', ok(77)], ['layout', ok(true)]]));
  const more = { settings: bare };
  flow(record, 'provision-plan-new', 'No funnel yet, no consent: what would be made.', task(), [answers({ funnels: funnels({ id: 0, name: 'Общая' }), field: ok([]) })], more);
  flow(record, 'provision-plan-existing', 'The funnel is there with its default stages: renaming asks first.', task('create'), [answers({ funnels: funnels(shop), field: ok([]) }), answers({ stages: list({}) })], more);
  flow(record, 'provision-create', 'Makes the funnel, names its stages, makes the hidden field, keeps it off the card, fills the status tables.', task('create'), [answers({ funnels: funnels(), field: ok([]) }), answers({ funnel: ok({ category: { id: 5 } }) }), answers({ stages: list({}) }), written, answers({ stages: list(ours), fields })], more);
  flow(record, 'provision-again', 'A second time there is nothing to do.', task('create', 'change'), [answers({ funnels: funnels(shop), field: ok([{ ID: '77' }]) }), answers({ stages: list(ours) }), answers({ stages: list(ours), fields })], more);
  flow(record, 'provision-own-names', 'Won and lost stages that somebody named himself play their part as they are; missing stages are made.', task('create', 'change'), [answers({ funnels: funnels(shop), field: ok([{ ID: '77' }]) }), answers({ stages: list({ ...ours, WON: 'Ура', LOSE: 'Увы', EXECUTING: 'Сборка', PREPARATION: 'Моё' }) })], more);
  flow(record, 'provision-no-lost', 'A funnel without the stage LOSE gets one of ours.', task('create'), [answers({ funnels: funnels(shop), field: ok([{ ID: '77' }]) }), answers({ stages: list(ours, ['LOSE', 'APOLOGY']) })], more);
  flow(record, 'provision-layout-refused', 'A refused card layout stops nothing.', task('create'), [answers({ funnels: funnels(), field: ok([]) }), answers({ funnel: ok({ category: { id: 5 } }) }), answers({ stages: list({}) }), answers({ ...written.answers, layout: refused('', 'Access denied') })], more);
  flow(record, 'provision-denied', 'Without CRM administrator rights it says so.', task('create'), [answers({ funnels: funnels(), field: ok([]) }), answers({ funnel: refused('ACCESS_DENIED', 'Access denied!') })], more);
  flow(record, 'provision-silent', 'A silent portal.', task('create'), [failure('connect')], more);
  flow(record, 'provision-no-funnel-id', 'An answer without the funnel’s id.', task('create'), [answers({ funnels: funnels(), field: ok([]) }), answers({ funnel: ok({}) })], more);
}

function batches(record) {
  const call = (key, query = 'id=1') => ({ key, method: 'crm.item.get', query });
  const pack = (name, why, tasks) => record('batch.pack', name, why, { v: 1, op: 'batch.pack', data: { tasks } });
  pack('one', 'One task, one request.', [{ id: 'a', calls: [call('deal'), call('rows', 'ownerId=$result[~deal][item][id]')] }]);
  pack('shared', 'Tasks share a request; each refers to its own commands.', [{ id: 'a', calls: [call('deal', 'x=$result[~deal]')] }, { id: 'b', calls: [call('deal', 'x=$result[~deal]')] }]);
  pack('fifty', 'Never more than fifty commands: the next task starts a new request.', Array.from({ length: 18 }, (_, index) => ({ id: `j${index}`, calls: [call('a'), call('b'), call('c')] })));
  pack('heavy', 'Nor more than what an answer may come to.', [{ id: 'a', calls: [call('a', 'x'.repeat(50000))] }, { id: 'b', calls: [call('a', 'x'.repeat(50000))] }]);
  pack('none', 'No tasks, no request.', []);
  const unpack = (name, why, answer, tasks = ['a', 'b']) => record('batch.unpack', name, why, { v: 1, op: 'batch.unpack', now: NOW, data: { tasks, answer: { status: 200, headers: {}, body: '', ...answer } } });
  const body = (value) => JSON.stringify(value);
  unpack('shared', 'Each task gets its own answers by its own keys, numbers untouched.', { body: body({ result: { result: { t00_deal: { item: { id: 394, opportunity: 1000000.10 } }, t01_users: [1] }, result_error: [], result_total: [], result_next: { t01_users: 50 }, result_time: {} }, time: { operating: 0.5 } }) });
  unpack('one-failed', 'One that fails does not hurt its neighbour.', { body: body({ result: { result: { t00_deal: true }, result_error: { t01_deal: { error: '', error_description: 'Not found' }, t01_rows: { error: 0, error_description: 'x' } }, result_next: [] } }) });
  unpack('empty', 'PHP writes an empty map as a list.', { body: body({ result: { result: [], result_error: [], result_next: [] } }) });
  unpack('stranger', 'Keys that nobody asked for are nobody’s.', { body: body({ result: { result: { t09_deal: 1, x: 2, t_: 3 }, result_error: [] } }) });
  unpack('error', 'An error of the whole request goes to every task.', { status: 401, body: body({ error: 'INVALID_CREDENTIALS', error_description: 'Invalid request credentials' }) });
  unpack('error-number', 'Error codes may be numbers.', { status: 400, body: body({ error: 100, error_description: 'Could not find value for parameter {cmd}' }) });
  unpack('error-empty', 'Or empty: an answer is an error when the key is there.', { status: 400, body: body({ error: '', error_description: 'Access denied' }) });
  unpack('operating', 'The portal says when the method opens again.', { status: 429, body: body({ error: 'OPERATION_TIME_LIMIT', error_description: 'Method is blocked', time: { operating_reset_at: 1795428300 } }) });
  unpack('retry-after', 'Or the server says it.', { status: 503, headers: { 'retry-after': '7' }, body: body({ error: 'QUERY_LIMIT_EXCEEDED' }) });
  unpack('html', 'A page is not an answer.', { status: 502, body: '<html>502</html>' });
  unpack('truncated', 'Nor is half of one.', { body: '{"result":{"result":{"t00_deal":{"item":{"id":3' });
  unpack('list', 'Nor is a list.', { body: '[]' });
  unpack('no-result', 'Nor an object without a result.', { body: '{"time":{}}' });
  unpack('bom', 'A byte order mark is forgiven.', { body: '\ufeff' + body({ result: { result: { t00_x: 1 } } }) });
  unpack('failure', 'Why nothing came back.', { failure: 'timeout', message: 'after 30 s' });
}

function inbound(record) {
  const read = (name, why, data) => record('inbound.read', name, why, { v: 1, op: 'inbound.read', data });
  const event = { event: 'ONCRMDEALUPDATE', event_handler_id: '975', 'data[FIELDS][ID]': '7405', ts: '1766047124', 'auth[domain]': 'crm.example.ru', 'auth[application_token]': 'jvh9' };
  read('update', 'A deal was changed: look at it.', { form: event });
  read('delete', 'So it is when one is deleted.', { form: { ...event, event: 'onCrmDealDelete' } });
  read('contact', 'A contact is none of our business.', { form: { ...event, event: 'ONCRMCONTACTUPDATE' } });
  read('robot', 'A robot names the document.', { form: { 'document_id[0]': 'crm', 'document_id[1]': 'CCrmDocumentDeal', 'document_id[2]': 'DEAL_123' } });
  read('robot-url', 'Or the administrator put the id into the URL.', { query: { secret: 's', ID: '123' } });
  read('robot-lead', 'A lead is not a deal.', { form: { 'document_id[2]': 'LEAD_123' } });
  read('junk', 'What is not a number is not an id.', { query: { ID: "1' OR 1=1" } });
  read('nothing', 'Nothing in it, nothing to do.', {});
}
