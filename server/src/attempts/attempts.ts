// What was tried at a name: wrong passwords already counted, former ones, and clients that keep sending an old one.
import { CREDIT_WITHIN, FORMER_FOR, MARK_FOR, MARKS_KEPT, type Mark, recognise } from '@latchkey/engine';
import type { RawBuilder } from 'kysely';
import { digestOf } from '../passwords.ts';
import { announce } from '../signals.ts';
import { iso, moment, type World } from '../world.ts';
import * as store from './store.ts';

export { countRepeat, knownRepeat, type Repeat } from './repeats.ts';
export type { Attempt, StaleClient, Verdict } from './store.ts';

/** How the tables know a name, whether or not anybody is called so: a keyed hash. */
export function accountOf(world: World, name: string): Buffer {
  return world.secrets.mac('typed-name', name);
}

/** What stands in for the salt of a name that has no password: the same for the same name. */
export function decoySalt(world: World, name: string): Buffer {
  return world.secrets.mac('wrong-mark', `salt\n${name}`);
}

/** The mark of a password: a keyed hash of its slow hash, worthless without the key. */
export function markOf(world: World, account: Buffer, digest: Buffer): Buffer {
  return world.secrets.mac('wrong-mark', `${account.toString('hex')} ${digest.toString('hex')}`);
}

/** Whether this wrong password was seen before, and since when a former one is out of use. */
export async function seenAs(
  world: World,
  account: Buffer,
  mark: Buffer,
): Promise<{ as: 'repeated' | 'former' | null; changedAt: string | null }> {
  const now = world.now();
  const row = await store.markOf(world, account, mark);
  const known: Mark[] = row ? [{ mark: 'this', at: Number(row.at), former: row.former }] : [];
  const as = recognise(known, 'this', now);
  return { as, changedAt: as === 'former' && row ? iso(Number(row.at)) : null };
}

/** Remembers a wrong password, the newest sixteen of a day; for a `with`. */
export function remembering(
  world: World,
  input: { account: Buffer; mark: Buffer; source: string },
): RawBuilder<unknown>[] {
  const now = world.now();
  return [
    store.insertMark(world, { ...input, now }),
    store.pruneMarks(world, { ...input, keep: MARKS_KEPT - 1, before: now - MARK_FOR }),
  ];
}

/** Forgets plain wrong marks after a right password; for a `with`. */
export function forgetting(world: World, account: Buffer): RawBuilder<unknown> {
  return store.deletePlain(world, account);
}

/**
 * Pins the mark of the password that a new one takes the place of, for thirty days, and has every process forget what
 * it knows of repeated ones; within the transaction that sets the new password.
 */
export async function pinFormer(world: World, name: string, oldHash: string | null): Promise<void> {
  const account = accountOf(world, name);
  if (oldHash) await store.pin(world, account, markOf(world, account, digestOf(oldHash)), world.now());
  await announce(world, {
    kind: 'password-changed',
    workspaceId: world.workspaceId,
    ids: [account.toString('base64url')],
  });
}

/** A password that is in use again is no former one. */
export async function unpin(world: World, name: string, hash: string): Promise<void> {
  const account = accountOf(world, name);
  await store.deleteMark(world, account, markOf(world, account, digestOf(hash)));
}

/** Plain misses of the last half hour at this name from this source. */
export async function slips(world: World, account: Buffer, source: string): Promise<number> {
  return store.countSince(world, account, source, world.now() - CREDIT_WITHIN);
}

/** Writes a failed try down; for a `with`. */
export function writing(
  world: World,
  input: {
    account: Buffer;
    personId: string | null;
    lane: string;
    verdict: store.Verdict;
    source: string;
    device: string;
  },
): RawBuilder<unknown> {
  const { personId, ...rest } = input;
  return store.insertAttempt(world, {
    ...rest,
    person_id: personId,
    id: world.random.id(),
    at: moment(world),
  });
}

/** So often within a day from one place makes a client a stale one. */
export const STALE_TIMES = 10;

/**
 * Counts a wrong or former password that was seen before; `due` when the owner of the account should now be told of a
 * client that keeps sending it, once a day.
 */
export async function noteRepeat(
  world: World,
  input: {
    account: Buffer;
    personId: string | null;
    source: string;
    mark: Buffer;
    former: boolean;
    device: string;
    times: number;
  },
): Promise<{ due: boolean; times: number }> {
  const now = world.now();
  const day = 86_400_000;
  const row = await store.countStale(world, { ...input, at: iso(now), since: iso(now - day) });
  const due = row.times >= STALE_TIMES && (row.told_at === null || Date.parse(row.told_at) < now - day);
  return { due: due && (await store.markTold(world, input, iso(now), iso(now - day))), times: row.times };
}

/** Clients that keep sending an old password of this person, last seen first. */
export async function staleClients(world: World, personId: string): Promise<store.StaleClient[]> {
  return store.staleOf(world, personId, STALE_TIMES, iso(world.now() - 7 * 86_400_000));
}

/** Failed tries at this person's name since then, newest first, at most `limit`. */
export const of = store.attemptsOf;

/** Failed tries at a name in a span that cost something, summed up by lane and source. */
export const spread = store.spreadOf;

/** Failed tries of all names since then, newest first, in pages; for the preview of a policy. */
export const back = store.attemptsBack;

/** Failed tries at a name since then: how many, of how many sources, the first and the last. */
export async function summary(world: World, account: Buffer, since: string) {
  return store.summaryOf(world, account, since);
}

/** Failed tries since then, by person. */
export const byPerson = store.byPerson;

/** Weeks of a flood are not to fill the disk: of more attempts than these the oldest go. */
const attemptsKept = 1_000_000;

/** Forgets what has served its time: marks, stale clients, attempts older than ninety days. */
export async function sweep(world: World): Promise<void> {
  const now = world.now();
  await store.sweep(world, {
    plainBefore: now - MARK_FOR,
    formerBefore: now - FORMER_FOR,
    staleBefore: iso(now - 30 * 86_400_000),
    attemptsBefore: iso(now - 90 * 86_400_000),
    attemptsKept,
  });
}
