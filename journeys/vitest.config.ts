// The browser stories: one real browser for the whole run, and a real server for each file. SCREENSHOTS=1 takes the pictures instead.
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest first, so that none of them is left to run alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const long = ['look', 'offline-in-the-lift', 'every-write', 'what-happened', 'nothing-typed-is-lost'];
    const place = ({ moduleId }: TestSpecification) => {
      const at = long.findIndex(name => moduleId.endsWith(`/${name}.test.ts`));
      return at < 0 ? long.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: process.env.SCREENSHOTS ? ['journeys/pictures.ts'] : ['journeys/**/*.test.ts'],
    sequence: { sequencer: LongestFirst },
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
