// node package.mjs <folder>: finishes pkg/ once core.wasm, js/ and schema/ are in it: the JavaScript
// package, its types, the self-test, BUILD.json.

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import binaryen from 'binaryen';
import { compile } from 'json-schema-to-typescript';
import { ROOT, sha256, sourcesDigest } from './digest.mjs';
import * as features from './features.mjs';

const folder = resolve(process.argv[2]);
const js = join(folder, 'js');
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const write = (path, text) => writeFileSync(join(folder, path), text);
const pretty = (value) => `${JSON.stringify(value, null, 2)}\n`;

function shrink(path) {
  const module = binaryen.readBinary(readFileSync(path));
  module.setFeatures(features.RUSTC);
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(2);
  module.optimize();
  module.runPasses(['strip-debug', 'strip-producers', 'strip-target-features']);
  writeFileSync(path, module.emitBinary());
  module.dispose();
}

/** One file with every type of the schemas; two that share a name get their schema's before it. */
async function types(operations) {
  const shared = {};
  const properties = {};
  for (const name of readdirSync(join(folder, 'schema')).sort()) {
    let schema = bare(json(join(folder, 'schema', name)));
    for (const [key, definition] of Object.entries(schema.$defs ?? {})) {
      if (key in shared && !isDeepStrictEqual(shared[key], definition)) {
        schema = renamed(schema, key, `${schema.title}${key}`);
      }
    }
    const { $defs = {}, $schema, title, ...root } = schema;
    Object.assign(shared, $defs, { [title]: root });
    properties[title] = { $ref: `#/$defs/${title}` };
  }
  const root = { title: 'Border', description: 'Everything that crosses the border.', type: 'object', additionalProperties: false, properties, required: Object.keys(properties), $defs: shared };
  const generated = await compile(root, 'Border', { bannerComment: '', additionalProperties: false, strictIndexSignatures: true });
  return `// Made from pkg/schema by \`make build\`; not to be edited.

/** What the core can be asked. */
export type Operation =
${operations.map((name) => `  | ${JSON.stringify(name)}`).join('\n')};

/** A request. \`data\` is what the operation works on: see the README. */
export interface Request {
  v: 1;
  op: Operation;
  /** The host's time, RFC 3339. */
  now?: string;
  lang?: "ru" | "en";
  settings?: Partial<Settings>;
  data?: unknown;
}

/** An answer. Decide on \`outcome\` and on the code, never on a text. */
export type Answer<Data = unknown> =
  | { v: 1; outcome: "ok"; data: Data; notes?: Spoken[] }
  | { v: 1; outcome: "rejected"; error: Spoken };

${generated.trim()}
`;
}

/** References without what JSON Schema lets stand beside them, which would make a type of each. */
function bare(value) {
  if (Array.isArray(value)) return value.map(bare);
  if (value === null || typeof value !== 'object') return value;
  if (typeof value.$ref === 'string') return value.$ref.endsWith('/Opaque') ? { tsType: 'unknown' } : { $ref: value.$ref };
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, bare(inside)]));
}

function renamed(schema, from, to) {
  const text = JSON.stringify(schema).replaceAll(`"#/$defs/${from}"`, `"#/$defs/${to}"`);
  const { $defs: { [from]: definition, ...others }, ...root } = JSON.parse(text);
  return { ...root, $defs: { ...others, [to]: definition } };
}

const NODE = `// Made by \`make build\`; not to be edited. The package in Node: ready when it is imported.
import { readFileSync } from 'node:fs';
import { initSync } from './orderbridge.js';

initSync({ module: readFileSync(new URL('./orderbridge_bg.wasm', import.meta.url)) });

export { call, callJson } from './orderbridge.js';
/** In a browser this loads the module; here it is loaded already. */
export default async function init() {}
`;

function selftest(core) {
  return json(join(ROOT, '.ci/tools/selftest.json')).map(({ name, request }) => {
    const text = JSON.stringify(request);
    return { name, request: text, answer: core(text) };
  });
}

/** A door of core.wasm for the texts of this build. */
function door(path) {
  const { exports: core } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)));
  return (text) => {
    const bytes = new TextEncoder().encode(text);
    const at = core.core_alloc(bytes.length);
    new Uint8Array(core.memory.buffer, at, bytes.length).set(bytes);
    if (core.core_call(at, bytes.length) !== 0) throw new Error(`core.wasm: fault for ${text}`);
    return new TextDecoder().decode(new Uint8Array(core.memory.buffer, core.core_out_ptr(), core.core_out_len()));
  };
}

const version = (command, ...args) => execFileSync(command, args, { encoding: 'utf8' }).trim();

function files(path, prefix = '') {
  return readdirSync(path).sort().flatMap((name) => {
    const inside = join(path, name);
    return statSync(inside).isDirectory() ? files(inside, `${prefix}${name}/`) : [`${prefix}${name}`];
  });
}

/** No path of the machine that built it, no host of a registry. */
function refuseTraces(names) {
  const traces = [ROOT, process.env.HOME, process.env.CARGO_HOME, 'registry/src'].filter((trace) => trace && trace !== '/');
  for (const name of names) {
    const content = readFileSync(join(folder, name));
    const found = traces.filter((trace) => content.includes(trace));
    if (found.length > 0) throw new Error(`${name} tells of this machine: ${found.join(', ')}`);
  }
}

shrink(join(js, 'orderbridge_bg.wasm'));
const core = door(join(folder, 'core.wasm'));
const described = JSON.parse(core('{"v":1,"op":"core.describe","lang":"en","data":{}}')).data;
write('selftest.json', pretty(selftest(core)));
write('js/types.d.ts', await types(described.ops));
write('js/node.js', NODE);
write('js/node.d.ts', `export { call, callJson } from './orderbridge.js';\nexport * from './types.js';\nexport default function init(): Promise<void>;\n`);
write('js/package.json', pretty({
  name: 'orderbridge',
  version: described.version,
  description: 'The core of Orderbridge for the browser and Node: every decision about orders and deals.',
  license: 'MIT',
  type: 'module',
  exports: {
    '.': { node: { types: './node.d.ts', default: './node.js' }, types: './orderbridge.d.ts', default: './orderbridge.js' },
    './types': { types: './types.d.ts' },
  },
  types: './orderbridge.d.ts',
  sideEffects: ['./node.js'],
}));

// The package must at least start and agree with core.wasm before it is called built.
const { callJson } = await import(pathToFileURL(join(js, 'node.js')));
for (const { name, request, answer } of json(join(folder, 'selftest.json'))) {
  if (callJson(request) !== answer) throw new Error(`the JavaScript package answers differently: ${name}`);
}

const names = files(folder).filter((name) => name !== 'BUILD.json');
refuseTraces(names);
const tools = json(join(ROOT, '.ci/tools/package-lock.json')).packages;
write('BUILD.json', pretty({
  version: described.version,
  sources: sourcesDigest(),
  tools: {
    rustc: version('rustc', '--version'),
    'wasm-bindgen': version('wasm-bindgen', '--version').split(' ')[1],
    binaryen: tools['node_modules/binaryen'].version,
    esbuild: tools['node_modules/esbuild'].version,
    'json-schema-to-typescript': tools['node_modules/json-schema-to-typescript'].version,
  },
  files: Object.fromEntries(names.map((name) => {
    const content = readFileSync(join(folder, name));
    return [name, { bytes: content.length, sha256: sha256(content) }];
  })),
}));
