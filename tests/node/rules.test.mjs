// Managers' rules and mapped fields as the settings app edits them: the category tree, the completion of templates, what
// the core is asked about. With the app's own modules, bundled as shipped, and the core itself.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundled, core } from '../support/app.mjs';

const app = await bundled('app/adopted', 'app/categories', 'app/clock', 'condition/rows', 'condition/when', 'core/core', 'template/completion', 'template/probe');
app.useCore(core());

const category = (id, parent_id, name) => ({ id, parent_id, name });
const tea = app.grow([
  category('1', null, 'Чай'), category('11', '1', 'Зелёный'), category('12', '1', 'Чёрный'), category('111', '11', 'Сенча'),
  category('2', null, 'Посуда'), category('9', 'gone', 'Сирота'), category('7', '8', 'Круг'), category('8', '7', 'Круг ещё'),
]);

test('a category is known by its path, and one that is gone by its id', () => {
  assert.equal(app.pathOf(tea, '111'), 'Чай → Зелёный → Сенча');
  assert.equal(app.pathOf(tea, 'no'), 'no');
  assert.equal(app.pathOf(tea, '7'), 'Круг ещё → Круг');
  assert.deepEqual(app.around(tea, ['111', '2', 'no']).map(({ id }) => id), ['111', '11', '1', '2']);
});

test('the tree shows what is open, with the orphans at the top', () => {
  const rows = app.opened(tea, new Set(['1']));
  assert.deepEqual(rows.map(({ id, level, open, place, siblings }) => [id, level, open, place, siblings]), [
    ['1', 1, true, 1, 3], ['11', 2, false, 1, 2], ['12', 2, null, 2, 2], ['2', 1, null, 2, 3], ['9', 1, null, 3, 3],
  ]);
});

test('a search finds every word, in the name first and along the path after that', () => {
  assert.deepEqual(app.found(tea, 'чай').map(({ text }) => text), ['Чай']);
  assert.deepEqual(app.found(tea, 'СЕНЧА чай').map(({ text }) => text), ['Чай → Зелёный → Сенча']);
  assert.deepEqual(app.found(tea, 'кофе'), []);
});

test('a tick covers what is below it and takes their ticks', () => {
  const chosen = app.toggled(tea, new Set(['111', '2']), '1');
  assert.deepEqual([...chosen], ['2', '1']);
  const ticks = app.ticks(tea, chosen);
  assert.deepEqual(['1', '11', '111', '2', '9'].map(ticks.of), ['on', 'covered', 'covered', 'on', 'off']);
  assert.equal(ticks.cover('111'), '1');
  assert.equal(app.ticks(tea, new Set(['111'])).of('1'), 'some');
  assert.deepEqual([...app.toggled(tea, chosen, '1')], ['2']);
});

/** `^` stands for the caret. */
function complete(marked, chosen) {
  const caret = marked.indexOf('^');
  const template = marked.replace('^', '');
  const place = app.placeAt(template, caret);
  if (!place) return null;
  const { template: text, caret: at } = app.completed(template, caret, place, chosen);
  return `${text.slice(0, at)}^${text.slice(at)}`;
}

test('a template is completed where the caret stands', () => {
  for (const [before, chosen, after] of [
    ['№{^', 'order.number', '№{order.number}^'],
    ['№{ord^', 'order.number', '№{order.number}^'],
    ['№{{ord^', 'order.number', '№{order.number}^'],
    ['№{{ord^}}', 'order.number', '№{order.number}^'],
    ['{ord^} и {order.total}', 'order.number', '{order.number}^ и {order.total}'],
    ['{ord^er.id}', 'order.number', '{order.number}^'],
    ['{ord^er.id|upper}', 'order.number', '{order.number^|upper}'],
    ['{^ и ещё', 'order.id', '{order.id}^ и ещё'],
    ['{order.id|^}', 'upper', '{order.id|upper}^'],
    ['{order.id|cu^', 'cut:50', '{order.id|cut:50}^'],
    ['{order.id|^}', 'default:', '{order.id|default:^}'],
    ['{order.id|upper|^}', 'trim', '{order.id|upper|trim}^'],
  ]) assert.equal(complete(before, chosen), after, before);
  for (const plain of ['^', 'текст^', '{order.id}^', '{order.id} и^', '{\n^', '^{order.id}']) assert.equal(complete(plain, 'x'), null, plain);
});

test('conditions offer what the newest orders have, each once and with its name', () => {
  const orders = [
    { delivery: { code: 'courier', name: 'Курьер', region: 'Тверская область', city: 'Тверь' }, lines: [{ brand: 'Гжель' }, { brand: '' }, {}] },
    { delivery: { code: 'courier', name: 'Курьер' }, currency: 'RUB' },
    { delivery: { code: 'pickup', name: 'pickup' }, lines: [{ brand: 'Гжель' }] },
  ];
  const offers = (name) => app.offersOf(orders, name).map(({ id, note }) => [id, note]);
  assert.deepEqual(offers('deliveries'), [['courier', 'Курьер'], ['pickup', '']]);
  assert.deepEqual(offers('regions').map(([id]) => id), ['Тверская область', 'Тверь']);
  assert.deepEqual(offers('brands').map(([id]) => id), ['Гжель']);
  assert.deepEqual(offers('currencies').map(([id]) => id), ['RUB']);
  assert.equal(app.others({ brands: ['x'], stores: [], total_from: '5', categories: ['1'] }), 2);
});

const field = (name, type, more = {}) => ({ name, title: name, type, upper_name: '', ...more });
const portal = {
  at: '', users: [{ id: '6', name: 'Мария', active: true }], currencies: [],
  funnels: [
    { id: '5', name: 'Магазин', stages: [{ id: 'C5:NEW', name: 'Новый', color: '#fff', semantics: 'process' }] },
    { id: '0', name: 'Общая', stages: [{ id: 'NEW', name: 'Новая', color: '#fff', semantics: 'process' }] },
  ],
  fields: {
    deal: [field('ufFirst', 'string'), field('ufWay', 'enumeration', { items: [{ id: '31', value: 'Курьер' }] }), field('ufDay', 'date')],
    contact: [field('post', 'string')],
    company: [],
  },
};

test('the core is asked with the portal as saving would leave it', () => {
  const settings = { funnel: { id: '5' }, fields: [{ of: 'deal', field: 'ufWay', template: '' }], portal: { owner: '1' } };
  const { portal: adopted } = app.asSaved(settings, portal);
  assert.deepEqual(adopted.stages, [{ id: 'C5:NEW', name: 'Новый', semantics: 'process' }]);
  assert.deepEqual(adopted.fields.map(({ of, name, kind }) => [of, name, kind]), [['deal', 'ufWay', 'enumeration']]);
  assert.equal(adopted.owner, '1');
  assert.equal(app.asSaved(settings, null), settings);
  assert.deepEqual(app.inventory(settings, portal).fields.map(({ of, name }) => `${of} ${name}`), ['deal ufWay', 'deal ufFirst', 'contact post']);
});

test('a portal of thousands of users passes into the core, with those who are named', async () => {
  const users = Array.from({ length: 4000 }, (_, at) => ({
    id: String(at + 1), name: `Екатерина Александровская-Константинопольская ${at + 1}`, active: at % 10 !== 9,
  }));
  const large = { ...portal, users };
  const settings = {
    shop: { id: 's' },
    responsible: {
      rules: [{ users: ['3990', '3999'] }], fallback: '3998', hours: [{ users: ['3997'], days: '1', from: '09:00', to: '18:00' }],
      absences: [{ user: '3996', from: '2026-11-01', to: '' }],
    },
  };
  const kept = app.peopleIn(settings, users);
  assert.deepEqual(kept.slice(0, 5), [3989, 3995, 3996, 3997, 3998].map((at) => users[at]));
  assert.equal(kept.slice(5).filter(({ active }) => !active).length, 399, 'all who have left');
  assert.ok(kept.filter(({ active }) => active).length > 100);
  assert.ok(Buffer.byteLength(JSON.stringify(kept)) <= 64 * 1024);
  assert.deepEqual(app.peopleIn(settings, users.slice(0, 500)), users.slice(0, 500));

  const { problems } = await app.ask('settings.check', { settings, portal: app.inventory(settings, large) });
  assert.deepEqual(problems.filter(({ path }) => path.startsWith('/responsible')).map(({ code, path }) => [code, path]), [
    ['user_inactive', '/responsible/rules/0/users/0'],
  ]);
  const order = { id: '17', status: 'new', created_at: '2026-11-23T12:58:00+03:00', currency: 'RUB', total: '1.00', lines: [{ name: 'Чай', quantity: '1', price: '1.00', total: '1.00' }] };
  const { responsible } = await app.ask('order.preview', { order }, app.asSaved(settings, large));
  assert.equal(responsible.user, '3999');
});

test('what templates make of an order is said by the core: as text, as it would be sent, and for which orders', async () => {
  const order = {
    id: '17', number: '17', created_at: '2026-11-23T12:58:00+03:00', status: 'new', currency: 'RUB', total: '100.00',
    lines: [{ name: 'Чай', quantity: '1', price: '100.00', total: '100.00', categories: [['1', '11']] }],
    delivery: { code: 'courier', name: 'курьер' }, extra: { когда: 'завтра' },
  };
  const known = (name) => app.asKept('deal', portal.fields.deal.find((one) => one.name === name));
  const rows = [
    { template: '{delivery.name}', when: { categories: ['1'] } },
    { template: '{delivery.name}', when: { categories: ['2'] } },
    { template: '{order.created_at}' },
    { template: '№{order.number}' },
    { template: '{no.such}' },
  ];
  const found = await app.probe(order, rows, [known('ufWay'), known('ufDay'), known('ufDay'), undefined, known('ufFirst')], {}, '+03:00');
  assert.deepEqual(found.map(({ text, sent, fits }) => [text, sent, fits]), [
    ['курьер', '31', true],
    ['курьер', '', false],
    ['2026-11-23T12:58:00+03:00', '2026-11-23', true],
    ['№17', '№17', true],
    ['{no.such}', '{no.such}', true],
  ]);
  const values = await app.values(order, ['lines.names', 'extra.когда', 'order.rate'], {}, '+03:00');
  assert.deepEqual([...values], [['lines.names', 'Чай'], ['extra.когда', 'завтра'], ['order.rate', '']]);
});

test('working hours are asked about in the shop\'s own time', () => {
  assert.equal(app.shopTime('+05:30', '2026-11-23T09:00'), '2026-11-23T09:00:00+05:30');
  const now = app.shopTime('-03:30');
  assert.match(now, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-03:30$/);
  assert.ok(Math.abs(Date.parse(now) - Date.now()) < 60_000);
});
