// The people of a workspace: who they are, what they may, how they are called when they sign in.

import { MASS_HALVES_IN } from '@latchkey/engine';
import * as attempts from '../attempts/attempts.ts';
import * as audit from '../audit/audit.ts';
import type { Role } from '../db/tables.ts';
import type { Me, Visitor } from '../http.ts';
import type { Language } from '../problems.ts';
import { announce } from '../signals.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { isReused, keepFormer, type PasswordPolicy, passwordPolicy } from './password-policy.ts';
import {
  holdsCompany,
  holdsWord,
  lacksClass,
  normalName,
  type PasswordFault,
  passwordFault,
} from './rules.ts';
import { passwordDue, stateAt, VERIFY_WITHIN_DAYS } from './states.ts';
import * as store from './store.ts';

export { changeAccess, expireEnded } from './changing.ts';
export { asGrant, endGrant, type GrantRow, grant, grantRows, grantsOf } from './grants.ts';
export { choosePasswordPolicy, type PasswordPolicy, passwordPolicy, usualPolicy } from './password-policy.ts';
export { normalName, type PasswordFault, passwordFault } from './rules.ts';
export * from './states.ts';
export { changeTeam, foundTeam, removeTeam, type TeamRow, teams } from './teams.ts';
export type Person = store.PersonRow;

/** The person who signs in by that name, whatever its spelling; undefined for nobody. */
export async function bySignInName(world: World, typed: string): Promise<Person | undefined> {
  return asOf(world, await store.bySignInName(world, normalName(typed)));
}

/** One person, in the state that holds now. */
export async function byId(world: World, id: string): Promise<Person | undefined> {
  return asOf(world, await store.byId(world, id));
}

/** A row of people as it is now: an account whose end has come has expired. */
export function asOf<P extends Pick<Person, 'state' | 'ends_at'>>(
  world: Pick<World, 'now'>,
  person: P | undefined,
): P | undefined {
  return person && { ...person, state: stateAt(person, world.now()) };
}

export const list = store.list;

/** How many people there are. */
export const count = store.count;

/** Names by id, for showing owners and authors. */
export const names = store.names;

/** Whoever has a role: the further one of that id, or the plain one. */
export const withRole = store.withRole;

/** How many people have each role: by the id of a further one, else by its base. */
export const countByRole = store.countByRole;

/** The people of one team. */
export const teamOf = store.teamOf;

/** The administrators who are active. */
export const administrators = store.administrators;

/** Those who may own records, for choosing one. */
export const owners = store.owners;

export type NewPerson = {
  name: string;
  email: string;
  role: Role;
  /** Null for somebody invited, who sets one himself. */
  password: string | null;
  /** Until when the password opens one session, in which it has to be replaced; null for one that lasts. */
  initialUntil?: string | null;
  /** The account works no longer from then on. */
  endsAt?: string | null;
  language: Language;
  teamId?: string | null;
  phone?: string | null;
  /** True where the address needs no further proof: set-up and demo. */
  emailVerified?: boolean;
  /** At least 8 for a demo password given on the command line, which is held to no list. */
  leastLength?: number;
};

/**
 * Why a password will not do for somebody, or null: its form, what the workspace asks for, the company's name, the list
 * of common ones, and where it is that person's own, the ones before. With `leastLength` it is held to its form alone.
 */
export async function weakness(
  world: World,
  password: string,
  of: { name: string; email: string; id?: string; password_hash?: string | null },
  leastLength?: number,
): Promise<PasswordFault | null> {
  const policy = await passwordPolicy(world);
  const names = [of.name, of.email.split('@')[0] ?? ''];
  const fault = passwordFault(password, names, leastLength ?? policy.least);
  if (fault || leastLength !== undefined) return fault;
  const weak = await commonness(world, password, policy, policy.words);
  if (weak || of.id === undefined) return weak;
  // Whoever has to change it does not set the same again.
  const due = passwordDue(
    {
      password_hash: of.password_hash ?? null,
      password_set_at: (await store.byId(world, of.id))?.password_set_at ?? null,
    },
    policy,
  );
  const least = due !== null && due <= world.now() ? 1 : 0;
  const own = { id: of.id, password_hash: of.password_hash ?? null };
  return (await isReused(world, own, password, Math.max(policy.history, least))) ? 'used-before' : null;
}

/** What is wrong with a password whoever sets it; `words` are the company's own. */
export async function commonness(
  world: World,
  password: string,
  policy: PasswordPolicy,
  words: string[],
): Promise<PasswordFault | null> {
  if (lacksClass(password, policy.classes)) return 'lacks-class';
  if (holdsWord(password, words)) return 'holds-own-word';
  const company = world.workspaceId ? await workspaces.name(world) : '';
  if (holdsCompany(password, company)) return 'holds-company';
  return world.screening.isListed(password) ? 'too-common' : null;
}

/** By which version of the list a password that is being set has been screened; null when it is listed. */
function screenedWith(world: World, password: string): string | null {
  return world.screening.isListed(password) ? null : world.screening.version;
}

/**
 * After a right password: screens it where the account was not screened by the version in use (imported hashes, a new
 * list). A listed one leaves the account unscreened.
 */
export async function rescreen(world: World, person: Person, password: string): Promise<void> {
  const found = screenedWith(world, password);
  if (found !== person.screened_with) await store.updateScreened(world, person, found);
}

/**
 * After a right password: hashes it anew where the settings ask for more than its hash took. Its
 * digest becomes another: marks of wrong and former passwords of this account are no longer recognised, so that a
 * client that keeps sending an old one spends a try once more before it is known again. Left out while others wait.
 */
export async function upgradeHash(world: World, person: Person, password: string): Promise<void> {
  const { password_hash: old } = person;
  if (!old || !world.passwords.isOutdated(old) || world.passwords.waiting() > 0) return;
  await store.upgradeHash(world, person, await world.passwords.hash(password, old));
}

/** Holds the mass of a listed guess that was verified against an account not screened; one statement, race-free. */
export async function addListedMass(world: World, personId: string, weight: number): Promise<void> {
  await store.addListedMass(world, personId, { weight, at: world.now(), halvesIn: MASS_HALVES_IN });
}

/** Adds a person who may sign in at once. */
export async function add(
  world: World,
  input: NewPerson,
  by: { me?: Me | null; visitor?: Visitor | null },
): Promise<{ kind: 'added'; id: string } | { kind: 'name-taken' } | { kind: 'weak'; fault: PasswordFault }> {
  const { password } = input;
  const fault = password === null ? null : await weakness(world, password, input, input.leastLength);
  if (fault) return { kind: 'weak', fault };
  const hash = password === null ? null : await world.passwords.hash(password);
  const id = world.random.id();
  return atomically(world, async tx => {
    const at = moment(tx);
    const added = await store.insert(tx, {
      workspace_id: tx.workspaceId,
      id,
      sign_in_name: normalName(input.email),
      email: input.email.trim(),
      email_verified_at: input.emailVerified ? at : null,
      phone: input.phone ?? null,
      name: input.name.trim(),
      role: input.role,
      team_id: input.teamId ?? null,
      language: input.language,
      state: password === null ? 'invited' : 'active',
      ends_at: input.endsAt ?? null,
      password_hash: hash,
      password_set_at: password === null ? null : at,
      initial_until: input.initialUntil ?? null,
      screened_with: password === null ? null : screenedWith(tx, password),
      created_at: at,
      updated_at: at,
    });
    if (!added) return { kind: 'name-taken' };
    await audit.record(tx, {
      action: password === null ? 'person.invite' : 'person.add',
      by: by.me ?? null,
      visitor: by.visitor ?? null,
      object: { type: 'person', id },
      after: { name: input.name, email: input.email, role: input.role },
    });
    return { kind: 'added', id };
  });
}

/** Adds a team. */
export async function addTeam(world: World, name: string): Promise<string> {
  const id = world.random.id();
  await store.insertTeam(world, { workspace_id: world.workspaceId, id, name });
  return id;
}

/** Sets a new password; the caller has proved that it may and ends what has to end. */
export async function setPassword(
  world: World,
  person: Person,
  password: string,
  how: { by: Pick<Me, 'id' | 'name'> | null; visitor: Visitor | null; action: string; leastLength?: number },
): Promise<{ kind: 'set' } | { kind: 'weak'; fault: PasswordFault }> {
  const fault = await weakness(world, password, person, how.leastLength);
  if (fault) return { kind: 'weak', fault };
  const hash = await world.passwords.hash(password, person.password_hash);
  return atomically(world, async tx => {
    await attempts.pinFormer(tx, person.sign_in_name, person.password_hash);
    await attempts.unpin(tx, person.sign_in_name, hash);
    await keepFormer(tx, person.id, person.password_hash);
    const screened = screenedWith(tx, password);
    await store.updatePassword(tx, person.id, { hash, at: moment(tx), screenedWith: screened });
    await voidFlows(tx, person.id);
    await announce(tx, { kind: 'person-changed', workspaceId: tx.workspaceId, ids: [person.id] });
    await audit.record(tx, {
      action: how.action,
      by: how.by,
      visitor: how.visitor,
      object: { type: 'person', id: person.id },
    });
    return { kind: 'set' };
  });
}

/** The hash that opens something now: an initial password is worth nothing once used or run out. */
export function hashNow(world: Pick<World, 'now'>, person: Person | undefined): string | null {
  if (!person?.initial_until) return person?.password_hash ?? null;
  const over = person.initial_used_at !== null || Date.parse(person.initial_until) <= world.now();
  return over ? null : person.password_hash;
}

/** A password that somebody else has chosen: it is good for one sign-in until then, and has to be changed. */
export const makeInitial = store.updateInitial;

/** Uses an initial password up, within the transaction that opens its session; true for one of many at once. */
export async function spendInitial(world: World, person: Person): Promise<boolean> {
  return store.spendInitial(world, person, moment(world));
}

/** Makes a password that somebody else knows worthless; a mark keeps it known as a former one. */
export async function voidPassword(world: World, person: Person, by: { visitor: Visitor }): Promise<void> {
  await attempts.pinFormer(world, person.sign_in_name, person.password_hash);
  await keepFormer(world, person.id, person.password_hash);
  await store.updatePassword(world, person.id, { hash: null, at: moment(world), screenedWith: null });
  await voidFlows(world, person.id);
  await announce(world, { kind: 'person-changed', workspaceId: world.workspaceId, ids: [person.id] });
  await audit.record(world, {
    action: 'password.void',
    by: person,
    visitor: by.visitor,
    object: { type: 'person', id: person.id },
  });
}

/** Every flow and code that was begun before now is dead for this person (L12). */
export async function voidFlows(world: World, personId: string): Promise<void> {
  await store.updateVoidBefore(world, personId, moment(world));
}

/** The moment before which flows and codes of this person are dead; milliseconds since 1970. */
export async function voidBefore(world: World, personId: string): Promise<number> {
  const at = Date.parse((await store.byId(world, personId))?.void_before ?? '');
  // Nothing was ever voided: PostgreSQL says -infinity.
  return Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at;
}

/** Keeps whether a right password on a new device is not enough; the factors room alone decides it. */
export const setAsksFactor = store.updateAsksFactor;

/** Suspends a person, or lets one work again; sessions hear of it at once. */
export async function setState(
  world: World,
  input: { personId: string; state: 'active' | 'suspended'; reason: string },
  by: { me: Me | null; visitor: Visitor | null },
): Promise<{ kind: 'done' } | { kind: 'not-found' } | { kind: 'oneself' }> {
  if (input.personId === by.me?.id) return { kind: 'oneself' };
  return atomically(world, async tx => {
    const before = await store.byId(tx, input.personId);
    if (!before) return { kind: 'not-found' };
    const invited = before.password_hash === null && before.email_verified_at === null;
    const state = input.state === 'active' && invited ? 'invited' : input.state;
    await store.updateState(tx, input.personId, state, moment(tx));
    if (input.state === 'suspended') await voidFlows(tx, input.personId);
    await announce(tx, { kind: 'person-changed', workspaceId: tx.workspaceId, ids: [input.personId] });
    await audit.record(tx, {
      action: `person.${input.state === 'suspended' ? 'suspend' : 'resume'}`,
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: input.personId },
      before: { state: before.state },
      after: { state },
      details: { reason: input.reason },
    });
    return { kind: 'done' };
  });
}

/** The address has to be verified again within a week; until then nothing secret is sent to it. */
export async function unverify(world: World, personId: string): Promise<void> {
  await store.updateVerified(world, personId, null);
  await store.updateVerifyBy(world, personId, iso(world.now() + VERIFY_WITHIN_DAYS * 86_400_000));
  await voidFlows(world, personId);
  await announce(world, { kind: 'person-changed', workspaceId: world.workspaceId, ids: [personId] });
}

/** The first password of somebody invited, who has shown to hold the mailbox: the account works from now on. */
export async function takeUp(
  world: World,
  person: Person,
  input: { password: string; language: Language },
  visitor: Visitor,
): Promise<{ kind: 'set' } | { kind: 'weak'; fault: PasswordFault }> {
  const how = { by: person, visitor, action: 'person.take-up' };
  const set = await setPassword(world, person, input.password, how);
  if (set.kind === 'weak') return set;
  await store.updateVerified(world, person.id, moment(world));
  await store.updateLanguage(world, person.id, input.language);
  await store.updateState(world, person.id, 'active', moment(world));
  return { kind: 'set' };
}

/** The address has been shown to be the person's own. */
export async function verifyAddress(world: World, personId: string): Promise<void> {
  await store.updateVerified(world, personId, moment(world));
  await announce(world, { kind: 'person-changed', workspaceId: world.workspaceId, ids: [personId] });
}

/** Gives more time to verify the address. */
export async function deferVerifying(world: World, personId: string, until: string): Promise<void> {
  await store.updateVerifyBy(world, personId, until);
  await announce(world, { kind: 'person-changed', workspaceId: world.workspaceId, ids: [personId] });
}

/** Keeps a person's own choice of language. */
export async function setLanguage(world: World, personId: string, language: Language): Promise<void> {
  await atomically(world, async tx => {
    await store.updateLanguage(tx, personId, language);
    await announce(tx, { kind: 'person-changed', workspaceId: tx.workspaceId, ids: [personId] });
  });
}

/** Lets a person work again without anybody's leave: break-glass on the server only. */
export async function revive(world: World, personId: string): Promise<void> {
  await store.updateState(world, personId, 'active', moment(world));
  await announce(world, { kind: 'person-changed', workspaceId: world.workspaceId, ids: [personId] });
}
