// Teams: who belongs together, and who manages them. A record's team is that of its owner.
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import { atomically, type World } from '../world.ts';
import { byId, insertTeam } from './store.ts';
import * as store from './teams-store.ts';

type By = { me: Pick<Me, 'id' | 'name'>; visitor: Visitor | null };
export type TeamRow = store.TeamRow;
type Wanted = { name: string; managerId: string | null };

/** All teams by name. */
export const teams = store.teams;

/** Whoever leaves a team manages it no longer. */
export const releaseManager = store.release;

const told = (team: { name: string; manager_id: string | null }) => ({
  name: team.name,
  manager: team.manager_id,
});

type Wrong = { kind: 'name-taken' | 'no-such-manager' };

async function faultIn(world: World, id: string | null, wanted: Wanted): Promise<Wrong | null> {
  const name = wanted.name.toLowerCase();
  if ((await teams(world)).some(team => team.name.toLowerCase() === name && team.id !== id))
    return { kind: 'name-taken' };
  if (wanted.managerId === null) return null;
  const manager = await byId(world, wanted.managerId);
  const fits = manager && manager.team_id === id && id !== null && manager.role !== 'auditor';
  return fits ? null : { kind: 'no-such-manager' };
}

/** Adds a team without people. */
export async function foundTeam(
  world: World,
  name: string,
  by: By,
): Promise<{ kind: 'saved'; id: string } | Wrong> {
  return atomically(world, async tx => {
    const fault = await faultIn(tx, null, { name, managerId: null });
    if (fault) return fault;
    const id = tx.random.id();
    await insertTeam(tx, { workspace_id: tx.workspaceId, id, name });
    await record(tx, 'team.add', id, by, { after: { name } });
    return { kind: 'saved', id };
  });
}

/** Names a team anew, or who manages it: somebody who is in it. */
export async function changeTeam(
  world: World,
  input: { id: string; name?: string | undefined; managerId?: string | null | undefined },
  by: By,
): Promise<{ kind: 'saved' | 'not-found' } | Wrong> {
  return atomically(world, async tx => {
    const team = await store.hold(tx, input.id);
    if (!team) return { kind: 'not-found' };
    const wanted = {
      name: input.name ?? team.name,
      managerId: input.managerId === undefined ? team.manager_id : input.managerId,
    };
    const fault = await faultIn(tx, team.id, wanted);
    if (fault) return fault;
    const set = { name: wanted.name, manager_id: wanted.managerId };
    if (set.name === team.name && set.manager_id === team.manager_id) return { kind: 'saved' };
    await store.update(tx, team.id, set);
    await record(tx, 'team.change', team.id, by, { before: told(team), after: told(set) });
    return { kind: 'saved' };
  });
}

/** Removes a team that nobody is in; records that it had without an owner are nobody's then. */
export async function removeTeam(
  world: World,
  id: string,
  by: By,
): Promise<{ kind: 'removed' | 'not-found' | 'in-use' }> {
  return atomically(world, async tx => {
    const team = await store.hold(tx, id);
    if (!team) return { kind: 'not-found' };
    if ((await teams(tx)).some(one => one.id === id && one.people > 0)) return { kind: 'in-use' };
    await store.remove(tx, id);
    await record(tx, 'team.remove', id, by, { before: told(team) });
    return { kind: 'removed' };
  });
}

async function record(
  world: World,
  action: string,
  id: string,
  { me, visitor }: By,
  states: Pick<audit.Entry, 'before' | 'after'>,
): Promise<void> {
  const { before, after } = states;
  const name = (after ?? before)?.name;
  const details = { name };
  await audit.record(world, { action, by: me, visitor, object: { type: 'team', id }, ...states, details });
}
