// All SQL of activities.
import { type RawBuilder, sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import { insertEntry, type NewEntry } from '../db/journal.ts';
import { kept } from '../db/kept-plans.ts';
import { behind, bothWays, type Order, ordered, type Place } from '../db/keyset.ts';
import type { ActivityKind } from '../db/tables.ts';
import type { World } from '../world.ts';

export type ActivityFields = {
  customer_id: string;
  contact_id: string | null;
  kind: ActivityKind;
  body: string;
  at: string;
  next_step: string | null;
  next_at: string | null;
};

export type ActivityRow = ActivityFields & {
  id: string;
  customer_name: string;
  customer_deleted: boolean;
  contact_name: string | null;
  author_id: string | null;
  author_name: string | null;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
  version: number;
};

export type NewRow = ActivityFields & {
  id: string;
  author_id: string;
  owner_id: string | null;
  team_id: string | null;
  created_at: string;
};

export type Conditions = {
  customerId?: string | undefined;
  authorId?: string | undefined;
  kinds?: ActivityKind[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

const a = sql`a`;
const id = sql`a.id`;
const columns = sql`a.id, a.customer_id, a.contact_id, a.kind, a.body, a.at, a.author_id, a.next_step, a.next_at,
  a.created_at, a.updated_at, a.deleted_at, a.version, u.name as customer_name,
  u.deleted_at is not null as customer_deleted, k.name as contact_name, p.name as author_name`;
const source = sql`activities a
  join customers u on u.workspace_id = a.workspace_id and u.id = a.customer_id
  left join contacts k on k.workspace_id = a.workspace_id and k.id = a.contact_id
  left join people p on p.workspace_id = a.workspace_id and p.id = a.author_id`;

export const orders = bothWays<ActivityRow>('at', sql`a.at`, 'time', row => row.at);

/** The order of time lines. */
export const newestFirst: Order<ActivityRow> = {
  name: 'timeline',
  column: sql`a.at`,
  type: 'time',
  descending: true,
  valueIn: row => row.at,
};

function conditions(world: World, fence: Fence, f: Conditions): RawBuilder<boolean>[] {
  const all: RawBuilder<boolean>[] = [
    sql`a.workspace_id = ${world.workspaceId}`,
    sql`a.deleted_at is null`,
    within(fence, a),
  ];
  if (f.customerId) all.push(sql`a.customer_id = ${f.customerId}`);
  if (f.authorId) all.push(sql`a.author_id = ${f.authorId}`);
  if (f.kinds) all.push(sql`a.kind = any(${f.kinds}::text[])`);
  if (f.from) all.push(sql`a.at >= ${f.from}::timestamptz`);
  if (f.to) all.push(sql`a.at < ${f.to}::timestamptz`);
  return all;
}

/** One page in the order given, from the place on. */
export async function list(
  world: World,
  fence: Fence,
  input: { conditions: Conditions; order: Order<ActivityRow>; place: Place | null; limit: number },
): Promise<ActivityRow[]> {
  const all = conditions(world, fence, input.conditions);
  if (input.place) all.push(behind(input.order, id, input.place));
  const isParticular = Boolean(input.conditions.from ?? input.conditions.to);
  const statement = sql<ActivityRow>`${isParticular ? sql`` : kept}select ${columns} from ${source}
    where ${sql.join(all, sql` and `)} order by ${ordered(input.order, id)} limit ${sql.raw(String(input.limit))}`;
  const { rows } = await statement.execute(world.db);
  return rows;
}

/** One within the fence; undefined for none. */
export async function byId(
  world: World,
  fence: Fence,
  activityId: string,
  how: { deleted: 'no' | 'only' | 'either'; lock?: boolean },
): Promise<ActivityRow | undefined> {
  const state = {
    no: sql`and a.deleted_at is null`,
    only: sql`and a.deleted_at is not null`,
    either: sql``,
  }[how.deleted];
  const { rows } = await sql<ActivityRow>`${kept}select ${columns} from ${source}
    where a.workspace_id = ${world.workspaceId} and a.id = ${activityId} and ${within(fence, a)} ${state}
    ${how.lock ? sql`for update of a` : sql``}`.execute(world.db);
  return rows[0];
}

/** The customer of an activity, whatever the reach; undefined for none. */
export async function customerOf(world: World, activityId: string): Promise<string | undefined> {
  const { rows } = await sql<{ customer_id: string }>`select customer_id from activities
    where workspace_id = ${world.workspaceId} and id = ${activityId}`.execute(world.db);
  return rows[0]?.customer_id;
}

/** Record and journal entry in one statement. */
export async function insert(world: World, row: NewRow, entry: NewEntry): Promise<void> {
  await sql`with added as (
      insert into activities (workspace_id, id, customer_id, contact_id, kind, body, at, author_id, next_step, next_at,
        owner_id, team_id, created_at, updated_at)
      values (${world.workspaceId}, ${row.id}, ${row.customer_id}, ${row.contact_id}, ${row.kind}, ${row.body},
        ${row.at}, ${row.author_id}, ${row.next_step}, ${row.next_at}, ${row.owner_id}, ${row.team_id},
        ${row.created_at}, ${row.created_at})
    )
    ${insertEntry(entry)}`.execute(world.db);
}

/** Changes one record that is locked already, with its journal entry. */
export async function update(
  world: World,
  activityId: string,
  set: Partial<ActivityFields>,
  at: string,
  entry: NewEntry,
): Promise<void> {
  const sets = Object.entries(set).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  await sql`with changed as (
      update activities set ${sql.join(sets)}, updated_at = ${at}, version = version + 1
      where workspace_id = ${world.workspaceId} and id = ${activityId}
    )
    ${insertEntry(entry)}`.execute(world.db);
}

/** Puts a locked record into the bin or takes it out, with its journal entry. */
export async function setDeleted(
  world: World,
  activityId: string,
  by: { at: string; by: string } | null,
  at: string,
  entry: NewEntry,
): Promise<void> {
  await sql`with changed as (
      update activities set deleted_at = ${by?.at ?? null}, deleted_by = ${by?.by ?? null}, updated_at = ${at},
        version = version + 1
      where workspace_id = ${world.workspaceId} and id = ${activityId}
    )
    ${insertEntry(entry)}`.execute(world.db);
}

/** When the customer's latest activity took place; null for none. */
export async function latest(world: World, customerId: string): Promise<string | null> {
  const { rows } = await sql<{ at: string | null }>`select max(at) as at from activities
    where workspace_id = ${world.workspaceId} and customer_id = ${customerId} and deleted_at is null`.execute(
    world.db,
  );
  return rows[0]?.at ?? null;
}
