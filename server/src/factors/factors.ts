// Second factors (登录验证方式): what people have besides their password, when it is asked for, and proving it.
import { CEILINGS } from '@latchkey/engine';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import * as devices from '../devices/devices.ts';
import type { Me, Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as staff from '../staff/staff.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import type { Tried } from './counted.ts';
import { type By, note, tell } from './notices.ts';
import * as passkeys from './passkeys.ts';
import { isOverdue, policyOf } from './policy.ts';
import * as recoveryCodes from './recovery-codes.ts';
import { offered, type ProofKind, registry } from './registry.ts';
import * as store from './store.ts';
import * as totp from './totp.ts';

export { sweep as sweepChallenges } from './challenges.ts';
export { confirmSession, isFresh, standsFresh } from './confirm.ts';
export { counted, type Tried } from './counted.ts';
export type { PasskeyTried } from './passkeys.ts';
export { choosePolicy, type FactorPolicy, policyOf } from './policy.ts';
export { prove, provePasskey } from './proving.ts';
export { checkRegistry, offered, offeredHere, type ProofKind, registry } from './registry.ts';

/** The kinds a person can prove himself by besides password and mailbox, the strongest first. */
export async function kindsOf(world: World, personId: string): Promise<ProofKind[]> {
  const [own, codes] = await Promise.all([store.factorsOf(world, personId), store.codesOf(world, personId)]);
  const has = new Set<ProofKind>(own.map(factor => factor.kind));
  if (Number(codes.left) > 0) has.add('recovery-code');
  return offered.filter(kind => registry[kind].second && has.has(kind));
}

/** One's own factors, recovery codes and choices. */
export async function own(world: World, me: Pick<Me, 'id' | 'role'>) {
  const [factors, codes, ask, policy] = await Promise.all([
    store.factorsOf(world, me.id),
    store.codesOf(world, me.id),
    store.choice(world, me.id),
    policyOf(world),
  ]);
  const required = policy.roles.includes(me.role);
  const overdue = isOverdue(policy, me.role, world.now());
  return {
    factors,
    codes: codes.madeAt ? { left: Number(codes.left), madeAt: codes.madeAt } : null,
    ask: ask || overdue,
    required: required ? { from: policy.graceUntil, overdue } : null,
  };
}

/**
 * What is asked for besides the right password on this device, or null. A person with a factor is asked on devices where
 * none was proved yet; an e-mailed code alone makes no such device, or a mailbox would be both factors (L26). Whoever has
 * to have a factor by now and has none is asked for a code from his mailbox on strange devices, if he has one: a rule must
 * not lock the team out.
 */
export async function asked(
  world: World,
  person: Pick<staff.Person, 'id' | 'role' | 'asks_factor' | 'email_verified_at'>,
  deviceId: string | undefined,
): Promise<ProofKind[] | null> {
  if (!person.asks_factor && !isOverdue(await policyOf(world), person.role, world.now())) return null;
  if (deviceId && (await store.isTrusted(world, person.id, deviceId))) return null;
  const [own, kinds] = await Promise.all([store.factorsOf(world, person.id), kindsOf(world, person.id)]);
  if (own.length > 0) return kinds;
  return deviceId || !person.email_verified_at ? null : ['email-code'];
}

/** Notes that a factor was proved on this device, so that it is not asked for there again. */
export async function trust(world: World, personId: string, deviceId: string): Promise<void> {
  await store.trust(world, [{ personId, deviceId, at: moment(world) }]);
}

/** Options for showing a passkey at the door; null where passkeys cannot be had. */
export async function beginPasskey(world: World, input: { session: string | null; remember: boolean }) {
  const { session, remember } = input;
  return passkeys.beginProof(world, {
    purpose: session === null ? 'sign-in' : 'confirm',
    session: session ?? '',
    remember,
  });
}

/** Options for showing a passkey in a recovery, and in no other one. */
export async function beginPasskeyIn(world: World, recovery: string) {
  return passkeys.beginProof(world, { purpose: 'recovery', session: recovery, remember: false });
}

/** Whether this installation's address can carry passkeys. */
export function passkeysOffered(world: Pick<World, 'config'>): boolean {
  return passkeys.party(world) !== null;
}

export type Enrolled = { kind: 'added'; id: string } | { kind: 'wrong' | 'dead' | 'known' | 'too-many' };

/** Begins an authenticator for oneself; null when one has enough of them. */
export async function beginTotp(world: World, me: Me): Promise<totp.Begun | null> {
  const own = await store.factorsOf(world, me.id);
  if (own.filter(factor => factor.kind === 'totp').length >= totp.mostAuthenticators) return null;
  return totp.begin(world, me);
}

/** Confirms the authenticator one has begun by a right code. */
export async function confirmTotp(
  world: World,
  input: { code: string; name: string },
  by: { me: Me; visitor: Visitor },
): Promise<Tried> {
  const given = { personId: by.me.id, ...input };
  return totp.confirm(world, given, (tx, factor) => added(tx, { kind: 'totp', ...factor }, by));
}

export async function beginPasskeyEnrolment(world: World, me: Me) {
  return passkeys.beginEnrolment(world, me);
}

/** Keeps a passkey that the browser has made. */
export async function addPasskey(
  world: World,
  input: { response: RegistrationResponseJSON; name: string },
  by: { me: Me; visitor: Visitor },
): Promise<Enrolled> {
  const own = await store.factorsOf(world, by.me.id);
  if (own.filter(factor => factor.kind === 'passkey').length >= passkeys.mostPasskeys)
    return { kind: 'too-many' };
  return atomically(world, tx =>
    passkeys.enrol(tx, by.me, input, (at, factor) => added(at, { kind: 'passkey', ...factor }, by)),
  );
}

/** Makes a phone that has been verified a second factor. */
export async function addPhone(
  world: World,
  input: { contactPointId: string; name: string },
  by: { me: Me; visitor: Visitor },
): Promise<void> {
  await atomically(world, async tx => {
    const id = tx.random.id();
    const at = moment(tx);
    const fresh = await store.insert(tx, {
      workspace_id: tx.workspaceId,
      id,
      person_id: by.me.id,
      kind: 'sms-code',
      contact_point_id: input.contactPointId,
      name: input.name,
      created_at: at,
      confirmed_at: at,
    });
    if (fresh) await added(tx, { kind: 'sms-code', id, name: input.name }, by);
  });
}

async function added(
  world: World,
  factor: { kind: ProofKind; id: string; name: string },
  by: { me: Me; visitor: Visitor },
): Promise<void> {
  const { me } = by;
  const known = await devices.list(world, me.id);
  const first = (await store.factorsOf(world, me.id)).length === 1;
  const at = moment(world);
  const trusted = known.filter(device => first || device.id === me.deviceId);
  await store.trust(
    world,
    trusted.map(device => ({ personId: me.id, deviceId: device.id, at })),
  );
  await settleAsking(world, me.id);
  await note(world, 'add', me.id, factor, by);
  await tell(world, 'factor-added', me.id, factor, by);
}

/** Draws ten new recovery codes; those before are dead. */
export async function makeRecoveryCodes(world: World, by: { me: Me; visitor: Visitor }): Promise<string[]> {
  return atomically(world, async tx => {
    const codes = await recoveryCodes.make(tx, by.me.id);
    await note(tx, 'add', by.me.id, { kind: 'recovery-code' }, by);
    await tell(tx, 'factor-added', by.me.id, { kind: 'recovery-code' }, by);
    return codes;
  });
}

/** Calls a factor by another name. */
export async function rename(
  world: World,
  input: { id: string; name: string },
  by: { me: Me; visitor: Visitor },
): Promise<boolean> {
  return atomically(world, async tx => {
    const row = await store.rename(tx, { id: input.id, personId: by.me.id }, input.name);
    if (row) await note(tx, 'rename', by.me.id, { kind: row.kind, ...input }, by);
    return row !== undefined;
  });
}

/** Removes one of one's own factors; the last one stays where the workspace demands one. */
export async function remove(
  world: World,
  id: string,
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'removed' | 'not-found' | 'required' }> {
  const { me } = by;
  return atomically(world, async tx => {
    const own = await store.factorsOf(tx, me.id);
    const factor = own.find(one => one.id === id);
    if (!factor) return { kind: 'not-found' };
    if (own.length === 1 && isOverdue(await policyOf(tx), me.role, tx.now())) return { kind: 'required' };
    if ((await store.remove(tx, { personId: me.id, id })).length === 0) return { kind: 'not-found' };
    await settleAsking(tx, me.id);
    const gone = { kind: factor.kind, id, name: factor.name };
    await note(tx, 'remove', me.id, gone, by);
    await tell(tx, 'factor-removed', me.id, gone, by);
    return { kind: 'removed' };
  });
}

/** Removes every factor and recovery code of a person, who has lost them; the reason is written down. */
export async function removeAll(
  world: World,
  personId: string,
  why: string,
  by: By = { me: null, visitor: null },
): Promise<number> {
  return atomically(world, async tx => {
    const gone = (await store.remove(tx, { personId })).filter(factor => factor.confirmed_at !== null);
    const { left } = await store.codesOf(tx, personId);
    await store.replaceCodes(tx, personId, []);
    await store.distrust(tx, personId);
    await settleAsking(tx, personId);
    const person = await staff.byId(tx, personId);
    if (person) await endRuns(tx, person.sign_in_name);
    for (const factor of gone) {
      const which = { kind: factor.kind, id: factor.id, name: factor.name };
      await note(tx, 'remove', personId, { ...which, why }, by);
      await tell(tx, 'factor-removed', personId, which, by);
    }
    if (Number(left) > 0) await note(tx, 'remove', personId, { kind: 'recovery-code', why }, by);
    return gone.length;
  });
}

const dayMs = 86_400_000;

/**
 * Removes what was added within a day of a sign-in that was not the owner's. No longer than that: whoever holds the
 * mailbox could say so of a sign-in that was, and must not be rid of the owner's factors by it (L26).
 */
export async function removeAddedSince(
  world: World,
  input: { personId: string; since: string; why: string },
  by: By,
): Promise<number> {
  const { personId, since, why } = input;
  const until = iso(Date.parse(since) + dayMs);
  const isSuspect = (at: string | null) => at !== null && at >= since && at <= until;
  return atomically(world, async tx => {
    const own = await store.factorsOf(tx, personId);
    const suspects = own.filter(factor => isSuspect(factor.confirmed_at));
    for (const { id, kind, name } of suspects) {
      await store.remove(tx, { personId, id });
      await note(tx, 'remove', personId, { kind, id, name, why }, by);
      await tell(tx, 'factor-removed', personId, { kind, name }, by);
    }
    if (isSuspect((await store.codesOf(tx, personId)).madeAt)) {
      await store.replaceCodes(tx, personId, []);
      await note(tx, 'remove', personId, { kind: 'recovery-code', why }, by);
    }
    await settleAsking(tx, personId);
    return suspects.length;
  });
}

/** Removes one factor of somebody who has lost it; the reason is written down. */
export async function removeLost(
  world: World,
  which: { personId: string; id: string; why: string },
  by: By,
): Promise<boolean> {
  const { personId, id, why } = which;
  return atomically(world, async tx => {
    const [gone] = await store.remove(tx, { personId, id });
    if (!gone) return false;
    await settleAsking(tx, personId);
    const factor = { kind: gone.kind, id, name: gone.name };
    await note(tx, 'remove', personId, { ...factor, why }, by);
    await tell(tx, 'factor-removed', personId, factor, by);
    return true;
  });
}

/** The owner has proved himself: the runs of misses at his proofs end, so that nobody closes them for good. */
export async function endRuns(world: World, name: string): Promise<void> {
  const lanes = Object.keys(CEILINGS).flatMap(by => [
    locks.proofKey(world, `totp ${by}`, name),
    locks.proofKey(world, `recovery-code ${by}`, name),
    locks.proofKey(world, `sign-in-sms ${by}`, name),
    locks.proofKey(world, `security-answers ${by}`, name),
  ]);
  await locks.endRunsOf(world, lanes);
}

/** Whether one wants to be asked on new devices; those who have to have a factor always are. */
export async function chooseAsking(world: World, me: Me, ask: boolean): Promise<void> {
  await atomically(world, async tx => {
    await store.keepChoice(tx, me.id, ask);
    await settleAsking(tx, me.id);
  });
}

async function settleAsking(world: World, personId: string): Promise<void> {
  const has = (await store.factorsOf(world, personId)).length > 0;
  await staff.setAsksFactor(world, personId, has && (await store.choice(world, personId)));
}
