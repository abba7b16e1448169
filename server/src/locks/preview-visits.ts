// The record of tries, made ready to be replayed: whose each one was, the owner's or a stranger's; pure.
import { DAY, type LaneKind, MINUTE } from '@latchkey/engine';

/** How a try turned out in truth; `unseen`: refused without being looked at, told in sums. */
export type Turn = 'right' | 'wrong' | 'repeated' | 'former' | 'listed' | 'asked' | 'unseen';

/** One try at an account, or a sum of such that were refused. */
export type Try = {
  /** Milliseconds since 1970; sums spread evenly from here to `until`. */
  at: number;
  until: number;
  count: number;
  /** The account: a number of this preview's own. */
  account: number;
  lane: LaneKind;
  /** What keeps lanes of one kind and account apart: the device or the source. */
  place: string;
  /** The address or its /64; empty where a sum came from several. */
  source: string;
  turn: Turn;
  /** Of right ones: the device, and the network around it. */
  device?: string;
  network?: string;
  /** Of right ones: another proof was given first, so that it cannot be read off where it came by. */
  proved?: boolean;
  newDevice?: boolean;
};

/** A moment at which all lanes of an account were emptied: somebody lifted its locks. */
export type Lift = { at: number; account: number; turn: 'lift' };
export type Happening = Try | Lift;

/** What a visit on a strange device would have been asked for, had the measures been stricter. */
export type Strange = { newDevice: boolean; abnormal: boolean };

/** A try with whose it was: the number of an owner's visit, or null for a stranger. */
export type Placed = { happening: Happening; visit: number | null; strange: Strange | null };

/** Tries of one account and place within this time are one run. */
export const RUN = 30 * MINUTE;
/** New devices in as many networks within a day are out of the ordinary, as arrivals judge it (a test holds both). */
export const MANY_NETWORKS = 3;

type Run = { visit: number; last: number };
type Known = { devices: Set<string>; arrivals: { at: number; network: string }[]; visits: number };

/**
 * Says of every try whose it was. A run at one account from one place within half an hour that ends in a good sign-in is
 * the owner's, and so is whatever came by a known device or a familiar network; the rest is a stranger's. Takes and
 * gives happenings in the order of time; does a slice of work a step, so that others may have their turn.
 */
export function* place(happenings: Happening[], slice: number): Generator<void, Placed[]> {
  const placed: Placed[] = [];
  const open = new Map<string, Placed[]>();
  const runs = new Map<string, Run>();
  const known = new Map<number, Known>();
  let visits = 0;
  for (const happening of happenings) {
    const one: Placed = { happening, visit: null, strange: null };
    if (placed.push(one) % slice === 0) yield;
    if (happening.turn === 'lift') continue;
    const strange = isStrange(happening.lane);
    if (happening.turn !== 'right') {
      if (strange) {
        if (happening.source) keepOpen(open, keyOf(happening), one);
        continue;
      }
      one.visit = runOf(runs, happening, () => visits++);
      continue;
    }
    const person = known.get(happening.account) ?? { devices: new Set(), arrivals: [], visits: 0 };
    known.set(happening.account, person);
    const came = cameBy(happening, person, runs);
    one.happening = came;
    if (isStrange(came.lane)) {
      one.visit = visits++;
      const earlier = open.get(keyOf(came)) ?? [];
      for (const slip of earlier) if (slip.happening.at >= came.at - RUN) slip.visit = one.visit;
      open.delete(keyOf(came));
    } else {
      one.visit = runOf(runs, came, () => visits++);
      runs.delete(runKey(came));
    }
    one.strange = strangeness(came, person);
    if (came.device) person.devices.add(came.device);
    person.visits++;
  }
  return placed;
}

const isStrange = (lane: LaneKind) => lane === 'strangers' || lane === 'alarm';
const keyOf = (one: Try) => `${one.account} ${one.source}`;
const runKey = (one: Try) => `${one.account} ${one.lane} ${one.place}`;

function keepOpen(open: Map<string, Placed[]>, key: string, one: Placed): void {
  const list = open.get(key) ?? [];
  // What is older than a run can no longer become an owner's.
  const fresh = (list[0]?.happening.at ?? 0) < one.happening.at - 2 * RUN;
  const kept = fresh ? list.filter(other => other.happening.at >= one.happening.at - RUN) : list;
  kept.push(one);
  open.set(key, kept);
}

function runOf(runs: Map<string, Run>, one: Try, begin: () => number): number {
  const key = runKey(one);
  const run = runs.get(key);
  const visit = run && one.at - run.last <= RUN ? run.visit : begin();
  runs.set(key, { visit, last: one.until });
  return visit;
}

/** Where a sign-in that another proof preceded came by before the proof made its device known. */
function cameBy(one: Try, person: Known, runs: Map<string, Run>): Try {
  if (!one.proved || (one.device && person.devices.has(one.device))) return one;
  const familiar: Try = { ...one, lane: 'familiarNetwork', place: one.source };
  const run = runs.get(runKey(familiar));
  if (run && one.at - run.last <= RUN) return familiar;
  return { ...one, lane: 'strangers', place: '', newDevice: true };
}

/** The first visit on record is nothing to be compared with anything, as arrivals have it. */
function strangeness(one: Try, person: Known): Strange | null {
  if (!one.newDevice || one.lane === 'knownDevice') return null;
  const { network } = one;
  person.arrivals = person.arrivals.filter(other => other.at > one.at - DAY);
  if (network) person.arrivals.push({ at: one.at, network });
  if (person.visits === 0) return null;
  const around = new Set(person.arrivals.map(other => other.network)).size;
  return { newDevice: true, abnormal: isStrange(one.lane) && !!network && around >= MANY_NETWORKS };
}
