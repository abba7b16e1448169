// Networks: from where each account is known to come, ranges that are trusted for a while, and impossible travel.
import { FAMILIAR_FOR, FAMILIAR_KEPT, HEADROOM_WITHIN } from '@latchkey/engine';
import type { RawBuilder } from 'kysely';
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import { memory } from '../memory.ts';
import { atomically, type World } from '../world.ts';
import { originOf } from './origin.ts';
import { networkOf, sourceOf } from './ranges.ts';
import { judgeTravel, NOTED_AGAIN_AFTER, type Position, type Travel } from './rules.ts';
import * as store from './store.ts';
import { trustedFor, trustsSomebody } from './trusted.ts';

export { type Origin, originOf, originWords } from './origin.ts';
export { networkOf, rangeHere, sizeOf, sourceOf } from './ranges.ts';
export type { Travel } from './rules.ts';
export {
  byId as trustedById,
  consider,
  distrust,
  list as listTrusted,
  meantFor,
  stands,
  type Trusted,
  trust,
  trustedFor,
} from './trusted.ts';

export type Standing = {
  /** The person signed in well from this source within sixty days, or comes from a trusted network. */
  familiar: boolean;
  /** The same from the wider network. */
  knownNetwork: boolean;
  trusted: { id: string; endsAt: string } | null;
  /** Different people who signed in well from this source within thirty days, at most 100; and from the wider network. */
  people: number;
  networkPeople: number;
};

const from = (personId: string, address: string) => ({
  personId,
  source: sourceOf(address),
  network: networkOf(address),
});

/** What is known of a person at an address; for an id that is nobody's it does the same work and knows nothing. */
export async function standing(world: World, personId: string, address: string): Promise<Standing> {
  const now = world.now();
  const since = { familiar: now - FAMILIAR_FOR, headroom: now - HEADROOM_WITHIN };
  const [known, trusted] = await Promise.all([
    store.standing(world, from(personId, address), since),
    trustedFor(world, personId, address),
  ]);
  return { ...known, familiar: known.familiar || trusted !== null, trusted };
}

/** The statement that remembers a good sign-in, to be done alongside another; it costs a look within five minutes. */
export function statement(world: World, personId: string, address: string): RawBuilder<unknown> {
  const now = world.now();
  const times = { notedSince: now - NOTED_AGAIN_AFTER, familiarSince: now - FAMILIAR_FOR };
  return store.remember(world, from(personId, address), times);
}

/** Remembers a good sign-in, and the newest sixteen sources of the person. */
export async function welcomed(world: World, personId: string, address: string): Promise<void> {
  const { numAffectedRows } = await statement(world, personId, address).execute(world.db);
  if ((numAffectedRows ?? 0n) > 0n) await store.prune(world, personId, FAMILIAR_KEPT);
}

/**
 * Whether the person can have come from his last good sign-in to this address; ask before the new one is remembered.
 * Places he is known at, and trusted networks on either side, are possible always: a VPN moves nobody.
 */
export async function travel(world: World, personId: string, address: string): Promise<Travel> {
  const now = world.now();
  const [rows, trusted] = await Promise.all([
    store.visits(world, personId, now - FAMILIAR_FOR),
    trustedFor(world, personId, address),
  ]);
  if (trusted || rows.length === 0) return { kind: 'possible' };
  const visits = [];
  for (const row of rows) {
    const { source } = row;
    if (!(await trustedFor(world, personId, source)))
      visits.push({ source, at: row.seen_at, position: positionOf(world, source) });
  }
  return judgeTravel({ source: sourceOf(address), at: now, position: positionOf(world, address) }, visits);
}

/** How many different people signed in well from each of these sources within thirty days; nobody's are not named. */
export async function peopleAt(world: World, sources: string[]): Promise<Map<string, number>> {
  if (sources.length === 0) return new Map();
  const rows = await store.peopleAt(world, sources, world.now() - HEADROOM_WITHIN);
  return new Map(rows.map(({ source, people }) => [source, people]));
}

/** The sources a person is known at now; the same work for an id that is nobody's. */
export async function familiarSources(world: World, personId: string): Promise<string[]> {
  const rows = await store.visits(world, personId, world.now() - FAMILIAR_FOR);
  return rows.map(row => row.source);
}

/** More are not kept in mind: then any address may be somebody's. */
const mostSources = 20_000;
const sources = memory<Set<string> | null>(() => null);

/**
 * Whether anybody may count as familiar at this address; from memory, at most a quarter of a minute old. Says so of no
 * address that nobody is known at, but may say so of one too many.
 */
export async function maybeFamiliar(world: World, address: string): Promise<boolean> {
  const known = await sources(world, world.workspaceId, async () => {
    const found = await store.familiarSources(world, world.now() - FAMILIAR_FOR, mostSources + 1);
    return found.length > mostSources ? null : new Set(found);
  });
  return known === null || known.has(sourceOf(address)) || trustsSomebody(world, address);
}

function positionOf(world: World, address: string): Position | null {
  const origin = originOf(world, address);
  if (!origin || origin.lat === null || origin.lon === null) return null;
  return { lat: origin.lat, lon: origin.lon, accuracyKm: origin.accuracyKm };
}

/** A person's familiar networks, last seen first. */
export async function mine(world: World, personId: string) {
  return (await store.visits(world, personId, world.now() - FAMILIAR_FOR)).slice(0, FAMILIAR_KEPT);
}

/** Makes one of a person's own networks a strange one again. */
export async function forget(
  world: World,
  id: string,
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'forgotten' } | { kind: 'not-found' }> {
  return atomically(world, async tx => {
    const row = await store.forget(tx, by.me.id, id);
    if (!row) return { kind: 'not-found' };
    await audit.record(tx, {
      action: 'network.forget',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: by.me.id },
      before: { name: row.source },
    });
    return { kind: 'forgotten' };
  });
}

/** Sweeps what has become strange again. */
export async function sweep(world: World): Promise<void> {
  await store.sweep(world, world.now() - FAMILIAR_FOR, FAMILIAR_KEPT);
}
