// Argon2id within bounds: as many at once as there are cores, known devices first, strangers shared fairly among their
// sources, a bounded wait, and a clear "busy" beyond it (A17).
import { timingSafeEqual } from 'node:crypto';
import { hash as argonHash, hashRaw } from '@node-rs/argon2';

/** `digest` is the slow hash of what was typed, under the account's own salt: the stuff of marks. */
export type Verdict = { kind: 'right' | 'wrong'; digest: Buffer } | { kind: 'busy' };

/** Known devices are served before familiar networks, those before strangers (lockout.md, hashing under flood). */
export type Urgency = 'known' | 'familiar' | 'stranger';

export type Asking = {
  urgency: Urgency;
  source: string;
  /** At least 16 bytes that stay the same for a name: what stands in for the salt where there is no hash (L10). */
  decoySalt?: Buffer;
};

/** Hashing and verifying of passwords; a verification that finds no room answers `busy` and has looked at nothing. */
export type Passwords = {
  /**
   * The PHC string of a password. `like` is the hash it takes the place of: an account keeps its salt, so that the mark
   * of a former password is known again (L16). Under another cost the digest is another, and so is every mark.
   */
  hash: (password: string, like?: string | null) => Promise<string>;
  /** Whether a hash took less than the settings ask for by now. */
  isOutdated: (hash: string) => boolean;
  /** Where there is no hash the same work is done, and nothing is right. */
  verify: (hash: string | null, password: string, from: Asking) => Promise<Verdict>;
  /** Whether a verification asked for now would be done or wait; what it costs to ask can be saved where it would not. */
  hasRoom: (urgency: Urgency, source: string) => boolean;
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

/** Strangers wait for some seconds at most: a longer line would but serve them later. */
const usual = (workers: number): Bounds => ({
  room: { known: 512, familiar: 256, stranger: 32 * workers },
  roomOfSource: 16,
  patienceMs: 8_000,
});
const classes: Urgency[] = ['known', 'familiar', 'stranger'];
const algorithm = 2; // argon2id; the package's const enum cannot be imported under verbatimModuleSyntax

/**
 * @param cost memory in KiB and passes; OWASP's first choice is 19456 and 2 with one lane
 * @param workers verifications at once, as many as cores
 */
export async function makePasswords(
  cost: { memoryCost: number; timeCost: number },
  workers: number,
  bounds: Bounds = usual(workers),
): Promise<Passwords> {
  const options = { ...cost, parallelism: 1, algorithm };
  // A hash takes long and cannot be interrupted: strangers leave one worker free, so that a known device finds one.
  const gate = makeGate(workers, bounds, Math.max(1, workers - 1));
  let verified = 0;
  return {
    verified: () => verified,
    waiting: gate.waiting,
    hasRoom: gate.hasRoom,
    isOutdated: hash => {
      const { memoryCost, timeCost } = parsed(hash);
      return memoryCost < cost.memoryCost || timeCost < cost.timeCost;
    },
    hash: async (password, like) => {
      if (!(await gate.enter('known', ''))) throw new Error('too many passwords are being set at once');
      const before = like ? parsed(like) : null;
      const same = before && before.memoryCost === cost.memoryCost && before.timeCost === cost.timeCost;
      try {
        return await argonHash(normal(password), { ...options, ...(same ? { salt: before.salt } : {}) });
      } finally {
        gate.leave();
      }
    },
    verify: async (hash, password, { urgency, source, decoySalt }) => {
      if (!(await gate.enter(urgency, source))) return { kind: 'busy' };
      verified++;
      const from = performance.now();
      try {
        const kept = hash === null ? null : parsed(hash);
        const salt = kept?.salt ?? (decoySalt ?? noSalt).subarray(0, 16);
        const digest = await hashRaw(normal(password), { ...options, ...kept, salt });
        const same = timingSafeEqual(digest, kept?.digest ?? Buffer.alloc(digest.length));
        return { kind: kept !== null && same ? 'right' : 'wrong', digest };
      } finally {
        gate.leave(urgency === 'stranger' ? performance.now() - from : 0);
      }
    },
  };
}

const noSalt = Buffer.alloc(16, 1);

/** The parts of a PHC string (password-hashing competition format) of argon2id. */
function parsed(hash: string) {
  const [, , , costs = '', salt = '', digest = ''] = hash.split('$');
  const of = (letter: string) => Number(new RegExp(`${letter}=(\\d+)`).exec(costs)?.[1]);
  const bytes = Buffer.from(digest, 'base64');
  return {
    memoryCost: of('m'),
    timeCost: of('t'),
    parallelism: of('p'),
    outputLen: bytes.length,
    salt: Buffer.from(salt, 'base64'),
    digest: bytes,
  };
}

/** The slow hash within a PHC string. */
export function digestOf(hash: string): Buffer {
  return parsed(hash).digest;
}

type Waiter = { let: (in_: boolean) => void; timer: NodeJS.Timeout };

/** So long after somebody on a known device asked, people are taken to be at work. */
const knownForMs = 1_000;

/**
 * A gate for so many at once; `enter` resolves to false where there is no room or patience runs out. A stranger enters
 * only while fewer than `strangers` are in, whoever they are; and while people on known devices are at work, `leave` with
 * the time that a stranger's turn took keeps his place closed to strangers for as long again: database and event loop
 * share the cores with the hash.
 */
export function makeGate(workers: number, bounds: Bounds, strangers = workers) {
  // A Map keeps its order: the first source is served and goes to the end, so that no source waits for another's crowd.
  const lines: Record<Urgency, Map<string, Waiter[]>> = {
    known: new Map(),
    familiar: new Map(),
    stranger: new Map(),
  };
  const waiting: Record<Urgency, number> = { known: 0, familiar: 0, stranger: 0 };
  let running = 0;

  let resting = 0;
  let knownAt = Number.NEGATIVE_INFINITY;

  const isOpen = (urgency: Urgency) =>
    urgency === 'stranger' ? running + resting < strangers : running < workers;

  const hasRoom = (urgency: Urgency, source: string): boolean => {
    if (isOpen(urgency)) return true;
    const crowded = urgency !== 'known' && (lines[urgency].get(source)?.length ?? 0) >= bounds.roomOfSource;
    return !crowded && waiting[urgency] < bounds.room[urgency];
  };

  const enter = (urgency: Urgency, source: string): Promise<boolean> => {
    if (urgency === 'known') knownAt = performance.now();
    if (isOpen(urgency)) {
      running++;
      return Promise.resolve(true);
    }
    if (!hasRoom(urgency, source)) return Promise.resolve(false);
    const line = lines[urgency].get(source) ?? [];
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

  const leave = (workedMs = 0) => {
    running--;
    if (workedMs > 0 && performance.now() - knownAt < knownForMs) {
      resting++;
      setTimeout(() => {
        resting--;
        letNextIn();
      }, workedMs).unref();
    }
    letNextIn();
  };

  const letNextIn = () => {
    for (const urgency of classes) {
      const [first] = lines[urgency];
      if (!first || !isOpen(urgency)) continue;
      const [source, line] = first;
      const next = line.shift();
      lines[urgency].delete(source);
      if (line.length > 0) lines[urgency].set(source, line);
      if (!next) continue;
      waiting[urgency]--;
      clearTimeout(next.timer);
      running++;
      next.let(true);
      return;
    }
  };

  return {
    enter,
    leave,
    hasRoom,
    waiting: () => classes.reduce((sum, urgency) => sum + waiting[urgency], 0),
  };
}

/** NIST SP 800-63B-4 3.1.1.2: Unicode passwords are normalised (NFKC) before hashing. */
function normal(password: string): string {
  return password.normalize('NFKC');
}
