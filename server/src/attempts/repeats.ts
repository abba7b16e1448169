// A client that repeats one wrong password is known again without the slow hash: it is answered alone, from memory.
import { createHmac, randomBytes } from 'node:crypto';
import type { Signals } from '../signals.ts';
import type { World } from '../world.ts';

/** What is known of a repeated password: how often, and as what it was recognised. */
export type Repeat = { times: number; as: 'repeated' | 'former'; mark: Buffer; changedAt: string | null };
type Kept = Repeat & { at: number };

/** From so many repeats on the hash is spared … */
const from = 3;
/** … for so long after the hash last said so. */
const forMs = 15 * 60_000;
const most = 20_000;

type Memory = { key: Buffer; accounts: Map<string, Map<string, Kept>>; size: number };
const memories = new WeakMap<Signals, Memory>();

function of(world: World): Memory {
  let memory = memories.get(world.signals);
  if (!memory) {
    const mine: Memory = { key: randomBytes(32), accounts: new Map(), size: 0 };
    memory = mine;
    memories.set(world.signals, mine);
    const clear = () => {
      mine.accounts.clear();
      mine.size = 0;
    };
    world.signals.on(signal => {
      if (signal.kind === 'deaf') clear();
      if (signal.kind !== 'password-changed') return;
      for (const id of signal.ids) mine.accounts.delete(`${signal.workspaceId}${id}`);
    });
  }
  return memory;
}

type Asked = { account: Buffer; source: string; password: string };

const accountKey = (world: World, account: Buffer) => `${world.workspaceId}${account.toString('base64url')}`;

function idOf(memory: Memory, { source, password }: Asked): string {
  return createHmac('sha256', memory.key).update(`${source}\n${password}`).digest('base64url');
}

/** This very password from this very source, if it was seen often of late; null where it has to be looked at. */
export function knownRepeat(world: World, asked: Asked): Repeat | null {
  const memory = of(world);
  const account = memory.accounts.get(accountKey(world, asked.account));
  if (!account) return null;
  const kept = account.get(idOf(memory, asked));
  if (!kept || kept.times < from) return null;
  const age = world.now() - kept.at;
  return age >= 0 && age < forMs ? kept : null;
}

/** Counts one repeat that the hash has recognised. */
export function countRepeat(world: World, asked: Asked, as: Omit<Repeat, 'times'>): void {
  const memory = of(world);
  if (memory.size >= most) {
    memory.accounts.clear();
    memory.size = 0;
  }
  const key = accountKey(world, asked.account);
  const account = memory.accounts.get(key) ?? new Map<string, Kept>();
  memory.accounts.set(key, account);
  const id = idOf(memory, asked);
  const before = account.get(id);
  if (!before) memory.size++;
  account.set(id, { ...as, times: (before?.times ?? 0) + 1, at: world.now() });
}
