// What pkg/ is made of, as one SHA-256: the core's sources, its manifest, the dependencies that
// Cargo.lock pins for it, the settings app's sources, and the scripts that build it.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const SOURCES = [
  'src', 'Cargo.toml', 'tests/schema.rs', '.ci/build', 'php-bridge/admin/src',
  ...['admin.mjs', 'alike.mjs', 'core.mjs', 'digest.mjs', 'features.mjs', 'flat.mjs', 'package.mjs', 'printer', 'selftest.json'].map((name) => `.ci/tools/${name}`),
];

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => files(join(path, name)));
}

/** The packages of Cargo.lock that `name` needs, itself included; other members' are left out. */
export function lockedFor(name, lock) {
  const packages = lock.split('\n[[package]]\n').slice(1).map((text) => ({
    text: text.trim(),
    name: /^name = "(.+)"$/m.exec(text)[1],
    version: /^version = "(.+)"$/m.exec(text)[1],
    needs: [...text.matchAll(/^ "(.+)",$/gm)].map((match) => match[1]),
  }));
  const wanted = new Set();
  const visit = (need) => {
    const [wantedName, wantedVersion] = need.split(' ');
    for (const entry of packages) {
      if (entry.name !== wantedName || (wantedVersion && entry.version !== wantedVersion)) continue;
      if (wanted.has(entry)) continue;
      wanted.add(entry);
      entry.needs.forEach(visit);
    }
  };
  visit(name);
  return packages.filter((entry) => wanted.has(entry)).map((entry) => entry.text).join('\n');
}

export function sourcesDigest() {
  const hash = createHash('sha256');
  const add = (name, content) => hash.update(`${name}\0${sha256(content)}\n`);
  const paths = SOURCES.flatMap((source) => files(join(ROOT, source))).map((path) => relative(ROOT, path).split(sep).join('/'));
  for (const path of paths.sort()) add(path, readFileSync(join(ROOT, path)));
  add('Cargo.lock', lockedFor('orderbridge', readFileSync(join(ROOT, 'Cargo.lock'), 'utf8')));
  return hash.digest('hex');
}
