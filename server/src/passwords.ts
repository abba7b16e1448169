// Argon2id within bounds: as many at once as there are cores, known devices first, strangers shared fairly among their
// sources, a bounded wait, and a clear "busy" beyond it (A17).
import { hash as argonHash, verify as argonVerify } from '@node-rs/argon2';

export type Verdict = { kind: 'right' } | { kind: 'wrong' } | { kind: 'busy' };

/** Known devices are served before familiar networks, those before strangers (lockout.md, hashing under flood). */
export type Urgency = 'known' | 'familiar' | 'stranger';

/** Hashing and verifying of passwords; a verification that finds no room answers `busy` and has looked at nothing. */
export type Passwords = {
  hash: (password: string) => Promise<string>;
  verify: (hash: string, password: string, from: { urgency: Urgency; source: string }) => Promise<Verdict>;
  /** A hash of the same cost that no password opens, for names that do not exist (L10). */
  decoy: string;
  /** Verifications that reached the hash since start; tests and metrics read it. */
  verified: () => number;
  waiting: () => number;
};

export type Bounds = {
  /** How many may wait in each class. */
  room: Record<Urgency, number>;
  /** How many of one source may wait in a class other than known devices. */
  roomOfSource: number;
  /** Milliseconds after which somebody who waits is told `busy`. */
  patienceMs: number;
};

const usual: Bounds = {
  room: { known: 512, familiar: 256, stranger: 128 },
  roomOfSource: 16,
  patienceMs: 8_000,
};
const classes: Urgency[] = ['known', 'familiar', 'stranger'];
const algorithm = 2; // argon2id; the package's const enum cannot be imported under verbatimModuleSyntax

/**
 * @param cost memory in KiB and passes; OWASP's first choice is 19456 and 2 with one lane
 * @param workers verifications at once, as many as cores
 */
export async function makePasswords(
  cost: { memoryCost: number; timeCost: number },
  workers: number,
  bounds: Bounds = usual,
): Promise<Passwords> {
  const options = { ...cost, parallelism: 1, algorithm };
  const decoy = await argonHash(crypto.randomUUID(), options);
  const gate = makeGate(workers, bounds);
  let verified = 0;
  return {
    decoy,
    verified: () => verified,
    waiting: gate.waiting,
    hash: async password => {
      if (!(await gate.enter('known', ''))) throw new Error('too many passwords are being set at once');
      try {
        return await argonHash(normal(password), options);
      } finally {
        gate.leave();
      }
    },
    verify: async (hash, password, { urgency, source }) => {
      if (!(await gate.enter(urgency, source))) return { kind: 'busy' };
      verified++;
      try {
        return { kind: (await argonVerify(hash, normal(password))) ? 'right' : 'wrong' };
      } finally {
        gate.leave();
      }
    },
  };
}

type Waiter = { let: (in_: boolean) => void; timer: NodeJS.Timeout };

/** A gate for so many at once; `enter` resolves to false where there is no room or patience runs out. */
export function makeGate(workers: number, bounds: Bounds) {
  // A Map keeps its order: the first source is served and goes to the end, so that no source waits for another's crowd.
  const lines: Record<Urgency, Map<string, Waiter[]>> = {
    known: new Map(),
    familiar: new Map(),
    stranger: new Map(),
  };
  const waiting: Record<Urgency, number> = { known: 0, familiar: 0, stranger: 0 };
  let running = 0;

  const enter = (urgency: Urgency, source: string): Promise<boolean> => {
    if (running < workers) {
      running++;
      return Promise.resolve(true);
    }
    const line = lines[urgency].get(source) ?? [];
    const crowded = urgency !== 'known' && line.length >= bounds.roomOfSource;
    if (crowded || waiting[urgency] >= bounds.room[urgency]) return Promise.resolve(false);
    return new Promise(resolve => {
      const waiter: Waiter = {
        let: resolve,
        timer: setTimeout(() => {
          remove(urgency, source, waiter);
          resolve(false);
        }, bounds.patienceMs),
      };
      line.push(waiter);
      lines[urgency].set(source, line);
      waiting[urgency]++;
    });
  };

  const remove = (urgency: Urgency, source: string, waiter: Waiter) => {
    const line = lines[urgency].get(source) ?? [];
    const left = line.filter(other => other !== waiter);
    if (left.length === line.length) return;
    waiting[urgency]--;
    if (left.length > 0) lines[urgency].set(source, left);
    else lines[urgency].delete(source);
  };

  const leave = () => {
    for (const urgency of classes) {
      const [first] = lines[urgency];
      if (!first) continue;
      const [source, line] = first;
      const next = line.shift();
      lines[urgency].delete(source);
      if (line.length > 0) lines[urgency].set(source, line);
      if (!next) continue;
      waiting[urgency]--;
      clearTimeout(next.timer);
      next.let(true);
      return;
    }
    running--;
  };

  return { enter, leave, waiting: () => classes.reduce((sum, urgency) => sum + waiting[urgency], 0) };
}

/** NIST SP 800-63B-4 3.1.1.2: Unicode passwords are normalised (NFKC) before hashing. */
function normal(password: string): string {
  return password.normalize('NFKC');
}
