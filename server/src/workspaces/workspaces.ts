// Workspaces (企业): which there are and what they are called.
import { sql } from 'kysely';
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import { memory } from '../memory.ts';
import { announce } from '../signals.ts';
import type { Installation, World } from '../world.ts';
import { atomically, worldOf } from '../world.ts';
import { dayOf } from '../zones.ts';
import * as store from './store.ts';

export type Workspace = {
  id: string;
  name: string;
  language: string;
  demo: boolean;
  lockPolicy: unknown;
  timeZone: string | null;
  offlineHours: number;
};

/** The ids of all workspaces, oldest first. */
export async function all(installation: Installation): Promise<string[]> {
  return store.directory(installation);
}

/** The workspace that visitors come to when nothing else says which; null before set-up. */
export function frontDoor(installation: Installation): () => Promise<string | null> {
  const first = memory<string | null>(signal => (signal.kind === 'workspace-changed' ? 'all' : null));
  return () => first(installation, '', async () => (await store.directory(installation))[0] ?? null);
}

/** One workspace, as its own world sees it. */
export async function find(world: World): Promise<Workspace | null> {
  return (await store.find(world)) ?? null;
}

/**
 * Makes a workspace within the caller's transaction. The very first one takes a lock, so that two set-ups at once
 * cannot both be first (L30).
 */
export async function create(
  world: World,
  input: {
    name: string;
    language: string;
    demo: boolean;
    slug: string;
    onlyIfFirst: boolean;
    timeZone?: string | undefined;
  },
): Promise<{ kind: 'made' } | { kind: 'not-first' }> {
  if (input.onlyIfFirst) {
    await sql`select pg_advisory_xact_lock(7106235002)`.execute(world.db);
    if ((await store.directoryWithin(world)).length > 0) return { kind: 'not-first' };
  }
  await store.insert(world, input);
  return { kind: 'made' };
}

/** Stores the lock policy; the locks room alone decides what it may be. */
export async function keepLockPolicy(world: World, policy: unknown): Promise<void> {
  await store.updatePolicy(world, JSON.stringify(policy));
}

/** A new world for a workspace that does not exist yet. */
export function newWorld(installation: Installation): World {
  return worldOf(installation, installation.random.id());
}

const names = memory<string>(signal => (signal.kind === 'workspace-changed' ? [signal.workspaceId] : null));

/** What the workspace is called. */
export async function name(world: World): Promise<string> {
  return names(world, world.workspaceId, async () => (await store.find(world))?.name ?? '');
}

const zones = memory<string>(signal => (signal.kind === 'workspace-changed' ? [signal.workspaceId] : null));

/** The zone of the company's days: the one it has chosen, or else the one of its language. */
export async function timeZone(world: World): Promise<string> {
  return zones(world, world.workspaceId, async () => {
    const row = await store.find(world);
    return row?.timeZone ?? (row?.language === 'zh-CN' ? 'Asia/Shanghai' : 'UTC');
  });
}

/** The company's day of today. */
export async function today(world: World): Promise<string> {
  return dayOf(world.now(), await timeZone(world));
}

/** For how many hours a device that does not hear of the server can read what it has taken along. */
export async function offlineHours(world: World): Promise<number> {
  return (await store.find(world))?.offlineHours ?? 24;
}

export type Choices = { timeZone?: string | null | undefined; offlineHours?: number | undefined };

/**
 * Chooses the zone of the company's days (null leaves it to the language; what is written down already stays as it is),
 * and how long devices keep without hearing of the server.
 */
export async function choose(
  world: World,
  choices: Choices,
  by: { me: Me; visitor: Visitor },
): Promise<void> {
  await atomically(world, async tx => {
    const row = await store.find(tx);
    const before = { timeZone: row?.timeZone ?? null, offlineHours: row?.offlineHours ?? 24 };
    const wanted = {
      timeZone: choices.timeZone === undefined ? before.timeZone : choices.timeZone,
      offlineHours: choices.offlineHours ?? before.offlineHours,
    };
    const changed = (['timeZone', 'offlineHours'] as const).filter(key => before[key] !== wanted[key]);
    if (changed.length === 0) return;
    await store.updateChoices(tx, wanted);
    const told = (from: typeof before) => Object.fromEntries(changed.map(key => [key, from[key]]));
    await audit.record(tx, {
      action: 'workspace.change',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'workspace', id: tx.workspaceId },
      before: told(before),
      after: told(wanted),
    });
    await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
  });
}
