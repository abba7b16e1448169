// Which room works on which queue.
import { deliver } from './messages/messages.ts';
import type { Installation } from './world.ts';
import { worldOf } from './world.ts';

export function registerWorkers(installation: Installation): void {
  installation.jobs.work('messages', async data => {
    await deliver(worldOf(installation, data.workspaceId), String(data.id));
  });
}
