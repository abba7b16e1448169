// The console's list of people: each with what stands in the way, in one query; it reads other rooms' tables, never writes.
import { type RawBuilder, sql } from 'kysely';
import { behind, bothWays, type Order, ordered, paged, placeOf } from '../db/keyset.ts';
import type { PersonState, Role } from '../db/tables.ts';
import { moment, type World } from '../world.ts';

export type Colleague = {
  id: string;
  name: string;
  email: string;
  role: Role;
  role_id: string | null;
  team_id: string | null;
  state: PersonState;
  language: string;
  created_at: string;
  email_verified_at: string | null;
  initial_until: string | null;
  initial_used_at: string | null;
  sort_name: string;
  last_sign_in: string | null;
  devices: number;
  sessions: number;
  factors: number;
  standing: { id: string; cause: string; since: string; until: string | null }[];
};

export type Asked = {
  limit: number;
  after?: string | undefined;
  sort?: string | undefined;
  q?: string | undefined;
  state?: string | undefined;
  role?: string | undefined;
  locked?: boolean | undefined;
};

const never = '1970-01-01T00:00:00.000Z';
const id = sql`p.id`;

const orders: Record<string, Order<Colleague>> = {
  ...bothWays<Colleague>('name', sql`p.sort_name collate "C"`, 'text', row => row.sort_name),
  ...bothWays<Colleague>(
    'lastSignIn',
    sql`coalesce(p.last_sign_in, ${never}::timestamptz)`,
    'time',
    row => row.last_sign_in ?? never,
  ),
  ...bothWays<Colleague>('createdAt', sql`p.created_at`, 'time', row => row.created_at),
};
export const sorts = Object.keys(orders);

/** One page of people; undefined for a cursor of another list. In the order they were added unless sorted. */
export async function page(
  world: World,
  asked: Asked,
): Promise<{ rows: Colleague[]; next: string | null } | undefined> {
  const order = orders[asked.sort ?? 'createdAt'] ?? orders.createdAt;
  if (!order) return undefined;
  const place = asked.after === undefined ? null : placeOf(order, asked.after);
  if (asked.after !== undefined && !place) return undefined;
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (place) conditions.push(behind(order, id, place));
  if (asked.state) conditions.push(sql`p.state = ${asked.state}`);
  if (asked.role) conditions.push(sql`p.role = ${asked.role}`);
  if (asked.locked !== undefined)
    conditions.push(asked.locked ? sql`p.standing <> '[]'` : sql`p.standing = '[]'`);
  if (asked.q) {
    const like = `%${asked.q
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(sql`(p.sort_name like ${like} or lower(p.email) like ${like})`);
  }
  const { rows } = await sql<Colleague>`select * from (${everybody(world)}) p
    where ${sql.join(conditions, sql` and `)}
    order by ${ordered(order, id)} limit ${asked.limit + 1}`.execute(world.db);
  return paged(order, rows.map(tidy), asked.limit);
}

/** One person as the list shows him. */
export async function one(world: World, personId: string): Promise<Colleague | undefined> {
  const { rows } = await sql<Colleague>`select * from (${everybody(world)}) p
    where p.id = ${personId}`.execute(world.db);
  return rows[0] && tidy(rows[0]);
}

function everybody(world: World): RawBuilder<unknown> {
  const here = sql`workspace_id = ${world.workspaceId} and person_id = q.id`;
  const now = moment(world);
  return sql`select id, name, email, role, role_id, team_id, state, language, created_at, email_verified_at,
      initial_until, initial_used_at, lower(name) as sort_name,
      (select max(created_at) from sessions where ${here}) as last_sign_in,
      (select count(*)::int from devices where ${here} and revoked_at is null) as devices,
      (select count(*)::int from sessions where ${here} and ended_at is null and ends_at > ${now}) as sessions,
      (select count(*)::int from factors where ${here} and confirmed_at is not null) as factors,
      coalesce((select jsonb_agg(jsonb_build_object('id', id, 'cause', cause, 'since', since, 'until', until)
          order by since)
        from locks where ${here} and lifted_at is null and (until is null or until > ${now})), '[]') as standing
    from people q where workspace_id = ${world.workspaceId}`;
}

function tidy(row: Colleague): Colleague {
  const iso = (at: string) => new Date(at).toISOString();
  const standing = row.standing.map(lock => ({
    ...lock,
    since: iso(lock.since),
    until: lock.until && iso(lock.until),
  }));
  return { ...row, standing };
}
