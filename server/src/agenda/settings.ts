// In whose zone somebody's days are.
import * as workspaces from '../workspaces/workspaces.ts';
import type { World } from '../world.ts';
import * as store from './store.ts';

/** The zone of somebody's days: his own, or else the company's. */
export async function zoneOf(world: World, personId: string): Promise<string> {
  return (await store.settingsOf(world, personId))?.zone ?? workspaces.timeZone(world);
}
