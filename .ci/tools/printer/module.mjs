// Prints a whole module: `return static fn () => new class { … };`

import { printFunction } from './function.mjs';
import { parse } from './sexpr.mjs';

/** Shorter runs of zeros between data are written out. */
const GAP = 64;

export function printModule(text, runtime, about) {
  const [[, ...parts]] = parse(text);
  const of = (kind) => parts.filter((part) => part[0] === kind);
  const functions = of('func');
  const byName = new Map(functions.map((node, i) => [node[1], { node, method: `f${i}` }]));
  const types = new Map(of('type').map(([, name, node]) => [name, signature(node)]));
  const globals = of('global').filter(([, , type]) => Array.isArray(type) && type[0] === 'mut');
  if (globals.length !== 1) throw new Error(`one mutable global expected, found ${globals.length}`);

  const module = {
    stackPointer: globals[0][1],
    stackSize: BigInt(globals[0][3][1]),
    global: (name) => {
      if (name !== globals[0][1]) throw new Error(`global ${name}`);
      return '$this->g';
    },
    method: (name) => byName.get(name).method,
    signature: (name) => signature(byName.get(name).node),
    typeOf: (name) => types.get(name),
  };

  const exported = of('export').filter(([, , target]) => target[0] === 'func')
    .map(([, name, [, target]]) => [Buffer.from(name.bytes).toString(), target])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const pages = of('memory')[0].find((part) => /^\d+$/.test(part));
  const data = image(of('data'));
  const table = methods(of('elem'), module);
  const lines = [
    '<?php',
    ...about.map((line) => `// ${line}`),
    'declare(strict_types=1);',
    'return static fn (): object => new class {',
    `private const PAGES = ${pages};`,
    `private const T = [${table.join(', ')}];`,
    `private const DATA = [${data.join(',\n')}];`,
    `private $g = ${Number(globals[0][3][1])};`,
    runtime,
    ...exported.map(([name, target]) => exportMethod(name, target, module)),
    ...functions.map((node) => `private ${printFunction(node, module)}`),
    '};',
    '',
  ];
  return lines.join('\n');
}

function signature(node) {
  const params = node.flatMap((part) => (part[0] === 'param' ? part.slice(1).filter((p) => !p.startsWith('$')) : []));
  const result = node.find((part) => part[0] === 'result');
  return { params, result: result ? result[1] : null };
}

function exportMethod(name, target, module) {
  const { params, result } = module.signature(target);
  if (result !== 'i32' || params.some((p) => p !== 'i32')) throw new Error(`${name} is not i32 only`);
  const names = params.map((_, i) => `$p${i}`);
  return `public function ${name}(${names.map((p) => `int ${p}`).join(', ')}): int {\n`
    + `return $this->${module.method(target)}(${names.join(', ')});\n}`;
}

/** The table of functions: index => name of the method. */
function methods(elements, module) {
  return elements.flatMap(([, ...parts]) => {
    const offset = parts.findIndex(Array.isArray);
    const start = Number(parts[offset][1]);
    return parts.slice(offset + 1).filter((name) => name !== 'func').map((name, i) => `${start + i} => '${module.method(name)}'`);
  });
}

/** The data segments as runs of whole words: [words of zeros before, "bytes"]. */
function image(segments) {
  const bytes = new Map();
  for (const segment of segments) {
    const [offset, content] = segment.slice(-2);
    content.bytes.forEach((byte, i) => {
      if (byte !== 0) bytes.set(Number(offset[1]) + i, byte);
    });
  }
  const runs = [];
  for (const at of [...bytes.keys()].sort((a, b) => a - b)) {
    const last = runs[runs.length - 1];
    if (last && at - last.end < GAP) last.end = at + 1;
    else runs.push({ start: at & ~3, end: at + 1 });
  }
  let written = 0;
  return runs.map(({ start, end }) => {
    const zeros = (start - written) >> 2;
    written = (end + 3) & ~3;
    let text = '';
    for (let at = start; at < written; at += 1) text += escaped(bytes.get(at) ?? 0);
    return `[${zeros}, "${text}"]`;
  });
}

function escaped(byte) {
  const char = String.fromCharCode(byte);
  if (byte >= 0x20 && byte < 0x7f && !'"\\$'.includes(char)) return char;
  return `\\${byte.toString(8).padStart(3, '0')}`;
}
