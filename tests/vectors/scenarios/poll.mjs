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
}
