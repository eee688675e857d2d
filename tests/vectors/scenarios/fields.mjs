// The fields that the owner maps himself, and the templates that fill them.
import { settings, order, edit, request, flow, ok, refused, item, answers, failure, nothingFound, dealItem, created } from './shared.mjs';

const choices = [{ id: '31', value: 'Курьер' }, { id: '32', value: 'Самовывоз' }, { id: '33', value: 'Почта' }];
const known = (name, kind, more = {}) => ({ of: 'deal', name, upper_name: name.startsWith('ufCrm') ? `UF_CRM_${name.slice(5).toUpperCase()}` : '', title: '', kind, multiple: false, read_only: false, items: [], ...more });
const portal = {
  users: settings.portal.users,
  owner: '',
  stages: [],
  fields: [
    known('ufCrmText', 'string', { title: 'Номер накладной' }), known('ufCrmUrl', 'url'), known('ufCrmCount', 'integer'), known('ufCrmWeight', 'double'),
    known('ufCrmPaid', 'boolean', { title: 'Оплачен' }), known('ufCrmWay', 'enumeration', { title: 'Способ доставки', items: choices }), known('ufCrmDay', 'date'),
    known('ufCrmMoment', 'datetime'), known('ufCrmCost', 'money'), known('ufCrmPacker', 'employee'), known('ufCrmPlace', 'address'), known('ufCrmBill', 'file'),
    known('ufCrmTags', 'string', { multiple: true }), known('ufCrmWays', 'enumeration', { multiple: true, items: choices }),
    known('sourceId', 'crm_status', { items: [{ id: 'WEB', value: 'Сайт' }, { id: 'UC_YA', value: 'Яндекс' }] }), known('typeId', 'crm_status'),
    known('utmTerm', 'string'), known('createdTime', 'datetime', { read_only: true, title: 'Дата создания' }),
    known('post', 'string', { of: 'contact' }), known('ufCrmClub', 'boolean', { of: 'contact' }), known('industry', 'crm_status', { of: 'company', items: [{ id: 'IT', value: 'Торговля' }] }),
  ],
};
const row = (field, template, more = {}) => ({ field, template, ...more });
const mapping = (...fields) => edit(settings, (s) => { s.portal = structuredClone(portal); s.fields = fields; });
const full = edit(order, (o) => {
  o.coupons = ['ЧАЙ10', 'TEA'];
  o.extra = { когда: '25.11.2026 14:30', _ym_uid: '1700000000123456789' };
  o.delivery = { ...o.delivery, address: '', country: 'Россия', region: 'Тверская область', city: 'Тверь', postcode: '170100', recipient: 'Анна Петрова' };
  o.buyer.company = { name: 'ООО Ромашка', inn: '7707083893' };
});

const everyKind = [
  row('ufCrmText', 'Н-{order.number|cut:4}/{lines.skus|lower}'), row('ufCrmUrl', '{order.url}'), row('ufCrmCount', '{lines.quantity}'), row('ufCrmWeight', '1 234,50'),
  row('ufCrmPaid', 'да'), row('ufCrmWay', '{delivery.name|lower}'), row('ufCrmDay', '{extra.когда|cut:10}'), row('ufCrmMoment', '{extra.когда}'), row('ufCrmCost', '{delivery.price}'),
  row('ufCrmPacker', 'олег'), row('ufCrmPlace', '{delivery.text}'), row('ufCrmTags', '{coupons}'), row('ufCrmWays', 'Почта\nКурьер'), row('typeId', 'SALE'),
  row('sourceId', 'Яндекс', { once: true }), row('utmTerm', '{extra._ym_uid}', { once: true }),
  row('post', '{buyer.group|default:покупатель}', { of: 'contact' }), row('ufCrmClub', 'да', { of: 'contact' }), row('industry', 'торговля', { of: 'company' }),
];

export function fields(record) {
  previews(record);
  pushes(record);
  checks(record);
  snapshots(record);
}

function previews(record) {
  const preview = (name, why, of, change = () => {}, base = full) => record('order.preview', name, why, request('order.preview', { order: edit(base, change) }, { settings: of }));
  preview('fields-every-kind', 'A field of every kind gets its template’s text in the portal’s own words: ids of list items and users, days, money with its currency, lists.', mapping(...everyKind));
  preview('fields-unfit', 'What does not fit its kind is left out with a note that names the field and not the text; what fits of a list is sent.', mapping(
    row('ufCrmCount', '{buyer.full_name}'), row('ufCrmWeight', 'много'), row('ufCrmPaid', 'наверное'), row('ufCrmWay', 'Дирижабль'), row('ufCrmDay', 'завтра'), row('ufCrmMoment', '23.11.2026 вечером'),
    row('ufCrmCost', 'даром'), row('ufCrmPacker', 'Кто-нибудь'), row('ufCrmBill', 'чек.pdf'), row('sourceId', 'Радио', { once: true }), row('ufCrmWays', 'Почта, Дирижабль'), row('ufCrmClub', '?', { of: 'contact' })));
  preview('fields-conditions', 'Of two rows for one field the first that fits the order counts; a field whose rows all do not fit is empty.', mapping(
    row('ufCrmText', 'картой', { when: { payments: ['card'] } }), row('ufCrmText', 'при получении', { when: { payments: ['cash'] } }), row('ufCrmText', 'иначе'),
    row('ufCrmTags', 'дорогой', { when: { total_from: '100000' } }), row('ufCrmPaid', 'да', { once: true, when: { stores: ['2'] } })));
  preview('fields-unknown', 'A field that the snapshot does not know is sent as text.', mapping(row('ufCrmNew', '{order.number}')));
  preview('fields-owned', 'A field with rules of its own cannot be taken over by a row, whoever wrote the settings.', mapping(row('stageId', 'C5:WON'), row('ufCrmOrderbridgeOrder', '1'), row('', 'x'), row('lastName', '{order.id}', { of: 'contact' }), row('title', '{order.id}', { of: 'company' })));
  preview('fields-template-broken', 'A template that cannot be read yields its own text, so a person sees it.', mapping(row('ufCrmText', '{order.nomber}'), row('ufCrmUrl', 'https://shop.example/{order.id')));
  preview('comment-whole', 'By default the comment holds all that the deal has no field for: whom it goes to, coupons, client ids, the link.', settings);
  preview('comment-english', 'The words of the comment are in the shop’s language, not the reader’s.', edit(settings, (s) => { s.shop.language = 'en'; }), (o) => { o.buyer.phone = 'ask my wife'; });
  preview('comment-template', 'A template of its own: lines that come out empty are left out; what could not be read is not lost.', edit(settings, (s) => { s.deal.comment = '{{{order.id}}} {lines.text|lines}\n{company.kpp|prefix:КПП }\n\n{order.created_at|date:d.m.Y H:i}'; }), (o) => { o.buyer.email = 'ivan@'; });
  preview('comment-template-broken', 'A comment’s template that cannot be read stands there as it is.', edit(settings, (s) => { s.deal.comment = '{coupons}\n{order.id|shout}'; }));
  preview('title-template', 'A title from several fields and filters; the buyer’s line breaks do not get into it.', edit(settings, (s) => { s.deal.title = '{buyer.last_name|upper}, {buyer.phone|phone}: {order.comment} {lines.count}'; }), (o) => { o.comment = 'Звоните\nдо доставки'; });
  preview('title-empty', 'A title that comes out empty is the order’s id.', edit(settings, (s) => { s.deal.title = ' {company.kpp}'; }));
  preview('plain-text', 'A portal with an old database gets no emoji: not in title, comment, names or rows.', edit(settings, (s) => { s.deal.plain_text = true; s.deal.title = '🛒 {order.number}'; }), (o) => { o.comment = 'Жду! 😀'; o.buyer.first_name = '🐈Иван'; o.lines[0].name = 'Чайник 🫖'; o.number = '17𝟙'; });
}

function pushes(record) {
  const several = mapping(row('ufCrmTags', '{coupons}'), row('ufCrmText', '{extra._ym_uid}'), row('ufCrmWay', '{delivery.name}', { once: true }), row('post', '{buyer.group}', { of: 'contact' }));
  const task = (change = () => {}, link) => ({ kind: 'push_order', order: edit(full, (o) => { delete o.buyer.company; change(o); }), link, attempt: 1, turn: 7 });
  const made = flow(record, 'push-fields-new', 'Mapped fields go with the new deal, a list value by value; an empty one does not go at all.', task((o) => { o.extra = {}; }), [nothingFound, created], { settings: several });
  const link = { order_id: '17', deal_id: '394', stage: 'C5:NEW', memo: made.learn.memo };
  const updated = answers({ update: item({ id: 394 }) });
  const filled = flow(record, 'push-fields-known', 'A field that the order fills now is sent alone; what is set once is not sent again.', task((o) => { o.coupons = ['ЧАЙ10']; o.delivery.name = 'Самовывоз'; o.delivery.country = ''; }, link), [updated], { settings: several });
  flow(record, 'push-fields-emptied', 'A field that was filled and is empty now is emptied, a list by one empty value.', task((o) => { o.coupons = []; o.extra = {}; o.delivery.name = 'Самовывоз'; o.delivery.country = ''; }, { ...link, memo: filled.learn.memo }), [updated], { settings: several });
  flow(record, 'push-fields-untouched', 'A row that is new in the settings and gives nothing does not wipe what a manager has written.', task((o) => { o.extra = {}; }, link), [], { settings: edit(several, (s) => { s.fields.push(row('ufCrmUrl', '{company.kpp}')); }) });
  const company = { name: 'ООО Ромашка', inn: '7707083893', kpp: '770701001' };
  const firm = task((o) => { o.buyer.company = company; });
  const people = { settings: mapping(row('post', 'покупатель', { of: 'contact' }), row('ufCrmClub', 'да', { of: 'contact' }), row('industry', 'Торговля', { of: 'company' }), row('ufCrmKinds', '{coupons}', { of: 'company' })) };
  people.settings.portal.fields.push(known('ufCrmKinds', 'string', { of: 'company', multiple: true }));
  const nobody = answers({ ...nothingFound.answers, requisite: ok([]), company: ok({ items: [] }), by_inn: refused('NOT_FOUND', 'Элемент не найден') });
  const both = { company: item({ id: 12 }), presets: ok([{ ID: '1' }]), requisite: ok(7) };
  flow(record, 'push-fields-people', 'A new contact and a new company get their mapped fields with the rest.', firm, [nobody, answers({ ...created.answers, ...both })], people);
  const ivan = { id: 84, name: 'Иван', lastName: 'Петров', secondName: 'Сергеевич', companyId: 12, post: null, ufCrmClub: 'N', fm: [{ id: 101, typeId: 'PHONE', value: '+79991234567' }, { id: 102, typeId: 'EMAIL', value: 'ivan@example.ru' }] };
  const requisite = ok([{ ID: '7', ENTITY_ID: '12', ENTITY_TYPE_ID: '4', RQ_INN: company.inn, RQ_KPP: company.kpp }]);
  const seen = (contact, firm) => answers({ deal: ok({ items: [] }), phone: ok({ CONTACT: [84] }), email: ok({ CONTACT: [84] }), by_phone: item(contact), requisite, company: ok({ items: [] }), by_inn: firm });
  flow(record, 'push-fields-people-known', 'Of those that are known only what is empty is filled; a field that did not come with them is left alone.', firm, [seen(ivan, item({ id: 12, industry: '', ufCrmKinds: [] })), answers({ fill: item({ id: 84 }), company_fill: item({ id: 12 }), deal: item(dealItem), rows: ok({}) })], people);
  flow(record, 'push-fields-people-full', 'Nothing is empty, or nothing is known of it: nothing is written.', firm, [seen({ ...ivan, post: 'Директор' }, item({ id: 12, ufCrmKinds: ['чай'] })), answers({ deal: item(dealItem), rows: ok({}) })], people);
  flow(record, 'push-fields-people-refused', 'A contact that the portal refuses is tried once more without them.', firm, [nobody, answers({ ...created.answers, ...both, contact: refused('CRM_FIELD_ERROR_VALUE_NOT_VALID', 'Неверное значение поля "Должность"') }), answers({ contact: item({ id: 84 }), bind: item(dealItem) })], people);
  flow(record, 'push-fields-unfit', 'The order goes all the same; the journal names the field.', task(), [], { settings: mapping(row('ufCrmCount', '{buyer.phone}')) });
}

function checks(record) {
  const check = (name, why, document, data = {}, more = {}) => record('settings.check', name, why, { v: 1, op: 'settings.check', data: { settings: document, ...data }, ...more });
  const stage = (id) => ({ id, name: 'Новая', semantics: 'process', color: '#39A8EF', row: '101', sort: 10 });
  const snapshot = { ...portal, stages: [stage('NEW'), stage('C5:NEW'), stage('C9:NEW'), stage('C7:NEW')] };
  const bare = (...rows) => edit(settings, (s) => { s.fields = rows; s.portal.owner = '1'; s.funnels = [{ id: '9', when: { stores: ['2'] } }]; });
  check('fields-good', 'Of the snapshot the settings keep what they use: the fields that are mapped, the stages of our funnels.', bare(...everyKind), { portal: snapshot });
  check('fields-wrong', 'Gone, the portal’s own, ours, none at all: each with its place and what to do.', bare(row('ufCrmGone', 'x'), row('createdTime', '{order.created_at}'), row('stageId', 'C5:WON'), row('', 'x'), row('name', 'x', { of: 'contact' }), row('title', 'x', { of: 'company' })), { portal: snapshot });
  check('fields-kinds', 'A template that can never fit its field’s kind.', bare(row('ufCrmCount', '{buyer.email}'), row('ufCrmWay', 'Дирижабль'), row('ufCrmDay', '{order.total}'), row('ufCrmBill', '{order.url}'), row('ufCrmPaid', 'иногда'), row('ufCrmCost', '{order.total}'), row('ufCrmWays', 'Почта, Дирижабль')), { portal: snapshot });
  check('fields-templates', 'A template’s fault is told with its place in the text.', edit(bare(row('ufCrmText', 'Да {order.id|cut}'), row('ufCrmUrl', '{order.id} {order.nomber|upper}'), row('ufCrmPlace', '{order.id')), (s) => { s.deal.comment = '{{ {extra.}\n{lines.names|'; }), { portal: snapshot });
  check('fields-twice', 'A field in two rows that one order may fit; two rows that no order fits both of are no trouble.', bare(row('ufCrmText', 'a', { when: { payments: ['cash'] } }), row('ufCrmText', 'b', { when: { payments: ['card'] } }), row('ufCrmText', 'c', { when: { total_from: '1000' } }), row('ufCrmText', 'd', { of: 'contact' })), { portal: { ...snapshot, fields: snapshot.fields.slice(0, 1) } }, { lang: 'en' });
  check('fields-without-snapshot', 'Without a snapshot only the fields in use are known, so a new row is not called unknown.', mapping(row('ufCrmNew', '{order.id}'), row('ufCrmCount', 'семь')));
  check('fields-half-snapshot', 'A snapshot that lacks an entity says nothing about its fields.', bare(row('ufCrmText', 'x'), row('post', 'x', { of: 'contact' })), { portal: { ...snapshot, fields: snapshot.fields.slice(0, 3) } });
}

function snapshots(record) {
  const about = (type, title, upperName, more = {}) => ({ type, isRequired: false, isReadOnly: false, isMultiple: false, title, upperName, ...more });
  const deal = ok({ fields: {
    id: about('integer', 'ID', 'ID', { isReadOnly: true }), title: about('string', 'Название', 'TITLE'), stageId: about('crm_status', 'Стадия', 'STAGE_ID', { statusType: 'DEAL_STAGE' }),
    sourceId: about('crm_status', 'Источник', 'SOURCE_ID', { statusType: 'SOURCE' }),
    ufCrm_1721244707107: about('enumeration', 'Способ доставки', 'UF_CRM_1721244707107', { isMultiple: true, items: [{ ID: '31', VALUE: 'Курьер' }, { ID: '32', VALUE: 'Самовывоз' }], settings: { DISPLAY: 'LIST' } }),
  } });
  const contact = ok({ fields: { post: about('string', 'Должность', 'POST'), sourceId: about('crm_status', 'Источник', 'SOURCE_ID', { statusType: 'SOURCE' }), ufCrmHow: about('crm_status', 'Откуда узнал', 'UF_CRM_HOW', { settings: { ENTITY_TYPE: 'CONTACT_TYPE' } }) } });
  const company = ok({ fields: { industry: about('crm_status', 'Сфера', 'INDUSTRY', { statusType: 'INDUSTRY' }) } });
  const dictionary = (...rows) => ok(rows.map(([STATUS_ID, NAME]) => ({ STATUS_ID, NAME })));
  const lists = {
    funnels: ok({ categories: [{ id: 0, name: 'Общая', isDefault: 'Y' }, { id: 5, name: 'Интернет-магазин' }] }),
    currencies: ok([{ CURRENCY: 'RUB', BASE: 'Y' }, { CURRENCY: 'USD', BASE: 'N' }]),
    users: { result: [{ ID: '1', ACTIVE: true, NAME: 'Админ', LAST_NAME: '' }], next: '50' },
    SOURCE: dictionary(['WEB', 'Веб-сайт'], ['CALL', 'Звонок']), CONTACT_TYPE: dictionary(['CLIENT', 'Клиенты']), INDUSTRY: refused('', 'Access denied'),
  };
  const stages = (prefix) => ok([
    { ID: '101', STATUS_ID: `${prefix}NEW`, NAME: 'Новая', SORT: '10', COLOR: '#39A8EF', SEMANTICS: null, EXTRA: { SEMANTICS: 'process' } },
    { ID: '106', STATUS_ID: `${prefix}WON`, NAME: 'Сделка успешна', SORT: '60', COLOR: '#7BD500', SEMANTICS: 'S', EXTRA: { SEMANTICS: 'success' } },
    { ID: '108', STATUS_ID: `${prefix}APOLOGY`, NAME: 'Анализ', SORT: '80', COLOR: '#FF5752', SEMANTICS: '', EXTRA: { SEMANTICS: 'apology' } },
  ]);
  const parts = [deal, contact, company].map((fields) => answers({ fields }));
  const rest = [answers(lists), answers({ stages0: stages(''), stages1: stages('C5:'), users: ok([{ ID: '7', ACTIVE: false, NAME: 'Пётр', LAST_NAME: 'Уволенный' }]) })];
  const snapshot = (name, why, ...replies) => flow(record, `snapshot${name}`, why, { kind: 'snapshot' }, replies);
  snapshot('', 'The fields of deals, contacts and companies, each alone; dictionaries; funnels with stages; users by pages; currencies.', ...parts, ...rest);
  const many = Array.from({ length: 12 }, (_, id) => ({ id: id + 1, name: `Воронка ${id + 1}` }));
  snapshot('-many-funnels', 'The stages of many funnels come in parts, or their answers would not pass the border.', ...[{}, {}, {}].map((fields) => answers({ fields: ok({ fields }) })), answers({ ...lists, funnels: ok({ categories: many }), users: ok([]) }), answers({ stages0: stages('C1:'), stages9: stages('C10:') }), answers({ stages11: stages('C12:') }));
  snapshot('-refused', 'A refused list stops it.', ...parts, answers({ ...lists, funnels: refused('ACCESS_DENIED', 'Access denied!') }));
  snapshot('-no-contacts', 'A webhook that may not see contacts still gives the rest.', parts[0], answers({ fields: refused('ACCESS_DENIED', 'Access denied!') }), parts[2]);
  snapshot('-fields-refused', 'Without the fields of deals there is nothing to show.', answers({ fields: refused('ACCESS_DENIED', 'Access denied!') }));
  snapshot('-too-large', 'Fields that do not pass the border are done without; anything else that does not is a trouble.', failure('too_large'), parts[1], parts[2], failure('too_large'));
  snapshot('-silent', 'Silence stops it.', failure('connect'));
}
