// One version: what it parses, what the compiled core answers on it, and the tests that run on it. Prints what is
// wrong, and at the end one line of JSON: { version, files, answers, tests, failed }.
//
//     node tests/versions/one.mjs 8.5 --filter OrderReader --debug        what follows is PHPUnit's

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './php.mjs';
import { servers } from './servers.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const [version, ...words] = process.argv.slice(2);

/** On a PHP that is older only the compiled core has to run, and the module inside of a boxed Bitrix24. */
const OLDEST_FOR_BRIDGE = 8.1;
const bridge = Number(version) >= OLDEST_FOR_BRIDGE;

/**
 * There is no server for data sets of MariaDB, and no process for a test of its own. What takes long because of its
 * numbers tells nothing of a version. To be refused by a server in the midst of making an object is too much for
 * this 8.5.
 */
const LEFT_OUT = [
  'MariaDB',
  'CourierTest::testWithoutCron',
  'RequestTest',
  'CompanionPollTest',
  'BackfillTest::(?!testAgainItCosts)',
  'CompareTest::test(FiftyOrders|GoesOnWhereItWasKilled)',
  'StepsTest::testManyOrders',
  'KickTest::testAPortalThatHangs',
  'PdoDatabaseTest::testSaysWhenThereIsNoServer',
];
const NO_SERVER = /^ORDERBRIDGE_TEST_MYSQL is not set/gm;

/** Files of the project, also those that are not committed yet. */
const files = (...patterns) => execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate', '--', ...patterns],
  { cwd: root, encoding: 'utf8' },
).split('\0').filter((name) => name !== '' && existsSync(join(root, name)));

/** Programs in PHP have no ending. */
const isPhp = (name) => name.endsWith('.php')
  || (extname(name) === '' && readFileSync(join(root, name), 'utf8').startsWith('#!/usr/bin/env php'));

const path = (name) => join(root, name);
const sources = ['pkg/core.php', ...files(bridge ? 'php-bridge' : 'php-bridge/bitrix24*').filter(isPhp)];
const copies = [
  ...files('php-bridge', ':!php-bridge/admin/src', ':!php-bridge/admin/pictures'),
  ...files('pkg', ':!pkg/js', ':!pkg/admin'),
  ...files('tests/versions'),
];
const mounts = [path('tests/vectors')];
let failed = 0;

/** How many have passed, of what ends with `N passed, N failed`. */
function counted(what, { text, code }) {
  const [, passed, wrong] = text.match(/^(\d+) passed, (\d+) failed$/m) ?? [];
  if (passed === undefined || code !== 0 || wrong !== '0') {
    failed += Math.max(1, Number(wrong ?? 0));
    console.log(`PHP ${version}, ${what} (ended with ${code}):\n${text}`);
  }
  return Number(passed ?? 0);
}

/** PHPUnit's own words for the same. What wants a server and has none is not counted. */
function unit({ text, code }) {
  const [line = ''] = text.match(/^Tests: \d+.*$/m) ?? [];
  const count = (name) => Number(line.match(new RegExp(`${name}: (\\d+)`))?.[1] ?? 0);
  const left = [...text.matchAll(NO_SERVER)].length;
  const wrong = ['Failures', 'Errors', 'Warnings', 'Risky', 'Skipped', 'Incomplete'].reduce((n, name) => n + count(name), 0) - left;
  const all = Number(text.match(/^OK \((\d+) tests?,/m)?.[1] ?? count('Tests') - left);
  if (code === 0 && wrong === 0 && all > 0) return all;
  failed += Math.max(1, wrong);
  console.log(`PHP ${version}, tests (ended with ${code}):\n${text}`);
  return Math.max(0, all - wrong);
}

async function tests() {
  // A process as large as this one is slow to start others.
  const others = process.env.ORDERBRIDGE_TEST_SERVERS ? null : await servers(path('tests/php/Support'));
  const address = others?.address ?? process.env.ORDERBRIDGE_TEST_SERVERS;
  try {
    return unit(await run(
      version,
      [
        path('tests/versions/phpunit.php'), '-c', path(`tests/versions/${bridge ? 'phpunit' : 'box'}.xml`), '--verbose',
        '--filter', `/^(?!.*(${LEFT_OUT.join('|')}))/i`, ...words,
      ],
      {
        root,
        copies: [...copies, ...files('tests/php', 'tests/shop')],
        folders: ['/usr/share/php'],
        mounts,
        env: { ORDERBRIDGE_TEST_SERVERS: address },
      },
    ));
  } finally {
    others?.end();
  }
}

const result = {
  version,
  files: counted('files', await run(version, [path('tests/versions/parse.php'), ...sources.map(path)], { root, copies })),
  answers: counted('answers', await run(version, [path('tests/versions/vectors.php')], { root, copies, mounts })),
  tests: await tests(),
};
console.log(JSON.stringify({ ...result, failed }));
// What PHP has left open is not waited for.
process.exit(failed === 0 ? 0 : 1);
