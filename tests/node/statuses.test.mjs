// The tables of stages and statuses as the settings app edits them, what it suggests by name, and the preferences
// beside the settings: with the app's own modules, bundled as shipped.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundled } from '../support/app.mjs';

const app = await bundled('pages/statuses/tables', 'pages/statuses/suggest', 'app/preferences', 'app/session', 'api/call');
const { dropStagesOf, funnelOf, setFrom, setTo, stageFor, stagesOf, statusFor, suggestAll } = app;

const stage = (id, name, semantics = 'process') => ({ id, name, semantics, color: '#fff' });
/** The stages that the module makes. */
const OURS = [
  stage('C5:NEW', 'Новый заказ'), stage('C5:WORK', 'Взять в работу'), stage('C5:PAY', 'Получить оплату'),
  stage('C5:SHIP', 'Отправка товара'), stage('C5:WON', 'Заказ выполнен', 'success'), stage('C5:LOSE', 'Отменён', 'failure'),
];
const named = (...names) => names.map((name) => ({ id: name, name }));
const fresh = () => ({ funnel: { id: '5', name: 'Магазин' }, funnels: [], statuses: { from_stage: [], to_stage: [], won: {}, lost: {} } });

test('a funnel is told by its stages, the first funnel too', () => {
  assert.equal(funnelOf('C5:NEW'), '5');
  assert.equal(funnelOf('NEW'), '0');
});

test('stages are the portal’s, the ends last; without the portal those that the settings remember', () => {
  const settings = { ...fresh(), funnels: [{ id: '0', name: 'Опт' }, { id: '5', name: 'Ещё раз' }], portal: { stages: [{ id: 'NEW', name: 'Новая', semantics: 'process' }, { id: 'C5:WON', name: 'Да', semantics: 'success' }] } };
  const portal = { funnels: [{ id: '5', name: 'Магазин 2', stages: [OURS[4], OURS[0], OURS[5]] }] };
  const [shop, wholesale, ...more] = stagesOf(settings, portal);
  assert.deepEqual([shop.name, ...shop.stages.map(({ id }) => id)], ['Магазин 2', 'C5:NEW', 'C5:WON', 'C5:LOSE']);
  assert.deepEqual(wholesale.stages.map(({ id }) => id), ['NEW']);
  assert.deepEqual(more, [], 'a funnel that two rules lead to stands once');
  assert.deepEqual(stagesOf(settings, null)[0].stages.map(({ id }) => id), ['C5:WON']);
});

test('a row is made, changed and taken out; its flag and comment stay while it does', () => {
  const settings = fresh();
  setFrom(settings, 'C5:NEW', { status: 'new' });
  setFrom(settings, 'C5:NEW', { notify: true, comment: 'ждём' });
  setFrom(settings, 'C5:NEW', { status: 'other' });
  assert.deepEqual(settings.statuses.from_stage, [{ status: 'other', notify: true, comment: 'ждём', stage: 'C5:NEW' }]);
  setFrom(settings, 'C5:WORK', { notify: true });
  assert.equal(settings.statuses.from_stage.length, 1, 'a row without a status is none');
  setFrom(settings, 'C5:NEW', { status: '' });
  assert.deepEqual(settings.statuses.from_stage, []);
  setTo(settings, 'new', '5', 'C5:NEW');
  setTo(settings, 'new', '0', 'NEW');
  setTo(settings, 'new', '5', 'C5:WORK');
  assert.deepEqual(settings.statuses.to_stage, [{ status: 'new', stage: 'C5:WORK' }, { status: 'new', stage: 'NEW' }]);
  setTo(settings, 'new', '0', '');
  assert.equal(settings.statuses.to_stage.length, 1);
});

test('another funnel takes the rows of the former one along, unless a rule still leads there', () => {
  const settings = fresh();
  setFrom(settings, 'C5:NEW', { status: 'new' });
  setFrom(settings, 'C7:NEW', { status: 'new' });
  setTo(settings, 'new', '5', 'C5:NEW');
  settings.funnel = { id: '7', name: 'Другая' };
  settings.funnels = [{ id: '5', name: 'Магазин' }];
  assert.equal(dropStagesOf('5', settings), false);
  assert.equal(settings.statuses.from_stage.length, 2);
  settings.funnels = [];
  assert.equal(dropStagesOf('5', settings), true);
  assert.deepEqual(settings.statuses.from_stage.map((row) => row.stage), ['C7:NEW']);
  assert.deepEqual(settings.statuses.to_stage, []);
});

const suggested = (statuses, stages = OURS) => {
  const settings = fresh();
  suggestAll(settings, [{ id: '5', name: 'Магазин', stages }], statuses);
  const { from_stage: from, to_stage: to, won, lost } = settings.statuses;
  return {
    from: Object.fromEntries(from.map((row) => [stages.find(({ id }) => id === row.stage).name, row.status])),
    to: Object.fromEntries(to.map((row) => [row.status, stages.find(({ id }) => id === row.stage).name])),
    won: won.status,
    lost: lost.status,
  };
};

test('names suggest what they mean: OpenCart’s statuses in Russian', () => {
  assert.deepEqual(suggested(named('Ожидание', 'В обработке', 'Доставлено', 'Отменено', 'Сделка завершена', 'Возврат', 'Полный возврат')), {
    from: { 'Новый заказ': 'Ожидание', 'Взять в работу': 'В обработке' },
    to: { Ожидание: 'Новый заказ', 'В обработке': 'Взять в работу', Доставлено: 'Заказ выполнен', Отменено: 'Отменён', 'Сделка завершена': 'Заказ выполнен' },
    won: 'Доставлено',
    lost: 'Отменено',
  });
});

test('and WooCommerce’s in English', () => {
  assert.deepEqual(suggested(named('Pending payment', 'Processing', 'On hold', 'Completed', 'Cancelled', 'Refunded', 'Failed')), {
    from: { 'Взять в работу': 'Processing', 'Получить оплату': 'Pending payment' },
    to: {
      'Pending payment': 'Получить оплату', Processing: 'Взять в работу', 'On hold': 'Получить оплату',
      Completed: 'Заказ выполнен', Cancelled: 'Отменён', Failed: 'Отменён',
    },
    won: 'Completed',
    lost: 'Cancelled',
  });
});

test('the same name goes before a similar one, and several similar ones are no suggestion by themselves', () => {
  const stages = [stage('A', 'Согласование макета'), stage('B', 'Согласование'), stage('C', 'Печать')];
  assert.equal(stageFor({ id: '1', name: 'согласование' }, stages).id, 'B');
  assert.equal(stageFor({ id: '1', name: 'Печать тиража' }, stages).id, 'C');
  assert.equal(stageFor({ id: '1', name: 'Согласован' }, [stages[0], stages[1]]), null);
  assert.equal(statusFor(stage('X', 'Примерка'), named('Новый', 'Выполнен')), null);
});

test('what somebody chose is never suggested away', () => {
  const settings = fresh();
  setFrom(settings, 'C5:NEW', { status: 'Готов' });
  setTo(settings, 'Новый', '5', 'C5:PAY');
  settings.statuses.won = { status: 'Готов' };
  const count = suggestAll(settings, [{ id: '5', name: '', stages: OURS }], named('Новый', 'Готов', 'Выполнен'));
  assert.deepEqual(settings.statuses.from_stage, [{ status: 'Готов', notify: false, comment: '', stage: 'C5:NEW' }]);
  assert.deepEqual(settings.statuses.to_stage, [{ status: 'Новый', stage: 'C5:PAY' }, { status: 'Выполнен', stage: 'C5:WON' }]);
  assert.equal(settings.statuses.won.status, 'Готов');
  assert.equal(count, 1);
});

test('preferences: only these are sent, a refusal says why at its field and keeps what was typed', async () => {
  const { edited, isEdited, page, prefer, preferences, reasons, savePreferences } = app;
  app.connect({ api: 'http://shop/api', headers: {}, wasm: '', lang: 'ru' });
  page.value = { preferences: { poll_every: 60, ca_file: '', proxy: '' } };
  prefer('poll_every', 5);
  prefer('ca_file', '/nope');
  prefer('proxy', 'x');
  prefer('proxy', '');
  assert.ok(edited(['ca_file']) && !edited(['proxy']), 'what is as it was is no edit');
  const answer = (status, body) => { globalThis.fetch = async (_, { body: sent }) => { answer.sent = JSON.parse(sent).params; return new Response(JSON.stringify(body), { status }); }; };
  answer(422, { ok: false, error: { code: 'preferences_refused', message: 'm', hint: 'h', data: { ca_file: 'нет файла' } } });
  await assert.rejects(savePreferences(['ca_file', 'proxy']), (trouble) => trouble.code === 'preferences_refused');
  assert.deepEqual(answer.sent, { preferences: { ca_file: '/nope' } });
  assert.deepEqual([reasons.value.ca_file, preferences.value.ca_file], ['нет файла', '/nope']);
  prefer('ca_file', '/etc/ssl/ca.pem');
  assert.equal(reasons.value.ca_file, undefined, 'a new value is not refused yet');
  answer(200, { ok: true, data: { preferences: { poll_every: 60, ca_file: '/etc/ssl/ca.pem', proxy: '' } } });
  await savePreferences(['ca_file', 'proxy']);
  assert.ok(!edited(['ca_file']));
  assert.ok(edited(['poll_every']) && isEdited.value, 'what belongs to another part is still an edit');
});
