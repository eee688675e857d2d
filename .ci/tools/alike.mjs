// Puts functions that resemble each other side by side: what compresses the module (a zip, a gzipped
// answer) looks back over a few kilobytes only, and finds two in a hundred more to leave out.

import binaryen from 'binaryen';
import * as features from './features.mjs';

/** Bytes that are compared at once, and how many of what was placed last count. */
const RUN = 5;
const BACK = 2048;

/** The bytes of each function, in the order of their numbers. */
function bodies(wasm) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at];
      at += 1;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  for (;;) {
    const id = wasm[at];
    at += 1;
    const length = number();
    if (id !== 10) {
      at += length;
      continue;
    }
    return Array.from({ length: number() }, () => {
      const size = number();
      at += size;
      return wasm.subarray(at - size, at);
    });
  }
}

function runs(bytes) {
  const found = new Set();
  for (let i = 0; i + RUN <= bytes.length; i += 1) found.add(bytes.subarray(i, i + RUN).join());
  return found;
}

/** The numbers of the functions: after each the one that has most in common with the last ones. */
function order(code) {
  const known = code.map(runs);
  const left = new Set(code.keys());
  const near = new Map();
  const placed = [];
  const last = [];
  let bytes = 0;
  const place = (index) => {
    left.delete(index);
    placed.push(index);
    last.push(index);
    bytes += code[index].length;
    for (const run of known[index]) near.set(run, (near.get(run) ?? 0) + 1);
    while (bytes > BACK && last.length > 1) {
      const gone = last.shift();
      bytes -= code[gone].length;
      for (const run of known[gone]) near.set(run, near.get(run) - 1);
    }
  };
  const common = (index) => {
    let both = 0;
    for (const run of known[index]) if (near.get(run) > 0) both += 1;
    return both / (known[index].size + 8);
  };
  const best = (worth) => [...left].reduce((one, other) => (worth(other) > worth(one) ? other : one));
  place(best((index) => code[index].length));
  while (left.size > 0) {
    const worth = new Map([...left].map((index) => [index, common(index)]));
    place(best((index) => worth.get(index)));
  }
  return placed;
}

/** The same module with its functions in another order. */
export function alike(module) {
  const names = Array.from({ length: module.getNumFunctions() }, (_, i) => binaryen.getFunctionInfo(module.getFunctionByIndex(i)).name);
  const place = new Map(order(bodies(module.emitBinary())).map((index, i) => [names[index], `f${String(i).padStart(5, '0')}`]));
  // Binaryen orders functions by their names, and takes new names from the text only.
  const text = module.emitText().replace(/\$(?:"[^"]*"|[^\s()]+)/g, (name) => {
    const known = place.get(name.slice(1).replace(/^"(.*)"$/, '$1'));
    return known ? `$${known}` : name;
  });
  const other = binaryen.parseText(text);
  other.setFeatures(features.CORE);
  other.runPasses(['reorder-functions-by-name']);
  return other;
}
