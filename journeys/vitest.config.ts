// The browser stories: one real browser for the whole run, and a real server for each file. SCREENSHOTS=1 takes the pictures instead.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: process.env.SCREENSHOTS ? ['journeys/pictures.ts'] : ['journeys/**/*.test.ts'],
    globalSetup: ['journeys/stage/global-setup.ts'],
    setupFiles: ['journeys/stage/own-demo.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A page that works may take longer than a second on a machine at work.
    expect: { poll: { timeout: 15_000 } },
    // A page waits more than it works: two files at a time take little more than half as long.
    maxWorkers: 2,
  },
});
