// Statuses both ways: three-way compare, funnels, guards, breakers, stage history.
import { answers, created, dealItem, edit, failure, flow, item, nothingFound, ok, order, refused, request, settings } from './shared.mjs';

const names = [
  ['C5:NEW', 'Новый заказ'], ['C5:PREPARATION', 'Взять в работу'], ['C5:EXECUTING', 'Отправка товара'], ['C5:FINAL_INVOICE', 'Финальный счёт'], ['C5:WON', 'Заказ выполнен'],
  ['C7:NEW', 'Заявка'], ['C7:PREPARATION', 'Сборка'],
].map(([id, name]) => ({ id, name, semantics: id === 'C5:WON' ? 'success' : 'process' }));

/** Both tables the other way round of each other, in two funnels, with the portal's own names. */
const both = edit(settings, (s) => {
  s.funnels = [{ when: { stores: ['opt'] }, id: '7', name: 'Опт' }];
  s.statuses.from_stage = [
    { stage: 'C5:NEW', status: 'new' },
    { stage: 'C5:PREPARATION', status: 'processing', notify: true, comment: 'Заказ №{order.number}: «{stage.name}», сделка {deal.id}' },
    { stage: 'C5:EXECUTING', status: 'shipped', notify: true },
    { stage: 'C7:PREPARATION', status: 'processing' },
    { stage: 'C9:REPAIR', status: 'repair' },
  ];
  s.statuses.to_stage = [
    { status: 'processing', stage: 'C7:PREPARATION' },
    { status: 'new', stage: 'C5:NEW' },
    { status: 'processing', stage: 'C5:PREPARATION' },
    { status: 'shipped', stage: 'C5:EXECUTING' },
    { status: 'completed', stage: 'C5:WON' },
  ];
  s.statuses.guarded = ['shipped', 'completed'];
  s.portal.owner = '1';
  s.portal.stages = names;
});
const having = (change) => ({ settings: edit(both, change) });
const usual = { settings: both };
const done = { applied: [{ ok: true }] };
const deal = (fields) => ({ ...dealItem, movedBy: 6, createdTime: '2026-11-23T12:00:00+03:00', movedTime: '2026-11-23T12:30:00+03:00', ...fields });

export function status(record) {
  pulls(record);
  history(record);
  pushes(record);
  breakers(record);
  funnels(record);
}

const link = (more = {}) => ({ order_id: '17', deal_id: '394', stage: 'C5:NEW', memo: { status: 'new' }, ...more });
const pulling = (now, more = {}) => ({ kind: 'pull_deal', link: link(), order: { ...order, status: now }, attempt: 1, turn: 4, ...more });
const moved = (fields) => answers({ deal: item(deal(fields)) });
const working = moved({ stageId: 'C5:PREPARATION' });

function pulls(record) {
  const pull = (name, why, task, replies, more = usual) => flow(record, `status-pull-${name}`, why, task, replies, more);
  pull('moved', 'The portal moved, the shop did not: the status follows, with the comment that its row asks for.', pulling('new'), [working, done]);
  pull('no-order', 'A host that knows no more than the status: a template has nothing to fill in of the order.', pulling('new', { order: { id: '17', status: 'new' } }), [working, done]);
  pull('portal-wins', 'Both moved: the portal is right unless the settings say otherwise.', pulling('shipped', { link: link() }), [working, done], having((s) => { s.statuses.guarded = []; }));
  pull('shop-wins', 'Both moved and the shop is right: its status stays, and a push brings it over.', pulling('shipped'), [working], having((s) => { s.statuses.conflict = 'shop'; s.statuses.guarded = []; }));
  pull('shop-wins-unmapped', 'The same with a status that has no stage: nothing will be sent, so it is settled.', pulling('on-hold'), [working], having((s) => { s.statuses.conflict = 'shop'; }));
  pull('shop-wins-alone', 'The same when nothing goes to the portal at all.', pulling('shipped'), [working], having((s) => { s.statuses.conflict = 'shop'; s.statuses.guarded = []; s.directions = { statuses_to_portal: false }; }));
  pull('met', 'Both moved to the same: agreed.', pulling('processing'), [working]);
  pull('guarded', 'The portal cannot take a shipped order down.', pulling('shipped', { link: link({ stage: 'C5:EXECUTING', memo: { status: 'shipped' } }) }), [working]);
  pull('guarded-up', 'But it may take it on.', pulling('shipped', { link: link({ stage: 'C5:EXECUTING', memo: { status: 'shipped' } }) }), [moved({ stageId: 'C5:WON', stageSemanticId: 'S' }), done]);
  pull('reopen', 'Unless it is allowed to.', pulling('shipped', { link: link({ stage: 'C5:EXECUTING', memo: { status: 'shipped' } }) }), [working, done], having((s) => { s.statuses.reopen = true; }));
  pull('unmapped', 'A stage without a row is named as people know it.', pulling('new'), [moved({ stageId: 'C5:FINAL_INVOICE' })]);
  pull('unmapped-while-shop-moved', 'Nor does it settle what the shop has changed.', pulling('shipped'), [moved({ stageId: 'C5:FINAL_INVOICE' })]);
  pull('off', 'The way to the shop is off: the stage is learnt and not applied.', pulling('new'), [working], having((s) => { s.directions = { statuses_to_shop: false }; }));
  pull('first-look', 'A deal that was never moved since it was made has nothing to say, whatever the order has become.', pulling('shipped', { link: link({ stage: null, memo: null }) }), [moved({ movedTime: '2026-11-23T12:00:00+03:00' })]);
  pull('first-look-moved', 'One that was moved has.', pulling('new', { link: link({ stage: null, memo: null }) }), [working, done]);
}

function history(record) {
  const every = having((s) => { s.statuses.every_stage = true; s.statuses.guarded = []; });
  const row = (id, stage, more = {}) => ({ ID: id, TYPE_ID: 2, OWNER_ID: 394, CATEGORY_ID: 5, STAGE_ID: stage, STAGE_SEMANTIC_ID: 'P', ...more });
  const passed = (fields, ...rows) => answers({ history: ok({ items: rows.reverse() }), deal: item(deal(fields)) });
  const pull = (name, why, memo, replies, more = {}, now = 'new', set = every) => flow(record, `status-history-${name}`, why, pulling(now, { link: link({ memo: { status: now, ...memo }, ...more }) }), replies, set);
  const known = { history: '100' };
  pull('there-and-back', 'There and back again between two looks: both are applied, each once, in order.', known, [passed({}, row(101, 'C5:PREPARATION'), row(102, 'C5:NEW')), done, done]);
  pull('seen-again', 'Rows that were gone through are not asked for again; the one for the stage last seen says nothing new.', known, [passed({}, row(101, 'C5:NEW'))]);
  pull('three', 'Three stages, the last of them won.', known, [passed({ stageId: 'C5:WON', stageSemanticId: 'S' }, row(101, 'C5:PREPARATION'), row(102, 'C5:FINAL_INVOICE'), row(103, 'C5:WON', { TYPE_ID: 3, STAGE_SEMANTIC_ID: 'S' })), done, done]);
  pull('killed', 'Killed between the shop and the database: the first has been taken already, the second follows.', known, [passed({ stageId: 'C5:EXECUTING' }, row(101, 'C5:PREPARATION'), row(102, 'C5:EXECUTING')), done], {}, 'processing');
  pull('first-time', 'Switched on for an old deal: the past is past.', {}, [passed({ stageId: 'C5:PREPARATION' }, row(90, 'C5:EXECUTING'), row(91, 'C5:NEW'), row(92, 'C5:PREPARATION')), done]);
  pull('first-time-lost', 'And if the stage last seen is no longer in it, only the present one counts.', {}, [passed({ stageId: 'C5:EXECUTING' }, row(90, 'C5:PREPARATION'), row(92, 'C5:EXECUTING')), done], { stage: 'C5:WON' });
  pull('new-deal', 'A new deal whose robot moved it on at once: the rows after our own.', { stage: 'C5:NEW' }, [passed({ stageId: 'C5:EXECUTING' }, row(101, 'C5:NEW', { TYPE_ID: 1 }), row(102, 'C5:PREPARATION'), row(103, 'C5:EXECUTING')), done, done]);
  pull('our-own', 'What led up to our own move has been answered by it.', { ...known, stage: 'C5:EXECUTING' }, [passed({ stageId: 'C5:EXECUTING' }, row(101, 'C5:PREPARATION'), row(102, 'C5:EXECUTING'))], { stage: 'C5:EXECUTING' }, 'shipped');
  pull('left-won', 'Leaving a won stage takes its row away; the rows after it are there.', known, [passed({ stageId: 'C5:EXECUTING' }, row(105, 'C5:EXECUTING')), done], { stage: 'C5:WON' }, 'completed');
  pull('rows-gone', 'A funnel change may take every row: the deal itself has the last word.', known, [passed({ stageId: 'C9:REPAIR' }), done]);
  pull('late', 'A move that is not in the history yet counts, and not again when its row comes.', known, [passed({ stageId: 'C5:EXECUTING' }, row(101, 'C5:PREPARATION')), done, done]);
  pull('strangers', 'A portal that does not know the filter answers with everybody’s rows.', known, [passed({}, row(101, 'C5:PREPARATION', { OWNER_ID: 5 }))]);
  pull('refused', 'A refused history is not an empty one.', known, [answers({ history: refused('ACCESS_DENIED', ''), deal: item(deal({})) })]);
  pull('cut', 'Nor is one that was not answered.', known, [answers({ deal: item(deal({})) })]);
  pull('switched-off', 'Off, only the present stage counts, and where the history was read is forgotten.', known, [moved({ stageId: 'C5:EXECUTING' }), done], {}, 'new', having((s) => { s.statuses.guarded = []; }));
  const polled = (name, why, memo, set) => {
    const cursor = { history: '1200', updated: '2026-11-23T12:00:00+03:00' };
    flow(record, `status-poll-${name}`, why, { kind: 'poll', cursor, turn: 5 }, [answers({ history: ok({ items: [row(101, 'C5:PREPARATION'), row(102, 'C5:NEW')] }), deals: ok({ items: [{ ...dealItem, updatedTime: '2026-11-23T12:59:00+03:00' }] }) }), { links: [link({ memo })] }], set);
  };
  polled('there-and-back', 'There and back again: the stage is the one last seen, the history has new rows.', { history: '100' }, every);
  polled('gone-through', 'Rows in the overlap that the order’s pull has gone through are no news.', { history: '102' }, every);
  polled('present-only', 'Without the history only the present stage counts.', { history: '100' }, usual);
  flow(record, 'status-poll-funnel', 'A move to another funnel raises no event: the poll sees it.', { kind: 'poll', cursor: { history: '1200', updated: '2026-11-23T12:00:00+03:00' }, turn: 5 }, [answers({ history: ok({ items: [row(1201, 'C9:REPAIR', { TYPE_ID: 5, CATEGORY_ID: 9 })] }), deals: ok({ items: [] }) }), { links: [link()] }], usual);
}

function pushes(record) {
  const first = flow(record, 'status-push-base', 'A new deal starts in the stage for its status; both sides agree on it.', { kind: 'push_order', order, link: null, attempt: 1, turn: 2 }, [nothingFound, created], usual);
  const memo = first.learn.memo;
  const task = (change, more = {}) => ({ kind: 'push_order', order: edit(order, change), link: link({ memo: { ...memo, ...more.memo }, ...more.link }), attempt: 1, turn: 2 });
  const to = (status) => (o) => { o.status = status; };
  const now = (fields) => answers({ now: item(deal(fields)) });
  const there = (stage) => answers({ move: item(deal({ stageId: stage, movedBy: 1 })) });
  const push = (name, why, task, replies, more = usual) => flow(record, `status-push-${name}`, why, task, replies, more);
  const shopRight = having((s) => { s.statuses.conflict = 'shop'; s.statuses.guarded = []; });
  push('moves', 'The shop changed the status: the deal is read, then moved within its funnel. Where to is remembered before.', task(to('processing')), [now({}), there('C5:PREPARATION')]);
  push('other-funnel', 'Somebody moved the deal to our other funnel: its own row counts, and no stage of the first is sent.', task(to('processing')), [now({ stageId: 'C7:NEW', categoryId: 7 }), there('C7:PREPARATION')]);
  push('foreign-funnel', 'In a funnel without a row for the status the deal stays where it is, and a note says so.', task(to('processing')), [now({ stageId: 'C11:NEW', categoryId: 11 })]);
  push('echo', 'A status that the portal’s stage has just set is not news: nothing is asked.', task(to('processing'), { memo: { status: 'processing' } }), []);
  push('met', 'The deal stands there already.', task(to('processing')), [now({ stageId: 'C5:PREPARATION' })]);
  push('meant', 'Or in another stage that means the same.', task(to('repair')), [now({ stageId: 'C9:REPAIR', categoryId: 9 })]);
  push('portal-wins', 'The portal moved as well and is right: nothing is sent, the pull follows.', task(to('shipped')), [now({ stageId: 'C5:PREPARATION' })], having((s) => { s.statuses.guarded = []; }));
  push('shop-wins', 'The portal moved as well and the shop is right.', task(to('shipped')), [now({ stageId: 'C5:PREPARATION' }), there('C5:EXECUTING')], shopRight);
  push('shop-wins-unmapped', 'The shop is right with a status that has no stage: the pull settles it.', task(to('on-hold')), [now({ stageId: 'C5:PREPARATION' })], shopRight);
  push('means-nothing', 'A stage that means nothing to the shop cannot contradict it.', task(to('shipped')), [now({ stageId: 'C5:FINAL_INVOICE' }), there('C5:EXECUTING')]);
  push('guarded', 'Nor can one that would take a guarded status down.', task(to('shipped')), [now({ stageId: 'C5:PREPARATION' }), there('C5:EXECUTING')]);
  push('one-way', 'Nor can any when the way to the shop is off.', task(to('shipped')), [now({ stageId: 'C5:PREPARATION' }), there('C5:EXECUTING')], having((s) => { s.directions = { statuses_to_shop: false }; s.statuses.guarded = []; }));
  push('with-fields', 'Together with other changes: the move goes last.', task((o) => { o.status = 'processing'; o.comment = 'Не звоните'; }), [now({}), answers({ update: item(dealItem), move: item(deal({ stageId: 'C5:PREPARATION' })) })]);
  push('with-contact', 'The deal is read in the request of the searches.', task((o) => { o.status = 'processing'; o.buyer.phone = '+79990000000'; }), [answers({ phone: ok({ CONTACT: [99] }), email: ok([]), bound: item({ id: 84 }), now: item(deal({})) }), answers({ update: item(dealItem), move: item(deal({ stageId: 'C5:PREPARATION' })) })]);
  push('robot', 'A robot of the stage moved it on at once: the pull follows.', task(to('processing')), [now({}), there('C5:EXECUTING')]);
  push('required', 'The stage asks for a field: the portal’s words, once, and the other changes are sent all the same.', task((o) => { o.status = 'processing'; o.comment = 'x'; }), [now({}), answers({ update: item(dealItem), move: refused('CRM_FIELD_ERROR_REQUIRED', 'Поле "Трек-номер" обязательно для заполнения<br>') })]);
  push('stage-right', 'A right to one stage that is missing stops this order, not the portal.', task(to('processing')), [now({}), answers({ move: refused('ACCESS_DENIED', 'Недостаточно прав на смену стадии') })]);
  push('limit', 'What passes is tried again.', task(to('processing')), [now({}), answers({ move: refused('QUERY_LIMIT_EXCEEDED', '') })]);
  push('cut', 'So is a move that was not answered.', task(to('processing')), [now({}), answers({ update: item(dealItem) })]);
  push('cut-before', 'And a look.', task(to('processing')), [answers({ update: ok(true) })]);
  push('look-refused', 'A refused look names the command.', task(to('processing')), [answers({ now: refused('ERROR_CORE', 'SQL query error!') })]);
  push('look-gone', 'The deal is gone.', task(to('processing')), [answers({ now: refused('NOT_FOUND', 'Элемент не найден') })]);
  push('move-gone', 'Or goes between the look and the move.', task(to('processing')), [now({}), answers({ move: refused('NOT_FOUND', 'Элемент не найден') })]);
  push('silent', 'The answer to the move is lost: what was sent is known.', task(to('processing')), [now({}), failure('timeout')]);
  push('off', 'The way to the portal is off: the deal is never moved.', task(to('processing')), [], having((s) => { s.directions = { statuses_to_portal: false }; }));
  push('orders-off', 'Orders do not become deals: nothing is done.', task(to('processing')), [], having((s) => { s.directions = { orders: false }; }));
  const adopt = (fields) => answers({ deal: ok({ items: [deal(fields)] }), phone: ok([]), email: ok([]) });
  const fresh = { kind: 'push_order', order: edit(order, to('processing')), link: null, attempt: 2, turn: 2 };
  const written = answers({ contact: item({ id: 84 }), update: item(dealItem), rows: ok({}), move: item(deal({ stageId: 'C5:PREPARATION' })) });
  push('adopted', 'The order went on while the answer to its deal’s making was lost: the adopted deal, which nobody has moved, goes on too.', fresh, [adopt({ movedTime: '2026-11-23T12:00:00+03:00', contactId: 0 }), written]);
  push('adopted-moved', 'Somebody moved it meanwhile, and the portal is right: the pull follows.', fresh, [adopt({ stageId: 'C5:EXECUTING', contactId: 0 }), written]);
  push('adopted-one-way', 'With the way to the portal off it is taken as it is.', fresh, [adopt({ contactId: 0 }), written], having((s) => { s.directions = { statuses_to_portal: false }; }));
  push('born-moved', 'A robot moved the new deal before its answer came: the pull follows.', { kind: 'push_order', order, link: null, attempt: 1, turn: 2 }, [nothingFound, answers({ contact: item({ id: 84 }), deal: item(deal({ stageId: 'C5:EXECUTING' })), rows: ok({}) })]);
}

function breakers(record) {
  // By value and by counter off: the stage last seen is stale, and nothing was moved before.
  const lost = link({ memo: { status: 'new', stage: 'C5:EXECUTING' } });
  const echo = moved({ stageId: 'C5:EXECUTING', movedBy: 1 });
  const right = having((s) => { s.statuses.from_stage[2].status = 'processing'; });
  flow(record, 'status-breaker-owner', 'Our own move whose answer was lost comes back as an event: the webhook’s owner moved it where we sent it, so it is nobody’s wish, even with a table that reads it otherwise.', pulling('shipped', { link: lost }), [echo], right);
  flow(record, 'status-breaker-owner-stale', 'The order has gone on since: that is left to the next push.', pulling('completed', { link: lost }), [echo], right);
  flow(record, 'status-breaker-somebody', 'Somebody else moved it there: that is a wish.', pulling('new', { link: lost }), [moved({ stageId: 'C5:EXECUTING' }), done], right);
  flow(record, 'status-breaker-owner-elsewhere', 'The owner moved it, but not where we sent it: he is a person as well.', pulling('new', { link: lost }), [moved({ stageId: 'C5:PREPARATION', movedBy: 1 }), done]);
  flow(record, 'status-breaker-value', 'By value: with no owner known and nothing counted, the stage last seen says nothing.', pulling('new', { link: link({ stage: 'C5:EXECUTING' }) }), [moved({ stageId: 'C5:EXECUTING' })], having((s) => { s.portal.owner = ''; }));
  // By owner and by value off.
  const at = (second) => Date.parse('2026-11-23T10:00:00Z') / 1000 - second;
  const often = (count) => Array.from({ length: count }, (_, index) => at(count - index));
  const counted = (moves, more = {}) => pulling('new', { link: link({ memo: { status: 'new', moves } }), ...more });
  const owner = having((s) => { s.portal.owner = ''; });
  flow(record, 'status-breaker-ten', 'The tenth move of one order in ten minutes is made.', counted(often(9)), [working, done], owner);
  flow(record, 'status-breaker-eleven', 'One more is a loop: it rests, and says so.', counted(often(10)), [working], owner);
  flow(record, 'status-breaker-rests', 'The next event does not wake it.', counted([...often(10), at(0)].map((second) => second - 60), { code: 'loop_stopped' }), [working], owner);
  flow(record, 'status-breaker-again', 'A person who says «send again» does.', counted(often(11), { code: '' }), [working, done], owner);
  flow(record, 'status-breaker-later', 'So does time.', counted([...often(10), at(0)].map((second) => second - 600), { code: 'loop_stopped' }), [working, done], owner);
  flow(record, 'status-breaker-slow', 'Moves that are far apart are no loop.', counted(often(10).map((second) => second - 600)), [working, done], owner);
  const memo = { status: 'new', moves: often(10) };
  flow(record, 'status-breaker-push', 'The same on the way to the portal.', { kind: 'push_order', order: edit(order, (o) => { o.status = 'processing'; }), link: link({ memo }), attempt: 1, turn: 2 }, [answers({ phone: ok([]), email: ok([]), now: item(deal({})) })], owner);
}

function funnels(record) {
  const preview = (name, why, change) => record('order.preview', `funnel-${name}`, why, request('order.preview', { order: edit(order, change) }, usual));
  preview('rule', 'A rule sends the order to another funnel; its stage is that funnel’s own.', (o) => { o.store = 'opt'; o.status = 'processing'; });
  preview('rule-unmapped', 'Without a row the portal’s first stage of that funnel.', (o) => { o.store = 'opt'; });
  preview('others', 'All others go to the funnel of the settings.', (o) => { o.status = 'processing'; });
  const push = { kind: 'push_order', order: edit(order, (o) => { o.store = 'opt'; }), link: null, attempt: 1, turn: 1 };
  const born = (stage) => answers({ contact: item({ id: 84 }), deal: item(deal({ stageId: stage, categoryId: 7 })), rows: ok({}) });
  flow(record, 'funnel-push', 'The deal is made in the funnel of its rule.', push, [nothingFound, born('C7:NEW')], usual);
  flow(record, 'funnel-push-robot', 'A robot moved it before the answer came: it began in the funnel’s first stage.', push, [nothingFound, born('C7:PREPARATION')], usual);
  record('sync.start', 'funnel-push-rule-only', 'A funnel by rule suffices for the orders that fit it.', request('sync.start', { task: push }, having((s) => { s.funnel.id = ''; })));
  const pull = (name, why, fields, replies = []) => flow(record, `funnel-pull-${name}`, why, pulling('new'), [moved(fields), ...replies], usual);
  pull('foreign-mapped', 'A funnel that is not ours has rows: they count.', { stageId: 'C9:REPAIR', categoryId: 9 }, [done]);
  pull('foreign-lost', 'So does what lost means, for a funnel that has rows.', { stageId: 'C9:LOSE', categoryId: 9, stageSemanticId: 'F' }, [done]);
  pull('foreign-won', 'In a funnel that the settings do not know, won is not «Выполнен».', { stageId: 'C11:WON', categoryId: 11, stageSemanticId: 'S' });
  pull('ours-won', 'In our second funnel it is.', { stageId: 'C7:WON', categoryId: 7, stageSemanticId: 'S' }, [done]);
  pull('common', 'Stages of the common funnel have no prefix.', { stageId: 'NEW', categoryId: 0 });
  const check = (name, why, change) => record('settings.check', `funnels-${name}`, why, { v: 1, op: 'settings.check', data: { settings: edit(both, change) } });
  check('good', 'Rows of every funnel of ours; a status may have a stage in each. One of a funnel that is not ours is a warning.', () => {});
  check('foreign', 'A stage to send must be of a funnel of ours.', (s) => { s.statuses.to_stage[0].stage = 'C9:REPAIR'; });
  check('twice', 'A status twice in one funnel.', (s) => { s.statuses.to_stage[0].stage = 'C5:EXECUTING'; });
}
