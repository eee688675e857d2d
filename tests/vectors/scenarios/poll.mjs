// What has moved.
import { order, flow, ok, refused, answers, failure } from './shared.mjs';

export function poll(record) {
  const row = (id, deal, stage) => ({ ID: id, TYPE_ID: 2, OWNER_ID: deal, CATEGORY_ID: 5, STAGE_ID: stage, STAGE_SEMANTIC_ID: 'P' });
  const deal = (id, order, stage, at) => ({ id, stageId: stage, originatorId: 'shop-1', originId: order, updatedTime: at });
  const cursor = { history: '1200', updated: '2026-11-23T12:00:00+03:00' };
  const links = [{ order_id: '17', deal_id: '394', stage: 'C5:NEW' }, { order_id: '18', deal_id: '395', stage: 'C5:EXECUTING' }];
  flow(record, 'poll-first', 'The first time only the end of the history is asked, and all our deals.', { kind: 'poll', turn: 5 }, [answers({ history: ok({ items: [row(1234, 1, 'NEW')] }), deals: ok({ items: [] }) })]);
  flow(record, 'poll-quiet', 'Nothing has moved.', { kind: 'poll', cursor, turn: 5 }, [answers({ history: ok({ items: [] }), deals: ok({ items: [] }) })]);
  flow(record, 'poll-moved', 'Moved deals that are ours and whose stage we have not seen are pulled; strangers are not.', { kind: 'poll', cursor, turn: 5 }, [answers({ history: ok({ items: [row(1201, 394, 'C5:PREPARATION'), row(1202, 395, 'C5:EXECUTING'), row(1203, 1, 'WON')] }), deals: ok({ items: [deal(394, '17', 'C5:PREPARATION', '2026-11-23T12:59:00+03:00')] }) }), { links }]);
  flow(record, 'poll-lost-answer', 'Our mark without a link: the answer to its creation was lost; the push adopts it.', { kind: 'poll', cursor, turn: 5 }, [answers({ history: ok({ items: [] }), deals: ok({ items: [deal(500, '30', 'C5:NEW', '2026-11-23T12:58:00+03:00')] }) }), { links: [] }]);
  const page = Array.from({ length: 50 }, (_, index) => row(1201 + index, 1000 + index, 'C5:NEW'));
  flow(record, 'poll-pages', 'A full page is followed by the next.', { kind: 'poll', cursor, turn: 5 }, [answers({ history: ok({ items: page }), deals: ok({ items: [] }) }), answers({ history: ok({ items: [] }) }), { links: [] }]);
  flow(record, 'poll-refused', 'A refused page moves no cursor.', { kind: 'poll', cursor, turn: 5 }, [answers({ history: refused('ACCESS_DENIED', ''), deals: ok({ items: [] }) })]);
  flow(record, 'poll-silent', 'Nor does silence.', { kind: 'poll', cursor, turn: 5 }, [failure('timeout')]);
  flow(record, 'poll-cut', 'Nor does half an answer.', { kind: 'poll', cursor, turn: 5 }, [answers({ history: ok({ items: [] }) })]);
  flow(record, 'poll-no-links', 'A look that brings nothing back is a fault of the host.', { kind: 'poll', cursor, turn: 5 }, [answers({ history: ok({ items: [row(1201, 394, 'C5:WON')] }), deals: ok({ items: [] }) }), {}]);

  // A box with the companion module.
  const quiet = { history: ok({ items: [] }), deals: ok({ items: [] }) };
  const at = { ...cursor, changes: '70' };
  const change = (id, owner, stage, more = {}) => ({ ID: id, OWNER_ID: owner, TYPE: 'update', CREATED_TIME: '2026-11-23T12:59:00+03:00', OLD_CATEGORY_ID: '5', CATEGORY_ID: '5', OLD_STAGE_ID: 'C5:NEW', STAGE_ID: stage, STAGE_SEMANTIC_ID: 'P', OPPORTUNITY: '100.00', ASSIGNED_BY_ID: '1', AUTHOR_ID: 1, ...more });
  const changes = (items, next, last = next) => ok({ items, next, last, more: next < last, complete: true });
  const there = ok({ isExisting: true, isAvailable: true });
  const tell = (name, why, from, ...replies) => flow(record, `poll-companion-${name}`, why, { kind: 'poll', cursor: from, turn: 5 }, replies);
  tell('none', 'Where there is no companion module, the history goes on alone.', cursor, answers({ ...quiet, changes: ok({ isExisting: false, isAvailable: false }) }));
  tell('unasked', 'A box that does not know what it is asked has none either.', cursor, answers({ ...quiet, changes: refused('ERROR_METHOD_NOT_FOUND', 'Method not found!') }));
  tell('forbidden', 'Nor has a webhook that may not use it.', cursor, answers({ ...quiet, changes: ok({ isExisting: true, isAvailable: false }) }));
  tell('found', 'Once it is found only its end is asked: what came before is in the history and in our changed deals.', cursor, answers({ ...quiet, changes: there }), answers({ changes: ok({ items: [], next: 999999999999999, last: 100000, more: false, complete: true }) }));
  tell('found-gone', 'It went just then.', cursor, answers({ ...quiet, changes: there }), answers({ changes: refused('ERROR_METHOD_NOT_FOUND', 'Method not found!') }));
  tell('moved', 'The history was deleted, and our mark in the deal as well: the companion has noted the move.', at, answers({ ...quiet, changes: changes([change(71, 394, 'C5:PREPARATION')], 71) }), { links });
  tell('own', 'What we did ourselves comes back, and a deal of nobody: neither is pulled.', at, answers({ ...quiet, changes: changes([change(71, 394, 'C5:NEW', { OLD_STAGE_ID: 'C5:PREPARATION' }), change(72, 1, 'WON')], 72) }), { links });
  tell('deleted', 'A deleted deal is looked at.', at, answers({ ...quiet, changes: changes([change(71, 394, 'C5:NEW', { TYPE: 'delete' })], 71) }), { links });
  tell('pages', 'As long as there is more, the next page is asked; rows that this webhook may not see are not in it.', at, answers({ ...quiet, changes: changes([change(71, 394, 'C5:PREPARATION')], 120, 121) }), answers({ changes: changes([change(121, 395, 'C5:WON')], 121) }), { links });
  tell('later', 'What ten pages do not hold is left for the next poll.', at, ...Array.from({ length: 10 }, (_, page) => answers({ ...(page ? {} : quiet), changes: changes([], 120 + 50 * page, 1000) })));
  tell('deal-last', 'The deal itself has the last word.', at, answers({ ...quiet, deals: ok({ items: [deal(394, '17', 'C5:NEW', '2026-11-23T12:59:00+03:00')] }), changes: changes([change(71, 394, 'C5:PREPARATION')], 71) }), { links });
  tell('gone', 'It was uninstalled: the history goes on from where it is, and whether the companion is back is asked each time.', at, answers({ history: ok({ items: [row(1201, 394, 'C5:PREPARATION')] }), deals: ok({ items: [] }), changes: refused('ERROR_METHOD_NOT_FOUND', 'Method not found!') }), { links });
  tell('hiccup', 'What passes by itself keeps the place, and the history goes on meanwhile.', at, answers({ history: ok({ items: [row(1201, 394, 'C5:PREPARATION')] }), deals: ok({ items: [] }), changes: refused('INTERNAL_SERVER_ERROR', '') }), { links });
  tell('gone-midway', 'It was uninstalled between two pages: what was read counts.', at, answers({ ...quiet, changes: changes([change(71, 394, 'C5:PREPARATION')], 120, 121) }), answers({ changes: refused('ERROR_METHOD_NOT_FOUND', 'Method not found!') }), { links });
  tell('anew', 'It was installed anew and counts from one: so do we.', at, answers({ ...quiet, changes: ok({ items: [], next: 70, last: 1, more: false, complete: true }) }));
  tell('instead', 'A history that is refused stops nothing while the companion answers.', at, answers({ history: refused('ACCESS_DENIED', ''), deals: ok({ items: [] }), changes: changes([change(71, 394, 'C5:PREPARATION')], 71) }), { links });
  tell('both-gone', 'It does when the companion does not.', at, answers({ history: refused('ACCESS_DENIED', ''), deals: ok({ items: [] }), changes: refused('ERROR_METHOD_NOT_FOUND', 'Method not found!') }));
  tell('half', 'An answer without a number is none.', at, answers({ ...quiet, changes: ok({ items: [change(71, 394, 'C5:WON')] }) }));
}
