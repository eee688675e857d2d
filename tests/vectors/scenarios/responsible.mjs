// Who gets an order, whose turn it is, and why.
import { settings, order, edit, request, flow, ok, item, answers, failure, nothingFound, dealItem, created } from './shared.mjs';

const MONDAY_NOON = '2026-11-23T12:00:00+03:00';
const users = [
  { id: '1', name: 'Админ', active: true },
  { id: '6', name: 'Мария', active: true },
  { id: '7', name: 'Пётр', active: false },
  { id: '8', name: 'Олег', active: true },
  { id: '9', name: 'Анна', active: true },
];
const ruled = (rules, more = {}) => ({ ...settings, responsible: { rules, fallback: '1', ...more }, portal: { users } });
const tea = { name: 'Чай', when: { categories: ['1'] }, users: ['6', '8', '9'] };

export function responsible(record) {
  conditions(record);
  baskets(record);
  calendar(record);
  turns(record);
  checks(record);
}

function previewer(record) {
  return (name, why, of, change = () => {}, more = {}) => record('order.preview', `responsible-${name}`, why, request('order.preview', { order: edit(order, change) }, { now: MONDAY_NOON, settings: of, ...more }));
}

function conditions(record) {
  const preview = previewer(record);
  const one = (when) => ruled([{ name: 'Особое', when, users: ['9'] }, { users: ['6'] }]);
  preview('subcategory', 'A category covers those below it; the category of the rule is the reason.', one({ categories: ['5', '1'] }));
  preview('subcategory-own', 'Or the product is in the category itself.', one({ categories: ['12'] }));
  preview('other-category', 'A rule without a condition takes what no rule before it does.', one({ categories: ['2'] }));
  preview('brand', 'By the maker, as a person would compare names.', one({ brands: [' гжель'] }), (o) => { o.lines[0].brand = 'Гжель'; });
  preview('amount', 'By the total: at least this, less than that.', one({ total_from: '1234.50', total_to: '1234.51' }));
  preview('amount-below', 'A kopeck below is below.', one({ total_from: '1234.51' }));
  preview('region', 'By the region or the city of the delivery.', one({ regions: ['Тверь', 'Москва'] }), (o) => { o.delivery.city = 'москва'; });
  preview('delivery', 'By the way of delivery.', one({ deliveries: ['courier'] }));
  preview('payment', 'By the way of payment.', one({ payments: ['cash'] }));
  preview('store', 'By the storefront.', one({ stores: ['opt'] }), (o) => { o.store = 'opt'; });
  preview('group', 'By the customer group.', one({ groups: ['vip'] }), (o) => { o.buyer.group = 'VIP'; });
  preview('all-parts', 'Every part must hold; the reason names them all.', one({ categories: ['1'], brands: ['Гжель'], payments: ['cash'], total_from: '1000' }), (o) => { o.lines[0].brand = 'Гжель'; }, { lang: 'en' });
  preview('one-part-fails', 'One part does not hold: the rule does not fit.', one({ categories: ['1'], payments: ['card'] }));
  preview('parts-of-one-line', 'Category and maker must be those of one line.', one({ categories: ['1'], brands: ['Гжель'] }), (o) => { o.lines.push({ product_id: '8', name: 'Ложка', quantity: '1', price: '10', total: '10.00', brand: 'Гжель', categories: [['2']] }); o.total = '1244.50'; });
  preview('no-lines', 'An order without lines comes under the first rule that asks none.', ruled([tea, { users: ['6'] }]), (o) => { o.lines = []; o.charges = []; o.total = '0'; });
  preview('no-rule', 'No rule fits: the fallback, and a note.', ruled([{ ...tea, when: { categories: ['2'] } }]));
  preview('fallback-dismissed', 'The fallback is dismissed: the webhook’s owner, and a note.', ruled([], { fallback: '7' }));
}

function baskets(record) {
  const preview = previewer(record);
  const rules = [{ name: 'Посуда', when: { categories: ['2'] }, users: ['9'] }, { name: 'Чай', when: { categories: ['1'] }, users: ['6'] }];
  const mixed = (o) => {
    o.lines.push({ product_id: '8', name: 'Чашка', quantity: '5', price: '33.00', total: '165.00', categories: [['2']] });
    o.total = '1399.50';
  };
  for (const [basket, why] of [['largest_sum', 'largest sum'], ['first_line', 'first line'], ['most_units', 'most units'], ['rule_order', 'first rule']]) {
    preview(`basket-${basket.replace('_', '-')}`, `A mixed basket goes by the ${why}.`, ruled(rules, { basket }), mixed);
  }
  preview('basket-nobody', 'Nobody of the deciding rule is there: the next one.', ruled(edit(rules, (r) => { r[1].users = ['7']; })), mixed);
}

function calendar(record) {
  const preview = previewer(record);
  const hours = [{ users: ['6', '8'], days: '12345', from: '09:00', to: '18:00' }, { users: ['9'], days: '12345', from: '18:00', to: '02:00' }];
  const at = (now) => ({ now });
  preview('first', 'Not in turn but the first who is there.', ruled([{ ...tea, users: ['7', '6', '8'], pick: 'first' }]));
  preview('dismissed-one', 'Who has been dismissed is passed over, with a note.', ruled([{ ...tea, users: ['7', '8'] }]));
  preview('off-work', 'Who is not at work is passed over while another is.', ruled([tea], { hours }));
  preview('utc', 'The hours are the shop’s own: 23 o’clock UTC is two in the morning in Moscow.', ruled([tea], { hours }), () => {}, at('2026-11-23T23:00:00Z'));
  preview('night-shift', 'A shift over midnight belongs to the day it begins on: Saturday, one o’clock.', ruled([tea], { hours }), () => {}, at('2026-11-28T01:00:00+03:00'));
  preview('nobody-at-work', 'When nobody is at work all take part: nobody’s order waits.', ruled([tea], { hours }), () => {}, at('2026-11-28T02:00:00+03:00'));
  preview('absent', 'Who is away is passed over, the last day through.', ruled([tea], { hours, absences: [{ user: '6', from: '2026-11-01', to: '2026-11-23' }] }), () => {}, at('2026-11-23T17:59:59+03:00'));
  preview('absent-off-work', 'At night those who are away still take no part.', ruled([tea], { hours, absences: [{ user: '6', from: '2026-11-01', to: '' }] }), () => {}, at('2026-11-28T04:00:00+03:00'));
  preview('all-absent', 'All are away: the fallback.', ruled([{ ...tea, users: ['6'] }], { absences: [{ user: '6', from: '2026-11-23', to: '2026-11-23' }] }));
  preview('back', 'The day after he is back.', ruled([{ ...tea, users: ['6'] }], { absences: [{ user: '6', from: '2026-11-01', to: '2026-11-22' }] }));
}

function turns(record) {
  const push = { kind: 'push_order', order, link: null, attempt: 1, turn: 1 };
  const more = { now: MONDAY_NOON, settings: ruled([tea]) };
  previewer(record)('turns', 'Whose turn it is shows when the deal is made: the preview draws no number.', more.settings);
  flow(record, 'push-turn', 'Several users: a number is drawn, the choice is stored before anything is made, the journal says why.', push, [{ drawn: 4 }, nothingFound, created], more);
  flow(record, 'push-turn-english', 'The journal in English.', push, [{ drawn: 3 }, nothingFound, created], { ...more, lang: 'en' });
  const drawn = flow(record, 'push-turn-lost', 'The first attempt drew a number and got no answer.', push, [{ drawn: 5 }, failure('timeout')], more);
  if (drawn.step !== 'wait') throw new Error('a lost answer is waited for');
  const link = { order_id: '17', memo: { user: '9' } };
  flow(record, 'push-turn-again', 'The next attempt draws nothing: it is the same user.', { ...push, attempt: 2, link }, [nothingFound, created], more);
  flow(record, 'push-turn-changed', 'He is off work by then, and it stays his.', { ...push, attempt: 2, link }, [nothingFound, created], { ...more, settings: ruled([tea], { hours: [{ users: ['9'], days: '7', from: '09:00', to: '18:00' }] }) });
  flow(record, 'push-turn-dismissed', 'He has been dismissed by then: another turn.', { ...push, attempt: 2, link: { order_id: '17', memo: { user: '7' } } }, [{ drawn: 0 }, nothingFound, created], more);
  flow(record, 'push-turn-alone', 'Only one is at work: nothing to draw.', push, [nothingFound, created], { ...more, settings: ruled([tea], { absences: [{ user: '6', from: '2026-11-23', to: '' }, { user: '8', from: '2026-11-23', to: '' }] }) });
  flow(record, 'push-turn-adopt', 'A deal that is there already keeps its manager: the journal says nothing of a choice.', push, [{ drawn: 1 }, answers({ deal: ok({ items: [dealItem] }), phone: ok([]), email: ok([]) }), answers({ update: item(dealItem), rows: ok({}) })], more);
  flow(record, 'push-turn-no-number', 'A reply without a number does not belong to the step.', push, [{ answers: {} }], more);
  flow(record, 'push-turn-owner', 'No rule and no fallback: the deal is left to the webhook’s owner, and the journal says so.', push, [nothingFound, created], { ...more, settings: { ...settings, responsible: {} } });
  const known = { order_id: '17', deal_id: '394', stage: 'C5:NEW', memo: { sent: {}, status: 'new' } };
  flow(record, 'push-turn-known', 'The deal is there: nobody is chosen any more.', { ...push, link: known }, [answers({ phone: ok([]), email: ok({ CONTACT: [84] }) }), answers({ fill: item({ id: 84 }), update: item(dealItem), rows: ok({}) })], more);
}

function checks(record) {
  const check = (name, why, of, lists = {}, lang = 'ru') => record('settings.check', `responsible-${name}`, why, { v: 1, op: 'settings.check', lang, data: { settings: of, ...lists } });
  const categories = [{ id: '1', parent_id: null }, { id: '12', parent_id: '1' }, { id: '2', parent_id: null }];
  check('good', 'Rules, hours and absences as they should be.', ruled([{ ...tea, when: { categories: ['12'] } }, tea, { users: ['9'] }], { hours: [{ users: ['6'], days: '12345', from: '22:00', to: '06:00' }], absences: [{ user: '6', from: '2026-12-29', to: '2026-12-29' }, { user: '8', from: '2026-12-29', to: '' }] }), { categories });
  check('no-users', 'A rule with nobody in it.', ruled([{ ...tea, users: [] }]));
  check('users', 'Strangers and dismissed users, wherever they stand.', ruled([{ ...tea, users: ['6', '55', '7'] }], { fallback: '7', hours: [{ users: ['66'], days: '1', from: '09:00', to: '18:00' }], absences: [{ user: '77', from: '2026-12-29', to: '2026-12-30' }] }));
  check('hours', 'Hours that cannot be read: the days, the beginning, the end.', ruled([tea], { hours: [{ users: ['6'], days: '08', from: '09:00', to: '18:00' }, { users: ['6'], days: '1', from: '9', to: '18:00' }, { users: ['6'], days: '1', from: '09:00', to: '25:00' }] }));
  check('absences', 'Absences the wrong way round, or not days at all.', ruled([tea], { absences: [{ user: '6', from: '2026-12-30', to: '2026-12-29' }, { user: '6', from: '29.12.2026', to: '30.12.2026' }, { user: '6', from: '', to: '2026-12-29' }] }));
  check('unreachable', 'A rule behind one that takes everything.', ruled([{ users: ['6'] }, tea]));
  check('unreachable-subcategory', 'A subcategory behind its category, as the shop’s list says.', ruled([tea, { ...tea, when: { categories: ['12'], payments: ['cash'] } }, { ...tea, when: { categories: ['12', '2'] } }]), { categories });
  check('unreachable-amount', 'An amount within another.', ruled([{ ...tea, when: { total_from: '1000' } }, { ...tea, when: { total_from: '1000.50', total_to: '5000' } }, { ...tea, when: { total_from: '999.99' } }]), {}, 'en');
}
