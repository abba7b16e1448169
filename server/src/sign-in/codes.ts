// One-time codes by message: counted per account whatever the flow, dead after five misses, used once.
import { timingSafeEqual } from 'node:crypto';
import { CODE_MISSES, type LaneKind, type LaneRules, proofRules } from '@latchkey/engine';
import { sourceOf } from '../edge/visitor.ts';
import type { Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { isPlaceless } from './approach.ts';
import * as store from './store.ts';
import { nobody } from './who.ts';

export type Purpose = 'sign-in' | 'sign-in-sms' | 'recovery' | 'recovery-sms' | 'support' | 'verify';

const lifeMs = 10 * 60_000;
export const CODE_MINUTES = lifeMs / 60_000;
const digits = 6;

/** Messages one source may ask for, whoever they are for: an office's morning, and no bombing of a list (L29). */
const sourceRules: LaneRules = {
  short: { capacity: 20, leakPerMs: 20 / (15 * 60_000), reopenAt: 0 },
  long: { capacity: 100, leakPerMs: 100 / 86_400_000, reopenAt: 99 },
  ceiling: Number.MAX_SAFE_INTEGER,
};

/** Counts a request for a message; false when its source has asked for too many: send none, and answer the same. */
export async function mayAsk(world: World, visitor: Visitor): Promise<boolean> {
  if (isPlaceless(visitor.address)) return true;
  const key = locks.proofKey(world, 'messages', sourceOf(visitor.address));
  const spent = await locks.spend(world, { key, kind: 'proof', rules: sourceRules, now: world.now() });
  return spent.ok;
}

/**
 * Makes a new code for a flow; the one before dies, its misses stay (L25). Returns null where there is nobody, or where
 * this flow has used its codes up: the caller answers the same.
 */
export async function issue(
  world: World,
  input: { flow: Buffer; purpose: Purpose; personId: string | null },
): Promise<{ code: string; expiresAt: string } | null> {
  const code = world.random.digits(digits);
  const expiresAt = iso(world.now() + lifeMs);
  const kept = await store.upsertCode(world, {
    workspace_id: world.workspaceId,
    id: world.random.id(),
    flow_hash: input.flow,
    purpose: input.purpose,
    person_id: input.personId,
    code_hash: input.personId ? hash(world, input.flow, code) : null,
    sent: 1,
    created_at: moment(world),
    expires_at: expiresAt,
  });
  return kept && input.personId ? { code, expiresAt } : null;
}

export type Proof =
  | { kind: 'right'; personId: string; codeId: string }
  | { kind: 'wrong' }
  | { kind: 'dead' }
  | { kind: 'slow-down'; until: number | null };

/**
 * Tries a code. Every try is paid for in a lane per name, purpose and kind of device before it is compared, so that a new flow, cookie
 * or code changes nothing (L6); a right code is taken by one statement, so that of fifty at once one passes (L24).
 */
export async function prove(
  world: World,
  input: {
    flow: Buffer;
    purpose: Purpose;
    name: string;
    /** Known devices have a lane of their own here too, so that strangers cannot spend the owner's way out. */
    by: LaneKind;
    code: string;
    next: 'proved' | 'consumed';
    notBefore: (personId: string) => Promise<number>;
  },
): Promise<Proof> {
  const rules = proofRules(input.by);
  const key = locks.proofKey(world, `${input.purpose} ${input.by}`, input.name);
  const now = world.now();
  const spent = await locks.spend(world, { key, kind: 'proof', rules, now });
  if (!spent.ok) return { kind: 'slow-down', until: spent.until };
  const row = await store.codeOf(world, input.flow, input.purpose);
  // Told apart by what a decoy has as well: state, misses, age. Being voided by a lock only the right code would show.
  const over =
    row && (row.state !== 'open' || row.misses >= CODE_MISSES || Date.parse(row.expires_at) <= now);
  const same = timingSafeEqual(
    row?.code_hash ?? Buffer.alloc(32),
    hash(world, input.flow, input.code.replace(/\D/g, '')),
  );
  const begun = row?.person_id ? Date.parse(row.created_at) >= (await input.notBefore(row.person_id)) : false;
  if (!row?.person_id || !row.code_hash || over || !same || !begun) {
    await store.countMiss(world, input.flow, input.purpose);
    await locks.settle(world, { key, rules, now, verdict: 'wrong' });
    return { kind: over || (same && row?.person_id) ? 'dead' : 'wrong' };
  }
  const { id, person_id: personId, code_hash: codeHash } = row;
  const taken = await atomically(world, async tx => {
    const mine = await store.takeCode(tx, {
      id,
      codeHash,
      to: input.next,
      misses: CODE_MISSES,
      now: iso(now),
    });
    await locks.settle(tx, { key, rules, now, verdict: mine ? 'right' : 'wrong', credit: 1e6 });
    return mine;
  });
  return taken ? { kind: 'right', personId, codeId: id } : { kind: 'dead' };
}

function hash(world: World, flow: Buffer, code: string): Buffer {
  return world.secrets.mac('code', `${flow.toString('hex')} ${code}`);
}

/** No longer than a message's (ASVS 5.0 6.5.5): it is told in a call, and typed while that lasts. */
const deskLifeMs = lifeMs;
const deskDigits = 8;

/** A code that an administrator tells somebody whom he has identified; the one before is dead. */
export async function issueAtDesk(
  world: World,
  personId: string,
): Promise<{ code: string; expiresAt: string }> {
  const code = world.random.digits(deskDigits);
  const flow = world.random.bytes(32);
  const expiresAt = iso(world.now() + deskLifeMs);
  await store.killCodes(world, personId, 'desk');
  await store.upsertCode(world, {
    workspace_id: world.workspaceId,
    id: world.random.id(),
    flow_hash: flow,
    purpose: 'desk',
    person_id: personId,
    code_hash: hash(world, flow, code),
    sent: 1,
    created_at: moment(world),
    expires_at: expiresAt,
  });
  return { code, expiresAt };
}

/**
 * Tries the code of the desk: paid for as every proof is, used once. It goes with the person and not with a flow, and a
 * lock set by strangers who keep guessing does not end it: it is the answer to them. Another password or state does.
 */
export async function proveAtDesk(
  world: World,
  input: {
    person: { id: string; state: string; updated_at: string } | undefined;
    name: string;
    by: LaneKind;
    code: string;
  },
): Promise<Proof> {
  const { person } = input;
  const rules = proofRules(input.by);
  const key = locks.proofKey(world, `desk ${input.by}`, input.name);
  const now = world.now();
  const spent = await locks.spend(world, { key, kind: 'proof', rules, now });
  if (!spent.ok) return { kind: 'slow-down', until: spent.until };
  const row = await store.newestOpen(world, person?.id ?? nobody, 'desk');
  const typed = hash(world, row?.flow_hash ?? Buffer.alloc(32), input.code.replace(/\D/g, ''));
  const same = timingSafeEqual(row?.code_hash ?? Buffer.alloc(32), typed);
  const fits = person?.state === 'active' && row && row.created_at >= person.updated_at;
  if (!person || !row?.code_hash || !same || !fits) {
    await locks.settle(world, { key, rules, now, verdict: 'wrong' });
    return { kind: same && row ? 'dead' : 'wrong' };
  }
  const { id, code_hash: codeHash } = row;
  const taken = await atomically(world, async tx => {
    const use = { id, codeHash, to: 'consumed' as const, misses: CODE_MISSES, now: iso(now) };
    const mine = await store.takeCode(tx, use);
    await locks.settle(tx, { key, rules, now, verdict: mine ? 'right' : 'wrong', credit: 1e6 });
    return mine;
  });
  return taken ? { kind: 'right', personId: person.id, codeId: id } : { kind: 'dead' };
}

/** Drops codes that ran out more than a day ago. */
export async function sweepCodes(world: World): Promise<void> {
  await store.sweepCodes(world, iso(world.now() - 86_400_000));
}
