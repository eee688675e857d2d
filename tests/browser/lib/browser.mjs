// Chromium, a count of checks, and programs that a test starts and stops.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const require = createRequire(join(root, '.ci/tools/package.json'));
const { chromium } = require(process.env.PLAYWRIGHT_CORE ?? 'playwright-core');
const binary = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** The source of axe, to be run inside a page. */
export const axe = require('axe-core').source;

/** A folder below var/browser, made when it is not there. */
export function pictures(name) {
  const folder = join(root, 'var/browser', name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

let passed = 0;
let failed = 0;

export function check(right, text, seen = '') {
  right ? passed++ : failed++;
  console.log(`  ${right ? '✓' : '✗'} ${text}${right || seen === '' ? '' : `\n      seen: ${seen}`}`);
  return right;
}

/** Prints the line that counts and ends the process. */
export function end() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

export function launch() {
  return chromium.launch({
    executablePath: binary,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/**
 * Starts a program of tests/story.
 *
 * @param ready makes something of what it has printed so far, once it has printed enough; null before
 */
export function start(program, ready, environment = {}) {
  const child = spawn(join(root, 'tests/story', program), { env: { ...process.env, SHOP_PORT: '0', PORTAL_PORT: '0', ...environment } });
  let output = '';
  const said = new Promise((resolve, reject) => {
    child.stdout.on('data', (data) => {
      output += data;
      const found = ready(output);
      if (found !== null) resolve(found);
    });
    child.stderr.on('data', (data) => { output += data; });
    child.on('exit', () => reject(new Error(`${program} ended:\n${output}`)));
  });
  const stop = async () => {
    child.kill('SIGINT');
    if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => { child.on('exit', resolve); });
  };
  return { said, stop };
}
