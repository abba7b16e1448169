// All SQL of intake keys and of what came in under them.
import { type RawBuilder, sql } from 'kysely';
import type { IntakeFiling } from '../db/crm-tables.ts';
import { type Fence, within } from '../db/fence.ts';
import { behind, type Order, ordered, type Place } from '../db/keyset.ts';
import type { IntakeState } from '../db/tables.ts';
import type { World } from '../world.ts';
import type { Parsed } from './rules.ts';

export type KeyRow = {
  id: string;
  name: string;
  source: string;
  files_as: IntakeFiling;
  owner_id: string | null;
  owner_name: string | null;
  team_id: string | null;
  team_name: string | null;
  origins: string[];
  active: boolean;
  received: number;
  turned_away: number;
  last_used_at: string | null;
  created_at: string;
  created_by: string | null;
  creator_name: string | null;
};

const k = sql`k`;
const keyColumns = sql`k.id, k.name, k.source, k.files_as, k.owner_id, o.name as owner_name, k.team_id, t.name as team_name, k.origins,
  k.active, k.received, k.turned_away, k.last_used_at, k.created_at, k.created_by, b.name as creator_name`;
const keySource = sql`intake_keys k
  left join people o on o.workspace_id = k.workspace_id and o.id = k.owner_id
  left join teams t on t.workspace_id = k.workspace_id and t.id = k.team_id
  left join people b on b.workspace_id = k.workspace_id and b.id = k.created_by`;

async function keysWhere(world: World, condition: RawBuilder<unknown>): Promise<KeyRow[]> {
  const { rows } = await sql<KeyRow>`select ${keyColumns} from ${keySource}
    where k.workspace_id = ${world.workspaceId} and k.deleted_at is null and ${condition}
    order by k.created_at, k.id`.execute(world.db);
  return rows;
}

/** All keys within the fence, oldest first. */
export async function keys(world: World, fence: Fence): Promise<KeyRow[]> {
  return keysWhere(world, within(fence, k));
}

export async function keyById(world: World, id: string): Promise<KeyRow | undefined> {
  return (await keysWhere(world, sql`k.id = ${id}`))[0];
}

/** The key that is switched on and has that hash. */
export async function keyByHash(world: World, hash: Buffer): Promise<KeyRow | undefined> {
  return (await keysWhere(world, sql`k.key_hash = ${hash} and k.active`))[0];
}

/** Holds a key until the transaction ends: what comes in under one key is taken one after the other. */
export async function holdKey(world: World, id: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from intake_keys where workspace_id = ${world.workspaceId} and id = ${id}
    and active and deleted_at is null for update`.execute(world.db);
  return rows.length > 0;
}

export type KeyFields = {
  name: string;
  source: string;
  files_as: IntakeFiling;
  owner_id: string | null;
  team_id: string | null;
  origins: string[];
  active: boolean;
};

export async function insertKey(
  world: World,
  row: KeyFields & { id: string; key_hash: Buffer; created_at: string; created_by: string },
): Promise<void> {
  await world.db
    .insertInto('intake_keys')
    .values({ workspace_id: world.workspaceId, ...row })
    .execute();
}

export async function updateKey(
  world: World,
  id: string,
  set: Partial<KeyFields> & { key_hash?: null; deleted_at?: string },
): Promise<void> {
  await world.db
    .updateTable('intake_keys')
    .set(set)
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function countReceived(world: World, id: string, at: string): Promise<void> {
  await sql`update intake_keys set received = received + 1, last_used_at = ${at}
    where workspace_id = ${world.workspaceId} and id = ${id}`.execute(world.db);
}

export async function countTurnedAway(world: World, id: string): Promise<void> {
  await sql`update intake_keys set turned_away = turned_away + 1
    where workspace_id = ${world.workspaceId} and id = ${id}`.execute(world.db);
}

/** The entry under that key with the same fingerprint. */
export async function twin(
  world: World,
  keyId: string,
  fingerprint: Buffer,
): Promise<{ id: string; at: string } | undefined> {
  return world.db
    .selectFrom('intake_entries')
    .select(['id', 'at'])
    .where('workspace_id', '=', world.workspaceId)
    .where('key_id', '=', keyId)
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst();
}

/** From now on the same body counts as new. */
export async function forgetFingerprint(world: World, id: string): Promise<void> {
  await world.db
    .updateTable('intake_entries')
    .set({ fingerprint: null })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** When the entry came in under that key that is the `count`th latest since then; undefined when there are fewer. */
export async function latestButFew(
  world: World,
  keyId: string,
  since: string,
  count: number,
): Promise<string | undefined> {
  const { rows } = await sql<{ at: string }>`select at from intake_entries
    where workspace_id = ${world.workspaceId} and key_id = ${keyId} and at > ${since}
    order by at desc offset ${count - 1} limit 1`.execute(world.db);
  return rows[0]?.at;
}

export async function insertEntry(
  world: World,
  row: {
    id: string;
    key_id: string;
    at: string;
    address: string;
    content_type: string;
    raw: Buffer;
    fingerprint: Buffer;
  },
): Promise<void> {
  await world.db
    .insertInto('intake_entries')
    .values({ workspace_id: world.workspaceId, ...row })
    .execute();
}

export type EntryRow = {
  id: string;
  key_id: string;
  key_name: string;
  source: string;
  files_as: IntakeFiling;
  owner_id: string | null;
  owner_name: string | null;
  team_id: string | null;
  at: string;
  address: string | null;
  content_type: string;
  parsed: Parsed | null;
  state: IntakeState;
  problem: string | null;
  customer_id: string | null;
  customer_name: string | null;
  lead_id: string | null;
  lead_name: string | null;
  handled_by: string | null;
  handler_name: string | null;
  handled_at: string | null;
  reason: string | null;
};

const columns = sql`e.id, e.key_id, k.name as key_name, k.source, k.files_as, k.owner_id, o.name as owner_name, k.team_id, e.at, e.address,
  e.content_type, e.parsed, e.state, e.problem, e.customer_id, c.name as customer_name,
  e.lead_id, l.name as lead_name, e.handled_by,
  p.name as handler_name, e.handled_at, e.reason`;
const source = sql`intake_entries e
  join intake_keys k on k.workspace_id = e.workspace_id and k.id = e.key_id
  left join people o on o.workspace_id = e.workspace_id and o.id = k.owner_id
  left join people p on p.workspace_id = e.workspace_id and p.id = e.handled_by
  left join customers c on c.workspace_id = e.workspace_id and c.id = e.customer_id
  left join leads l on l.workspace_id = e.workspace_id and l.id = e.lead_id`;

export const newestFirst: Order<EntryRow> = {
  name: '-at',
  column: sql`e.at`,
  type: 'time',
  descending: true,
  valueIn: row => row.at,
};

export type Wanted = { state?: IntakeState | undefined; key?: string | undefined };

/** One page of entries under keys within the fence, newest first, from the place on. */
export async function list(
  world: World,
  fence: Fence,
  input: { wanted: Wanted; place: Place | null; limit: number },
): Promise<EntryRow[]> {
  const id = sql`e.id`;
  const { state, key } = input.wanted;
  const all = [sql`e.workspace_id = ${world.workspaceId}`, within(fence, k)];
  if (state) all.push(sql`e.state = ${state}`);
  if (key) all.push(sql`e.key_id = ${key}`);
  if (input.place) all.push(behind(newestFirst, id, input.place));
  const { rows } = await sql<EntryRow>`select ${columns} from ${source} where ${sql.join(all, sql` and `)}
    order by ${ordered(newestFirst, id)} limit ${sql.raw(String(input.limit))}`.execute(world.db);
  return rows;
}

/** One entry under a key within the fence; locked until the transaction ends where asked for. */
export async function entryById(
  world: World,
  fence: Fence,
  id: string,
  how: { lock: boolean },
): Promise<EntryRow | undefined> {
  const { rows } = await sql<EntryRow>`select ${columns} from ${source}
    where e.workspace_id = ${world.workspaceId} and e.id = ${id} and ${within(fence, k)}
    ${how.lock ? sql`for update of e` : sql``}`.execute(world.db);
  return rows[0];
}

/** The body as it came. */
export async function rawOf(world: World, id: string): Promise<Buffer> {
  const row = await world.db
    .selectFrom('intake_entries')
    .select('raw')
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.raw;
}

export type EntryChange = {
  parsed?: Parsed;
  state?: IntakeState;
  problem?: string | null;
  customer_id?: string;
  lead_id?: string;
  handled_by?: string;
  handled_at?: string;
  reason?: string;
};

export async function updateEntry(world: World, id: string, change: EntryChange): Promise<void> {
  const { parsed, ...rest } = change;
  await world.db
    .updateTable('intake_entries')
    .set(parsed ? { ...rest, parsed: JSON.stringify(parsed) } : rest)
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Until the transaction ends nobody else makes customers of what came in, so that two of one telephone meet. */
export async function oneAtATime(world: World): Promise<void> {
  await sql`select pg_advisory_xact_lock(7106235, hashtext(${`intake ${world.workspaceId}`}))`.execute(
    world.db,
  );
}

export async function teamExists(world: World, id: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from teams where workspace_id = ${world.workspaceId} and id = ${id}`.execute(world.db);
  return rows.length > 0;
}
