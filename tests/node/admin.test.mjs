// What the settings app does with the settings: nothing typed is lost, nothing of somebody else's is overwritten.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, test } from 'node:test';
import { ROOT } from '../../.ci/tools/digest.mjs';
import { bundled, core } from '../support/app.mjs';

const app = await bundled('app/draft', 'app/difference', 'app/session', 'api/call', 'core/core', 'words/words');
const { adopt, call, changes, conflict, draft, edit, edits, errors, isDirty, meet, money, page, plural, problems, put, rebase, save, settle, speak, trouble, undo } = app;

/** The shop's answers to come, each with a status and a body, and what it was asked. */
let answers = [];
let asked = [];
globalThis.fetch = async (url, { body, headers }) => {
  asked.push({ url, headers, ...JSON.parse(body) });
  const answer = answers.shift();
  if (answer instanceof Error) throw answer;
  return new Response(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body), { status: answer.status });
};
const fine = (data) => ({ status: 200, body: { ok: true, data } });
const refused = (status, code, data) => ({ status, body: { ok: false, error: { code, message: 'm', hint: 'h', data } } });

app.connect({ api: 'http://shop/api', headers: { 'X-Token': 't' }, wasm: '', lang: 'ru' });
app.useCore(core());
const stored = { document: { shop: { id: 'shop' }, deal: { title: 'Заказ {number}' }, statuses: { reopen: false } }, revision: '1' };

beforeEach(() => {
  answers = [];
  asked = [];
  speak('ru');
  adopt(structuredClone(stored));
});

/** Resolves when the signal has a value that pleases. */
const until = (signal, pleases) => new Promise((resolve) => {
  const stop = signal.subscribe((value) => {
    if (!pleases(value)) return;
    resolve(value);
    queueMicrotask(() => stop());
  });
});

test('differences name the smallest place, lists are one place, and putting them back gives the document', () => {
  const before = { a: { b: 1, 'c/d~': 2 }, list: [1, 2], same: { x: [] } };
  const now = { a: { b: 1, 'c/d~': 3, e: { f: 4 } }, list: [2, 1], same: { x: [] } };
  const found = changes(before, now);
  assert.deepEqual(found.map((change) => change.path).sort(), ['/a/c~1d~0', '/a/e', '/list']);
  assert.deepEqual(put(before, found), now);
  assert.deepEqual(put(now, changes(now, before)), before);
  assert.deepEqual(changes(now, structuredClone(now)), []);
  assert.ok(meet({ path: '/a' }, { path: '/a/b' }));
  assert.ok(!meet({ path: '/a' }, { path: '/ab' }));
});

test('an edit makes the draft dirty, undoing it makes it clean', () => {
  edit((settings) => { settings.statuses.reopen = true; });
  assert.deepEqual(edits.value, [{ path: '/statuses/reopen', before: false, now: true }]);
  edit((settings) => { settings.statuses.reopen = false; });
  assert.equal(isDirty.value, false);
  edit((settings) => { settings.deal.title = ''; });
  undo();
  assert.deepEqual(draft.value, stored.document);
});

test('a save tells the revision, the token, and what was typed while it ran stays an edit', async () => {
  edit((settings) => { settings.deal.title = 'А'; });
  answers = [fine({ document: { ...stored.document, deal: { title: 'А' } }, revision: '2', problems: [] })];
  const saving = save();
  edit((settings) => { settings.deal.title = 'АБ'; });
  assert.equal(await saving, true);
  assert.equal(asked[0].params.revision, '1');
  assert.equal(asked[0].headers['X-Token'], 't');
  assert.deepEqual(edits.value, [{ path: '/deal/title', before: 'А', now: 'АБ' }]);
});

test('a save that fails keeps what was typed and says what to do', async () => {
  edit((settings) => { settings.deal.title = 'А'; });
  for (const [answer, code] of [
    [new Error('no network'), 'offline'],
    [{ status: 200, body: '<html>log in</html>' }, 'broken'],
    [{ status: 401, body: '' }, 'signed_out'],
    [{ status: 403, body: '<h1>no</h1>' }, 'forbidden'],
    [refused(500, 'internal'), 'internal'],
  ]) {
    answers = [answer];
    assert.equal(await save(), false);
    assert.equal(trouble.value.code, code);
    assert.notEqual(trouble.value.hint, '');
    assert.equal(draft.value.deal.title, 'А');
    assert.ok(isDirty.value);
  }
});

test('refused settings show their problems', async () => {
  edit((settings) => { settings.deal.title = '{'; });
  answers = [refused(422, 'settings_refused', { problems: [{ code: 'x', level: 'error', path: '/deal/title', message: '', hint: '' }] })];
  await save();
  assert.deepEqual(errors.value.map((problem) => problem.path), ['/deal/title']);
});

test('somebody else has saved: it is shown, and mine go on top only when I say so', async () => {
  const theirs = { document: { ...stored.document, deal: { title: 'Их' }, statuses: { reopen: true } }, revision: '7' };
  for (const keep of [true, false]) {
    adopt(structuredClone(stored));
    edit((settings) => { settings.deal.title = 'Мой'; });
    answers = [refused(409, 'settings_changed', { ...theirs, at: '2026-11-26T10:00:00Z', by: 'Анна' })];
    assert.equal(await save(), false);
    assert.equal(conflict.value.by, 'Анна');
    assert.deepEqual(conflict.value.mine.map((change) => change.path), ['/deal/title']);
    assert.deepEqual(conflict.value.others.map((change) => change.path), ['/deal/title', '/statuses/reopen']);
    settle(keep);
    assert.equal(conflict.value, null);
    assert.equal(draft.value.statuses.reopen, true);
    assert.equal(draft.value.deal.title, keep ? 'Мой' : 'Их');
    assert.equal(isDirty.value, keep);
    if (!keep) continue;
    answers = [fine({ document: draft.value, revision: '8', problems: [] })];
    await save();
    assert.equal(asked.at(-1).params.revision, '7');
  }
});

test('the bridge has written the settings meanwhile: edits stay on top', () => {
  edit((settings) => { settings.deal.title = 'Мой'; });
  rebase({ document: { ...stored.document, funnel: { id: '3' } }, revision: '2' });
  assert.deepEqual(draft.value.funnel, { id: '3' });
  assert.deepEqual(edits.value.map((change) => change.path), ['/deal/title']);
});

test('what the bridge keeps by itself is no edit', () => {
  edit((settings) => { settings.portal = { owner: '1' }; });
  assert.equal(isDirty.value, false);
});

test('the same core checks while one types', async () => {
  page.value = { shop: { id: 'shop', statuses: [] }, counts: {} };
  edit((settings) => { settings.deal.title = '{nonsense}'; });
  const found = await until(problems, (list) => list.length > 0);
  assert.ok(found.some((problem) => problem.path === '/deal/title'), JSON.stringify(found));
  undo();
  assert.deepEqual(problems.value, []);
  page.value = null;
});

test('an answer that is not ours never passes for one', async () => {
  for (const body of ['null', '[]', '{"ok":false}', '1', '']) {
    answers = [{ status: 200, body }];
    await assert.rejects(call('page.open'), (failure) => failure.code === 'broken' && failure.hint !== '');
  }
});

test('money is grouped and never counted with', () => {
  assert.equal(money('1234567.10', 'RUB'), '1 234 567,10 ₽');
  assert.equal(money('-1234.5', 'USD'), '-1 234,5 USD');
  assert.equal(money('90071992547409931.99', 'RUB'), '90 071 992 547 409 931,99 ₽');
  speak('en');
  assert.equal(money('1000.00', 'EUR'), '1 000.00 EUR');
});

test('words follow numbers', () => {
  const forms = { one: 'заказ', few: 'заказа', many: 'заказов' };
  assert.deepEqual([1, 2, 5, 11, 21, 104].map((count) => plural(count, forms)), ['1 заказ', '2 заказа', '5 заказов', '11 заказов', '21 заказ', '104 заказа']);
});

test('the page loads in 300 KB, the wasm included', () => {
  const sent = ['pkg/admin/app.js', 'pkg/js/orderbridge_bg.wasm'].map((path) => gzipSync(readFileSync(join(ROOT, path)), { level: 6 }).length);
  assert.ok(sent[0] + sent[1] <= 300 * 1024, `${sent.join(' + ')} bytes`);
});
