// Answers requests line by line: {"id":1,"request":"…"} in, {"id":1,"answer":"…"} or
// {"id":1,"fault":"…"} out, until standard input is closed.
//
//   node worker.mjs <core.wasm>

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const ABI = 1;
const module = new WebAssembly.Module(readFileSync(process.argv[2]));
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
let core = null;

function fresh() {
  const { exports } = new WebAssembly.Instance(module);
  const abi = exports.core_abi_version();
  if (abi !== ABI) throw new Error(`core.wasm speaks version ${abi} of the border, this worker ${ABI}`);
  return exports;
}

function answer(request) {
  core ??= fresh();
  const bytes = encoder.encode(request);
  const at = core.core_alloc(bytes.length);
  if (at === 0) throw new Error(`it takes no request of ${bytes.length} bytes`);
  new Uint8Array(core.memory.buffer, at, bytes.length).set(bytes);
  const status = core.core_call(at, bytes.length);
  if (status !== 0) throw new Error(`fault ${status}`);
  return decoder.decode(new Uint8Array(core.memory.buffer, core.core_out_ptr(), core.core_out_len()));
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { id, request } = JSON.parse(line);
  let reply;
  try {
    reply = { id, answer: answer(request) };
  } catch (error) {
    core = null; // after a trap its memory may be half changed
    reply = { id, fault: error.message };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
