// One PHP of one version: PHP itself, compiled to WebAssembly (npm @php-wasm/node), with copies of the files that it
// is given, so that it finds them under their own names and changes none. It reaches 127.0.0.1, and has no processes.

import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const tools = createRequire(new URL('../../.ci/tools/package.json', import.meta.url));
const { loadNodeRuntime, createNodeFsMountHandler } = tools('@php-wasm/node');
const { PHP } = tools('@php-wasm/universal');
const { createSpawnHandler } = tools('@php-wasm/util');

const SETTINGS = {
  display_errors: 1,
  log_errors: 0,
  error_reporting: -1,
  memory_limit: '1G',
  'opcache.enable_cli': 1,
  // It would read what is not its own.
  disable_functions: 'proc_open',
};

/** What the PHP at work has printed: all that is known of one that breaks. */
let printed = '';

process.on('uncaughtException', (failure) => {
  console.log(`${printed}\nPHP broke: ${failure?.stack ?? failure}`);
  process.exit(1);
});

const below = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
  const path = join(folder, entry.name);
  return entry.isDirectory() ? below(path) : [path];
});

/** What has started it is told, and goes on: there are no processes here. */
async function refuse([program], api) {
  api.stderr(`${program}: not found\n`);
  await new Promise((resolve) => setImmediate(resolve));
  api.exit(127);
}

async function read(stream) {
  const decoder = new TextDecoder();
  for await (const bytes of stream) printed += decoder.decode(bytes, { stream: true });
}

/**
 * Runs `php …words` and gives what it printed and its exit code.
 *
 * @param {object} what `copies`: names of files below `root`; `folders` to copy; `mounts`: folders that are read where
 *     they are, since little of them is needed; `env`
 */
export async function run(version, words, { root, copies, folders = [], mounts = [], env = {} }) {
  const php = new PHP(await loadNodeRuntime(version, { emscriptenOptions: { processId: 1 } }));
  for (const path of [...copies.map((name) => join(root, name)), ...folders.flatMap(below)]) {
    php.mkdir(dirname(path));
    php.writeFile(path, readFileSync(path));
  }
  for (const folder of mounts) {
    php.mkdir(folder);
    await php.mount(folder, createNodeFsMountHandler(folder));
  }
  await php.setSpawnHandler(createSpawnHandler(refuse));
  const options = Object.entries(SETTINGS).flatMap(([name, value]) => ['-d', `${name}=${value}`]);
  const answer = await php.cli(['php', ...options, ...words], { env });
  printed = '';
  await Promise.all([read(answer.stdout), read(answer.stderr)]);
  return { text: printed, code: await answer.exitCode };
}
