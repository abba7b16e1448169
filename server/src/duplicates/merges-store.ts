// All SQL of merges and of what went along with them. The tables that go along do so by triggers of their own.
import { type RawBuilder, sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import type { World } from '../world.ts';

type Alike = 'customer' | 'contact' | 'lead';

export type MergeRow = {
  id: string;
  object: Alike;
  survivor_id: string;
  survivor_name: string;
  other_id: string;
  other_name: string;
  by_id: string;
  by_name: string | null;
  at: string;
  until: string;
  undone_at: string | null;
  kept: Record<string, { was: unknown; now: unknown }>;
  moved: Record<string, number> | null;
};

const columns = sql`m.id, m.object, m.survivor_id, s.name as survivor_name, m.other_id, m.other_name, m.by_id,
  p.name as by_name, m.at, m.until, m.undone_at, m.kept,
  (select json_object_agg(split_part(x.place, '.', 1), x.n) from (
    select v.place, count(*)::int as n from merge_moves v
    where v.workspace_id = m.workspace_id and v.merge_id = m.id group by v.place) x) as moved`;
const tables: Record<Alike, string> = { customer: 'customers', contact: 'contacts', lead: 'leads' };
const survivors = sql.join(
  Object.entries(tables).map(
    ([object, table]) => sql`select r.name, r.owner_id, r.team_id, r.deleted_at from ${sql.table(table)} r
      where m.object = ${sql.lit(object)} and r.workspace_id = m.workspace_id and r.id = m.survivor_id`,
  ),
  sql` union all `,
);
const source = sql`merges m
  cross join lateral (${survivors}) s
  left join people p on p.workspace_id = m.workspace_id and p.id = m.by_id`;

/** The merge by which `otherId` went into `survivorId` and that stands; undefined for none. */
export async function standing(
  world: World,
  object: Alike,
  survivorId: string,
  otherId: string,
): Promise<MergeRow | undefined> {
  return one(
    world,
    sql`m.object = ${object} and m.survivor_id = ${survivorId} and m.other_id = ${otherId} and m.undone_at is null`,
  );
}

export async function byId(world: World, id: string): Promise<MergeRow | undefined> {
  return one(world, sql`m.id = ${id}`);
}

async function one(world: World, those: RawBuilder<unknown>): Promise<MergeRow | undefined> {
  const { rows } = await sql<MergeRow>`select ${columns} from ${source}
    where m.workspace_id = ${world.workspaceId} and ${those}`.execute(world.db);
  return rows[0];
}

/** Merges that can be undone at `now`, newest first, whose survivors are within the fence. */
export async function open(
  world: World,
  input: {
    object: Alike;
    fence: Fence;
    now: string;
    survivorId?: string | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<MergeRow[]> {
  const { rows } = await sql<MergeRow>`select ${columns} from ${source}
    where m.workspace_id = ${world.workspaceId} and m.object = ${input.object} and m.undone_at is null
      and m.until > ${input.now} and s.deleted_at is null and ${within(input.fence, sql`s`)}
      ${input.survivorId ? sql`and m.survivor_id = ${input.survivorId}` : sql``}
      ${input.before ? sql`and m.id < ${input.before}` : sql``}
    order by m.id desc limit ${input.limit}`.execute(world.db);
  return rows;
}

/** Writes a merge; what belongs to the other record goes along by the triggers of its tables. */
export async function add(
  world: World,
  row: {
    id: string;
    object: Alike;
    survivor_id: string;
    other_id: string;
    other_name: string;
    kept: Record<string, unknown>;
    at: string;
    by_id: string;
    until: string;
  },
): Promise<void> {
  await world.db
    .insertInto('merges')
    .values({
      ...row,
      workspace_id: world.workspaceId,
      kept: JSON.stringify(row.kept),
    })
    .execute();
}

/** Marks a merge that stands as undone; what went along goes back by the same triggers. False where it was undone. */
export async function undo(world: World, id: string, at: string, by: string): Promise<boolean> {
  const done = await world.db
    .updateTable('merges')
    .set({ undone_at: at, undone_by: by })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) > 0;
}

const counted: Record<Alike, Record<string, string>> = {
  customer: {
    contacts: 'customer_id',
    activities: 'customer_id',
    deals: 'customer_id',
    orders: 'customer_id',
    leads: 'customer_id',
    tasks: 'customer_id',
  },
  contact: { activities: 'contact_id', deals: 'contact_id', orders: 'contact_id', tasks: 'about_id' },
  lead: { activities: 'lead_id', tasks: 'about_id' },
};

/** How many records would go along, by kind; those in the bin left out. */
export async function countMoves(world: World, object: Alike, id: string): Promise<Record<string, number>> {
  const parts = Object.entries(counted[object]).map(
    ([table, column]) => sql`select ${sql.lit(table)} as place, count(*)::int as n from ${sql.table(table)}
      where workspace_id = ${world.workspaceId} and ${sql.ref(column)} = ${id} and deleted_at is null`,
  );
  const said = ['comments', 'files'].map(
    table => sql`select ${sql.lit(table)}, count(*)::int from ${sql.table(table)}
      where workspace_id = ${world.workspaceId} and object_type = ${object} and object_id = ${id}
        and deleted_at is null`,
  );
  const { rows } = await sql<{ place: string; n: number }>`
    ${sql.join([...parts, ...said], sql` union all `)}`.execute(world.db);
  return Object.fromEntries(rows.map(row => [row.place, row.n]));
}
