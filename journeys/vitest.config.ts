// The browser stories: one real server and one real browser for the whole run. SCREENSHOTS=1 takes the pictures instead.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: process.env.SCREENSHOTS ? ['journeys/pictures.ts'] : ['journeys/**/*.test.ts'],
    globalSetup: ['journeys/stage/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
