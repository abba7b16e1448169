// Opens one browser for all stories; each file of them starts a demo of its own.
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const browser = await chromium.launchServer({ ...browserOptions, host: '127.0.0.1' });
  project.provide('browser', browser.wsEndpoint());
  return () => browser.close();
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
    browser: string;
  }
}
