// Everything of the bridge that one PHP can do alone, on every version that shops have: each file is compiled, the core
// answers vectors, the tests of tests/php run; a deprecation is a failure. On 7.4 and 8.0 the compiled core and the
// module for a boxed Bitrix24. phpunit.xml and one.mjs say what is left out. Prints a line a version and
// `N passed, N failed`.
//
//     node tests/versions/run.mjs           node tests/versions/run.mjs 8.4 8.5

import { execFile } from 'node:child_process';
import { availableParallelism, freemem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { servers } from './servers.mjs';

const VERSIONS = ['7.4', '8.0', '8.1', '8.2', '8.3', '8.4', '8.5'];
const MINUTES = 10;
/** Half of the time a PHP waits for a server, and leaves its core to others; each takes half a gigabyte. */
const ABREAST = Math.max(1, Math.min(3 * availableParallelism(), Math.floor(freemem() / 7e8)));

const versions = process.argv.length > 2 ? process.argv.slice(2) : VERSIONS;
const others = await servers(fileURLToPath(new URL('../php/Support', import.meta.url)));
const program = fileURLToPath(new URL('one.mjs', import.meta.url));

/** A process for each: one that breaks takes no other with it. */
const play = (version) => new Promise((resolve) => {
  execFile(process.execPath, [program, version], {
    env: { ...process.env, ORDERBRIDGE_TEST_SERVERS: others.address },
    timeout: MINUTES * 60_000,
    killSignal: 'SIGKILL',
    maxBuffer: 2 ** 26,
  }, (failure, out, err) => {
    const lines = out.trimEnd().split('\n');
    try {
      resolve({ text: lines.slice(0, -1).join('\n'), ...JSON.parse(lines.at(-1)) });
    } catch {
      const why = failure?.killed ? `stopped after ${MINUTES} minutes` : 'ended without a result';
      resolve({ text: `${out}${err}\nPHP ${version} ${why}`, version, files: 0, answers: 0, tests: 0, failed: 1 });
    }
  });
});

// The slowest begin first: the short one fills what is left at the end.
const waiting = [...versions].reverse();
const results = [];
await Promise.all(Array.from({ length: Math.min(ABREAST, versions.length) }, async () => {
  for (let version = waiting.shift(); version !== undefined; version = waiting.shift()) results.push(await play(version));
}));
others.end();

results.sort((one, other) => versions.indexOf(one.version) - versions.indexOf(other.version));
for (const { text } of results) if (text !== '') console.log(text);
for (const { version, files, answers, tests, failed } of results) {
  console.log(`PHP ${version}: ${files} files, ${answers} answers, ${tests} tests${failed > 0 ? `, ${failed} failed` : ''}`);
}
const sum = (of) => results.reduce((total, result) => total + of(result), 0);
const failed = sum((result) => result.failed);
console.log(`${sum(({ files, answers, tests }) => files + answers + tests)} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
