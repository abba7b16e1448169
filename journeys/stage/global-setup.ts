// Starts the demo as a newcomer would, with a password the stories know, and one browser for all of them.
import { createServer } from 'node:net';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { ownFolder, startServer } from '../../server/src/testing/processes.ts';

export const demoPassword = 'kettle-lantern-orchard-5';

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = ownFolder();
  const port = String(await freePort());
  // A name, not a number: passkeys are bound to one.
  const settings = { LATCHKEY_DATA: folder.path, PORT: port, LATCHKEY_URL: `http://localhost:${port}` };
  const demo = startServer(settings, ['--demo', '--demo-password', demoPassword]);
  const [server, browser] = await Promise.all([
    demo,
    chromium.launchServer({ ...browserOptions, host: '127.0.0.1' }),
  ]);
  project.provide('url', server.url);
  project.provide('browser', browser.wsEndpoint());
  project.provide('data', folder.path);
  return async () => {
    await browser.close();
    await server.end();
    folder.remove();
  };
}

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

/** Chromium as it is for the stories: it may talk to nobody but this machine. */
const browserOptions = {
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

declare module 'vitest' {
  interface ProvidedContext {
    url: string;
    browser: string;
    /** The data folder of the demo, for stories that need time to have passed. */
    data: string;
  }
}
