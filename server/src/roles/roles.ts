// Roles as a workspace makes them: what each may do, who is affected by a change, and the change itself, on record.
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import type { Role, RolePolicy } from '../permissions.ts';
import * as rights from '../rights/rights.ts';
import { announce } from '../signals.ts';
import * as staff from '../staff/staff.ts';
import { atomically, moment, type World } from '../world.ts';

type By = { me: Me; visitor: Visitor };

export const bases: readonly Role[] = ['administrator', 'manager', 'rep', 'auditor'];
const asItComes: RolePolicy = { rules: {}, fields: {} };

/** One role, whether or not it was ever changed. */
export type RoleRow = {
  key: string;
  base: Role;
  name: string | null;
  policy: RolePolicy;
  version: number;
  updatedAt: string | null;
};

function roleOf(row: rights.PolicyRow): RoleRow {
  const { rules, fields } = row;
  const key = row.name === null ? row.base : row.id;
  const { base, name, version } = row;
  return { key, base, name, policy: { rules, fields }, version, updatedAt: row.updated_at };
}

const untouched = (base: Role): RoleRow => ({
  key: base,
  base,
  name: null,
  policy: asItComes,
  version: 0,
  updatedAt: null,
});

/** The four roles that there always are, and after them the further ones by name. */
export async function all(world: World): Promise<RoleRow[]> {
  const rows = (await rights.policies(world)).map(roleOf);
  const first = bases.map(base => rows.find(role => role.key === base) ?? untouched(base));
  return [...first, ...rows.filter(role => role.name !== null)];
}

/** One role by its key. */
export async function byKey(world: World, key: string): Promise<RoleRow | undefined> {
  return (await all(world)).find(role => role.key === key);
}

/** Who has the role. */
export async function peopleOf(world: World, role: RoleRow): Promise<{ id: string; name: string }[]> {
  return staff.withRole(world, { role: role.base, roleId: role.name === null ? null : role.key });
}

/** How many people have each role, by its key. */
export async function counts(world: World): Promise<Map<string, number>> {
  return staff.countByRole(world);
}

/** What a policy would change for those who have the role; `foolish` names what speaks against it. */
export async function preview(
  world: World,
  key: string,
  policy: RolePolicy,
): Promise<
  | ({ kind: 'effect'; people: { id: string; name: string }[] } & ReturnType<typeof rights.changesBetween>)
  | { kind: 'not-found' }
  | { kind: 'foolish'; faults: rights.PolicyFault[] }
> {
  const role = await byKey(world, key);
  if (!role) return { kind: 'not-found' };
  const faults = rights.faultsOf(role.base, policy);
  if (faults.length > 0) return { kind: 'foolish', faults };
  const people = await peopleOf(world, role);
  return { kind: 'effect', people, ...rights.changesBetween(role.base, role.policy, policy) };
}

export type SaveOutcome =
  | { kind: 'saved'; role: RoleRow }
  | { kind: 'changed-meanwhile'; current: RoleRow }
  | { kind: 'foolish'; faults: rights.PolicyFault[] }
  | { kind: 'not-found' | 'name-taken' };

/** Sets what a role may do; open sessions go on with what is permitted now. */
export async function save(
  world: World,
  input: {
    key: string;
    policy: RolePolicy;
    name?: string | undefined;
    version: number | null;
    reason: string;
  },
  by: By,
): Promise<SaveOutcome> {
  return atomically(world, async tx => {
    const base = bases.find(one => one === input.key);
    const row = await rights.holdPolicy(tx, base ? { base } : { id: input.key });
    const before = row ? roleOf(row) : base && untouched(base);
    if (!before) return { kind: 'not-found' };
    if (input.version !== null && input.version !== before.version)
      return { kind: 'changed-meanwhile', current: before };
    const faults = rights.faultsOf(before.base, input.policy);
    if (faults.length > 0) return { kind: 'foolish', faults };
    const policy = rights.differing(before.base, input.policy);
    const name = before.name === null ? null : (input.name ?? before.name);
    if (row && name !== null && name !== before.name && (await rights.isNameTaken(tx, name, row.id)))
      return { kind: 'name-taken' };
    const written = { rules: JSON.stringify(policy.rules), fields: JSON.stringify(policy.fields) };
    const stamp = { updated_at: moment(tx), updated_by: by.me.id };
    const id = row?.id ?? tx.random.id();
    if (row) await rights.updatePolicy(tx, id, { name, ...written, ...stamp });
    else if (!(await insert(tx, { id, base: before.base, name: null }, written, by)))
      return { kind: 'changed-meanwhile', current: (await byKey(tx, input.key)) ?? before };
    const details = { role: name ?? before.base, reason: input.reason };
    await told(tx, 'role.change', id, by, changeOf(before, { name, policy }), details);
    return { kind: 'saved', role: (await byKey(tx, input.key)) ?? before };
  });
}

/** Makes a further role on the base of one of the four. */
export async function add(
  world: World,
  input: { base: Role; name: string; policy: RolePolicy; reason: string },
  by: By,
): Promise<
  | { kind: 'added'; role: RoleRow }
  | { kind: 'name-taken' }
  | { kind: 'foolish'; faults: rights.PolicyFault[] }
> {
  const { base, name } = input;
  const faults = rights.faultsOf(base, input.policy);
  if (faults.length > 0) return { kind: 'foolish', faults };
  return atomically(world, async tx => {
    const policy = rights.differing(base, input.policy);
    const written = { rules: JSON.stringify(policy.rules), fields: JSON.stringify(policy.fields) };
    const id = tx.random.id();
    if (!(await insert(tx, { id, base, name }, written, by))) return { kind: 'name-taken' };
    await told(
      tx,
      'role.add',
      id,
      by,
      { after: { base, name, ...shortly(policy) } },
      {
        role: name,
        reason: input.reason,
      },
    );
    const role = await byKey(tx, id);
    return role ? { kind: 'added', role } : { kind: 'name-taken' };
  });
}

/** Removes a further role that nobody has; one of the four becomes as it comes. */
export async function remove(
  world: World,
  input: { key: string; version: number | null },
  by: By,
): Promise<{ kind: 'removed' | 'not-found' | 'in-use' } | { kind: 'changed-meanwhile'; current: RoleRow }> {
  return atomically(world, async tx => {
    const base = bases.find(one => one === input.key);
    const row = await rights.holdPolicy(tx, base ? { base } : { id: input.key });
    if (!row) return { kind: base ? 'removed' : 'not-found' };
    const before = roleOf(row);
    if (input.version !== null && input.version !== before.version)
      return { kind: 'changed-meanwhile', current: before };
    if (before.name !== null && (await peopleOf(tx, before)).length > 0) return { kind: 'in-use' };
    await rights.deletePolicy(tx, row.id);
    const states = { before: { base: before.base, name: before.name, ...shortly(before.policy) } };
    await told(tx, 'role.remove', row.id, by, states, { role: before.name ?? before.base });
    return { kind: 'removed' };
  });
}

async function insert(
  world: World,
  role: { id: string; base: Role; name: string | null },
  written: { rules: string; fields: string },
  by: By,
): Promise<boolean> {
  const at = moment(world);
  const stamp = { created_at: at, updated_at: at, updated_by: by.me.id };
  return rights.insertPolicy(world, { workspace_id: world.workspaceId, ...role, ...written, ...stamp });
}

/** A policy as the journal tells it: one word a permission or field that is not as it comes. */
function shortly(policy: RolePolicy): Record<string, unknown> {
  const told: Record<string, unknown> = {};
  for (const [object, actions] of Object.entries(policy.rules))
    for (const [action, reach] of Object.entries(actions)) told[`${action}:${object}`] = reach;
  for (const [object, fields] of Object.entries(policy.fields))
    for (const [field, rule] of Object.entries(fields)) told[`${object}.${field}`] = rule;
  return told;
}

function changeOf(before: RoleRow, after: { name: string | null; policy: RolePolicy }) {
  const [was, is] = [
    { ...shortly(before.policy), name: before.name },
    { ...shortly(after.policy), name: after.name },
  ] as Record<string, unknown>[];
  const differing = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])].filter(
    key => was?.[key] !== is?.[key],
  );
  const only = (state: Record<string, unknown> | undefined) =>
    Object.fromEntries(differing.map(key => [key, state?.[key] ?? null]));
  return { before: only(was), after: only(is) };
}

async function told(
  world: World,
  action: string,
  id: string,
  by: By,
  states: Pick<audit.Entry, 'before' | 'after'>,
  details: Record<string, unknown>,
): Promise<void> {
  await announce(world, { kind: 'workspace-changed', workspaceId: world.workspaceId, ids: [] });
  const { me, visitor } = by;
  await audit.record(world, { action, by: me, visitor, object: { type: 'role', id }, ...states, details });
}
