// What a password has to be, as the workspace chose it, and which ones its owner has had.
import { timingSafeEqual } from 'node:crypto';
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import { memory } from '../memory.ts';
import { digestOf } from '../passwords.ts';
import { announce } from '../signals.ts';
import { atomically, moment, type World } from '../world.ts';
import * as store from './password-store.ts';
import { type CharacterClass, PASSWORD_LENGTH } from './rules.ts';

export type PasswordPolicy = {
  /** Least characters, 8 to 64 (NIST SP 800-63B-4 3.1.1.2: 15 alone, 8 with a second factor; ASVS 5.0 6.2.1). */
  least: number;
  /** Kinds of character that must occur. */
  classes: CharacterClass[];
  /** So many of the last ones may not be used again; 0 for none. */
  history: number;
  /** After so many days a new one is asked for; null for never, as NIST SP 800-63B-4 3.1.1.2 says. */
  rotationDays: number | null;
  rotationSince: string | null;
  /** The company's own words that must not occur. */
  words: string[];
};

export const usualPolicy: PasswordPolicy = {
  least: PASSWORD_LENGTH.least,
  classes: [],
  history: 0,
  rotationDays: null,
  rotationSince: null,
  words: [],
};

const policies = memory<PasswordPolicy>(signal =>
  signal.kind === 'workspace-changed' ? [signal.workspaceId] : null,
);

/** What a password has to be here. */
export async function passwordPolicy(world: World): Promise<PasswordPolicy> {
  if (!world.workspaceId) return usualPolicy;
  return policies(world, world.workspaceId, async () => {
    const row = await store.policy(world);
    if (!row) return usualPolicy;
    return {
      least: row.least,
      classes: row.classes as CharacterClass[],
      history: row.history,
      rotationDays: row.rotation_days,
      rotationSince: row.rotation_since,
      words: row.words,
    };
  });
}

/** Chooses the policy; it holds for passwords set from now on, and nobody is overdue without two weeks' notice. */
export async function choosePasswordPolicy(
  world: World,
  wanted: Omit<PasswordPolicy, 'rotationSince'>,
  by: { me: Me; visitor: Visitor },
): Promise<PasswordPolicy> {
  const before = await passwordPolicy(world);
  const begins = wanted.rotationDays !== null && wanted.rotationDays !== before.rotationDays;
  const rotationSince =
    wanted.rotationDays === null ? null : begins ? moment(world) : (before.rotationSince ?? moment(world));
  const words = [...new Set(wanted.words.map(word => word.normalize('NFKC').toLowerCase().trim()))];
  const policy = { ...wanted, words: words.filter(Boolean), rotationSince };
  await atomically(world, async tx => {
    await store.putPolicy(tx, {
      workspace_id: tx.workspaceId,
      least: policy.least,
      classes: policy.classes,
      history: policy.history,
      rotation_days: policy.rotationDays,
      rotation_since: policy.rotationSince,
      words: policy.words,
    });
    if (policy.history < before.history) await store.pruneAll(tx, policy.history);
    // People whose passwords run out are held back or let go at once.
    await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
    await audit.record(tx, {
      action: 'policy.password',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'policy', id: tx.workspaceId },
      before: written(before),
      after: written(policy),
    });
  });
  return policy;
}

function written(policy: PasswordPolicy): Record<string, unknown> {
  const { least, classes, history, rotationDays, words } = policy;
  return { least, classes: classes.join(', '), history, rotationDays, ownWords: words.length };
}

/** Keeps the hash of a password that goes out of use, as long as the policy asks for it. */
export async function keepFormer(world: World, personId: string, hash: string | null): Promise<void> {
  const { history } = await passwordPolicy(world);
  if (hash && history > 0)
    await store.insertFormer(world, {
      workspace_id: world.workspaceId,
      person_id: personId,
      id: world.random.id(),
      hash,
      replaced_at: moment(world),
    });
  await store.prune(world, personId, history);
}

/**
 * Whether this is the password in use or one of the last `history`. An account keeps its salt, so that one hash is
 * compared with all of them; a hash made under another cost takes one more.
 */
export async function isReused(
  world: World,
  person: { id: string; password_hash: string | null },
  password: string,
  history: number,
): Promise<boolean> {
  if (history < 1) return false;
  const former = await store.former(world, person.id, history - 1);
  const hashes = [person.password_hash, ...former].filter(hash => hash !== null);
  const digests = new Map<string, Buffer>();
  for (const hash of hashes) {
    const terms = hash.slice(0, hash.lastIndexOf('$'));
    let digest = digests.get(terms);
    if (!digest) {
      const verdict = await world.passwords.verify(hash, password, { urgency: 'known', source: person.id });
      if (verdict.kind === 'busy') throw new Error('too many passwords are being set at once');
      digest = verdict.digest;
      digests.set(terms, digest);
    }
    const kept = digestOf(hash);
    if (kept.length === digest.length && timingSafeEqual(kept, digest)) return true;
  }
  return false;
}
