// The JavaScript package as somebody else's program meets it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../.ci/tools/digest.mjs';
import init, { call, callJson } from '../../pkg/js/node.js';

const DESCRIBE = { v: 1, op: 'core.describe', lang: 'en', data: {} };

test('is ready in Node when imported', async () => {
  await init();
  assert.equal(call(DESCRIBE).outcome, 'ok');
});

test('gives plain objects, equal to the text', () => {
  const answer = call(DESCRIBE);
  assert.equal(JSON.stringify(answer), callJson(JSON.stringify(DESCRIBE)));
  assert.equal(Object.getPrototypeOf(answer.data), Object.prototype);
});

test('refuses, and does not throw', () => {
  for (const strange of [undefined, null, 1, 'text', [], {}, { v: 2 }, () => 1, 10n]) {
    assert.equal(call(strange).outcome, 'rejected');
  }
  const circle = {};
  circle.self = circle;
  assert.equal(call(circle).outcome, 'rejected');
});

test('its types name every operation and every code has words', () => {
  const types = readFileSync(join(ROOT, 'pkg/js/types.d.ts'), 'utf8');
  const { ops, codes } = call(DESCRIBE).data;
  for (const op of ops) assert.ok(types.includes(`| "${op}"`), op);
  for (const { code, message, hint } of codes) assert.ok(message && typeof hint === 'string', code);
});

test('its package.json points at files that are there', () => {
  const { exports: doors, version } = JSON.parse(readFileSync(join(ROOT, 'pkg/js/package.json'), 'utf8'));
  const paths = JSON.stringify(doors).match(/\.\/[\w.]+\.(?:js|ts)/g);
  assert.ok(paths.length >= 5);
  for (const path of paths) assert.ok(readFileSync(join(ROOT, 'pkg/js', path)).length > 0, path);
  assert.equal(version, call(DESCRIBE).data.version);
});
