// pkg/ belongs to the sources beside it, and holds what it says.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, lockedFor, sha256, sourcesDigest } from '../../.ci/tools/digest.mjs';

const pkg = join(ROOT, 'pkg');
const build = JSON.parse(readFileSync(join(pkg, 'BUILD.json'), 'utf8'));

function files(folder, prefix = '') {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path, `${prefix}${name}/`) : [`${prefix}${name}`];
  });
}

test('pkg/ is built from these sources', () => {
  assert.equal(build.sources, sourcesDigest(), 'the sources have changed since: run make build and commit pkg/');
});

test('pkg/ is built with the pinned tools', () => {
  const lock = JSON.parse(readFileSync(join(ROOT, '.ci/tools/package-lock.json'), 'utf8')).packages;
  for (const name of ['binaryen', 'json-schema-to-typescript']) {
    assert.equal(build.tools[name], lock[`node_modules/${name}`].version, name);
  }
  const bindgen = /name = "wasm-bindgen"\nversion = "(.+)"/.exec(readFileSync(join(ROOT, 'Cargo.lock'), 'utf8'));
  assert.equal(build.tools['wasm-bindgen'], bindgen[1]);
});

test('every file is the one that was built', () => {
  const present = files(pkg).filter((name) => name !== 'BUILD.json').sort();
  assert.deepEqual(present, Object.keys(build.files).sort());
  for (const name of present) {
    const content = readFileSync(join(pkg, name));
    assert.deepEqual({ bytes: content.length, sha256: sha256(content) }, build.files[name], name);
  }
});

test('core.php is made from core.wasm', () => {
  const head = readFileSync(join(pkg, 'core.php'), 'utf8').slice(0, 400);
  assert.ok(head.includes(`core.wasm: sha256 ${sha256(readFileSync(join(pkg, 'core.wasm')))}`));
});

test('no file tells where it was built', () => {
  for (const name of Object.keys(build.files)) {
    const text = readFileSync(join(pkg, name), 'latin1');
    assert.doesNotMatch(text, /\/home\/|\/root\/|\/Users\/|registry\/src|crates\.io/, name);
  }
});

test('the digest hears of the dependencies of the core only', () => {
  const entry = (name, needs) => `\n[[package]]\nname = "${name}"\nversion = "1.0.0"\ndependencies = [\n${needs.map((need) => ` "${need}",\n`).join('')}]\n`;
  const lock = (other) => `version = 4\n${entry('orderbridge', ['a'])}${entry('a', ['b'])}${entry('b', [])}${entry('portal', [other])}${entry(other, [])}`;
  assert.equal(lockedFor('orderbridge', lock('x')), lockedFor('orderbridge', lock('y')));
  assert.match(lockedFor('orderbridge', lock('x')), /name = "b"/);
  assert.doesNotMatch(lockedFor('orderbridge', lock('x')), /portal|"x"/);
});
