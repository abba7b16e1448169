// The people of a workspace: who they are, what they may, how they are called when they sign in.

import { MASS_HALVES_IN } from '@latchkey/engine';
import * as attempts from '../attempts/attempts.ts';
import * as audit from '../audit/audit.ts';
import type { Role } from '../db/tables.ts';
import type { Me, Visitor } from '../http.ts';
import type { Language } from '../problems.ts';
import { announce } from '../signals.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, moment, type World } from '../world.ts';
import { holdsCompany, normalName, type PasswordFault, passwordFault } from './rules.ts';
import * as store from './store.ts';

export { normalName, type PasswordFault, passwordFault } from './rules.ts';
export type Person = store.PersonRow;

/** The person who signs in by that name, whatever its spelling; undefined for nobody. */
export async function bySignInName(world: World, typed: string): Promise<Person | undefined> {
  return store.bySignInName(world, normalName(typed));
}

export const byId = store.byId;
export const list = store.list;

/** How many people there are. */
export const count = store.count;

/** Names by id, for showing owners and authors. */
export const names = store.names;

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
  password: string;
  language: Language;
  teamId?: string | null;
  phone?: string | null;
  /** True where the address needs no further proof: set-up and demo. */
  emailVerified?: boolean;
  /** At least 8 for a demo password given on the command line, which is held to no list. */
  leastLength?: number;
};

/**
 * Why a password will not do for somebody, or null: its form, the company's name, the list of common ones. With
 * `leastLength` it is held to its form alone.
 */
export async function weakness(
  world: World,
  password: string,
  of: { name: string; email: string },
  leastLength?: number,
): Promise<PasswordFault | null> {
  const fault = passwordFault(password, [of.name, of.email.split('@')[0] ?? ''], leastLength);
  if (fault || leastLength !== undefined) return fault;
  const company = (await workspaces.find(world))?.name ?? '';
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
  const fault = await weakness(world, input.password, input, input.leastLength);
  if (fault) return { kind: 'weak', fault };
  const hash = await world.passwords.hash(input.password);
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
      password_hash: hash,
      password_set_at: at,
      screened_with: screenedWith(tx, input.password),
      created_at: at,
      updated_at: at,
    });
    if (!added) return { kind: 'name-taken' };
    await audit.record(tx, {
      action: 'person.add',
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
    const screened = screenedWith(tx, password);
    await store.updatePassword(tx, person.id, { hash, at: moment(tx), screenedWith: screened });
    await voidFlows(tx, person.id);
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
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'done' } | { kind: 'not-found' } | { kind: 'oneself' }> {
  if (input.personId === by.me.id) return { kind: 'oneself' };
  return atomically(world, async tx => {
    const before = await store.byId(tx, input.personId);
    if (!before) return { kind: 'not-found' };
    await store.updateState(tx, input.personId, input.state, moment(tx));
    if (input.state === 'suspended') await voidFlows(tx, input.personId);
    await announce(tx, { kind: 'person-changed', workspaceId: tx.workspaceId, ids: [input.personId] });
    await audit.record(tx, {
      action: `person.${input.state === 'suspended' ? 'suspend' : 'resume'}`,
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: input.personId },
      before: { state: before.state },
      after: { state: input.state },
      details: { reason: input.reason },
    });
    return { kind: 'done' };
  });
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
