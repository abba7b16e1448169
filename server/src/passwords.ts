// Argon2id within bounds: as many at once as there are cores, a bounded wait, and a clear "busy" beyond it.
import { hash as argonHash, verify as argonVerify } from '@node-rs/argon2';

export type Verdict = { kind: 'right' } | { kind: 'wrong' } | { kind: 'busy' };

/** Hashing and verifying of passwords; a verification that finds no room answers `busy` and has looked at nothing. */
export type Passwords = {
  hash: (password: string) => Promise<string>;
  verify: (hash: string, password: string, urgency: Urgency) => Promise<Verdict>;
  /** A hash of the same cost that no password opens, for names that do not exist (L10). */
  decoy: string;
  /** Verifications that reached the hash since start; tests and metrics read it. */
  verified: () => number;
  waiting: () => number;
};

/** Known devices are served before familiar networks, those before strangers (lockout.md, hashing under flood). */
export type Urgency = 'known' | 'familiar' | 'stranger';

const order: Urgency[] = ['known', 'familiar', 'stranger'];
const algorithm = 2; // argon2id; the package's const enum cannot be imported under verbatimModuleSyntax

/**
 * @param cost memory in KiB and passes; OWASP's first choice is 19456 and 2 with one lane
 * @param workers verifications at once, as many as cores
 * @param room how many may wait in each class before `busy`
 */
export async function makePasswords(
  cost: { memoryCost: number; timeCost: number },
  workers: number,
  room: Record<Urgency, number> = { known: 512, familiar: 256, stranger: 64 },
): Promise<Passwords> {
  const options = { ...cost, parallelism: 1, algorithm };
  const decoy = await argonHash(crypto.randomUUID(), options);
  const waiting: Record<Urgency, (() => void)[]> = { known: [], familiar: [], stranger: [] };
  let running = 0;
  let verified = 0;

  const enter = (urgency: Urgency): Promise<boolean> | true => {
    if (running < workers) {
      running++;
      return true;
    }
    const queue = waiting[urgency];
    if (queue.length >= room[urgency]) return Promise.resolve(false);
    return new Promise(resolve => queue.push(() => resolve(true)));
  };
  const leave = () => {
    for (const urgency of order) {
      const next = waiting[urgency].shift();
      if (next) return next();
    }
    running--;
  };

  return {
    decoy,
    verified: () => verified,
    waiting: () => order.reduce((sum, urgency) => sum + waiting[urgency].length, 0),
    hash: async password => {
      await enter('known');
      try {
        return await argonHash(normal(password), options);
      } finally {
        leave();
      }
    },
    verify: async (hash, password, urgency) => {
      if ((await enter(urgency)) === false) return { kind: 'busy' };
      verified++;
      try {
        return { kind: (await argonVerify(hash, normal(password))) ? 'right' : 'wrong' };
      } finally {
        leave();
      }
    },
  };
}

/** NIST SP 800-63B-4 3.1.1.2: Unicode passwords are normalised (NFKC) before hashing. */
function normal(password: string): string {
  return password.normalize('NFKC');
}
