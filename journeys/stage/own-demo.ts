// Every file of stories has a demo of its own, as a newcomer would start it: what one story locks is no other's concern.
import { createServer } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { ownFolder, type ServerProcess, startServer } from '../../server/src/testing/processes.ts';
import { demo, demoPassword } from './demo.ts';

let server: ServerProcess | undefined;
const folder = ownFolder();

beforeAll(async () => {
  const port = String(await freePort());
  demo.data = folder.path;
  // A name, not a number: passkeys are bound to one.
  const settings = { LATCHKEY_DATA: folder.path, PORT: port, LATCHKEY_URL: `http://localhost:${port}` };
  server = await startServer(settings, ['--demo', '--demo-password', demoPassword]);
  demo.url = server.url;
});

afterAll(async () => {
  await server?.end();
  folder.remove();
});

/** A port known beforehand, since the links in messages name it. */
function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
