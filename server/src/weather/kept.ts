// What each process remembers of the weather: the alarm, the defence, how many accounts there are.
import type { Weather } from '@latchkey/engine';
import { memory } from '../memory.ts';
import * as staff from '../staff/staff.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { moment, type World, worldOf } from '../world.ts';
import * as store from './store.ts';

/** The weather over the whole installation is kept under the workspace that nobody has. */
export const everywhere = '00000000-0000-0000-0000-000000000000';

export type Kept = {
  weather: Weather;
  alarmSince: number | null;
  defence: store.Defence | null;
  accounts: number;
};

const kept = memory<Kept>(signal => (signal.kind === 'workspace-changed' ? 'all' : null));

export async function keptOf(world: World): Promise<Kept> {
  return kept(world, world.workspaceId, async () => {
    const [row, defence, accounts] = await Promise.all([
      store.weatherOf(world),
      store.standingDefence(world, moment(world)),
      staff.count(world),
    ]);
    return {
      weather: { average: row?.average ?? 0, alarmUntil: row?.alarm_until ?? null },
      alarmSince: row?.alarm_since ?? null,
      defence: defence ?? null,
      accounts,
    };
  });
}

/** The installation as one: its touches and its alarm. */
export const wide = (world: World): World => worldOf(world, everywhere);

const several = memory<boolean>(signal => (signal.kind === 'workspace-changed' ? 'all' : null));

export function manyWorkspaces(world: World): Promise<boolean> {
  return several(world, '', async () => (await workspaces.all(world)).length > 1);
}
