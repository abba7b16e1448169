// Attack weather: blame on sources, the watch for sprays, defence mode, and the counts that charts are drawn from.
import {
  BLAME,
  blameAt,
  blameLimit,
  DAY,
  endDay,
  isAlarm,
  sprayThreshold,
  type Weather,
  watch as watched,
} from '@latchkey/engine';
import type { RawBuilder } from 'kysely';
import * as alerts from '../alerts/alerts.ts';
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import { memory } from '../memory.ts';
import { announce } from '../signals.ts';
import * as staff from '../staff/staff.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, type Installation, iso, moment, type World, worldOf } from '../world.ts';
import * as store from './store.ts';

export { type Count, count, flush } from './counts.ts';
export type { Defence, Span } from './store.ts';

/** The weather over the whole installation is kept under the workspace that nobody has. */
const everywhere = '00000000-0000-0000-0000-000000000000';

/** What the weather asks of strangers now. */
export type Now = {
  /** A spray is seen: strangers have the alarm lane. */
  alarm: { since: string; until: string } | null;
  /** Defence mode: strangers prove themselves first. */
  defence: store.Defence | null;
};

type Kept = { weather: Weather; alarmSince: number | null; defence: store.Defence | null; accounts: number };

const kept = memory<Kept>(signal => (signal.kind === 'workspace-changed' ? 'all' : null));

async function keptOf(world: World): Promise<Kept> {
  return kept(world, world.workspaceId, async () => {
    const [row, defence, accounts] = await Promise.all([
      store.weatherOf(world),
      store.standingDefence(world, moment(world)),
      staff.count(world),
    ]);
    return {
      weather: {
        average: row?.average ?? 0,
        alarmUntil: row?.alarm_until == null ? null : Number(row.alarm_until),
      },
      alarmSince: row?.alarm_since == null ? null : Number(row.alarm_since),
      defence: defence ?? null,
      accounts,
    };
  });
}

/** The weather over this workspace, or over the installation when that is worse; from memory. */
export async function now(world: World): Promise<Now> {
  const mine = await keptOf(world);
  const around = (await manyWorkspaces(world)) ? await keptOf(wide(world)) : mine;
  const moment = world.now();
  const alarmed = [mine, around].find(one => isAlarm(one.weather, moment));
  const { defence } = mine;
  return {
    alarm:
      alarmed?.weather.alarmUntil == null
        ? null
        : { since: iso(alarmed.alarmSince ?? moment), until: iso(alarmed.weather.alarmUntil) },
    defence: defence && Date.parse(defence.until) > moment ? defence : null,
  };
}

const wide = (world: World) => worldOf(world, everywhere);
const several = memory<boolean>(signal => (signal.kind === 'workspace-changed' ? 'all' : null));

function manyWorkspaces(world: World): Promise<boolean> {
  return several(world, '', async () => (await workspaces.all(world)).length > 1);
}

/** What is held against a source, and how much it may carry when so many people signed in well from it. */
export async function suspicion(
  world: World,
  source: string,
): Promise<(people: number) => { suspect: boolean; blame: number; limit: number }> {
  const row = await store.sourceOf(world, source);
  const blame = row ? blameAt({ blame: row.blame, at: Number(row.at) }, world.now()) : 0;
  return people => {
    const limit = blameLimit(people);
    return { suspect: blame >= limit, blame, limit };
  };
}

/** Lays blame on a source; for a `with`. */
export function blaming(world: World, source: string, weight: number): RawBuilder<unknown> {
  return store.addBlame(world, source, weight, world.now());
}

/** The sources with most blame now, and how many people sign in from each is for others to say. */
export async function worstSources(world: World, limit: number) {
  return store.worstSources(world, world.now(), limit, BLAME.wrong);
}

/** Which accounts this process has told the watch of: once an hour is enough. */
const touched = new WeakMap<object, Map<string, number>>();
const again = DAY / 24;

/**
 * A stranger missed on this name. Raises the alarm when so many names were missed on within a day that it can only be a
 * spray; names that are nobody's count alike, since the alarm must not tell which is which.
 */
export async function touch(world: World, account: Buffer): Promise<void> {
  const mine = touched.get(world.signals) ?? new Map<string, number>();
  touched.set(world.signals, mine);
  const key = `${world.workspaceId}${account.toString('base64url')}`;
  const last = mine.get(key);
  const at = world.now();
  if (last !== undefined && at >= last && at - last < again) return;
  if (mine.size > 100_000) mine.clear();
  await watch(world, account);
  if (await manyWorkspaces(world)) await watch(wide(world), world.secrets.mac('typed-name', key));
  mine.set(key, at);
}

/** Forgets which names this process has told the watch of. */
export function forgetTouches(world: World): void {
  touched.delete(world.signals);
}

async function watch(world: World, account: Buffer): Promise<void> {
  const at = world.now();
  const { weather, accounts } = await keptOf(world);
  const threshold = Math.ceil(sprayThreshold(weather, accounts));
  const names = await store.touch(world, account, at, at - DAY, threshold + 2);
  const next = watched(weather, names, accounts, at);
  // A standing alarm is drawn out once an hour at most.
  if (next === weather || (weather.alarmUntil ?? 0) > at + DAY - again) return;
  const fresh = !isAlarm(weather, at);
  await atomically(world, async tx => {
    if (!(await store.raiseAlarm(tx, { since: at, until: next.alarmUntil ?? at, fresh, day: today(tx) })))
      return;
    await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
    if (!fresh || tx.workspaceId === everywhere) return;
    await audit.record(tx, {
      action: 'weather.alarm',
      details: { names, threshold, until: iso(next.alarmUntil ?? at) },
    });
    await alerts.raise(tx, { kind: 'spray', data: { names, until: iso(next.alarmUntil ?? at) } });
  });
}

/** An administrator ends an alarm he knows the cause of; the watch goes on. */
export async function endAlarm(
  world: World,
  reason: string,
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'ended' | 'fair' }> {
  return atomically(world, async tx => {
    if (!(await store.endAlarm(tx, tx.now()))) return { kind: 'fair' };
    await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
    await audit.record(tx, {
      action: 'weather.alarm-end',
      by: by.me,
      visitor: by.visitor,
      details: { reason },
    });
    return { kind: 'ended' };
  });
}

/** At most three days at a time: defence mode ends by itself. */
export const DEFENCE_HOURS = 72;

/** Asks strangers for a proof from now on, for so many hours. */
export async function defend(
  world: World,
  input: { hours: number; reason: string },
  by: { me: Me; visitor: Visitor },
): Promise<store.Defence> {
  return atomically(world, async tx => {
    const until = iso(tx.now() + input.hours * 3_600_000);
    await store.endDefences(tx, moment(tx), by.me.id);
    const defence = await store.insertDefence(tx, {
      workspace_id: tx.workspaceId,
      id: tx.random.id(),
      since: moment(tx),
      until,
      reason: input.reason,
      started_by: by.me.id,
    });
    await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
    await audit.record(tx, {
      action: 'weather.defend',
      by: by.me,
      visitor: by.visitor,
      details: { hours: input.hours, until, reason: input.reason },
    });
    await alerts.raise(tx, { kind: 'defence', data: { by: by.me.name, until, reason: input.reason } });
    return defence;
  });
}

/** Ends defence mode before its time. */
export async function stopDefending(
  world: World,
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'ended' | 'none' }> {
  return atomically(world, async tx => {
    if ((await store.endDefences(tx, moment(tx), by.me.id)) === 0) return { kind: 'none' };
    await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
    await audit.record(tx, { action: 'weather.stand-down', by: by.me, visitor: by.visitor });
    return { kind: 'ended' };
  });
}

/** Counts by five minutes since then, oldest first. */
export const spans = store.spansSince;

/** Names missed on by strangers within the last day, and how many raise the alarm. */
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
