// Starts the demo as a newcomer would, with a password the stories know.
import type { TestProject } from 'vitest/node';
import { ownFolder, startServer } from '../../server/src/testing/processes.ts';

export const demoPassword = 'kettle-lantern-orchard-5';

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = ownFolder();
  const server = await startServer({ LATCHKEY_DATA: folder.path }, [
    '--demo',
    '--demo-password',
    demoPassword,
  ]);
  project.provide('url', server.url);
  return async () => {
    await server.end();
    folder.remove();
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    url: string;
  }
}
