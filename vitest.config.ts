// One test run over the three workspaces; server tests share one throw-away PostgreSQL.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Half of a server test is its database at work: with one file at a time a second core would idle.
    maxWorkers: 2,
    projects: [
      { test: { name: 'engine', include: ['engine/src/**/*.test.ts', 'bench/**/*.test.ts'] } },
      {
        test: {
          name: 'server',
          include: ['server/src/**/*.test.ts', 'scripts/**/*.test.ts'],
          globalSetup: ['server/src/testing/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'web', include: ['web/src/**/*.test.ts', 'web/src/**/*.test.tsx'] } },
    ],
  },
});
