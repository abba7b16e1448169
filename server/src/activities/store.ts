// All SQL of activities.
import { type RawBuilder, sql } from 'kysely';
import { bothWays, type Order } from '../db/keyset.ts';
import type { Shape } from '../db/records.ts';
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
  owner_id: string | null;
  team_id: string | null;
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
const columns = sql`a.id, a.customer_id, a.contact_id, a.kind, a.body, a.at, a.author_id, a.next_step, a.next_at,
  a.owner_id, a.team_id, a.created_at, a.updated_at, a.deleted_at, a.version, u.name as customer_name,
  u.deleted_at is not null as customer_deleted, k.name as contact_name, p.name as author_name`;
const source = sql`activities a
  join customers u on u.workspace_id = a.workspace_id and u.id = a.customer_id
  left join contacts k on k.workspace_id = a.workspace_id and k.id = a.contact_id
  left join people p on p.workspace_id = a.workspace_id and p.id = a.author_id`;

/** The order of time lines. */
export const newestFirst: Order<ActivityRow> = {
  name: 'timeline',
  column: sql`a.at`,
  type: 'time',
  descending: true,
  valueIn: row => row.at,
};

export const shape: Shape<ActivityRow> = {
  table: 'activities',
  t: a,
  columns,
  source,
  orders: {
    ...bothWays<ActivityRow>('at', sql`a.at`, 'time', row => row.at),
    ...bothWays<ActivityRow>('createdAt', sql`a.created_at`, 'time', row => row.created_at),
    ...bothWays<ActivityRow>('deletedAt', sql`a.deleted_at`, 'time', row => row.deleted_at ?? ''),
  },
};

/** What filters ask of `activities a`. */
export function filtered(f: Conditions): RawBuilder<boolean>[] {
  const all: RawBuilder<boolean>[] = [];
  if (f.customerId) all.push(sql`a.customer_id = ${f.customerId}`);
  if (f.authorId) all.push(sql`a.author_id = ${f.authorId}`);
  if (f.kinds) all.push(sql`a.kind = any(${f.kinds}::text[])`);
  if (f.from) all.push(sql`a.at >= ${f.from}::timestamptz`);
  if (f.to) all.push(sql`a.at < ${f.to}::timestamptz`);
  return all;
}

/** The customer of an activity, whatever the reach; undefined for none. */
export async function customerOf(world: World, activityId: string): Promise<string | undefined> {
  const { rows } = await sql<{ customer_id: string }>`select customer_id from activities
    where workspace_id = ${world.workspaceId} and id = ${activityId}`.execute(world.db);
  return rows[0]?.customer_id;
}

/** When the customer's latest activity took place; null for none. */
export async function latest(world: World, customerId: string): Promise<string | null> {
  const { rows } = await sql<{ at: string | null }>`select max(at) as at from activities
    where workspace_id = ${world.workspaceId} and customer_id = ${customerId} and deleted_at is null`.execute(
    world.db,
  );
  return rows[0]?.at ?? null;
}
