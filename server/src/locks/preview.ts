// The preview of a lock policy: what it would have done to the last ninety days, and how far a guesser would get.
import { setImmediate as turn } from 'node:timers/promises';
import {
  chanceWithin,
  countedGuesses,
  guessesWithin,
  HALF_YEAR,
  MONTH,
  type Policy,
  ZIPF,
} from '@latchkey/engine';
import type { Signals } from '../signals.ts';
import { iso, type World } from '../world.ts';
import { type Choice, choiceOf, policyFrom } from './policy.ts';
import { PREVIEW_DAYS, readRecord } from './preview-record.ts';
import { type Figures, Replay } from './preview-replay.ts';
import { type Placed, place } from './preview-visits.ts';

/** How far a tireless stranger gets on one name, by calculation. */
export type Attacker = { month: number; halfYear: number; chance: number };
export type Outlook = Figures & { attacker: Attacker };

export type Preview = {
  /** The moments the record covers, and how many tries it holds. */
  days: number;
  from: string;
  until: string;
  records: number;
  /** There was more than fits; the oldest were left out. */
  cut: boolean;
  now: Outlook;
  draft: Outlook;
  /** What most systems do, for comparison: five failures, thirty minutes, counted for everybody together. */
  reference: { failures: number; minutes: number; attacker: Attacker };
  /** Where the chance comes from: entries of the screening list, and the fits of which the worst is told. */
  basis: { list: number; fits: string[] };
};

/** So many wait their turn; more are sent away. */
const mostWaiting = 3;
/** Work goes on in slices, so that sign-ins do not wait for it. */
const slice = 400;

type Queue = { last: Promise<unknown>; waiting: number };
const queues = new WeakMap<Signals, Map<string, Queue>>();

/** One preview at a time in a workspace; `busy` when too many wait already. */
export async function preview(
  world: World,
  draft: Choice,
): Promise<{ kind: 'previewed'; preview: Preview } | { kind: 'busy'; retryAfter: number }> {
  const mine = queues.get(world.signals) ?? new Map<string, Queue>();
  queues.set(world.signals, mine);
  const queue = mine.get(world.workspaceId) ?? { last: Promise.resolve(), waiting: 0 };
  mine.set(world.workspaceId, queue);
  if (queue.waiting > mostWaiting) return { kind: 'busy', retryAfter: 3 };
  queue.waiting++;
  const work = queue.last.then(() => make(world, draft));
  queue.last = work.then(
    () => undefined,
    () => undefined,
  );
  try {
    return { kind: 'previewed', preview: await work };
  } finally {
    queue.waiting--;
    if (queue.waiting === 0) mine.delete(world.workspaceId);
  }
}

async function make(world: World, draft: Choice): Promise<Preview> {
  const present = await choiceOf(world);
  const until = world.now();
  const { happenings, from, cut } = await readRecord(world);
  const placed = await inTurns(place(happenings, slice));
  const replays = [present, draft].map(choice => new Replay(policyFrom(choice), choice.arrivals));
  await inTurns(replayed(replays, placed));
  const [now, then] = replays.map(replay => replay.figures());
  return {
    days: PREVIEW_DAYS,
    from: iso(from),
    until: iso(until),
    records: happenings.length,
    cut,
    now: { ...(now as Figures), attacker: attackerUnder(world, policyFrom(present)) },
    draft: { ...(then as Figures), attacker: attackerUnder(world, policyFrom(draft)) },
    reference: {
      ...counted,
      attacker: attackerOf(world, span => countedGuesses(counted.failures, counted.minutes, span)),
    },
    basis: { list: world.screening.size, fits: Object.keys(ZIPF) },
  };
}

const counted = { failures: 5, minutes: 30 };

function* replayed(replays: Replay[], placed: Placed[]): Generator<void, void> {
  for (const [index, one] of placed.entries()) {
    if (index % slice === slice - 1) yield;
    for (const replay of replays) replay.step(one);
  }
}

async function inTurns<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await turn();
  }
}

function attackerUnder(world: World, policy: Policy): Attacker {
  return attackerOf(world, span => guessesWithin(policy, 'strangers', span));
}

function attackerOf(world: World, guesses: (span: number) => number): Attacker {
  const halfYear = guesses(HALF_YEAR);
  return { month: guesses(MONTH), halfYear, chance: chanceWithin(halfYear, world.screening.size) };
}
