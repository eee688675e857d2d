// The portal looked at, and set up.
import { settings, edit, flow, ok, refused, answers, failure, portal } from './shared.mjs';

export function preflight(record) {
  const methods = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`method${index}`, ok({ isExisting: true, isAvailable: true })]));
  const good = { profile: ok({ ID: '1', ADMIN: true, NAME: 'Админ' }), scope: ok(['crm', 'user']), time: ok('2026-11-23T13:00:01+03:00'), ...methods };
  const check = (name, why, reply) => flow(record, `preflight-${name}`, why, { kind: 'preflight' }, [reply]);
  check('good', 'Everything is there.', answers(good));
  check('warnings', 'Not an administrator, no scope for users, clocks apart.', answers({ ...good, profile: ok({ ID: '6', ADMIN: false }), scope: ok(['crm']), time: ok('2026-11-23T13:10:00+03:00') }));
  check('errors', 'No scope for CRM, an old box, a refused profile.', answers({ ...good, profile: refused('x', 'нет'), scope: ok([]), method6: ok({ isExisting: false, isAvailable: false }) }));
  check('credentials', 'A wrong webhook is said at once.', portal(401, 'INVALID_CREDENTIALS', ''));
  check('unreachable', 'So is a portal that is not there.', failure('connect'));
}

export function provision(record) {
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
