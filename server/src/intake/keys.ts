// Intake keys: they belong to the workspace, so no person's lock, suspension or absence touches them (L14).
import type { z } from 'zod';
import * as audit from '../audit/audit.ts';
import type { By } from '../customers/customers.ts';
import { fenceOf } from '../db/fence.ts';
import * as devices from '../devices/devices.ts';
import * as staff from '../staff/staff.ts';
import { atomically, type Installation, moment, type World, worldOf } from '../world.ts';
import type { intakeContract } from './contract.ts';
import * as store from './store.ts';

export type Key = store.KeyRow;
type NewKey = z.output<(typeof intakeContract)['POST /intake-keys']['body']>;
type KeyPatch = z.output<(typeof intakeContract)['PATCH /intake-keys/{id}']['body']>;

const secretBytes = 24;
const shape = /^([\w-]{22})\.([\w-]{32})$/;

/** The key that an address names, with the world of its workspace; null for every other text. */
export async function find(
  installation: Installation,
  text: string,
): Promise<{ world: World; key: Key } | null> {
  const [, packed = '', secret = ''] = shape.exec(text) ?? [];
  const workspaceId = devices.unpackId(packed);
  if (!workspaceId) return null;
  const world = worldOf(installation, workspaceId);
  const key = await store.keyByHash(world, devices.hashOf(secret));
  return key ? { world, key } : null;
}

/** The keys within reach, oldest first. */
export async function list(world: World, by: By): Promise<Key[]> {
  return store.keys(world, fenceOf(by.me, by.reach));
}

type Wrong = { kind: 'no-such-owner' } | { kind: 'no-such-team' };

/** Makes a key; the text handed out is not kept. */
export async function add(
  world: World,
  input: NewKey,
  by: By,
): Promise<{ kind: 'added'; row: Key; key: string } | Wrong> {
  return atomically(world, async tx => {
    const whose = await settled(tx, input.ownerId ?? null, input.teamId ?? null);
    if (whose.kind !== 'settled') return whose;
    const secret = tx.random.bytes(secretBytes).toString('base64url');
    const fields = {
      name: input.name,
      source: input.source || input.name,
      ...whose.columns,
      files_as: input.filesAs ?? 'customer',
      origins: [...new Set(input.origins ?? [])],
      active: true,
    };
    const id = tx.random.id();
    const stamp = { created_at: moment(tx), created_by: by.me.id };
    await store.insertKey(tx, { id, ...fields, ...stamp, key_hash: devices.hashOf(secret) });
    const row = await keyOr(tx, id);
    await record(tx, 'intake.add-key', id, by, { after: told(row) });
    return { kind: 'added', row, key: `${devices.packId(tx.workspaceId)}.${secret}` };
  });
}

/** Changes a key; switched off it answers like one that never was. */
export async function change(
  world: World,
  input: { id: string; patch: KeyPatch },
  by: By,
): Promise<{ kind: 'changed'; row: Key } | { kind: 'not-found' } | Wrong> {
  return atomically(world, async tx => {
    const before = await store.keyById(tx, input.id);
    if (!before) return { kind: 'not-found' };
    const { name, source, filesAs, ownerId, teamId, origins, active } = input.patch;
    // Whose they are is said anew as a whole: an owner, else a team, else nobody.
    const isMoved = ownerId !== undefined || teamId !== undefined;
    const whose = isMoved ? await settled(tx, ownerId ?? null, teamId ?? null) : null;
    if (whose && whose.kind !== 'settled') return whose;
    const set = {
      ...(name === undefined ? {} : { name }),
      ...(source === undefined ? {} : { source: source || name || before.name }),
      ...(filesAs === undefined ? {} : { files_as: filesAs }),
      ...(origins === undefined ? {} : { origins: [...new Set(origins)] }),
      ...(active === undefined ? {} : { active }),
      ...whose?.columns,
    };
    if (Object.keys(set).length === 0) return { kind: 'changed', row: before };
    await store.updateKey(tx, input.id, set);
    const row = await keyOr(tx, input.id);
    await record(tx, 'intake.change-key', input.id, by, {
      before: told(before),
      after: told(row),
    });
    return { kind: 'changed', row };
  });
}

/** Takes a key away for good; what came in under it stays. */
export async function remove(world: World, id: string, by: By): Promise<boolean> {
  return atomically(world, async tx => {
    const before = await store.keyById(tx, id);
    if (!before) return false;
    await store.updateKey(tx, id, { key_hash: null, active: false, deleted_at: moment(tx) });
    await record(tx, 'intake.remove-key', id, by, { before: told(before) });
    return true;
  });
}

type Settled = { kind: 'settled'; columns: { owner_id: string | null; team_id: string | null } };

// An owner brings the team along, as everywhere.
async function settled(
  world: World,
  ownerId: string | null,
  teamId: string | null,
): Promise<Settled | Wrong> {
  if (ownerId) {
    const person = await staff.byId(world, ownerId);
    if (person?.state !== 'active' || person.role === 'auditor') return { kind: 'no-such-owner' };
    return { kind: 'settled', columns: { owner_id: person.id, team_id: person.team_id } };
  }
  if (teamId && !(await store.teamExists(world, teamId))) return { kind: 'no-such-team' };
  return { kind: 'settled', columns: { owner_id: null, team_id: teamId } };
}

async function keyOr(world: World, id: string): Promise<Key> {
  const row = await store.keyById(world, id);
  if (!row) throw new Error('the key just written is gone');
  return row;
}

function told(row: Key): Record<string, unknown> {
  const { name, source, origins, active } = row;
  const owner = row.owner_id ? { id: row.owner_id, name: row.owner_name } : null;
  const team = row.team_id ? { id: row.team_id, name: row.team_name } : null;
  return { name, source, filesAs: row.files_as, origins, active, owner, team };
}

async function record(
  world: World,
  action: string,
  id: string,
  by: By,
  states: Pick<audit.Entry, 'before' | 'after'>,
): Promise<void> {
  await audit.record(world, {
    action,
    by: by.me,
    visitor: by.visitor,
    object: { type: 'intake-key', id },
    ...states,
  });
}
