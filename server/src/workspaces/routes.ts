// The address of what a company has chosen for itself.
import { bind } from '../http.ts';
import type { World } from '../world.ts';
import { workspacesContract } from './contract.ts';
import * as workspaces from './workspaces.ts';

async function viewed(world: World) {
  const found = await workspaces.find(world);
  return {
    status: 200 as const,
    body: {
      name: found?.name ?? '',
      language: found?.language ?? 'en',
      timeZone: await workspaces.timeZone(world),
      chosen: found?.timeZone != null,
      offlineHours: found?.offlineHours ?? 24,
    },
  };
}

export const workspacesRoutes = bind(workspacesContract)({
  'GET /workspace': ({ world }) => viewed(world),
  'PUT /workspace': async ({ world, body, ...by }) => {
    await workspaces.choose(world, body, by);
    return viewed(world);
  },
});
