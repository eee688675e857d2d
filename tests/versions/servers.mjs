// Starts the servers of tests/php/Support for a PHP that has no processes: who connects and names one gets its port in
// a line, and the server lasts as long as the connection. This machine's PHP plays them, without its extensions, to start quickly.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

const SERVERS = ['portal.php', 'telegram.php'];

/** @returns the address, and an end to all of it */
export async function servers(folder) {
  const children = new Set();
  const door = createServer((connection) => {
    let child = null;
    connection.setEncoding('utf8').once('data', (line) => {
      if (!SERVERS.includes(line.trim())) {
        connection.destroy();
        return;
      }
      child = spawn('php', ['-n', join(folder, line.trim())], { stdio: ['ignore', 'pipe', 'inherit'] });
      children.add(child);
      child.on('close', () => children.delete(child));
      child.stdout.on('data', (port) => connection.write(port));
    });
    connection.on('close', () => child?.kill('SIGKILL'));
    connection.on('error', () => {});
  });
  const endAll = () => children.forEach((child) => child.kill('SIGKILL'));
  // Also when the PHP that used them breaks.
  process.on('exit', endAll);
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  return {
    address: `127.0.0.1:${door.address().port}`,
    end() {
      door.close();
      endAll();
    },
  };
}
