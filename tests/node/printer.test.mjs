// The PHP printer against the engine of this very process: every operation that it can print, with
// the numbers that go wrong first.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import binaryen from '../../.ci/tools/node_modules/binaryen/index.js';
import { FLAT } from '../../.ci/tools/flat.mjs';
import * as features from '../../.ci/tools/features.mjs';
import { printModule } from '../../.ci/tools/printer/module.mjs';

const runtime = readFileSync(new URL('../../.ci/tools/printer/runtime.php', import.meta.url), 'utf8').trimEnd();
const folder = mkdtempSync(join(tmpdir(), 'printer-'));
after(() => rmSync(folder, { recursive: true }));

const EDGES = [0, 1, 2, 3, 7, 31, 32, 33, 63, 64, 127, 128, 255, 256, 32767, 32768, 65535, 65536,
  0x7ffffffe, 0x7fffffff, -0x80000000, -0x7fffffff, -1, -2, -3, -128, -129, -32768, -32769, 0x55555555, 305419896];
const RUNNER = `<?php
set_error_handler(static function (int $level, string $message): never { throw new ErrorException($message); });
$core = (require $argv[1])();
foreach (json_decode(file_get_contents($argv[2]), true) as [$name, $arguments]) {
    try {
        $unsigned = array_map(static fn (int $n): int => $n & 0xffffffff, $arguments);
        $results[] = $core->$name(...$unsigned);
    } catch (Throwable $trap) {
        $results[] = 'trap';
        $core = (require $argv[1])();
    }
}
echo json_encode($results);
`;
writeFileSync(join(folder, 'run.php'), RUNNER);

/** Runs every call in both and compares; returns how many trapped. */
function compare(text, plainCalls) {
  const calls = plainCalls.map(([name, args]) => [`t_${name}`, args]);
  const module = binaryen.parseText(text);
  module.setFeatures(features.CORE);
  assert.ok(module.validate());
  const bytes = module.emitBinary();
  module.runPasses(FLAT);
  writeFileSync(join(folder, 'core.php'), printModule(module.emitText(), runtime, ['a test']));
  writeFileSync(join(folder, 'calls.json'), JSON.stringify(calls));
  const output = execFileSync('php', ['run.php', join(folder, 'core.php'), join(folder, 'calls.json')], {
    cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28,
  });
  const given = JSON.parse(output);
  const compiled = new WebAssembly.Module(bytes);
  let instance = new WebAssembly.Instance(compiled);
  let traps = 0;
  calls.forEach(([name, args], i) => {
    let expected;
    try {
      expected = instance.exports[name](...args) >>> 0;
    } catch {
      expected = 'trap';
      traps += 1;
      instance = new WebAssembly.Instance(compiled);
    }
    assert.equal(given[i], expected, `${name}(${args.join(', ')})`);
  });
  return traps;
}

/** A module of these functions; their names must not be those of the runtime's own. */
const shell = (functions) => `(module
  (memory (export "memory") 1) (global $sp (mut i32) (i32.const 1024))
  (data (i32.const 2048) "${Array.from({ length: 256 }, (_, i) => `\\${i.toString(16).padStart(2, '0')}`).join('')}")
  ${functions.join('\n').replaceAll('(export "', '(export "t_')})`;

const pairs = (values) => values.flatMap((a) => values.map((b) => [a, b]));

test('32 bits: every operation', () => {
  const binary = ['add', 'sub', 'mul', 'and', 'or', 'xor', 'shl', 'shr_u', 'shr_s', 'rotl', 'rotr', 'div_u', 'div_s', 'rem_u', 'rem_s',
    'eq', 'ne', 'lt_u', 'lt_s', 'le_u', 'le_s', 'gt_u', 'gt_s', 'ge_u', 'ge_s'];
  const unary = ['clz', 'ctz', 'popcnt', 'eqz', 'extend8_s', 'extend16_s'];
  const functions = [
    ...binary.map((op) => `(func (export "${op}") (param i32 i32) (result i32) (i32.${op} (local.get 0) (local.get 1)))`),
    ...binary.map((op) => `(func (export "deep_${op}") (param i32 i32) (result i32)
      (i32.xor (i32.${op} (i32.add (local.get 0) (i32.const -7)) (i32.or (i32.mul (local.get 1) (i32.const 5)) (i32.const 1))) (local.get 0)))`),
    ...unary.map((op) => `(func (export "${op}") (param i32 i32) (result i32) (i32.${op} (local.get 0)))`),
    ...unary.map((op) => `(func (export "deep_${op}") (param i32 i32) (result i32) (i32.${op} (i32.sub (local.get 0) (local.get 1))))`),
  ];
  const names = [...binary, ...unary];
  const calls = names.flatMap((op) => pairs(EDGES).flatMap((args) => [[op, args], [`deep_${op}`, args]]));
  assert.ok(compare(shell(functions), calls) > 0, 'divisions by zero trap');
});

test('64 bits: every operation', () => {
  const binary = ['add', 'sub', 'mul', 'and', 'or', 'xor', 'shl', 'shr_u', 'shr_s', 'rotl', 'rotr', 'div_u', 'div_s', 'rem_u', 'rem_s'];
  const compared = ['eq', 'ne', 'lt_u', 'lt_s', 'le_u', 'le_s', 'gt_u', 'gt_s', 'ge_u', 'ge_s'];
  const unary = ['clz', 'ctz', 'popcnt', 'extend8_s', 'extend16_s', 'extend32_s'];
  const long = (high, low) => `(i64.or (i64.shl (i64.extend_i32_s (local.get ${high})) (i64.const 32)) (i64.extend_i32_u (local.get ${low})))`;
  const folded = (expression) => `(local $r i64) (local.set $r ${expression})
    (i32.xor (i32.wrap_i64 (local.get $r)) (i32.rotl (i32.wrap_i64 (i64.shr_u (local.get $r) (i64.const 32))) (i32.const 7)))`;
  const header = (name) => `(func (export "${name}") (param i32 i32 i32 i32) (result i32)`;
  const functions = [
    ...binary.map((op) => `${header(op)} ${folded(`(i64.${op} ${long(0, 1)} ${long(2, 3)})`)})`),
    ...binary.map((op) => `${header(`small_${op}`)} ${folded(`(i64.${op} (i64.extend_i32_u (local.get 1)) (i64.extend_i32_u (local.get 3)))`)})`),
    ...compared.map((op) => `${header(op)} (i64.${op} ${long(0, 1)} ${long(2, 3)}))`),
    ...unary.map((op) => `${header(op)} ${folded(`(i64.${op} ${long(0, 1)})`)})`),
    `${header('eqz')} (i64.eqz ${long(0, 1)}))`,
  ];
  const few = [0, 1, 5, 33, 0x7fffffff, -0x80000000, -1, -2, 65536, 305419896];
  const longs = pairs(few);
  const some = longs.flatMap((a, i) => longs.filter((_, j) => (i * 7 + j) % 5 === 0 || i === j).map((b) => [...a, ...b]));
  const names = [...binary, ...binary.map((op) => `small_${op}`), ...compared, ...unary, 'eqz'];
  assert.ok(compare(shell(functions), names.flatMap((op) => some.map((args) => [op, args]))) > 0);
});

test('memory: every width, alignment and place', () => {
  const functions = [];
  const calls = [];
  const places = [2048, 2049, 2050, 2051, 2052, 2055, 2300];
  for (const [type, loads] of [['i32', ['', '8_u', '8_s', '16_u', '16_s']], ['i64', ['', '8_u', '8_s', '16_u', '16_s', '32_u', '32_s']]]) {
    for (const kind of loads) {
      const size = kind ? Number.parseInt(kind, 10) / 8 : type === 'i32' ? 4 : 8;
      const folded = (load) => (type === 'i32' ? load : `(i32.xor (i32.wrap_i64 ${load}) (i32.wrap_i64 (i64.shr_s ${load} (i64.const 32))))`);
      for (let align = 1; align <= size; align *= 2) {
        const name = `${type}_load${kind}_${align}`;
        functions.push(`(func (export "${name}") (param i32 i32) (result i32) ${folded(`(${type}.load${kind} offset=8 align=${align} (i32.sub (local.get 0) (i32.const 8)))`)})`);
        places.filter((place) => place % align === 0).forEach((place) => calls.push([name, [place, 0]]));
        if (kind.endsWith('_s')) continue;
        const write = kind.replace('_u', '');
        const store = `${type}_store${write}_${align}`;
        const v = type === 'i32' ? '(local.get 1)' : '(i64.or (i64.extend_i32_u (local.get 1)) (i64.shl (i64.extend_i32_s (i32.xor (local.get 1) (i32.const 0x5a5a5a5a))) (i64.const 32)))';
        functions.push(`(func (export "${store}") (param i32 i32) (result i32) (${type}.store${write} align=${align} (local.get 0) ${v}) (call $sum))`);
        for (const n of [-1, 0, 305419896, -305419896]) {
          places.filter((place) => place % align === 0).forEach((place) => calls.push([store, [place, n]]));
        }
      }
    }
  }
  functions.push(`(func $sum (export "sum") (result i32) (local $at i32) (local $s i32)
    (local.set $at (i32.const 2040))
    (loop $more
      (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 31)) (i32.load8_u (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $more (i32.lt_u (local.get $at) (i32.const 2700))))
    (local.get $s))
  (func (export "copy") (param i32 i32 i32) (result i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)) (call $sum))
  (func (export "fill") (param i32 i32 i32) (result i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)) (call $sum))
  (func (export "copy64") (param i32 i32) (result i32) (i64.store align=4 (local.get 0) (i64.load align=4 (local.get 1))) (call $sum))
  (func (export "constant") (param i32) (result i32) (i64.store (i32.const 2056) (i64.const -2)) (i32.store8 (i32.const 2067) (local.get 0)) (i32.store16 (i32.const 2070) (local.get 0)) (call $sum))
  (func (export "grow") (param i32) (result i32) (i32.add (i32.mul (memory.grow (local.get 0)) (i32.const 100)) (memory.size)))
  (func (export "beyond") (param i32) (result i32) (i32.load (local.get 0)))`);
  for (const to of [2048, 2049, 2050, 2051, 2060, 2101]) {
    for (const from of [2048, 2049, 2050, 2051, 2056, 2099]) {
      for (const size of [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 64, 65]) calls.push(['copy', [to, from, size]], ['fill', [to, from, size]]);
    }
  }
  calls.push(['copy', [65530, 0, 7]], ['copy', [0, -1, 2]], ['fill', [65530, 0, 7]], ['fill', [-1, 0, 0]]);
  calls.push(['copy64', [2048, 2052]], ['copy64', [2052, 2048]], ['copy64', [2048, 2120]], ['constant', [77]], ['constant', [-1]]);
  calls.push(['beyond', [65532]], ['beyond', [65536]], ['beyond', [-4]], ['grow', [0]], ['grow', [1]], ['grow', [2]], ['grow', [100]], ['beyond', [65536]], ['sum', []]);
  assert.ok(compare(shell(functions), calls) >= 5);
});

test('control: tables, loops, calls in every place, the stack', () => {
  const functions = [
    `(type $unary (func (param i32) (result i32)))
     (table 3 funcref) (elem (i32.const 1) $double $note)
     (func $double (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
     (func $note (param i32) (result i32) (i32.store (i32.const 4096) (i32.add (i32.load (i32.const 4096)) (local.get 0))) (i32.load (i32.const 4096)))`,
    '(func (export "indirect") (param i32 i32) (result i32) (call_indirect (type $unary) (local.get 1) (local.get 0)))',
    `(func (export "switch") (param i32) (result i32)
      (block $d (block $c (block $b (block $a (br_table $a $b $a $c $d (local.get 0))) (return (i32.const 10))) (return (i32.const 20))) (return (i32.const 30))) (i32.const 40))`,
    `(func (export "nested") (param i32 i32) (result i32) (local $n i32)
      (block $out (loop $outer (loop $inner
        (local.set $n (i32.add (local.get $n) (i32.const 1)))
        (br_if $out (i32.gt_u (local.get $n) (local.get 1)))
        (br_if $inner (i32.and (local.get $n) (i32.const 3)))
        (br_if $outer (i32.lt_u (local.get $n) (local.get 0)))))) (local.get $n))`,
    `(func (export "order") (param i32 i32) (result i32)
      (i32.add (i32.mul (local.get 0) (i32.const 1000003)) (i32.add (local.tee 0 (call $note (local.get 1))) (i32.mul (local.get 0) (call $note (i32.const 5))))))`,
    `(func (export "chosen") (param i32 i32) (result i32)
      (select (call $note (local.get 0)) (call $note (local.get 1)) (i32.and (call $note (i32.const 3)) (i32.const 1))))`,
    `(func (export "chosen_by_call") (param i32 i32) (result i32)
      (select (local.get 0) (i32.const 7) (i32.and (call $note (local.get 1)) (i32.const 1))))`,
    `(func (export "load_before_call") (param i32 i32) (result i32)
      (i32.sub (i32.load (i32.const 4096)) (call $note (local.get 0))))`,
    `(func (export "store_after_call") (param i32 i32) (result i32)
      (i32.store8 (i32.add (i32.const 4096) (i32.and (local.get 0) (i32.const 3))) (call $note (local.get 1))) (i32.load (i32.const 4096)))`,
    `(func (export "dropped") (param i32 i32) (result i32)
      (if (local.get 0) (then (drop (call $note (local.get 1)))) (else (drop (call $note (call $note (i32.const 7))))))
      (i32.load (i32.const 4096)))`,
    `(func $deeper (param i32) (result i32) (local $frame i32)
      (global.set $sp (local.tee $frame (i32.sub (global.get $sp) (i32.const 64))))
      (i32.store offset=12 (local.get $frame) (local.get 0))
      (if (local.get 0) (then (drop (call $deeper (i32.sub (local.get 0) (i32.const 1))))))
      (local.set 0 (i32.load offset=12 (local.get $frame)))
      (global.set $sp (i32.add (local.get $frame) (i32.const 64)))
      (local.get 0))
     (func (export "recurse") (param i32) (result i32) (call $deeper (local.get 0)))`,
    `(func (export "unset") (param i32) (result i32) (local $x i32) (local $y i64)
      (block $skip (br_if $skip (local.get 0)) (local.set $x (i32.const 9)) (local.set $y (i64.const 8)))
      (i32.add (local.get $x) (i32.wrap_i64 (local.get $y))))`,
    '(func (export "stop") (param i32) (result i32) (if (local.get 0) (then (unreachable))) (i32.const 1))',
  ];
  const calls = [];
  for (const n of [0, 1, 2, 3, 4, 5, -1]) {
    calls.push(['switch', [n]], ['indirect', [n, 21]], ['unset', [n]], ['stop', [n]], ['recurse', [n & 7]]);
    for (const k of [0, 1, 3, 9, 40]) {
      calls.push(['nested', [n & 63, k]], ['order', [n, k]], ['chosen', [n, k]], ['chosen_by_call', [n, k]], ['dropped', [n, k]], ['load_before_call', [n, k]], ['store_after_call', [n, k]]);
    }
  }
  // The stack has room for 16 frames of 64 bytes.
  calls.push(['recurse', [15]], ['recurse', [16]], ['recurse', [1000]], ['recurse', [3]]);
  assert.ok(compare(shell(functions), calls) > 5);
});
