// Deal → order.
import { request, flow, refused, item, answers, failure, dealItem } from './shared.mjs';

export function pull(record) {
  const link = { order_id: '17', deal_id: '394', stage: 'C5:NEW', memo: { user: '6' } };
  const task = { kind: 'pull_deal', link, order: { id: '17', status: 'new' }, attempt: 1, turn: 4 };
  const moved = (fields) => answers({ deal: item({ ...dealItem, ...fields }) });
  flow(record, 'pull-moved', 'The card was moved: the order’s status follows.', task, [moved({ stageId: 'C5:PREPARATION' }), { applied: [{ ok: true }] }]);
  flow(record, 'pull-won', 'A won deal makes the order «Выполнен».', task, [moved({ stageId: 'C5:WON', stageSemanticId: 'S' }), { applied: [{ ok: true }] }]);
  flow(record, 'pull-lost', 'Any lost stage makes it «Отменён».', task, [moved({ stageId: 'C5:APOLOGY', stageSemanticId: 'F' }), { applied: [{ ok: true }] }]);
  flow(record, 'pull-unchanged', 'The stage last seen: nothing to do.', task, [moved({})]);
  flow(record, 'pull-already', 'The order has the status already: an earlier try was killed before it could say so.', { ...task, order: { id: '17', status: 'processing' } }, [moved({ stageId: 'C5:PREPARATION' })]);
  flow(record, 'pull-unmapped', 'A stage without a row: the order stays, a warning says so.', task, [moved({ stageId: 'C5:FINAL_INVOICE' })]);
  flow(record, 'pull-gone', 'The deal is gone.', task, [answers({ deal: refused('NOT_FOUND', 'Элемент не найден') })]);
  flow(record, 'pull-foreign', 'The deal belongs to another order: somebody changed the mark.', task, [moved({ originId: '18' })]);
  flow(record, 'pull-refused', 'The portal refuses.', task, [answers({ deal: refused('ERROR_CORE', 'SQL query error!') })]);
  flow(record, 'pull-silent', 'The portal is silent.', task, [failure('reset')]);
  flow(record, 'pull-unanswered', 'The batch was cut before our command.', task, [answers({})]);
  flow(record, 'pull-shop-refused', 'The shop does not take the status: again, later.', task, [moved({ stageId: 'C5:PREPARATION' }), { applied: [{ ok: false, error: 'Нет такого статуса' }] }]);
  flow(record, 'pull-shop-silent', 'The host did not say how it went.', task, [moved({ stageId: 'C5:PREPARATION' }), {}]);
  record('sync.start', 'pull-no-link', 'Without a link there is nothing to pull.', request('sync.start', { task: { kind: 'pull_deal' } }));
  record('sync.start', 'pull-no-order', 'Without the order there is nothing to set.', request('sync.start', { task: { kind: 'pull_deal', link } }));
}
