// All SQL of activities.
import { type RawBuilder, sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import { kept } from '../db/kept-plans.ts';
import { newestBy } from '../db/key-search.ts';
import { bothWays, type Order } from '../db/keyset.ts';
import { reached, type Shape, sharedBeyond } from '../db/records.ts';
import type { ActivityKind } from '../db/tables.ts';
import type { World } from '../world.ts';

export type ActivityFields = {
  customer_id: string | null;
  lead_id: string | null;
  contact_id: string | null;
  kind: ActivityKind;
  body: string;
  at: string;
  next_step: string | null;
  next_at: string | null;
};

export type ActivityRow = ActivityFields & {
  id: string;
  customer_name: string | null;
  customer_deleted: boolean;
  lead_name: string | null;
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
  leadId?: string | undefined;
  authorId?: string | undefined;
  kinds?: ActivityKind[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

const a = sql`a`;
const columns = sql`a.id, a.customer_id, a.lead_id, a.contact_id, a.kind, a.body, a.at, a.author_id, a.next_step, a.next_at,
  a.owner_id, a.team_id, a.created_at, a.updated_at, a.deleted_at, a.version, u.name as customer_name,
  u.deleted_at is not null as customer_deleted, k.name as contact_name, e.name as lead_name,
  p.name as author_name`;
const source = sql`activities a
  left join customers u on u.workspace_id = a.workspace_id and u.id = a.customer_id
  left join leads e on e.workspace_id = a.workspace_id and e.id = a.lead_id
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
  keys: 'activity_keys',
  t: a,
  customer: sql`a.customer_id`,
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
  if (f.leadId) all.push(sql`a.lead_id = ${f.leadId}`);
  if (f.authorId) all.push(sql`a.author_id = ${f.authorId}`);
  if (f.kinds) all.push(sql`a.kind = any(${f.kinds}::text[])`);
  if (f.from) all.push(sql`a.at >= ${f.from}::timestamptz`);
  if (f.to) all.push(sql`a.at < ${f.to}::timestamptz`);
  return all;
}

/** With whom an activity is: a customer, or a lead that has not become one. */
export type Party = { kind: 'customer' | 'lead'; id: string };

/** With whom the activity is, whatever the reach; undefined for none. */
export async function partyOf(world: World, activityId: string): Promise<Party | undefined> {
  const { rows } = await sql<{ customer_id: string | null; lead_id: string | null }>`
    select customer_id, lead_id from activities
    where workspace_id = ${world.workspaceId} and id = ${activityId}`.execute(world.db);
  const [found] = rows;
  if (found?.customer_id) return { kind: 'customer', id: found.customer_id };
  return found?.lead_id ? { kind: 'lead', id: found.lead_id } : undefined;
}

/** When the latest activity with them took place; null for none. */
export async function latest(world: World, party: Party): Promise<string | null> {
  const theirs =
    party.kind === 'customer'
      ? sql`customer_id = ${party.id}`
      : sql`lead_id = ${party.id} and customer_id is null`;
  const { rows } = await sql<{ at: string | null }>`select max(at) as at from activities
    where workspace_id = ${world.workspaceId} and ${theirs} and deleted_at is null`.execute(world.db);
  return rows[0]?.at ?? null;
}

/** Gives what was done with a lead to the customer it has become; how many those were. */
export async function carryOver(
  world: World,
  input: {
    leadId: string;
    customerId: string;
    contactId: string | null;
    ownerId: string | null;
    teamId: string | null;
  },
): Promise<number> {
  const { numAffectedRows } = await sql`update activities set customer_id = ${input.customerId},
      contact_id = coalesce(contact_id, ${input.contactId}), owner_id = ${input.ownerId}, team_id = ${input.teamId},
      version = version + 1
    where workspace_id = ${world.workspaceId} and lead_id = ${input.leadId} and customer_id is null
      and deleted_at is null`.execute(world.db);
  return Number(numAffectedRows ?? 0);
}

/** What a glance shows of one; its time may be as JSON has it. */
export type Mention = Pick<
  ActivityRow,
  'id' | 'body' | 'at' | 'author_id' | 'author_name' | 'customer_id' | 'customer_name'
>;

type Words = {
  q: string;
  limit: number;
  looked: number;
  /** Whose customers' come first. */
  first: string;
  /** Keys of the words; none where they are too short. */
  ways: string[][];
};

/** Those whose text holds the words, newest first: by their keys, or of the `looked` latest where the words are common. */
export async function mentioning(world: World, fence: Fence, input: Words): Promise<Mention[]> {
  const { ways, first, limit } = input;
  const those = sql`a.workspace_id = ${world.workspaceId} and a.deleted_at is null`;
  const holds = (body: RawBuilder<unknown>) => sql`position(${input.q}::text in lower(${body})) > 0`;
  const keyed = { table: 'activity_keys' as const, ways };
  const inside = { fence, shared: sharedBeyond(world, shape, fence), first, glance: true };
  // What has several keys may not have them in a row.
  const spare = ways.every(way => way.length === 1) ? 1 : 20;
  for (const want of ways.length > 0 ? [limit + spare, undefined] : []) {
    const read = (ids: RawBuilder<unknown>) => held(sql`a.id = any(array(${ids}))`);
    const met = await newestBy(world, keyed, { ...inside, want, read });
    if (met.kind === 'along') break;
    const rows = met.rows as Mention[];
    if (met.all || rows.length >= limit) return rows.slice(0, limit);
  }
  // Looked for once, whatever a plan from the days of few rows thinks of doing it anew for each.
  const found = sql`select latest.id from (select a.id, a.body from activities a where ${those} and ${within(fence, a)}
      order by a.at desc, a.id desc limit ${sql.raw(String(input.looked))}) latest
    where ${holds(sql`latest.body`)} limit ${sql.raw(String(limit))}`;
  const { rows } = await sql<Mention>`${kept}with found as materialized (${found})
    ${held(sql`a.id in (select id from found)`)}`.execute(world.db);
  return rows;

  function held(ids: RawBuilder<boolean>): RawBuilder<unknown> {
    return sql`select a.id, a.body, a.at, a.author_id, p.name as author_name, a.customer_id, u.name as customer_name
      from activities a left join customers u on u.workspace_id = a.workspace_id and u.id = a.customer_id
        left join people p on p.workspace_id = a.workspace_id and p.id = a.author_id
      where ${those} and ${reached(shape, fence)} and ${ids}
        and ${holds(sql`normalize(a.body, NFKC)`)} order by a.at desc, a.id desc`;
  }
}
