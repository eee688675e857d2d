// Records the vectors: the contract of the core as requests and the exact bytes of the answers.
//
//   node tests/vectors/record.mjs [core.wasm]
//
// Each vector is <operation>/<case>/ with request.json, answer.json and why.md. Run it after a change
// that is meant, and read the difference before you commit it: that is the review of the change.
// A bug starts here, with a case whose recorded answer is wrong.
import { mkdirSync, readFileSync, rmSync, writeFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cases } from './scenarios.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const wasm = process.argv[2] ?? join(here, '../../pkg/core.wasm');
const { exports: core } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasm)), {});

function call(text) {
  const request = Buffer.from(text);
  const at = core.core_alloc(request.length);
  if (at === 0) throw new Error('the request is too long');
  new Uint8Array(core.memory.buffer, at, request.length).set(request);
  const fault = core.core_call(at, request.length);
  if (fault !== 0) throw new Error(`fault ${fault}`);
  return Buffer.from(core.memory.buffer, core.core_out_ptr(), core.core_out_len()).toString();
}

for (const name of readdirSync(here)) {
  if (name === 'scenarios') continue;
  if (statSync(join(here, name)).isDirectory()) rmSync(join(here, name), { recursive: true });
}
let count = 0;
const record = (folder, name, why, request) => {
  const text = typeof request === 'string' ? request : JSON.stringify(request);
  const answer = call(text);
  const place = join(here, folder, name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'request.json'), text + '\n');
  writeFileSync(join(place, 'answer.json'), answer + '\n');
  writeFileSync(join(place, 'why.md'), why + '\n');
  count += 1;
  return answer;
};
record.ask = (request) => call(JSON.stringify(request));
cases(record);
console.log(`${count} vectors`);
