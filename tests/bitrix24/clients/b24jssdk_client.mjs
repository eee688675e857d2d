// @bitrix24/b24jssdk over https: calls, lists, batches, typed results, retries.
import { createRequire } from 'node:module';

const require = createRequire(`${process.env.CLIENTS}/js/package.json`);
const { B24Hook } = require('@bitrix24/b24jssdk');

const base = process.env.WEBHOOK.split('/rest/')[0];
const b24 = B24Hook.fromWebhookUrl(process.env.WEBHOOK);

async function admin(path, body, method = 'POST') {
  const answer = await fetch(`${base}/_/${path}`, { method, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
}

async function check(name, work) {
  try {
    await work();
    console.log(`ok - ${name}`);
  } catch (error) {
    console.log(`not ok - ${name}: ${String(error.message ?? error).replace(/\s+/g, ' ').slice(0, 400)}`);
  }
}

function same(got, wanted) {
  const [a, b] = [JSON.stringify(got), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${a} instead of ${b}`);
}

async function call(method, params = {}) {
  const answer = await b24.actions.v2.call.make({ method, params });
  if (!answer.isSuccess) throw new Error(answer.getErrorMessages().join('; '));
  return answer.getData().result;
}

await admin('seed', { deals: 130 });

await check('a call', async () => same((await call('profile')).ID, '1'));

await check('a page with more to come', async () => {
  const page = await b24.actions.v2.call.make({ method: 'crm.deal.list', params: { select: ['ID'] } });
  same([page.getData().result.length, page.getTotal(), page.isMore()], [50, 130, true]);
});

await check('callList without counting', async () => {
  const answer = await b24.actions.v2.callList.make({ method: 'crm.item.list', params: { entityTypeId: 2, select: ['id'] }, idKey: 'id', customKeyForResult: 'items' });
  same([answer.isSuccess, answer.getData().length], [true, 130]);
});

await check('fetchList of the classic family', async () => {
  let count = 0;
  for await (const chunk of b24.actions.v2.fetchList.make({ method: 'crm.deal.list', params: { select: ['ID'] }, idKey: 'ID' })) count += chunk.length;
  same(count, 130);
});

await check('deal, contact, rows, user field', async () => {
  await call('crm.deal.userfield.add', { fields: { FIELD_NAME: 'SHOP_ORDER_ID', USER_TYPE_ID: 'string' } });
  const contact = await call('crm.item.add', { entityTypeId: 3, fields: { name: 'Анна', fm: { n0: { typeId: 'PHONE', valueType: 'MOBILE', value: '+79990001122' } } } });
  const deal = await call('crm.item.add', { entityTypeId: 2, fields: { title: 'Заказ «17»', categoryId: 5, contactIds: [contact.item.id], ufCrmShopOrderId: '17' } });
  await call('crm.item.productrow.set', { ownerType: 'D', ownerId: deal.item.id, productRows: [{ productName: 'Чай', price: 80000, quantity: 2, discountTypeId: 2, discountRate: 20, taxRate: 20 }] });
  const read = (await call('crm.item.get', { entityTypeId: 2, id: deal.item.id })).item;
  same([read.opportunity, read.contactIds, read.ufCrmShopOrderId], [160000, [contact.item.id], '17']);
  const moved = await call('crm.item.update', { entityTypeId: 2, id: deal.item.id, fields: { stageId: 'C5:WON' } });
  same([moved.item.stageSemanticId, moved.item.closed], ['S', 'Y']);
  same(await call('crm.duplicate.findbycomm', { type: 'PHONE', values: ['89990001122'] }), { CONTACT: [contact.item.id] });
});

await check('a named batch', async () => {
  const answer = await b24.actions.v2.batch.make({
    calls: { first: { method: 'crm.item.get', params: { entityTypeId: 2, id: 1 } }, second: ['crm.item.get', { entityTypeId: 2, id: 2 }] },
    options: { isHaltOnError: true },
  });
  const data = answer.getData();
  same([data.first.item.id, data.second.item.id], [1, 2]);
});

await check('batchByChunk of 120 reads', async () => {
  const calls = Array.from({ length: 120 }, (_, n) => ['crm.item.get', { entityTypeId: 2, id: n + 1 }]);
  const answer = await b24.actions.v2.batchByChunk.make({ calls });
  same(answer.getData().map((d) => d.item.id), calls.map((_, n) => n + 1));
});

await check('a failing command of a batch is told', async () => {
  const answer = await b24.actions.v2.batch.make({ calls: [['crm.item.get', { entityTypeId: 2, id: 999999 }], ['profile', {}]], options: { isHaltOnError: false } });
  same([answer.isSuccess, answer.getErrorMessages().length], [false, 1]);
});

await check('errors keep their code and status', async () => {
  const error = await call('crm.item.get', { entityTypeId: 2, id: 999999 }).then(() => null, (e) => e);
  same([error?.code, error?.status, error?.message], ['NOT_FOUND', 400, 'Элемент не найден']);
});

await check('a 503 and a broken page are tried again', async () => {
  await admin('switches', { faults: [{ kind: 'error', method: 'profile', times: 1, status: 503, error: 'QUERY_LIMIT_EXCEEDED' }] }, 'PUT');
  same((await call('profile')).ID, '1');
  await admin('switches', { faults: [{ kind: 'html', times: 1 }] }, 'PUT');
  same((await call('profile')).ID, '1');
});

await check('an operating limit is told', async () => {
  await admin('switches', { faults: [{ kind: 'error', method: 'crm.deal.fields', times: 1, status: 429, error: 'OPERATION_TIME_LIMIT', error_description: 'Method is blocked due to operation time limit' }] }, 'PUT');
  const started = Date.now();
  const answer = await b24.actions.v2.call.make({ method: 'crm.deal.fields', params: {} });
  if (!answer.isSuccess && ![...answer.getErrors()].some((e) => e.code === 'OPERATION_TIME_LIMIT')) throw new Error(answer.getErrorMessages().join());
  if (Date.now() - started > 20000) throw new Error('too long');
});

process.exit(0);
