// What an administrator changes about an account: role, team, end; and what happens when the end has come.
import * as audit from '../audit/audit.ts';
import type { Role } from '../db/tables.ts';
import type { Me, Visitor } from '../http.ts';
import { announce } from '../signals.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { stateAt } from './states.ts';
import * as store from './store.ts';
import { releaseManager } from './teams.ts';

export type AccessChange = {
  personId: string;
  role?: Role | undefined;
  /** A further role whose base `role` is, null for the plain one; a change of role alone makes it plain. */
  roleId?: string | null | undefined;
  teamId?: string | null | undefined;
  /** Null for an account without an end. */
  endsAt?: string | null | undefined;
  reason: string;
};

export type Access = { role: Role; roleId: string | null; teamId: string | null; endsAt: string | null };

/**
 * Changes role, team or end. Sessions go on with what is permitted now; an expired account that gets a later end works
 * again. Nobody changes his own, and the last administrator who works stays one.
 */
export async function changeAccess(
  world: World,
  input: AccessChange,
  by: { me: Me; visitor: Visitor },
): Promise<
  | { kind: 'changed'; person: store.PersonRow; before: Access; after: Access }
  | { kind: 'not-found' | 'oneself' | 'last-administrator' }
> {
  if (input.personId === by.me.id) return { kind: 'oneself' };
  return atomically(world, async tx => {
    const person = await store.byId(tx, input.personId);
    if (!person) return { kind: 'not-found' };
    const before = {
      role: person.role,
      roleId: person.role_id,
      teamId: person.team_id,
      endsAt: person.ends_at,
    };
    const after: Access = {
      role: input.role ?? before.role,
      roleId:
        input.roleId === undefined && (input.role ?? before.role) === before.role
          ? before.roleId
          : (input.roleId ?? null),
      teamId: input.teamId === undefined ? before.teamId : input.teamId,
      endsAt: input.endsAt === undefined ? before.endsAt : input.endsAt,
    };
    const loses =
      person.role === 'administrator' && (after.role !== 'administrator' || after.endsAt !== null);
    if (loses && !(await store.administrators(tx)).some(other => isLasting(other) && other.id !== person.id))
      return { kind: 'last-administrator' };
    const now = tx.now();
    const open = person.state === 'active' || person.state === 'expired';
    const state = open ? stateAt({ state: 'active', ends_at: after.endsAt }, now) : person.state;
    const set = {
      role: after.role,
      role_id: after.roleId,
      team_id: after.teamId,
      ends_at: after.endsAt,
      state,
    };
    await store.updateAccess(tx, person.id, set, iso(now));
    if (after.teamId !== before.teamId || after.role === 'auditor')
      await releaseManager(tx, person.id, after.role === 'auditor' ? null : after.teamId);
    if (state !== 'active') await store.updateVoidBefore(tx, person.id, iso(now));
    await announce(tx, { kind: 'person-changed', workspaceId: tx.workspaceId, ids: [person.id] });
    const differs = (key: keyof Access) => before[key] !== after[key];
    const told = (access: Access) =>
      Object.fromEntries(
        (['role', 'roleId', 'teamId', 'endsAt'] as const).filter(differs).map(key => [key, access[key]]),
      );
    await audit.record(tx, {
      action: 'person.change',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: person.id },
      before: told(before),
      after: told(after),
      details: { reason: input.reason },
    });
    return { kind: 'changed', person: { ...person, ...set }, before, after };
  });
}

function isLasting(person: store.PersonRow): boolean {
  return person.ends_at === null;
}

/** Writes down whose end has come; returns them. */
export async function expireEnded(world: World): Promise<store.PersonRow[]> {
  return atomically(world, async tx => {
    const over = await store.endingBefore(tx, moment(tx));
    for (const person of over) {
      const { id, role, role_id, team_id, ends_at } = person;
      await store.updateAccess(tx, id, { role, role_id, team_id, ends_at, state: 'expired' }, moment(tx));
      await store.updateVoidBefore(tx, id, moment(tx));
      await announce(tx, { kind: 'person-changed', workspaceId: tx.workspaceId, ids: [id] });
      await audit.record(tx, {
        action: 'person.expire',
        object: { type: 'person', id },
        before: { state: 'active' },
        after: { state: 'expired' },
      });
    }
    return over;
  });
}
