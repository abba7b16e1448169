// Permissions given to one person beyond the role, for a time or for good.
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import type { Action, Grant, ObjectType } from '../permissions.ts';
import { announce } from '../signals.ts';
import { atomically, moment, type World } from '../world.ts';
import * as store from './grants-store.ts';

export type GrantRow = store.GrantRow;

/** What stands for one person now. */
export async function grantRows(world: World, personId: string): Promise<GrantRow[]> {
  return store.standing(world, personId, moment(world));
}

/** The same as permissions know it; undefined where there is none. */
export async function grantsOf(world: World, personId: string): Promise<readonly Grant[] | undefined> {
  const rows = await grantRows(world, personId);
  return rows.length > 0 ? rows.map(asGrant) : undefined;
}

/** A row as permissions know it. */
export function asGrant(row: GrantRow): Grant {
  return { action: row.action as Action, object: row.object as ObjectType, reach: row.reach };
}

/** Gives a permission, in place of one of the same kind; open sessions have it at once. */
export async function grant(
  world: World,
  input: { personId: string; reason: string; until: string | null } & Grant,
  by: { me: Me; visitor: Visitor },
): Promise<void> {
  const { personId, action, object, reach, until, reason } = input;
  await atomically(world, async tx => {
    const at = moment(tx);
    await store.endSame(tx, { personId, action, object }, at);
    await store.insert(tx, {
      workspace_id: tx.workspaceId,
      id: tx.random.id(),
      person_id: personId,
      action,
      object,
      reach,
      until,
      granted_by: by.me.id,
      granted_at: at,
    });
    await announce(tx, { kind: 'person-changed', workspaceId: tx.workspaceId, ids: [personId] });
    await audit.record(tx, {
      action: 'person.grant',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: personId },
      after: { permission: `${action}:${object}`, reach, ...(until ? { until } : {}) },
      details: { reason },
    });
  });
}

/** Takes a permission back; open sessions lose it at once. */
export async function endGrant(
  world: World,
  input: { personId: string; grantId: string },
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'ended'; grant: GrantRow } | { kind: 'not-found' }> {
  return atomically(world, async tx => {
    const row = await store.end(tx, input, moment(tx));
    if (!row) return { kind: 'not-found' };
    await announce(tx, { kind: 'person-changed', workspaceId: tx.workspaceId, ids: [input.personId] });
    await audit.record(tx, {
      action: 'person.end-grant',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: input.personId },
      before: { permission: `${row.action}:${row.object}`, reach: row.reach },
    });
    return { kind: 'ended', grant: row };
  });
}
