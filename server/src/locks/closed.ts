// Lanes that are known to be closed are refused from memory, without a query; word of an opening forgets them at once.
import type { Lane } from '@latchkey/engine';
import { sourceOf } from '../edge/visitor.ts';
import { freshMs } from '../memory.ts';
import * as networks from '../networks/networks.ts';
import { announce, type Signals } from '../signals.ts';
import type { World } from '../world.ts';

type Told = { cause: 'failed-attempts'; since: string; until: string | null };

export type Closed = {
  lane: Lane;
  personId: string | null;
  /** The lock that the lane amounts to, once somebody has asked. */
  lock?: Told | null;
  /** Sources that the person is known at: whoever comes from there has another lane. */
  familiar: Set<string>;
};
type Kept = Closed & { workspaceId: string; at: number; until: number };

const most = 50_000;
const nobody = '00000000-0000-0000-0000-000000000000';

class Closures {
  readonly kept = new Map<string, Kept>();
  /** How often word came: a refusal read before it must not be kept after it. */
  words = 0;
  constructor(signals: Signals) {
    signals.on(signal => {
      if (!/^(deaf|lane-changed|workspace-changed)$/.test(signal.kind)) return;
      this.words++;
      if (signal.kind === 'deaf') this.kept.clear();
      else if (signal.kind === 'lane-changed') for (const id of signal.ids) this.kept.delete(id);
      else if (signal.kind === 'workspace-changed')
        for (const [id, entry] of this.kept)
          if (entry.workspaceId === signal.workspaceId) this.kept.delete(id);
    });
  }
}

const memories = new WeakMap<Signals, Closures>();

function of(world: World): Closures {
  let closures = memories.get(world.signals);
  if (!closures) {
    closures = new Closures(world.signals);
    memories.set(world.signals, closures);
  }
  return closures;
}

/** The closed lane of this key, if that is known and still so. */
export function knownClosed(world: World, key: Buffer): Closed | null {
  const { kept } = of(world);
  const id = idOf(world, key);
  const entry = kept.get(id);
  if (!entry) return null;
  const now = world.now();
  if (now >= entry.until || now < entry.at) {
    kept.delete(id);
    return null;
  }
  return entry;
}

/** How much word has come so far; handed to {@link keepClosed}, so that what is outdated is not kept. */
export function wordsSoFar(world: World): number {
  return of(world).words;
}

/** Remembers a refusal until the lane may open again, for a quarter of a minute at most. */
export async function keepClosed(
  world: World,
  input: { key: Buffer; lane: Lane; personId: string | null; until: number | null; words: number },
): Promise<void> {
  const { kept, words } = of(world);
  const { lane, personId } = input;
  if (words !== input.words || lane.pending > 0) return;
  const familiar = new Set(await networks.familiarSources(world, personId ?? nobody));
  const now = world.now();
  if (of(world).words !== input.words) return;
  if (kept.size >= most) kept.clear();
  const until = Math.min(input.until ?? Number.POSITIVE_INFINITY, now + freshMs);
  kept.set(idOf(world, input.key), {
    lane,
    personId,
    familiar,
    workspaceId: world.workspaceId,
    at: now,
    until,
  });
}

/** Whether this address has a lane of its own to that name, being familiar or trusted; from memory. */
export async function isFamiliar(world: World, closed: Closed, address: string): Promise<boolean> {
  if (closed.familiar.has(sourceOf(address))) return true;
  return (await networks.trustedFor(world, closed.personId ?? nobody, address)) !== null;
}

/** Says within the transaction that a lane has been opened. */
export async function announceOpened(world: World, key: Buffer): Promise<void> {
  await announce(world, { kind: 'lane-changed', workspaceId: world.workspaceId, ids: [idOf(world, key)] });
}

function idOf(world: World, key: Buffer): string {
  return `${world.workspaceId}${key.toString('base64url')}`;
}
