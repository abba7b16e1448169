// Defence mode: strangers prove themselves before anything else; begun by hand or with an alarm, ended by itself.
import { HOUR } from '@latchkey/engine';
import * as alerts from '../alerts/alerts.ts';
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import { announce } from '../signals.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import * as store from './store.ts';

type By = { me: Me; visitor: Visitor };

/** At most three days at a time: defence mode ends by itself. */
export const DEFENCE_HOURS = 72;
/** How long it lasts when an alarm begins it. */
export const AUTO_DEFENCE_HOURS = 2;

/** Asks strangers for a proof from now on, for so many hours; a defence that stands is replaced. */
export async function defend(
  world: World,
  input: { hours: number; reason: string },
  by: By,
): Promise<store.Defence> {
  return atomically(world, async tx => {
    await store.endDefences(tx, moment(tx), by.me.id);
    return begin(tx, input, by);
  });
}

/** Begins it with an alarm where the workspace wants that; one that stands is left as it is. */
export async function defendItself(world: World): Promise<void> {
  if (!(await store.weatherOf(world))?.auto_defence) return;
  if (await store.standingDefence(world, moment(world))) return;
  await begin(world, { hours: AUTO_DEFENCE_HOURS, reason: '' }, null);
}

async function begin(
  world: World,
  { hours, reason }: { hours: number; reason: string },
  by: By | null,
): Promise<store.Defence> {
  const until = iso(world.now() + hours * HOUR);
  const defence = await store.insertDefence(world, {
    workspace_id: world.workspaceId,
    id: world.random.id(),
    since: moment(world),
    until,
    reason,
    started_by: by?.me.id ?? null,
  });
  await announce(world, { kind: 'workspace-changed', workspaceId: world.workspaceId, ids: [] });
  await audit.record(world, {
    action: 'weather.defend',
    ...(by ? { by: by.me, visitor: by.visitor } : {}),
    details: { hours, until, reason },
  });
  await alerts.raise(world, { kind: 'defence', data: { by: by?.me.name ?? null, until, reason } });
  return defence;
}

/** Ends defence mode before its time. */
export async function stopDefending(world: World, by: By): Promise<{ kind: 'ended' | 'none' }> {
  return atomically(world, async tx => {
    if ((await store.endDefences(tx, moment(tx), by.me.id)) === 0) return { kind: 'none' };
    await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
    await audit.record(tx, { action: 'weather.stand-down', by: by.me, visitor: by.visitor });
    return { kind: 'ended' };
  });
}

export type Settings = { autoDefence: boolean };

export async function settingsOf(world: World): Promise<Settings> {
  return { autoDefence: (await store.weatherOf(world))?.auto_defence ?? false };
}

/** Keeps whether an alarm begins defence mode. */
export async function keepSettings(world: World, after: Settings, by: By): Promise<void> {
  await atomically(world, async tx => {
    const before = await settingsOf(tx);
    if (before.autoDefence === after.autoDefence) return;
    await store.keepAutoDefence(tx, after.autoDefence, moment(tx).slice(0, 10));
    await audit.record(tx, { action: 'weather.settings', by: by.me, visitor: by.visitor, before, after });
  });
}
