// Reserving a try before the slow hash.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Lane, PENDING_FOR, worthWaiting } from '@latchkey/engine';
import * as locks from '../locks/locks.ts';
import type { Signals } from '../signals.ts';
import type { World } from '../world.ts';

type Closed = { kind: 'closed'; lane: Lane; until: number | null };
type Admitted = { kind: 'open'; lane: Lane } | Closed | { kind: 'crowded' };

/** Those of this process who wait behind the one who asks the database. */
type Line = ((word: Closed | 'your-turn') => void)[];

/** So many may wait for one lane, and for all lanes of a process. */
const mostOfLane = 256;
const most = 4_096;
type Lines = { byLane: Map<string, Line>; waiting: number };
const processes = new WeakMap<Signals, Lines>();

function linesOf({ signals }: World): Lines {
  const known = processes.get(signals);
  if (known) return known;
  const fresh: Lines = { byLane: new Map(), waiting: 0 };
  processes.set(signals, fresh);
  return fresh;
}

/**
 * Reserves one try. While tries of the same lane are under way a refusal waits for what they leave behind, since right
 * ones are given back: fifty right sign-ins at once all pass (L2), and never more than the budget is verified (L1).
 * `crowded` where a try would not reach the hash, for want of room; nothing is spent then.
 */
export async function admit(
  world: World,
  lane: locks.SignInLane,
  hasRoom: () => boolean = () => true,
): Promise<Admitted> {
  const lines = linesOf(world);
  const id = `${world.workspaceId}${lane.key.toString('base64url')}`;
  const patience = Date.now() + PENDING_FOR;
  // One of them asks for all: a crowd at one name costs no more queries than a single visitor.
  const before = lines.byLane.get(id);
  if (before) {
    if (before.length >= mostOfLane || lines.waiting >= most) return { kind: 'crowded' };
    lines.waiting++;
    const word = await new Promise<Parameters<Line[number]>[0]>(tell => before.push(tell));
    lines.waiting--;
    if (word !== 'your-turn') return word;
  }
  const line = before ?? [];
  lines.byLane.set(id, line);
  try {
    for (let pause = 4; ; pause = Math.min(pause * 2, 60)) {
      if (!hasRoom()) return { kind: 'crowded' };
      const asked = line.length;
      const spent = await locks.spend(world, { ...lane, now: world.now() });
      if (spent.ok) return { kind: 'open', lane: spent.lane };
      if (Date.now() > patience || !worthWaiting(spent.lane, world.now())) {
        const closed: Closed = { kind: 'closed', lane: spent.lane, until: spent.until };
        // Whoever came while the answer was under way asks anew: the lane may have been lifted meanwhile.
        for (const tell of line.splice(0, asked)) tell(closed);
        return closed;
      }
      await sleep(pause + Math.random() * pause);
    }
  } finally {
    const next = line.shift();
    if (next) next('your-turn');
    else lines.byLane.delete(id);
  }
}
