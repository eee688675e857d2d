// php-bridge/engines/worker.mjs: one line in, one line out.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { ROOT } from '../../.ci/tools/digest.mjs';

const WORKER = join(ROOT, 'php-bridge/engines/worker.mjs');
const CORE = join(ROOT, 'pkg/core.wasm');
const DESCRIBE = '{"v":1,"op":"core.describe","data":{}}';

class Worker {
  constructor() {
    this.child = spawn(process.execPath, [WORKER, CORE], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.ended = new Promise((resolve) => { this.child.once('exit', resolve); });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  say(line) {
    this.child.stdin.write(`${line}\n`);
  }

  async ask(id, request) {
    this.say(JSON.stringify({ id, request }));
    return JSON.parse((await this.lines.next()).value);
  }

  async end() {
    this.child.stdin.end();
    return this.ended;
  }
}

function* vectors() {
  const folder = join(ROOT, 'tests/vectors');
  for (const op of readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory())) {
    for (const name of readdirSync(join(folder, op))) {
      const request = join(folder, op, name, 'request.json');
      if (!existsSync(request)) continue;
      const bytes = readFileSync(request);
      const text = bytes.toString();
      if (!Buffer.from(text).equals(bytes)) continue; // no text, so nothing for JSON lines
      yield [`${op}/${name}`, text.replace(/\n$/, ''), readFileSync(join(folder, op, name, 'answer.json'), 'utf8').replace(/\n$/, '')];
    }
  }
}

test('answers the vectors', async () => {
  const worker = new Worker();
  let id = 0;
  for (const [name, request, answer] of vectors()) {
    id += 1;
    assert.deepEqual(await worker.ask(id, request), { id, answer }, name);
  }
  assert.ok(id > 0, 'no vectors');
  assert.equal(await worker.end(), 0);
});

test('answers in order however fast it is asked', async () => {
  const worker = new Worker();
  for (let id = 1; id <= 50; id += 1) worker.say(JSON.stringify({ id, request: DESCRIBE }));
  for (let id = 1; id <= 50; id += 1) assert.equal(JSON.parse((await worker.lines.next()).value).id, id);
  await worker.end();
});

test('refuses what is too long and goes on', async () => {
  const worker = new Worker();
  const refused = await worker.ask(1, ' '.repeat(262145));
  assert.match(refused.fault, /no request of 262145 bytes/);
  assert.equal(typeof (await worker.ask(2, DESCRIBE)).answer, 'string');
  await worker.end();
});

test('ends when its input ends', async () => {
  assert.equal(await new Worker().end(), 0);
});

test('ends on a line that is no JSON, for the bridge to start another', async () => {
  const worker = new Worker();
  worker.say('nonsense');
  assert.notEqual(await worker.ended, 0);
});
