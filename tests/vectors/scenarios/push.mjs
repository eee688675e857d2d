// Order → deal.
import { settings, order, edit, request, flow, ok, refused, item, answers, nothingFound, dealItem, created } from './shared.mjs';

export function pushNew(record) {
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
  flow(record, 'push-new-contact-hiccup', 'A failure of the portal itself says nothing about the contact: it is made later, with all it has.', push, [nothingFound, answers({ contact: refused('INTERNAL_SERVER_ERROR', 'Internal server error'), deal: item(dealItem), rows: ok({}) })]);
  flow(record, 'push-new-contact-mend-hiccup', 'Neither does one at the second try: the deal is known, the contact comes with the next attempt.', push, [nothingFound, answers({ contact: refused('ERROR_CORE', 'нет'), deal: item(dealItem), rows: ok({}) }), answers({ contact: item({ id: 91 }), bind: refused('OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit') })]);
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

export function pushKnown(record) {
  const first = flow(record, 'push-known-base', 'The first push, whose memory the next cases begin with.', { kind: 'push_order', order, link: null, attempt: 1, turn: 2 }, [nothingFound, created]);
  const link = { order_id: '17', deal_id: '394', stage: 'C5:NEW', memo: first.learn.memo };
  const task = (change) => ({ kind: 'push_order', order: edit(order, change), link, attempt: 1, turn: 2 });
  flow(record, 'push-known-unchanged', 'Nothing has changed: nothing is sent.', task(() => {}), []);
  flow(record, 'push-known-comment', 'Only the comment has changed: only the comment is sent.', task((o) => { o.comment = 'Не звоните'; }), [answers({ update: item(dealItem) })]);
  flow(record, 'push-known-rows', 'Rows are replaced whole, without ids, before the amount.', task((o) => { o.lines[0].quantity = '3'; o.lines[0].total = '1500.00'; o.total = '1734.50'; }), [answers({ rows: ok({}), update: item(dealItem) })]);
  flow(record, 'push-known-contact', 'Another phone that belongs to another contact: the deal is bound to it.', task((o) => { o.buyer.phone = '+79990000000'; }), [answers({ phone: ok({ CONTACT: [99] }), email: ok([]), bound: item({ id: 84 }) }), answers({ update: item(dealItem) })]);
  flow(record, 'push-known-same-contact', 'Another name, the same contact: nothing is left to send.', task((o) => { o.buyer.first_name = 'Ваня'; }), [answers({ phone: ok({ CONTACT: [84] }), email: ok({ CONTACT: [84] }), bound: item({ id: 84 }) })]);
  flow(record, 'push-known-gone', 'The deal is gone: a person decides, nothing is made behind his back.', task((o) => { o.comment = 'x'; }), [answers({ update: refused('NOT_FOUND', 'Элемент не найден') })]);
  flow(record, 'push-known-update-refused', 'A refused update names the command and the reason.', task((o) => { o.comment = 'x'; }), [answers({ update: refused('', 'Не заполнено поле<br>') })]);
  flow(record, 'push-known-no-reply', 'A reply without answers does not belong to the step.', task((o) => { o.comment = 'x'; }), [{}]);
}
