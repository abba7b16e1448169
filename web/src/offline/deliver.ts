// Delivers what waits, in order and each exactly once: one tab at a time, one key per write, over as many tries as it takes.
import { apiAnswer, type CallOptions, isPassing } from '../api.ts';
import type { Calls } from '../calls.ts';
import { Problem } from '../problem.ts';
import { changeWaiting, dropWaiting, waitingOf } from './queue.ts';
import type { Row } from './records.ts';
import { fillShelf, readShelf } from './shelf.ts';
import { clashesIn, concerns, decided, onTopOf, recordIn, type Waiting, type WaitingCall } from './writes.ts';

/** A little less than the server remembers a key: after it, nobody can tell whether the write has arrived. */
const keyLasts = 23 * 3_600_000;
/** A lock may have been lifted meanwhile. */
const lockedAgain = 60_000;

export type Names = Record<string, string>;
export type Delivery = {
  delivered: Waiting[];
  /** Ids that the server gave to records made here. */
  names: Names;
  /** False when the server could not be reached. */
  reached: boolean;
};

/** Ids given by the server, by the ids that records went by before. */
export async function namesOf(person: string): Promise<Names> {
  return (await readShelf<Names>(person, 'names')) ?? {};
}

/** Sends what can be sent; does nothing while another tab is at it. */
export async function deliver(person: string): Promise<Delivery | null> {
  return alone(person, () => deliverAll(person));
}

/** Does something with what waits while nothing of it is on its way; null where a tab is delivering. */
export async function alone<T>(person: string, work: () => Promise<T>): Promise<T | null> {
  return navigator.locks.request(`latchkey.delivery ${person}`, { ifAvailable: true }, lock =>
    lock ? work() : null,
  );
}

async function deliverAll(person: string): Promise<Delivery> {
  const result: Delivery = { delivered: [], names: await namesOf(person), reached: true };
  const tried = new Set<number>();
  for (;;) {
    const all = await waitingOf(person);
    const next = nextOf(all, tried, Date.now());
    if (!next) return result;
    tried.add(next.seq);
    const outcome = await send(person, next, result.names);
    if (outcome.kind === 'away') return { ...result, reached: false };
    if (outcome.kind === 'kept') await changeWaiting(person, outcome.entry);
    if (outcome.kind === 'done') {
      const { record } = outcome;
      if (next.makes && record) {
        result.names[next.makes] = record.id;
        await fillShelf(person, 'names', result.names);
      }
      await lift(person, next, record);
      await dropWaiting(next.seq);
      result.delivered.push(next);
    }
  }
}

/** The oldest write that no earlier one holds up. */
export function nextOf(all: readonly Waiting[], tried: ReadonlySet<number>, now: number): Waiting | null {
  const held = new Set<string>();
  for (const entry of all) {
    const isFree = !concerns(entry).some(id => held.has(id));
    const again =
      entry.state === 'refused' && entry.refusal?.status === 423 && now - entry.refusal.at > lockedAgain;
    if (isFree && (entry.state === 'waiting' || again) && !tried.has(entry.seq)) return entry;
    for (const id of [entry.id, entry.makes]) if (id) held.add(id);
  }
  return null;
}

type Outcome = { kind: 'done'; record: Row | null } | { kind: 'kept'; entry: Waiting } | { kind: 'away' };

async function send(person: string, entry: Waiting, names: Names): Promise<Outcome> {
  const now = Date.now();
  if (entry.sentAt !== null && now - entry.sentAt > keyLasts && entry.makes !== null)
    return { kind: 'kept', entry: { ...entry, state: 'unsure' } };
  const sent = { ...entry, sentAt: entry.sentAt ?? now };
  // Before it leaves, so that a page that dies on the way knows.
  if (entry.sentAt === null) await changeWaiting(person, sent);
  try {
    const options = {
      ...(entry.id ? { params: { id: names[entry.id] ?? entry.id } } : {}),
      ...(entry.ifMatch ? { ifMatch: entry.ifMatch } : {}),
      ...(Object.keys(entry.body).length > 0 ? { body: renamed(entry.body, names) } : {}),
      key: entry.key,
      direct: true,
    } as unknown as CallOptions<Calls[WaitingCall]>;
    const call = apiAnswer as (
      call: WaitingCall,
      options: CallOptions<Calls[WaitingCall]>,
    ) => Promise<{ body: unknown }>;
    const answer = await call(entry.call, options);
    return { kind: 'done', record: recordIn(entry.call, answer.body) };
  } catch (error) {
    if (isPassing(error) || !(error instanceof Problem) || error.status === 401) return { kind: 'away' };
    if (error.status !== 412) return { kind: 'kept', entry: refused(sent, error) };
    const theirs = error.current as Row | null;
    if (!theirs) return { kind: 'kept', entry: refused(sent, error) };
    if (clashesIn(sent, theirs).some(clash => clash.contested))
      return { kind: 'kept', entry: { ...sent, state: 'conflict', theirs } };
    // The other one changed something else: both stand.
    const merged = decided(sent, theirs, {});
    return merged ? send(person, merged, names) : { kind: 'done', record: theirs };
  }
}

function refused(entry: Waiting, error: Problem): Waiting {
  const { code, status, title, detail } = error;
  return { ...entry, state: 'refused', refusal: { code, status, words: detail || title, at: Date.now() } };
}

/** What was written here on top of it stands on what the server made of it. */
async function lift(person: string, done: Waiting, record: Row | null): Promise<void> {
  const id = done.id ?? done.makes;
  if (!record || !id) return;
  // Read anew: while one was on its way, others may have been added, changed, or thrown away.
  for (const later of await waitingOf(person))
    if (later.seq > done.seq && later.id === id) await changeWaiting(person, onTopOf(later, record.version));
}

/** The body with the server's ids in place of those given here. */
function renamed(body: Waiting['body'], names: Names): Waiting['body'] {
  return JSON.parse(JSON.stringify(body), (_key, value: unknown) =>
    typeof value === 'string' ? (names[value] ?? value) : value,
  );
}
