// Runs the suites one after the other, counts what each says of itself, and prints a table and one
// closing line. A suite that ran nothing has failed; so has a test that was skipped, unless its
// suite says why that may be (`maySkip`).

import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const logs = join(root, 'var/test');
const MINUTES = 30;
const TAIL = 60;

const sum = (text, pattern) => [...text.matchAll(pattern)].reduce((total, [, n]) => total + Number(n), 0);
const last = (text, pattern) => [...text.matchAll(pattern)].at(-1);

/** What a suite's output says: { passed, failed, skipped }. */
const COUNTS = {
  cargo: (text) => ({
    passed: sum(text, /^test result: \w+\. (\d+) passed/gm),
    failed: sum(text, /^test result: .*?(\d+) failed/gm),
    skipped: sum(text, /^test result: .*?(\d+) ignored/gm),
  }),
  node: (text) => ({
    passed: sum(text, /^# pass (\d+)/gm),
    failed: sum(text, /^# (?:fail|cancelled) (\d+)/gm),
    skipped: sum(text, /^# (?:skipped|todo) (\d+)/gm),
  }),
  phpunit: (text) => {
    const fine = last(text, /^OK \((\d+) tests?,/gm);
    if (fine) return { passed: Number(fine[1]), failed: 0, skipped: 0 };
    const [line = ''] = last(text, /^Tests: \d+.*$/gm) ?? [];
    const count = (name) => sum(line, new RegExp(`${name}: (\\d+)`, 'g'));
    const failed = count('Failures') + count('Errors') + count('Warnings') + count('Risky');
    const skipped = count('Skipped') + count('Incomplete');
    return { passed: Math.max(0, count('Tests') - failed - skipped), failed, skipped };
  },
  line: (text) => {
    const [, passed = 0, failed = 0] = last(text, /^(\d+) passed, (\d+) failed$/gm) ?? [];
    return { passed: Number(passed), failed: Number(failed), skipped: 0 };
  },
};

/** A MariaDB of the tests' own, started when a suite first wants it. */
class Mariadb {
  folder = join(root, 'var/test/mariadb');

  address() {
    if (!this.value) {
      const { status, stdout } = this.command('start');
      if (status !== 0) throw new Error('MariaDB does not start');
      this.value = stdout.trim();
    }
    return this.value;
  }

  stop() {
    if (this.value) this.command('stop');
  }

  command(word) {
    return spawnSync(join(root, 'tests/php/mariadb'), [word, this.folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  }
}

/** Its output and exit code; everything it started is ended with it when it takes too long. */
function execute({ name, run: [command, ...words], env = {} }, more) {
  return new Promise((resolve) => {
    const log = createWriteStream(join(logs, `${name}.log`));
    const child = spawn(command, words, {
      cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env, ...more },
    });
    let text = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      process.kill(-child.pid, 'SIGKILL');
    }, MINUTES * 60_000);
    const hear = (bytes) => {
      text += bytes;
      log.write(bytes);
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.on('error', (error) => hear(`${error.message}\n`));
    child.on('close', (code) => {
      clearTimeout(timer);
      log.end();
      if (late) text += `\nstopped after ${MINUTES} minutes\n`;
      resolve({ text, code: late ? 1 : code });
    });
  });
}

async function play(suite, mariadb) {
  const start = performance.now();
  let text = '';
  let code = 1;
  try {
    ({ text, code } = await execute(suite, suite.mariadb ? { ORDERBRIDGE_TEST_MYSQL: mariadb.address() } : {}));
  } catch (error) {
    text = `${error.message}\n`;
  }
  const { passed, failed, skipped } = COUNTS[suite.counts](text);
  const complaints = [];
  let wrong = failed;
  if (skipped > 0 && !suite.maySkip) {
    wrong += skipped;
    complaints.push(`${skipped} skipped`);
  }
  if (passed + failed === 0) {
    wrong += 1;
    complaints.push('ran nothing');
  } else if (code !== 0 && failed === 0) {
    wrong += 1;
    complaints.push(`ended with ${code}`);
  }
  if (wrong > 0) {
    console.log(text.trimEnd().split('\n').slice(-TAIL).map((line) => `    ${line}`).join('\n'));
    console.log(`    the whole output: var/test/${suite.name}.log`);
  }
  return { name: suite.name, passed, failed: wrong, seconds: (performance.now() - start) / 1000, complaints };
}

const all = JSON.parse(readFileSync(join(root, '.ci/suites.json'), 'utf8'));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !all.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`no such suite: ${unknown.join(', ')} (${all.map(({ name }) => name).join(', ')})`);
  process.exit(2);
}
mkdirSync(logs, { recursive: true });
process.env.PATH = `${join(root, 'var/tools/bin')}:${process.env.PATH}`;
const mariadb = new Mariadb();
const results = [];
try {
  for (const suite of all.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    const result = await play(suite, mariadb);
    results.push(result);
    console.log(`${result.failed === 0 ? '✓' : '✗'} ${result.name} (${result.seconds.toFixed(1)} s)`);
  }
} finally {
  mariadb.stop();
}

const width = Math.max(...results.map(({ name }) => name.length));
console.log('');
for (const { name, passed, failed, seconds, complaints } of results) {
  const numbers = `${String(passed).padStart(6)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(1).padStart(7)} s`;
  console.log(`${name.padEnd(width)}${numbers}${complaints.length > 0 ? `  ${complaints.join(', ')}` : ''}`);
}
const total = (key) => results.reduce((n, result) => n + result[key], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') === 0 ? 0 : 1;
