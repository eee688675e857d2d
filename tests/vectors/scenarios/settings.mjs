// What `settings.check` finds.
import { settings, edit } from './shared.mjs';

export function settingsCheck(record) {
  const check = (name, why, data, more = {}) => record('settings.check', name, why, { v: 1, op: 'settings.check', data, ...more });
  const statuses = ['new', 'processing', 'shipped', 'completed', 'cancelled'].map((id) => ({ id }));
  const lists = { statuses, categories: [{ id: '1' }, { id: '2' }], stages: ['C5:NEW', 'C5:PREPARATION', 'C5:EXECUTING'].map((id) => ({ id })) };
  check('fresh', 'An empty document gets every default and a list of what is still to do.', { settings: {} });
  check('good', 'Good settings: only the dismissed user is a warning.', { settings, ...lists });
  check('english', 'Problems in English.', { settings: {} }, { lang: 'en' });
  check('not-an-object', 'A document that is no object is one problem, not a failure.', { settings: 'нет' });
  check('schema', 'A newer schema is a problem with what to do.', { settings: { ...settings, schema: 7 } });
  check('schema-1', 'The first schema: a rule’s categories have become a part of its condition.', { settings: edit(settings, (s) => { s.schema = 1; s.responsible.rules = [{ categories: ['1'], users: ['6', '8'] }, { users: ['6'] }]; }), ...lists });
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
  check('people', 'Rules with nobody, with strangers, with categories that are gone.', { settings: edit(settings, (s) => { s.responsible.rules = [{ users: [] }, { when: { categories: ['99'] }, users: ['55'] }]; s.responsible.fallback = '77'; }), ...lists });
  check('order-field', 'The hidden field is not there yet: orders go, a warning says what is missing.', { settings: edit(settings, (s) => { s.deal.order_field_item = ''; }) });
  check('word', 'A word that is not in the list names the words that are.', { settings: edit(settings, (s) => { s.responsible.basket = 'biggest'; }) });
}
