// What somebody's role amounts to here, and what is shared with him: read with every session, forgotten on word of a change.
import { memory } from '../memory.ts';
import type { Hand, ObjectType, Role, RolePolicy, Shares } from '../permissions.ts';
import * as staff from '../staff/staff.ts';
import { moment, type World } from '../world.ts';
import * as store from './store.ts';

export {
  type Cell,
  type CellChange,
  cellsOf,
  changesBetween,
  differing,
  type FieldChange,
  faultsOf,
  type PolicyFault,
  wholeRules,
} from './rules.ts';
export {
  countShares,
  deletePolicy,
  endShares,
  holdPolicy,
  holdShares,
  insertPolicy,
  insertShare,
  isNameTaken,
  type PolicyRow,
  policies,
  type ShareRow,
  shareById,
  sharesOf,
  updatePolicy,
} from './store.ts';

type Known = { byBase: Map<Role, store.PolicyRow>; byId: Map<string, store.PolicyRow> };

const known = memory<Known>(signal => (signal.kind === 'workspace-changed' ? [signal.workspaceId] : null));

/** What the workspace has made of a role; undefined where it is as it comes. */
export async function policyOf(
  world: World,
  person: { role: Role; role_id: string | null },
): Promise<RolePolicy | undefined> {
  const { byBase, byId } = await known(world, world.workspaceId, async () => {
    const rows = await store.policies(world);
    return {
      byBase: new Map(rows.filter(row => row.name === null).map(row => [row.base, row])),
      byId: new Map(rows.map(row => [row.id, row])),
    };
  });
  return person.role_id ? byId.get(person.role_id) : byBase.get(person.role);
}

/** Somebody as permissions know him, where he has no session to tell. */
export async function handOf(
  world: World,
  person: { id: string; role: Role; role_id: string | null },
): Promise<Hand> {
  const [policy, grants] = await Promise.all([policyOf(world, person), staff.grantsOf(world, person.id)]);
  return { role: person.role, ...(grants ? { grants } : {}), ...(policy ? { policy } : {}) };
}

/** What is shared with one person now and when the first of it ends; undefined for nothing. */
export async function sharesWith(
  world: World,
  person: { id: string; teamId: string | null },
): Promise<{ shares: Shares; until: (string | null)[] } | undefined> {
  const rows = await store.sharesWith(world, person, moment(world));
  if (rows.length === 0) return undefined;
  const shares: Shares = {};
  for (const row of rows) {
    const object = row.object as ObjectType;
    const of = shares[object] ?? { read: [], update: [] };
    shares[object] = of;
    if (!of.read.includes(row.record_id)) of.read.push(row.record_id);
    if (row.may_update && !of.update.includes(row.record_id)) of.update.push(row.record_id);
  }
  return { shares, until: rows.map(row => row.until) };
}
