// The portal has done it and its answer is lost; then the order is changed back. What is not certain is sent again.
import { settings, order, edit, flow, ok, refused, item, answers, failure, nothingFound, dealItem, created } from './shared.mjs';

const company = { name: 'ООО «Чай»', inn: '7707083893', kpp: '770701001' };
const requisite = (id, inn) => ({ ID: '31', ENTITY_TYPE_ID: '4', ENTITY_ID: id, RQ_INN: inn, RQ_KPP: '770701001', RQ_OGRN: '' });
const dearer = (o) => { o.lines[0].quantity = '3'; o.lines[0].total = '1500.00'; o.total = '1734.50'; };
const usual = { settings: edit(settings, (s) => { s.statuses.to_stage.push({ status: 'processing', stage: 'C5:PREPARATION' }); s.portal.owner = '1'; }) };
const lose = { settings: edit(usual.settings, (s) => { s.life = { deleted: 'lose' }; }) };

export function cuts(record) {
  const push = { kind: 'push_order', order, link: null, attempt: 1, turn: 2 };
  const first = flow(record, 'cut-base', 'The order whose later pushes are cut off.', push, [nothingFound, created], usual);
  const base = { order_id: '17', deal_id: '394', stage: 'C5:NEW', memo: first.learn.memo };
  /** What a host has stored when the worker is killed at that step, or nothing comes back. */
  const stored = (link, step) => ({ ...link, ...step.learn });
  const task = (change, link = base) => ({ ...push, order: change && edit(order, change), link });
  const cut = (name, why, changes, replies, back = [], more = usual, link = base) => {
    const out = flow(record, `cut-${name}`, why, task(changes[0], link), replies, more);
    if (out.step !== 'call') throw new Error(`${name}: nothing is out`);
    return flow(record, `cut-${name}-back`, `${why} And back.`, task(changes[1], stored(link, out)), back, more);
  };
  const same = () => {};
  const comment = (text) => (o) => { o.comment = text; };

  cut('field', 'Another comment: the deal may have it.', [comment('Не звоните'), same], [], [answers({ update: item(dealItem) })]);
  const silent = flow(record, 'cut-silent', 'The deal of an order without a comment or anything else to say.', { ...push, order: edit(order, silence) }, [nothingFound, created], usual);
  cut('empty', 'The first words ever, taken back: they may stand in the deal.', [(o) => { silence(o); o.comment = 'x'; }, silence], [], [], usual, { ...base, memo: silent.learn.memo });
  cut('rows', 'Other goods: the deal may have them, and their sum.', [dearer, same], [], [answers({ rows: ok({}), update: item(dealItem) })]);
  const phone = (o) => { o.buyer.phone = '+79990000000'; };
  const found = (byPhone, byEmail) => answers({ phone: ok({ CONTACT: byPhone }), email: ok({ CONTACT: byEmail }), bound: item({ id: 84 }) });
  cut('contact', 'Another buyer: the deal may be his by now, so the former one is bound anew.', [phone, same], [found([99], [99])], [found([84], [84]), answers({ update: item(dealItem) })]);
  const firm = (inn) => (o) => { o.buyer.company = { ...company, inn }; };
  const firms = (id, inn) => answers({ requisite: ok([requisite(id, inn)]), company: ok({ items: [] }) });
  const incorporated = flow(record, 'cut-incorporated', 'The order of a company.', { ...push, order: edit(order, firm('7707083893')) }, [answers({ ...nothingFound.answers, ...firms('12', '7707083893').answers }), created], usual);
  cut('company', 'Another company: the same.', [firm('7736050003'), firm('7707083893')], [firms('13', '7736050003')], [firms('12', '7707083893'), answers({ update: item(dealItem) })], usual, { ...base, memo: incorporated.learn.memo });
  const now = (stageId, more = {}) => answers({ now: item({ ...dealItem, movedBy: 1, stageId, ...more }) });
  cut('stage', 'The status moved the deal: it may stand there, so it is looked at again.', [(o) => { o.status = 'processing'; }, same], [now('C5:NEW')], [now('C5:PREPARATION'), answers({ move: item(dealItem) })]);
  cut('stage-not-done', 'And if it had not come there, both sides agree.', [(o) => { o.status = 'processing'; }, same], [now('C5:NEW')], [now('C5:NEW')]);
  const read = (fields = {}, told) => answers({ told: ok(told ? [{ ID: '76', COMMENT: told }] : []), now: item({ ...dealItem, movedBy: 1, ...fields }) });
  const lost = { stageId: 'C5:LOSE', stageSemanticId: 'F' };
  cut('lose', 'The order was deleted and its deal given up; then it is back.', [null, same], [read()], [read(lost, 'Заказ удалён в магазине.'), answers({ news: ok(78), update: item(dealItem) })], lose);
  cut('lose-again', 'Still deleted: nothing is said or done twice.', [null, null], [read()], [read(lost, 'Заказ удалён в магазине.')], lose);
  const given = flow(record, 'cut-given-up', 'The order was deleted, and its deal given up.', task(null), [read(), answers({ news: ok(77), update: item({ ...dealItem, ...lost }) })], lose);
  cut('restore', 'Back again, and the worker was killed before the portal heard of it: the deal is still the one that we gave up.', [same, (o) => { o.comment = 'Не звоните'; }], [read(lost, 'Заказ удалён в магазине.')], [read(lost, 'Заказ удалён в магазине.'), answers({ news: ok(78), update: item(dealItem) })], lose, stored(base, given));

  const half = flow(record, 'cut-half', 'Half the batch was done: the rows are certain, the fields are not.', task(dearer), [answers({ rows: ok({}) })], usual);
  flow(record, 'cut-half-back', 'Back to the old goods: both are sent, for both differ.', task(same, stored(base, half)), [answers({ rows: ok({}), update: item(dealItem) })], usual);
  flow(record, 'cut-half-comment', 'Half the batch was done, and then only the half that was not changes back.', task((o) => { dearer(o); }, stored(base, half)), [answers({ update: item(dealItem) })], usual);
  const other = task((o) => { phone(o); dearer(o); });
  const unbound = flow(record, 'cut-unbound', 'Another buyer and other goods: the rows are there, and the portal did not come to the update. The deal is not yet his.', other, [found([99], [99]), answers({ rows: ok({}) })], usual);
  flow(record, 'cut-unbound-again', 'So he is bound by the next attempt.', { ...other, link: stored(base, unbound), attempt: 2 }, [found([99], [99]), answers({ update: item(dealItem) })], usual);

  slow(record, push, base);
}

function silence(o) {
  for (const name of ['comment', 'payment', 'delivery', 'url']) delete o[name];
}

/** The portal may still be at a request that nobody waits for any more. */
function slow(record, push, base) {
  const timeout = failure('timeout');
  flow(record, 'slow-create', 'No answer in time to the making of a deal: the search would not see it yet, so it comes in a minute or more.', push, [nothingFound, timeout]);
  flow(record, 'slow-create-504', 'Nor did the server in front of it get one.', push, [nothingFound, failure('http', { status: 504 })]);
  flow(record, 'slow-create-later', 'The waiting times after it are the usual ones.', { ...push, attempt: 3 }, [nothingFound, timeout]);
  flow(record, 'slow-search', 'A search makes nothing: it is tried again soon.', push, [timeout]);
  flow(record, 'slow-update', 'Nor does an update: sent again it is the same.', { ...push, order: edit(order, (o) => { o.comment = 'x'; }), link: base }, [timeout]);
}
