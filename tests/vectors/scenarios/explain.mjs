import { settings, order, edit, request } from './shared.mjs';

const NOW = 1795428000;

// What a host knows of an order, and what it means.
export function explains(record) {
  const whole = edit(settings, (s) => {
    s.portal.stages = [['NEW', 'Новый заказ', 'process'], ['PREPARATION', 'Взять в работу', 'process'], ['EXECUTING', 'Отправка', 'process'], ['CALL', 'Перезвонить', 'process'], ['WON', 'Заказ выполнен', 'success']]
      .map(([id, name, semantics]) => ({ id: `C5:${id}`, name, semantics }));
    s.statuses.guarded = ['processing', 'completed'];
  });
  const statuses = [['new', 'Новый'], ['processing', 'В работе'], ['shipped', 'Отправлен'], ['completed', 'Выполнен'], ['cancelled', 'Отменён']].map(([id, name]) => ({ id, name }));
  const seen = { worker: NOW - 30, poll: NOW - 40, event: null, sweep: NOW + 200 };
  const known = { order, status: 'new', link: null, job: null, hold: null, connected: true, seen, journal: [], statuses };
  const explain = (name, why, facts, more = {}) => record('order.explain', name, why, request('order.explain', { ...known, ...facts }, { settings: whole, ...more }));
  const off = (change) => ({ settings: edit(whole, change) });
  const link = (stage, more = {}) => ({ link: { order_id: '17', deal_id: '394', stage, memo: { sent: {}, status: 'new' }, ...more } });
  const job = (more) => ({ job: { state: 'ready', wants: ['push'], attempts: 0, not_before: NOW - 5, code: '', message: '', hint: '', ...more } });
  const unreachable = { code: 'portal_unreachable', message: 'Битрикс24 не отвечает: соединиться не удалось.', hint: 'Заказы ждут и уйдут сами.' };
  const invalid = { code: 'webhook_invalid', message: 'Битрикс24 не принимает вебхук.', hint: 'Создайте новый входящий вебхук.' };
  const refused = { code: 'portal_refused', message: 'Битрикс24 отказал (crm.item.add): так нельзя.', hint: 'Исправьте причину и нажмите «Отправить ещё раз».' };

  explain('not-placed', 'The buyer has not finished: there is nothing to send yet.', { order: null });
  explain('gone', 'There is no such order.', { order: null, status: null });
  explain('gone-linked', 'The order was deleted, its deal is there.', { order: null, status: null, ...link('C5:NEW') });
  explain('not-connected', 'Nothing goes anywhere without a portal.', { connected: false });
  explain('orders-off', 'The direction is off.', {}, off((s) => { s.directions = { orders: false }; }));
  explain('no-funnel', 'The funnel is not set up.', {}, off((s) => { s.funnel = { id: '' }; }));
  explain('never-queued', 'No job, no deal: the shop’s hook was not called. The sweep finds it.', {});
  explain('never-queued-no-worker', 'The same, and nobody runs the sweep either.', { seen: { worker: null, sweep: NOW - 90000 } });
  explain('queued', 'In the queue, and the worker runs.', job({}));
  explain('queued-english', 'In English; names are the shop’s and the portal’s.', { ...job({}), seen: { worker: NOW - 90000 } }, { lang: 'en' });
  explain('queued-no-worker', 'In the queue, and no worker runs.', { ...job({}), seen: { worker: NOW - 3600 } });
  explain('at-work', 'A worker has it.', job({ state: 'leased' }));
  explain('retry', 'It failed and comes again.', job({ attempts: 3, not_before: NOW + 1800, ...unreachable }));
  explain('retry-days', 'The waiting grows to days.', job({ attempts: 9, not_before: NOW + 180000, ...unreachable }));
  explain('held', 'The portal is being left alone: since when, and why.', { ...job({}), hold: { since: NOW - 7300, ...unreachable } });
  explain('stopped', 'A person has to mend something; the job’s own reason is the same and stands once.', { ...job({ not_before: NOW + 60, attempts: 1, ...invalid }), hold: { since: NOW - 300, ...invalid } });
  explain('dead', 'A person has to decide: the reason comes first.', job({ state: 'dead', attempts: 1, ...refused }));
  explain('dead-linked', 'A change of a known order was refused.', { ...job({ state: 'dead', attempts: 1, ...refused }), ...link('C5:NEW') });
  explain('linked', 'Bound to a deal whose stage means the status.', { ...link('C5:PREPARATION'), status: 'processing' });
  explain('won', 'A won stage that is not in the table means what won means.', { ...link('C5:WON'), status: 'completed' });
  explain('unmapped', 'The stage means nothing to the shop.', link('C5:CALL'));
  explain('guarded', 'The stage means a status that the order may not go back to.', { ...link('C5:PREPARATION'), status: 'completed' });
  explain('differs', 'The shop has moved the order on since.', { ...link('C5:EXECUTING'), status: 'new' });
  explain('differs-job', 'The shop has moved the order on, and a job is about to look at the deal.', { ...link('C5:EXECUTING'), ...job({ wants: ['pull'] }) });
  explain('differs-off', 'Nothing flows that way.', link('C5:EXECUTING'), off((s) => { s.directions = { statuses_to_shop: false }; }));
  explain('detached', 'The order was unlinked: it has a row, and no deal.', link(null, { deal_id: null }));
  explain('no-stage', 'The deal’s stage was never seen.', link(null));
  explain('journal', 'What was said of it lately, not what has been said already, and not more than three lines.', {
    ...link('C5:PREPARATION'), status: 'processing',
    journal: [
      { at: NOW - 60, level: 'info', code: 'status_set', message: 'Статус заказа: «processing» (стадия «C5:PREPARATION»).', hint: '' },
      { at: NOW - 70, level: 'warning', code: 'stage_unmapped', message: 'Стадия «C5:CALL» не связана со статусом: заказ не изменён.', hint: 'Добавьте строку.' },
      { at: NOW - 80, level: 'warning', code: 'stage_unmapped', message: 'Стадия «C5:CALL» не связана со статусом: заказ не изменён.', hint: 'Добавьте строку.' },
      { at: NOW - 90, level: 'info', code: 'deal_created', message: 'Создана сделка 394.', hint: '' },
    ],
  });
  explain('nothing', 'A host that knows nothing of it: there is no such order.', { order: null, status: undefined, connected: undefined, seen: null });
}
