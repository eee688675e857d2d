// Requests packed and answers cut; what comes in.
import { NOW } from './shared.mjs';

export function batches(record) {
  const call = (key, query = 'id=1') => ({ key, method: 'crm.item.get', query });
  const pack = (name, why, tasks) => record('batch.pack', name, why, { v: 1, op: 'batch.pack', data: { tasks } });
  pack('one', 'One task, one request.', [{ id: 'a', calls: [call('deal'), call('rows', 'ownerId=$result[~deal][item][id]')] }]);
  pack('shared', 'Tasks share a request; each refers to its own commands.', [{ id: 'a', calls: [call('deal', 'x=$result[~deal]')] }, { id: 'b', calls: [call('deal', 'x=$result[~deal]')] }]);
  pack('fifty', 'Never more than fifty commands: the next task starts a new request.', Array.from({ length: 18 }, (_, index) => ({ id: `j${index}`, calls: [call('a'), call('b'), call('c')] })));
  pack('heavy', 'Nor more than what an answer may come to.', [{ id: 'a', calls: [call('a', 'x'.repeat(50000))] }, { id: 'b', calls: [call('a', 'x'.repeat(50000))] }]);
  pack('none', 'No tasks, no request.', []);
  const unpack = (name, why, answer, tasks = ['a', 'b']) => record('batch.unpack', name, why, { v: 1, op: 'batch.unpack', now: NOW, data: { tasks, answer: { status: 200, headers: {}, body: '', ...answer } } });
  const body = (value) => JSON.stringify(value);
  unpack('shared', 'Each task gets its own answers by its own keys, numbers untouched.', { body: body({ result: { result: { t00_deal: { item: { id: 394, opportunity: 1000000.10 } }, t01_users: [1] }, result_error: [], result_total: [], result_next: { t01_users: 50 }, result_time: {} }, time: { operating: 0.5 } }) });
  unpack('one-failed', 'One that fails does not hurt its neighbour.', { body: body({ result: { result: { t00_deal: true }, result_error: { t01_deal: { error: '', error_description: 'Not found' }, t01_rows: { error: 0, error_description: 'x' } }, result_next: [] } }) });
  unpack('empty', 'PHP writes an empty map as a list.', { body: body({ result: { result: [], result_error: [], result_next: [] } }) });
  unpack('stranger', 'Keys that nobody asked for are nobody’s.', { body: body({ result: { result: { t09_deal: 1, x: 2, t_: 3 }, result_error: [] } }) });
  unpack('error', 'An error of the whole request goes to every task.', { status: 401, body: body({ error: 'INVALID_CREDENTIALS', error_description: 'Invalid request credentials' }) });
  unpack('error-number', 'Error codes may be numbers.', { status: 400, body: body({ error: 100, error_description: 'Could not find value for parameter {cmd}' }) });
  unpack('error-empty', 'Or empty: an answer is an error when the key is there.', { status: 400, body: body({ error: '', error_description: 'Access denied' }) });
  unpack('operating', 'The portal says when the method opens again.', { status: 429, body: body({ error: 'OPERATION_TIME_LIMIT', error_description: 'Method is blocked', time: { operating_reset_at: 1795428300 } }) });
  unpack('retry-after', 'Or the server says it.', { status: 503, headers: { 'retry-after': '7' }, body: body({ error: 'QUERY_LIMIT_EXCEEDED' }) });
  unpack('html', 'A page is not an answer.', { status: 502, body: '<html>502</html>' });
  unpack('truncated', 'Nor is half of one.', { body: '{"result":{"result":{"t00_deal":{"item":{"id":3' });
  unpack('list', 'Nor is a list.', { body: '[]' });
  unpack('no-result', 'Nor an object without a result.', { body: '{"time":{}}' });
  unpack('bom', 'A byte order mark is forgiven.', { body: '\ufeff' + body({ result: { result: { t00_x: 1 } } }) });
  unpack('object', 'What the text says, where the host has read it.', { body: { result: { result: { t00_deal: { item: { id: 394, title: 'Заказ «1»' } } }, result_error: { t01_deal: { error: 'NOT_FOUND', error_description: 'Элемент не найден' } }, result_next: [] } } });
  unpack('object-error', 'An error of the whole request as well.', { status: 401, body: { error: 'INVALID_CREDENTIALS', error_description: 'Invalid request credentials' } });
  unpack('object-none', 'A list is no answer in this form either.', { body: [1] });
  unpack('failure', 'Why nothing came back.', { failure: 'timeout', message: 'after 30 s' });
}

export function inbound(record) {
  const read = (name, why, data) => record('inbound.read', name, why, { v: 1, op: 'inbound.read', data });
  const event = { event: 'ONCRMDEALUPDATE', event_handler_id: '975', 'data[FIELDS][ID]': '7405', ts: '1766047124', 'auth[domain]': 'crm.example.ru', 'auth[application_token]': 'jvh9' };
  read('update', 'A deal was changed: look at it.', { form: event });
  read('delete', 'So it is when one is deleted.', { form: { ...event, event: 'onCrmDealDelete' } });
  read('contact', 'A contact is none of our business.', { form: { ...event, event: 'ONCRMCONTACTUPDATE' } });
  read('companion', 'The companion module in the box names the deal as the portal does.', { form: { type: 'orderbridge.deal', event: 'ONCRMDEALUPDATE', 'data[FIELDS][ID]': '7405' } });
  read('companion-test', 'It only asks whether somebody hears it.', { form: { type: 'orderbridge.test' } });
  read('robot', 'A robot names the document.', { form: { 'document_id[0]': 'crm', 'document_id[1]': 'CCrmDocumentDeal', 'document_id[2]': 'DEAL_123' } });
  read('robot-url', 'Or the administrator put the id into the URL.', { query: { secret: 's', ID: '123' } });
  read('robot-lead', 'A lead is not a deal.', { form: { 'document_id[2]': 'LEAD_123' } });
  read('junk', 'What is not a number is not an id.', { query: { ID: "1' OR 1=1" } });
  read('nothing', 'Nothing in it, nothing to do.', {});
}
