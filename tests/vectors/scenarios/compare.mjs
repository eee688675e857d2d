// An order beside its deal: what differs, what is missing, doubled, a stranger's or not linked; and how it is mended.
import { settings, order, edit, flow, ok, item, refused, answers, failure } from './shared.mjs';

const deal = {
  id: 394,
  stageId: 'C5:NEW',
  stageSemanticId: 'P',
  originatorId: 'shop-1',
  originId: '17',
  title: 'Заказ №2026-17',
  currencyId: 'RUB',
  opportunity: 1234.5,
  ufCrmOrderbridgeOrder: '17',
};
const sent = { title: 'a', opportunity: 'b', rows: 'c', contact: 'd' };
const memo = { sent, contact: '84', user: '6', status: 'new', stage: 'C5:NEW' };
const link = { order_id: '17', deal_id: '394', stage: 'C5:NEW', memo };
const task = { kind: 'compare', order, link, attempt: 1, turn: 5 };
const found = (...deals) => answers({ deal: ok({ items: deals }) });
const gone = answers({ now: refused('NOT_FOUND', 'Элемент не найден') });

export function compare(record) {
  const one = (name, why, replies, more = {}, request = {}) =>
    flow(record, `compare-${name}`, why, { ...task, ...more }, replies, request);
  const repair = { consent: ['repair'] };
  const changed = (change) => found(edit(deal, change));

  one('equal', 'The deal is what the order asks for; an amount is compared as a number.', [found(deal)]);
  one('strangers', 'A portal that does not know the filter may answer with everything: only our mark counts.', [found({ ...deal, id: 1, originId: '18' }, { ...deal, id: 2, originatorId: 'other' }, deal)]);
  const other = changed((deal) => Object.assign(deal, { title: 'Перезвонить', opportunity: '1200.00', currencyId: 'USD', ufCrmOrderbridgeOrder: '' }));
  one('different', 'Fields that follow the order are named; the stage is not one of them while both sides agree.', [other]);
  one('different-repair', 'To be mended, they count as not sent, and the rows with the amount; what else is remembered stays.', [other], repair);
  one('equal-repair', 'There is nothing to mend.', [found(deal)], repair);

  const own = edit(settings, (settings) => {
    settings.fields = [
      { of: 'deal', field: 'ufCrm_1', template: '{payment.name}' },
      { of: 'deal', field: 'ufCrm_2', template: '{delivery.name}' },
      { of: 'deal', field: 'ufCrm_3', template: '{order.comment}', once: true },
    ];
  });
  one('own-fields', 'Of the fields that the owner maps it counts whether anything is there; those that are set once are the managers\'.', [changed((deal) => Object.assign(deal, { ufCrm_1: 'Картой', ufCrm_2: null, ufCrm_3: '' }))], {}, { settings: own });

  const moved = changed((deal) => { deal.stageId = 'C5:EXECUTING'; });
  one('moved', 'The portal has moved the deal to a mapped stage, and the shop has not heard of it.', [moved]);
  one('moved-repair', 'The pull that is asked for brings it over.', [moved], repair);
  one('moved-seen', 'A stage that both sides have seen is no difference.', [moved], { link: { ...link, stage: 'C5:EXECUTING' } });
  one('moved-unmapped', 'Nor is one that means nothing to the shop.', [changed((deal) => { deal.stageId = 'C5:UC_1'; })]);
  const both = edit(settings, (settings) => { settings.directions = { statuses_to_portal: true }; });
  one('status', 'The shop has moved the order, and the portal has not heard of it.', [found(deal)], { order: edit(order, (order) => { order.status = 'completed'; }) }, { settings: both });

  one('missing-new', 'The order has no link, and no deal has its mark.', [found()], { link: undefined });
  one('missing', 'The deal that the order is linked to is gone, and no other has its mark.', [found(), gone]);
  one('missing-repair', 'Mended, the link is forgotten: the push looks for a deal and makes one.', [found(), gone], repair);
  one('foreign', 'The deal that the order is linked to has another order\'s mark.', [found(), answers({ now: item({ ...deal, originId: '18' }) })]);
  one('foreign-repair', 'A person has to decide that.', [found(), answers({ now: item({ ...deal, originatorId: '' }) })], repair);
  one('unlinked', 'The order has a deal that its link does not know.', [found(deal)], { link: undefined });
  one('unlinked-other', 'Or it knows another one, which has lost the mark.', [found({ ...deal, id: 400 })]);
  one('unlinked-repair', 'Mended, the push finds and adopts it.', [found(deal)], { link: undefined, ...repair });
  one('doubled', 'Two deals have the order\'s mark; which of them is linked does not matter.', [found(deal, { ...deal, id: 400 })]);
  one('doubled-repair', 'Nothing of the portal is ever deleted: a person has to decide.', [found(deal, { ...deal, id: 400 })], repair);
  one('no-order', 'Of an order that the shop does not know it is only said which deals have its mark.', [found(deal)], { order: null, link: { order_id: '17' } });

  one('off', 'When orders are not sent there is nothing to compare.', [], {}, { settings: edit(settings, (settings) => { settings.directions = { orders: false }; }) });
  one('detached', 'An order that does without a deal is as it should be.', [], { link: { ...link, memo: { ...memo, sent: { life: 'detached' } } } });
  one('told', 'What a closed deal was only told of is not sent again and again.', [], { link: { ...link, memo: { ...memo, sent: { ...sent, noted: '5' } } } });
  one('unreadable', 'An order that cannot be read cannot be compared.', [], { order: edit(order, (order) => { order.total = 'много'; }) });
  one('refused', 'A refusal says nothing about the order.', [answers({ deal: refused('ACCESS_DENIED', '') })]);
  one('linked-refused', 'Nor does one of the second question.', [found(), answers({ now: refused('INTERNAL_SERVER_ERROR', '') })]);
  one('cut', 'Nor does half an answer.', [answers({ other: ok({}) })]);
  one('silent', 'Nor does silence.', [failure('timeout')]);
}
