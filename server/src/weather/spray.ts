// The watch for sprays: which names strangers missed on within a day, the alarm they raise, and its end.
import { DAY, endDay, HOUR, isAlarm, sprayThreshold, watch as watched } from '@latchkey/engine';
import * as alerts from '../alerts/alerts.ts';
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import type { Signals } from '../signals.ts';
import { announce } from '../signals.ts';
import { atomically, type Installation, iso, moment, type World, worldOf } from '../world.ts';
import { defendItself } from './defence.ts';
import { everywhere, keptOf, manyWorkspaces, wide } from './kept.ts';
import * as store from './store.ts';

/** Which accounts this process has told the watch of: once an hour is enough. */
const touched = new WeakMap<Signals, Map<string, number>>();

function touchedOf({ signals }: World): Map<string, number> {
  const known = touched.get(signals);
  if (known) return known;
  const fresh = new Map<string, number>();
  touched.set(signals, fresh);
  // Whoever ends an alarm begins to count anew.
  signals.on(signal => {
    if (signal.kind === 'workspace-changed' || signal.kind === 'deaf') fresh.clear();
  });
  return fresh;
}

/**
 * A stranger missed on this name. Raises the alarm when so many names were missed on within a day that it can only be a
 * spray; names that are nobody's count alike, since the alarm must not tell which is which.
 */
export async function touch(world: World, account: Buffer): Promise<void> {
  const mine = touchedOf(world);
  const key = `${world.workspaceId}${account.toString('base64url')}`;
  const last = mine.get(key);
  const at = world.now();
  if (last !== undefined && at >= last && at - last < HOUR) return;
  if (mine.size > 100_000) mine.clear();
  await watch(world, account);
  if (await manyWorkspaces(world)) await watch(wide(world), world.secrets.mac('typed-name', key));
  mine.set(key, at);
}

/** Forgets which names this process has told the watch of. */
export function forgetTouches(world: World): void {
  touched.get(world.signals)?.clear();
}

async function watch(world: World, account: Buffer): Promise<void> {
  const at = world.now();
  const { weather, accounts } = await keptOf(world);
  const threshold = Math.ceil(sprayThreshold(weather, accounts));
  const names = await store.touch(world, account, at, at - DAY, threshold + 2);
  const next = watched(weather, names, accounts, at);
  // A standing alarm is drawn out once an hour at most.
  if (next === weather || (weather.alarmUntil ?? 0) > at + DAY - HOUR) return;
  const fresh = !isAlarm(weather, at);
  const until = next.alarmUntil ?? at;
  await atomically(world, async tx => {
    if (!(await store.raiseAlarm(tx, { since: at, until, fresh, day: today(tx) }))) return;
    await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
    if (!fresh || tx.workspaceId === everywhere) return;
    await audit.record(tx, { action: 'weather.alarm', details: { names, threshold, until: iso(until) } });
    await alerts.raise(tx, { kind: 'spray', data: { names, until: iso(until) } });
    await defendItself(tx);
  });
}

/** An administrator ends an alarm he knows the cause of; the watch goes on. */
export async function endAlarm(
  world: World,
  reason: string,
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'ended' | 'fair' }> {
  return atomically(world, async tx => {
    const now = tx.now();
    const since = await store.endAlarm(tx, now);
    if (since === null) return { kind: 'fair' };
    await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
    const { me, visitor } = by;
    await audit.record(tx, { action: 'weather.alarm-end', by: me, visitor, details: { reason } });
    await alerts.raise(tx, {
      kind: 'calm',
      data: { key: 'spray', by: me.name, reason, since: iso(since), until: iso(now) },
    });
    return { kind: 'ended' };
  });
}

/** Tells once that an alarm has ended by itself; whichever process looks first. */
export async function watchAlarm(world: World): Promise<void> {
  await atomically(world, async tx => {
    const over = await store.closeAlarm(tx, tx.now());
    if (!over) return;
    await alerts.raise(tx, {
      kind: 'calm',
      data: { key: 'spray', since: iso(over.since), until: iso(over.until) },
    });
  });
}

/** Names missed on by strangers within the last day, and how many may be without an alarm. */
export async function spray(world: World): Promise<{ names: number; threshold: number }> {
  const { weather, accounts } = await keptOf(world);
  return {
    names: await store.touchesSince(world, world.now() - DAY),
    threshold: Math.floor(sprayThreshold(weather, accounts)),
  };
}

const today = (world: World) => moment(world).slice(0, 10);

/** Closes the day that has ended into the slow average, and forgets what has served its time. */
export async function tend(world: World): Promise<void> {
  const { weather, accounts } = await keptOf(world);
  const names = await store.touchesSince(world, world.now() - DAY);
  await store.closeDay(world, today(world), endDay(weather, names, accounts).average);
  await store.sweep(world, {
    touchesBefore: world.now() - 2 * DAY,
    sourcesBefore: world.now() - 10 * DAY,
    spansBefore: iso(world.now() - 90 * DAY),
  });
}

/** The same for the weather over the whole installation. */
export async function tendEverywhere(installation: Installation): Promise<void> {
  await tend(worldOf(installation, everywhere));
}
