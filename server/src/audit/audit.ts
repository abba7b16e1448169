// The journal: who did what to what, when, from where; append-only, chained by hashes, history of every record.
import type { Me, Visitor } from '../http.ts';
import { announce } from '../signals.ts';
import { atomically, moment, type World } from '../world.ts';
import { chainHash, firstHash } from './rules.ts';
import * as store from './store.ts';

export type Entry = {
  action: string;
  /** Who did it; a person, or nobody for the system and for strangers. */
  by?: Pick<Me, 'id' | 'name'> | null;
  visitor?: Visitor | null;
  object?: { type: string; id: string };
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
  details?: Record<string, unknown> | null;
};

/** Writes one entry; within a transaction it stands or falls with what it records. */
export async function record(world: World, entry: Entry): Promise<void> {
  await recordAll(world, [entry]);
}

/** Writes many entries at once, in the order given. */
export async function recordAll(world: World, entries: Entry[]): Promise<void> {
  if (entries.length === 0) return;
  await store.insert(
    world,
    entries.map(entry => row(world, entry)),
  );
}

/** The row of an entry, for rooms that write it in one statement together with their own record. */
export function row(world: World, entry: Entry): store.NewEntry {
  return {
    workspace_id: world.workspaceId,
    id: world.random.id(),
    at: moment(world),
    actor_id: world.cause ? null : (entry.by?.id ?? null),
    actor_name: world.cause ? world.cause.name : (entry.by?.name ?? null),
    action: entry.action,
    object_type: entry.object?.type ?? null,
    object_id: entry.object?.id ?? null,
    address: entry.visitor?.address ?? null,
    device: entry.visitor?.userAgent ?? null,
    correlation_id: entry.visitor?.correlationId ?? null,
    before: json(entry.before),
    after: json(entry.after),
    details: json(world.cause ? { ...entry.details, automation: world.cause } : entry.details),
  };
}

function json(value: Record<string, unknown> | null | undefined): string | null {
  return value ? JSON.stringify(value) : null;
}

/** Entries, newest first. */
export const list = store.list;

/** The entries about one record, newest first. */
export async function historyOf(
  world: World,
  input: { object: { type: string; id: string }; limit: number; after?: string | undefined },
) {
  return store.list(world, {
    objectId: input.object.id,
    objectType: input.object.type,
    limit: input.limit,
    after: input.after,
  });
}

/** A page of a record's history as its readers see it: who changed which field from what to what, no addresses. */
export async function historyPage(
  world: World,
  input: { object: { type: string; id: string }; limit: number; after?: string | undefined },
) {
  const entries = await historyOf(world, { ...input, limit: input.limit + 1 });
  const page = entries.slice(0, input.limit);
  const next = entries.length > input.limit ? (page.at(-1)?.id ?? null) : null;
  return { items: page.map(asChange), next };
}

/** One change to a record; undefined for none. */
export const changeOf = store.aboutOne;

/** An entry without what only the log's readers may see. */
export function asChange(
  entry: Pick<Listed, 'id' | 'at' | 'actor_id' | 'actor_name' | 'action' | 'before' | 'after'>,
) {
  const { before, after } = entry;
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return {
    id: entry.id,
    at: entry.at,
    actor: { id: entry.actor_id, name: entry.actor_name },
    action: entry.action,
    changes: fields.map(field => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null })),
  };
}

type Listed = Awaited<ReturnType<typeof store.list>>[number];

/** Entries about one record for its time line, newest first, in the order of their time. */
export const aboutRecord = store.aboutRecord;

/** How many entries of that action the person has caused since the moment given (milliseconds since 1970). */
export const countSince = store.countSince;

/** Entries of one action since then (milliseconds since 1970), newest first, in pages, with what rooms below may read. */
export const back = store.back;

export const turnedAway = store.turnedAway;
export const strangersLetIn = store.strangersLetIn;

const batch = 1_000;

/**
 * Gives unsealed entries their place and hash, at most 1,000 at a time; returns how many. One process at a time does
 * it per workspace; the others pass by.
 */
export async function seal(world: World): Promise<number> {
  return atomically(world, async tx => {
    if (!(await store.takeSealer(tx))) return 0;
    const fresh = await store.unsealed(tx, batch);
    if (fresh.length === 0) return 0;
    const head = (await store.head(tx)) ?? { seq: 0, hash: firstHash(tx.workspaceId) };
    let { seq, hash } = head;
    const seals = fresh.map(entry => {
      hash = chainHash(hash, ++seq, entry);
      return { id: entry.id, seq, hash };
    });
    await store.writeSeals(tx, seals);
    await store.moveHead(tx, { seq, hash });
    await announce(tx, { kind: 'journal-sealed', workspaceId: tx.workspaceId, ids: [String(seq)] });
    return fresh.length;
  });
}

export type Verdict =
  | { kind: 'intact'; entries: number; head: string; unsealed: number }
  | {
      kind: 'altered';
      seq: number;
      id: string | null;
      at: string | null;
      action: string | null;
      why: string;
    };

/** Walks the whole chain and names the first entry that was altered, removed or slipped in. */
export async function verify(world: World): Promise<Verdict> {
  let hash = firstHash(world.workspaceId);
  let seq = 0;
  for (;;) {
    const entries = await store.sealedAfter(world, seq, batch);
    if (entries.length === 0) break;
    for (const entry of entries) {
      const expected = seq + 1;
      if (entry.seq !== expected)
        return {
          kind: 'altered',
          seq: expected,
          id: null,
          at: null,
          action: null,
          why: 'an entry is missing',
        };
      hash = chainHash(hash, expected, entry);
      if (!entry.hash || !hash.equals(entry.hash))
        return {
          kind: 'altered',
          seq: expected,
          id: entry.id,
          at: entry.at,
          action: entry.action,
          why: 'its content does not match its hash',
        };
      seq = expected;
    }
  }
  const head = await store.head(world);
  if ((head?.seq ?? 0) !== seq || (head && !head.hash.equals(hash)))
    return {
      kind: 'altered',
      seq: seq + 1,
      id: null,
      at: null,
      action: null,
      why: 'the newest entries are missing',
    };
  return {
    kind: 'intact',
    entries: seq,
    head: hash.toString('hex'),
    unsealed: await store.countUnsealed(world),
  };
}

/** Entries before one that are looked at when it alone is in question; the whole chain is for {@link verify}. */
const LOOK_BACK = 200;

/** Whether an entry is sealed, and the stretch of the chain that leads up to it unaltered. */
export async function chainAt(world: World, seq: number | null): Promise<'unsealed' | 'intact' | 'altered'> {
  if (seq === null) return 'unsealed';
  const entries = await store.sealedUpTo(world, seq, LOOK_BACK + 1);
  const [before] = entries;
  if (!before) return 'altered';
  const whole = before.seq === 1;
  let hash = whole ? firstHash(world.workspaceId) : before.hash;
  let last = whole ? 0 : Number(before.seq);
  for (const entry of whole ? entries : entries.slice(1)) {
    if (!hash || Number(entry.seq) !== ++last) return 'altered';
    hash = chainHash(hash, last, entry);
    if (!entry.hash?.equals(hash)) return 'altered';
  }
  return last === seq ? 'intact' : 'altered';
}

/** What entries that are sums amount to within a span. */
export const tally = store.tally;

/** The place of the newest sealed entry; 0 where there is none. */
export async function headOf(world: World): Promise<number> {
  return (await store.head(world))?.seq ?? 0;
}

/** The place in the chain behind which everything made at or after a time is found, looking back `limit` entries at most. */
export const before = store.before;

/** Sealed entries behind a place in the chain, in their order; what is sealed later always comes behind. */
export const since = store.since;

const piece = 500;
/** So many places further at once where most of them are passed over. */
const stride = 10_000;

/** What a reader wants to see; an import of a million rows is nothing to most. */
export type Wanted = 'all' | 'not-imported' | 'nothing';

/**
 * Reads on in the journal from where a reader has come, over all processes one at a time; what `work` does with some
 * entries and the new place are written together, so that it sees each once and none is lost.
 */
export async function readOn(
  world: World,
  reader: string,
  wanted: (tx: World) => Promise<Wanted>,
  work: (tx: World, entries: Awaited<ReturnType<typeof store.since>>) => Promise<void>,
): Promise<void> {
  const once = () =>
    atomically(world, async tx => {
      const seq = await store.takeReader(tx, reader);
      const head = (await store.head(tx))?.seq ?? 0;
      if (seq === null || seq >= head) return false;
      const what = await wanted(tx);
      // Places in the chain follow one another without a gap.
      const upTo = what === 'nothing' ? head : Math.min(head, seq + (what === 'all' ? piece : stride));
      const how = { upTo, imported: what === 'all' };
      const entries = what === 'nothing' ? [] : await store.since(tx, seq, piece, how);
      const last = entries.length < piece ? upTo : (entries.at(-1)?.seq ?? upTo);
      if (entries.length > 0) await work(tx, entries);
      await store.moveReader(tx, reader, last);
      return last < head;
    });
  while (await once());
}

/** Entries of these actions, newest first, with what happened to which record. */
export const happenings = store.happenings;

/** How many entries wait to be sealed. */
export const unsealed = store.countUnsealed;

/** Every sealed entry, oldest first, in batches. */
export async function* everything(world: World) {
  for (let seq = 0; ; ) {
    const entries = await store.sealedAfter(world, seq, batch);
    if (entries.length === 0) return;
    for (const entry of entries) {
      yield entry;
      seq = Number(entry.seq);
    }
  }
}
