// Workspaces (企业): which there are and what they are called.
import { sql } from 'kysely';
import { memory } from '../memory.ts';
import type { Installation, World } from '../world.ts';
import { worldOf } from '../world.ts';
import * as store from './store.ts';

export type Workspace = { id: string; name: string; language: string; demo: boolean; lockPolicy: unknown };

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
  input: { name: string; language: string; demo: boolean; slug: string; onlyIfFirst: boolean },
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

/** The zone that dates without one are meant in, where nothing else says: by the workspace's language. */
export async function timeZone(world: World): Promise<string> {
  return (await find(world))?.language === 'zh-CN' ? 'Asia/Shanghai' : 'UTC';
}
