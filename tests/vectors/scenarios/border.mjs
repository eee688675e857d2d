// The envelope, and what is refused before anything is read.
import { NOW, settings, order, request } from './shared.mjs';

export function border(record) {
  record('core.describe', 'ru', 'What the core is, and every code with its Russian text.', { v: 1, op: 'core.describe' });
  record('core.describe', 'en', 'The same in English.', { v: 1, op: 'core.describe', lang: 'en' });
  const refuse = (name, why, text) => record('border', name, why, text);
  refuse('empty', 'Nothing at all is not a request.', '');
  refuse('not-json', 'Text that is not JSON is refused with the byte where reading stopped.', '{"v":1,');
  refuse('key-twice', 'A key that stands twice is refused: which one would count?', '{"v":1,"v":1,"op":"core.describe"}');
  refuse('too-deep', 'Deeper than 32 levels is refused before anything is read.', `{"v":1,"op":"core.describe","data":${'['.repeat(40)}${']'.repeat(40)}}`);
  refuse('version', 'Another version of the envelope is refused.', { v: 2, op: 'core.describe' });
  refuse('operation', 'An operation that is not there is refused by name.', { v: 1, op: 'order.plan', lang: 'en' });
  refuse('type', 'A member of a wrong type is named by its JSON Pointer.', request('order.preview', { order: { id: 17 } }));
  refuse('type-deep', 'The pointer leads into lists.', request('order.preview', { order: { lines: [{}, { sku: 5 }] } }));
  refuse('now', 'The core has no clock: without a time it does nothing that needs one.', request('order.preview', { order }, { now: 'вчера' }));
  refuse('settings-missing', 'An operation that needs the settings says so.', { v: 1, op: 'order.preview', now: NOW, data: { order } });
  refuse('settings-name-unknown', 'A name for settings that this instance was never handed is no settings.', { v: 1, op: 'order.preview', now: NOW, settings_id: 'never', data: { order } });
  refuse('settings-unknown-key', 'An unknown key in the settings is refused: it is a typing error.', request('order.preview', { order }, { settings: { ...settings, stauses: {} } }));
  refuse('settings-schema', 'Settings of a newer module are not guessed at.', request('order.preview', { order }, { settings: { ...settings, schema: 9 } }));
  refuse('task', 'A task that is not there is refused by name.', request('sync.start', { task: { kind: 'push_invoice' } }));
  refuse('no-state', 'A resume without a state is refused.', request('sync.resume', { reply: {} }));
  refuse('wrong-state', 'A state that no task wrote is refused.', request('sync.resume', { state: { invoice: {} }, reply: {} }));
  refuse('unknown-data-key', 'Unknown keys in the data are nobody’s fault: shops differ.', request('inbound.read', { query: {}, form: {}, colour: 'red' }));
}
