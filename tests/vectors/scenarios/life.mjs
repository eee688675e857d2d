// When an order or its deal does not simply go on.
import { NOW, settings, order, edit, flow, ok, refused, item, answers, failure, nothingFound, dealItem, created } from './shared.mjs';

const missing = refused('NOT_FOUND', 'Элемент не найден');
const noOwner = refused('OWNER_NOT_FOUND', 'Owner was not found');
const say = ok(77);
const life = (choice, change = () => {}) => ({ settings: edit(settings, (s) => { s.life = choice; change(s); }) });
/** What the deal and its timeline say when they are read. */
const read = (fields = {}, comment) => answers({ told: ok(comment ? [{ ID: '76', COMMENT: comment }] : []), now: item({ ...dealItem, opportunity: 1234.5, currencyId: 'RUB', ufCrmOrderbridgeOrder: '17', ...fields }) });
const won = { stageId: 'C5:WON', stageSemanticId: 'S' };
const lost = { stageId: 'C5:LOSE', stageSemanticId: 'F' };

export function orderLife(record) {
  const tell = (name, why, task, replies, more) => flow(record, `life-${name}`, why, task, replies, more);
  const push = { kind: 'push_order', order, link: null, attempt: 1, turn: 2 };
  const first = tell('base', 'The order whose life the next cases tell.', push, [nothingFound, created]);
  const link = { order_id: '17', deal_id: '394', stage: 'C5:NEW', memo: first.learn.memo };
  const known = (change = () => {}, more = {}) => ({ ...push, order: edit(order, change), link: { ...link, ...more } });
  const after = (end, more = {}) => ({ link: { ...link, ...end.learn, ...more } });
  const dearer = (o) => { o.lines[0].quantity = '3'; o.lines[0].total = '1500.00'; o.total = '1734.50'; };
  edits(tell, known);
  refunds(tell, known, after, push);
  deletions(tell, push, link, after, dearer);
  late(tell, known, after, dearer);
  gone(tell, push, known, link);
  relinks(record, tell, push, link);
  portions(record, tell, push, link);
}

function edits(tell, known) {
  tell('address', 'Another address: it stands in the comment, and nothing else is sent.', known((o) => { o.delivery.address = 'Тула, Мира, 2'; }), [answers({ update: item(dealItem) })]);
  const phone = (o) => { o.buyer.phone = '+79990000000'; };
  const found = (byPhone, byEmail) => answers({ phone: ok(byPhone.length ? { CONTACT: byPhone } : []), email: ok(byEmail.length ? { CONTACT: byEmail } : []), bound: item({ id: 84 }) });
  tell('buyer-new', 'Another buyer whom nobody knows: he becomes a contact, and the deal is his.', known((o) => { phone(o); o.buyer.email = 'new@example.ru'; }), [found([], []), answers({ contact: item({ id: 90 }), update: item(dealItem) })]);
  tell('buyer-fill', 'The same buyer with another phone: his contact gets it, the deal stays his.', known(phone), [found([], [84]), answers({ fill: item({ id: 84 }) })]);
  tell('buyer-ambiguous', 'Several could be meant: the deal keeps the contact that it has.', known(phone), [found([90], [84])]);
  tell('moved-funnel', 'A manager moved the deal to another funnel: the push goes on, and sends neither funnel nor stage.', known((o) => { o.comment = 'Не звоните'; }, { stage: 'C9:NEW' }), [answers({ update: item({ ...dealItem, categoryId: 9, stageId: 'C9:NEW' }) })]);
  tell('emptied', 'All goods taken out: the portal takes no empty list, so the one row says that there are none.', known((o) => { o.lines = []; o.charges = []; o.total = '0'; }), [answers({ rows: ok({}), update: item(dealItem) })]);
}

function refunds(tell, known, after, push) {
  const back = (o) => { o.refunded = '234.5'; };
  const words = 'Покупателю возвращено всего 234.50 RUB.';
  const sent = answers({ rows: ok({}), update: item(dealItem) });
  const end = tell('refund', 'Money given back: the timeline says how much in all, then rows and sum go down.', known(back), [read(), answers({ news: say }), sent]);
  tell('refund-again', 'Once.', { ...known(back), ...after(end) }, []);
  tell('refund-more', 'More given back is news.', { ...known((o) => { o.refunded = '1234.50'; }), ...after(end) }, [read(), answers({ news: say }), sent]);
  tell('refund-told', 'The newest comment says it already: only the answer was lost.', known(back), [read({}, words), sent]);
  tell('refund-cut', 'The batch was cut before the words: they are not forgotten.', known(back), [read(), answers({ other: ok(1) })]);
  tell('refund-refused', 'Words that the portal does not take hold nothing up.', known((o) => { back(o); o.comment = 'x'; }), [read(), answers({ news: refused('INVALID_ARG_VALUE', 'Empty comment message') }), sent]);
  tell('refund-later', 'Unless it will take them later.', known(back), [read(), answers({ news: refused('QUERY_LIMIT_EXCEEDED', '') })]);
  tell('refund-gone', 'The deal went away between the two.', known(back), [read(), answers({ news: noOwner })]);
  tell('refund-new', 'An order that comes with money given back already: a new deal has nothing to be told.', { ...push, order: edit(push.order, back) }, [nothingFound, created]);
  tell('refund-and-edit', 'With other changes the words go first and are remembered: they are not said twice.', known((o) => { back(o); o.comment = 'x'; }), [read(), answers({ news: say }), sent]);
  tell('refund-none', 'Nothing given back is no news.', known((o) => { o.refunded = '0.00'; }), []);
}

function deletions(tell, push, link, after, dearer) {
  const deleted = { ...push, order: null, link };
  const words = 'Заказ удалён в магазине.';
  const end = tell('deleted', 'The order was deleted: the deal’s timeline says so.', deleted, [read(), answers({ news: say })]);
  tell('deleted-again', 'Once.', { ...deleted, ...after(end) }, []);
  tell('deleted-told', 'It has been said, only the answer was lost.', deleted, [read({}, words)]);
  tell('deleted-comments-refused', 'Comments that cannot be read stop nothing.', deleted, [answers({ told: refused('ACCESS_DENIED', ''), now: read().answers.now }), answers({ news: say })]);
  tell('deleted-foreign', 'The deal has become another order’s: it has nothing to hear.', deleted, [read({ originId: '18' })]);
  tell('deleted-refused', 'The deal cannot be read.', deleted, [answers({ now: refused('ERROR_CORE', 'SQL query error!') })]);
  tell('deleted-cut', 'The batch was cut before the deal.', deleted, [answers({ told: ok([]) })]);
  tell('deleted-ignored', 'Unless the settings leave it at that.', deleted, [], life({ deleted: 'ignore' }));
  const lose = life({ deleted: 'lose' });
  const buried = tell('lose', 'If it is wanted, the deal is given up as well.', deleted, [read(), answers({ news: say, update: item({ ...dealItem, ...lost }) })], lose);
  tell('lose-cut', 'Cut behind the words: the next attempt says nothing and moves the deal.', deleted, [read(), answers({ news: say })], lose);
  tell('lose-told', 'So it does.', deleted, [read({}, words), answers({ update: item({ ...dealItem, ...lost }) })], lose);
  tell('lose-closed', 'A closed deal stays where it is.', deleted, [read(won), answers({ news: say })], lose);
  tell('lose-closed-told', 'And when it knows, there is nothing to do.', deleted, [read(won, words)], lose);
  tell('lose-other-funnel', 'In another funnel it is that funnel’s lost stage.', deleted, [read({ categoryId: 9, stageId: 'C9:NEW' }), answers({ news: say, update: item({ ...dealItem, stageId: 'C9:LOSE' }) })], lose);
  tell('lose-common-funnel', 'Stages of the common funnel have no prefix.', deleted, [read({ categoryId: 0, stageId: 'NEW' })], lose);
  tell('lose-own-stage', 'A lost stage that the portal named itself.', deleted, [read()], life({ deleted: 'lose' }, (s) => { s.portal.stages = [{ id: 'C9:LOSE', semantics: 'failure' }, { id: 'C5:WON', semantics: 'success' }, { id: 'C5:UC_GONE', semantics: 'failure' }]; }));
  const unlinked = { ...deleted, link: { order_id: '17' } };
  tell('deleted-unlinked', 'The answer to the deal’s creation was lost: it is found by its mark.', unlinked, [answers({ deal: ok({ items: [dealItem] }) }), read(), answers({ news: say })]);
  tell('deleted-nothing', 'There never was a deal.', unlinked, [answers({ deal: ok({ items: [] }) })]);
  const lapsed = tell('deleted-gone', 'The deal is gone as well: is there another with our mark?', deleted, [answers({ told: refused('', 'Not found'), now: missing })]);
  tell('deleted-gone-nothing', 'There is none.', { ...deleted, ...after(lapsed) }, [answers({ deal: ok({ items: [] }) })]);
  const back = { ...push, ...after(end) };
  const restored = tell('restored', 'The order is back, and the deal hears of it.', back, [read(), answers({ news: say })]);
  tell('restored-again', 'Once.', { ...push, ...after(restored) }, []);
  tell('deleted-twice', 'Deleted again, that is news again.', { ...deleted, ...after(restored) }, [read({}, 'Заказ восстановлен в магазине.'), answers({ news: say })]);
  tell('restored-edited', 'With what has changed meanwhile.', { ...back, order: edit(push.order, dearer) }, [read(), answers({ news: say }), answers({ rows: ok({}), update: item(dealItem) })]);
  const risen = { ...push, ...after(buried) };
  const reopened = tell('restored-reopened', 'A deal that we gave up goes back to the stage for the order’s status.', risen, [read(lost), answers({ news: say, update: item(dealItem) })], lose);
  tell('restored-reopened-again', 'Once.', { ...push, ...after(reopened) }, [], lose);
  tell('restored-elsewhere', 'A manager moved it meanwhile: it stays where he put it.', risen, [read({ stageId: 'C5:EXECUTING' }), answers({ news: say })], lose);
  tell('restored-unmapped', 'No stage for that status: only the words.', { ...risen, order: edit(push.order, (o) => { o.status = 'odd'; }) }, [read(lost), answers({ news: say })], lose);
}

function late(tell, known, after, dearer) {
  const closed = (change) => known(change, { stage: 'C5:WON' });
  const written = [answers({ news: say }), answers({ rows: ok({}), update: item({ ...dealItem, ...won }) })];
  const words = 'Заказ изменился после закрытия сделки: 1234.50 RUB → 1734.50 RUB, товары.';
  tell('late', 'The order grew after its deal was won: the deal follows, and its timeline says from which sum to which.', closed(dearer), [read(won), ...written]);
  tell('late-half', 'Said, and not done.', closed(dearer), [read(won), answers({ news: say }), failure('timeout')]);
  tell('late-told', 'Said already, not done yet.', closed(dearer), [read(won, words), answers({ rows: ok({}), update: item(dealItem) })]);
  tell('late-buyer', 'Another buyer, other words.', closed((o) => { o.buyer.first_name = 'Ваня'; o.comment = 'x'; }), [read(won), answers({ news: say }), answers({ phone: ok({ CONTACT: [84] }), email: ok({ CONTACT: [84] }), bound: item({ id: 84 }) }), answers({ update: item(dealItem) })]);
  tell('late-english', 'In the shop’s language.', closed((o) => { dearer(o); o.comment = 'x'; o.buyer.first_name = 'Ваня'; }), [read(won), answers({ news: say })], { settings: edit(settings, (s) => { s.shop.language = 'en'; }) });
  tell('late-unchanged', 'A closed deal whose order has not changed is left in peace.', closed(() => {}), []);
  tell('late-reopened', 'A manager opened it again meanwhile: nothing to tell.', closed(dearer), [read(), answers({ rows: ok({}), update: item(dealItem) })]);
  const note = life({ closed: 'note' });
  const end = tell('late-note', 'If it is wanted, the deal stays as it was closed and is only told.', closed(dearer), [read(won), answers({ news: say })], note);
  tell('late-note-again', 'Once.', { ...closed(dearer), ...after(end, { stage: 'C5:WON' }) }, [], note);
  tell('late-note-more', 'The next change is news.', { ...closed((o) => { dearer(o); o.comment = 'x'; }), ...after(end, { stage: 'C5:WON' }) }, [read(won), answers({ news: say })], note);
  tell('late-note-told', 'Nothing to say: it has been said.', closed(dearer), [read(won, words)], note);
  tell('late-note-reopened', 'Opened again, the deal gets all that it missed.', { ...closed(dearer), ...after(end, { stage: 'C5:EXECUTING' }) }, [answers({ rows: ok({}), update: item(dealItem) })], note);
  tell('late-note-refund', 'Money given back is told along.', closed((o) => { dearer(o); o.refunded = '100'; }), [read(won), answers({ news: say })], note);
  const own = (semantics) => ({ settings: edit(settings, (s) => { s.portal.stages = [{ id: 'C5:UC_DONE', name: 'Готово', semantics }]; }) });
  tell('late-own-stage', 'A won stage that the portal named itself.', known(dearer, { stage: 'C5:UC_DONE' }), [read(won), ...written], own('success'));
  tell('late-open-stage', 'And one that is none.', known(dearer, { stage: 'C5:UC_DONE' }), [answers({ rows: ok({}), update: item(dealItem) })], own('process'));
}

function gone(tell, push, known, link) {
  const x = (o) => { o.comment = 'x'; };
  const end = tell('gone', 'The portal has the deal no more: the order’s next push looks for one with our mark, for it may have been merged or restored.', known(x), [answers({ update: missing })]);
  tell('gone-rows', 'Rows find no owner.', known((o) => { o.lines[0].name = 'Чашка'; }), [answers({ rows: noOwner })]);
  const seek = { ...known(x), link: { ...link, ...end.learn } };
  const survivor = { ...dealItem, id: 500, contactId: 91 };
  const found = answers({ deal: ok({ items: [survivor] }), phone: ok([]), email: ok([]) });
  tell('merged', 'Merged into another deal that has our mark: that one is the order’s now.', seek, [found, answers({ rows: ok({}), update: item(survivor) })]);
  tell('merged-gone', 'And if that is gone at once, a person has to look.', seek, [found, answers({ rows: noOwner, update: missing })]);
  tell('gone-ask', 'No deal has our mark, be it deleted or merged into a stranger’s: a person decides.', seek, [nothingFound]);
  tell('gone-recreate', 'Or a new one is made, after that search and never blind.', seek, [nothingFound, answers({ contact: item({ id: 85 }), deal: item({ ...dealItem, id: 501 }), rows: ok({}) })], life({ gone: 'recreate' }));
  const detached = tell('gone-detach', 'Or the order does without.', seek, [nothingFound], life({ gone: 'detach' }));
  const without = { ...link, ...detached.learn };
  tell('gone-detached', 'Then later changes do nothing, until a person unlinks the order.', { ...seek, link: without }, [], life({ gone: 'detach' }));
  tell('gone-detached-pull', 'Nor do hints.', { kind: 'pull_deal', link: without, order: { id: '17', status: 'new' }, attempt: 1, turn: 4 }, []);
  tell('gone-conflict', 'Two deals with our mark are never chosen between.', seek, [answers({ deal: ok({ items: [survivor, { ...survivor, id: 502 }] }), phone: ok([]), email: ok([]) })]);
}

function relinks(record, tell, push, link) {
  const task = { kind: 'pull_deal', link, order: { id: '17', status: 'new' }, attempt: 1, turn: 4 };
  const now = (fields) => answers({ deal: item({ ...dealItem, ufCrmOrderbridgeOrder: '17', ...fields }) });
  const noted = { applied: [{ ok: true }] };
  const marked = answers({ update: item(dealItem) });
  tell('relinked', 'A person gave the deal to another order: that one is told, both marks agree, the old link is forgotten, both orders are pushed.', task, [now({ originId: '18' }), noted, marked]);
  tell('relinked-hidden', 'What differs from what we last sent is the change: here the hidden field.', task, [now({ ufCrmOrderbridgeOrder: '18' }), noted, marked]);
  tell('relinked-both', 'Both.', task, [now({ originId: '18', ufCrmOrderbridgeOrder: '18' }), noted, marked]);
  tell('relinked-cleared', 'The origin cleared, the hidden field changed.', task, [now({ originId: null, ufCrmOrderbridgeOrder: '18' })]);
  tell('relinked-no-field', 'Without a hidden field the origin alone counts.', task, [now({ originId: '18' }), noted, marked], { settings: edit(settings, (s) => { s.deal.order_field_item = ''; }) });
  tell('relinked-unclear', 'Two marks that name two other orders: a person has to say.', task, [now({ originId: '18', ufCrmOrderbridgeOrder: '19' })]);
  tell('relinked-empty', 'No mark at all is nobody’s.', task, [now({ originId: null, ufCrmOrderbridgeOrder: null })]);
  tell('relinked-shop', 'Another shop’s deal is not ours to take.', task, [now({ originatorId: 'shop-2', originId: '18' })]);
  tell('relinked-unknown', 'The shop has no such order: nothing is forgotten.', task, [now({ originId: 'abc' }), { applied: [{ ok: false, error: 'order abc is not in the shop any more' }] }]);
  tell('relinked-no-word', 'The host did not say how the note went.', task, [now({ originId: '18' }), { applied: [] }]);
  tell('relinked-refused', 'The portal does not take the marks.', task, [now({ originId: '18' }), noted, answers({ update: refused('ERROR_CORE', 'нет') })]);
  tell('relinked-gone', 'The deal went away meanwhile.', task, [now({ originId: '18' }), noted, answers({ update: missing })]);
  tell('relinked-cut', 'The batch was cut.', task, [now({ originId: '18' }), noted, answers({})]);
  tell('relinked-silent', 'The portal is silent.', task, [now({ originId: '18' }), noted, failure('timeout')]);
  const other = { ...push, order: edit(order, (o) => { o.id = '18'; }), link: { order_id: '18', deal_id: '500', stage: 'C5:NEW', memo: { sent: { life: 'gone' }, tried: true } } };
  const mine = { ...dealItem, originId: '18' };
  tell('relinked-taken', 'The order named takes the deal over.', other, [answers({ deal: ok({ items: [mine] }), phone: ok([]), email: ok([]) }), answers({ rows: ok({}), update: item(mine) })]);
  tell('relinked-conflict', 'It has one of its own: a person has to decide.', other, [answers({ deal: ok({ items: [mine, { ...mine, id: 500 }] }), phone: ok([]), email: ok([]) })]);
  const cursor = { history: '1200', updated: '2026-11-23T12:00:00+03:00' };
  const seen = (fields) => [answers({ history: ok({ items: [] }), deals: ok({ items: [{ id: 394, stageId: 'C5:NEW', originatorId: 'shop-1', originId: '17', ufCrmOrderbridgeOrder: '17', updatedTime: '2026-11-23T12:59:00+03:00', ...fields }] }) }), { links: [link] }];
  tell('poll-same', 'A deal that is as it was is not pulled.', { kind: 'poll', cursor, turn: 5 }, seen({}));
  tell('poll-relinked', 'One that names another order is.', { kind: 'poll', cursor, turn: 5 }, seen({ originId: '18' }));
  tell('poll-relinked-hidden', 'By either mark.', { kind: 'poll', cursor, turn: 5 }, seen({ ufCrmOrderbridgeOrder: '18' }));
}

function portions(record, tell, push, link) {
  const many = (count) => edit(order, (o) => {
    o.lines = Array.from({ length: count }, (_, index) => ({ name: `Ч${index}`, quantity: '1', total: '1.00' }));
    o.charges = [];
    o.total = `${count}.00`;
  });
  const large = { ...push, order: many(78) };
  const rows = (...indexes) => answers(Object.fromEntries(indexes.map((index) => [`row${10000 + index}`, ok({})])));
  tell('rows', 'More rows than one call bears: the first replace what is there, the others are added.', large, [nothingFound, created, rows(75, 76, 77)]);
  tell('rows-cut', 'Cut before the last of them: the rows do not count as sent, and the next attempt replaces them whole.', large, [nothingFound, created, rows(75, 76)]);
  tell('rows-refused', 'A row that is refused.', large, [nothingFound, created, answers({ row10075: ok({}), row10076: refused('0', 'нет'), row10077: ok({}) })]);
  tell('rows-gone', 'The deal went away meanwhile.', large, [nothingFound, created, answers({ row10075: noOwner, row10076: noOwner, row10077: noOwner })]);
  tell('rows-first-refused', 'When the first are refused, nothing is added to what is there.', large, [nothingFound, answers({ contact: item({ id: 84 }), deal: item(dealItem), rows: refused('100', 'нет') })]);
  tell('rows-first-cut', 'Nor when they are not answered.', large, [nothingFound, answers({ contact: item({ id: 84 }), deal: item(dealItem) })]);
  tell('rows-and-contact', 'A refused contact is mended first.', large, [nothingFound, answers({ contact: refused('ERROR_CORE', 'нет'), deal: item(dealItem), rows: ok({}) }), answers({ contact: item({ id: 91 }), bind: item(dealItem) }), rows(75, 76, 77)]);
  tell('rows-known', 'A known deal gets its amount behind the first rows; the portal adds up the others.', { ...large, link }, [answers({ rows: ok({}), update: item(dealItem) }), rows(75, 76, 77)]);
  const twins = edit(order, (o) => { o.lines = Array.from({ length: 40 }, (_, index) => ({ name: `Ч${index}`, quantity: '3', total: '1.00' })); o.charges = []; o.total = '40.00'; });
  tell('rows-twins', 'Two rows of one line are cut apart, and both have its name.', { ...push, order: twins }, [nothingFound, created]);
  const echo = { result: { result: { t00_rows: { productRows: [{ id: 1, productName: 'Чай' }] }, t00_row10075: { productRow: { id: 2 } }, t00_update: { item: { id: 394 } } }, result_error: [], result_next: [] } };
  record('batch.unpack', 'rows', 'Rows that were written come back whole; nobody reads them.', { v: 1, op: 'batch.unpack', now: NOW, data: { tasks: ['a'], answer: { status: 200, headers: {}, body: JSON.stringify(echo) } } });
}
