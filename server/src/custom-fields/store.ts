// All SQL of the fields that a workspace adds, and of their values within other tables.
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';
import type { Asked, Field, Value } from './rules.ts';

export type FieldRow = Selectable<Database['custom_fields']>;

/** All fields, archived ones included, in their order. */
export async function all(world: World): Promise<FieldRow[]> {
  return world.db
    .selectFrom('custom_fields')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .orderBy('object')
    .orderBy('position')
    .orderBy('id')
    .execute();
}

/** The same of one object, held so that two who add fields do not take the same key. */
export async function hold(world: World, object: string): Promise<FieldRow[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${world.workspaceId} custom-fields`}, 0))`.execute(
    world.db,
  );
  return (await all(world)).filter(row => row.object === object);
}

export async function insert(world: World, row: Omit<FieldRow, 'version' | 'archived_at'>): Promise<void> {
  await world.db
    .insertInto('custom_fields')
    .values({ ...row, options: JSON.stringify(row.options) })
    .execute();
}

export async function update(
  world: World,
  id: string,
  set: Partial<
    Pick<FieldRow, 'label' | 'label_other' | 'required' | 'position' | 'archived_at' | 'options' | 'indexed'>
  >,
  at: string,
): Promise<void> {
  const { options, ...rest } = set;
  await world.db
    .updateTable('custom_fields')
    .set(eb => ({
      ...rest,
      ...(options === undefined ? {} : { options: JSON.stringify(options) }),
      updated_at: at,
      version: eb('version', '+', 1),
    }))
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/**
 * Makes the indexes by which lists are sorted; writes to the table wait meanwhile, about two seconds for a million. False
 * where the table has as many as it may, or nobody would let it in.
 */
export async function index(world: World, table: string, key: string): Promise<boolean> {
  const { rows } = await sql<{ made: boolean }>`select index_custom_field(${table}, ${key}) as made`.execute(
    world.db,
  );
  return rows[0]?.made === true;
}

/** What stands for no value in an order: it comes last, whichever way. */
export const last = '\u{10ffff}';

/** The column that a list is sorted by. */
export const sortColumn = (t: RawBuilder<unknown>, key: string): RawBuilder<unknown> =>
  sql`coalesce(${t}.custom_sort->>${sql.lit(key)}, chr(1114111)) collate "C"`;

/** The condition that there is a value. */
export const filled = (t: RawBuilder<unknown>, key: string): RawBuilder<boolean> =>
  sql`${t}.custom_sort->>${sql.lit(key)} is not null`;

/** The condition that a text of one of these fields begins so; `q` is folded. */
export const begun = (t: RawBuilder<unknown>, keys: string[], q: string): RawBuilder<boolean> =>
  sql`(${sql.join(
    keys.map(
      key =>
        sql`starts_with(regexp_replace(lower(normalize(${t}.custom->>${sql.lit(key)}, NFKC)), '\\s+', '', 'g'), ${q})`,
    ),
    sql` or `,
  )})`;

/** The conditions on `t.custom` that `asked` means; every key in it is one of a field. */
export function conditionsOf(
  fields: readonly Field[],
  asked: Asked,
  t: RawBuilder<unknown>,
): RawBuilder<boolean>[] {
  const all: RawBuilder<boolean>[] = [];
  for (const [key, wanted] of Object.entries(asked)) {
    const field = fields.find(one => one.key === key);
    if (!field) continue;
    const text = sql`(${t}.custom->>${sql.lit(key)})`;
    const numeric = field.kind === 'number' || field.kind === 'money';
    // Only a number is one: whatever else lay there would end the statement.
    const value = numeric
      ? sql`(case when jsonb_typeof(${t}.custom->${sql.lit(key)}) = 'number'
      then ${text}::numeric end)`
      : sql`${text} collate "C"`;
    const asValue = (one: Value) =>
      numeric ? sql`${String(Number(one))}::numeric` : sql`${String(one)}::text`;
    if (wanted === null) all.push(sql`${text} is null`);
    else if (Array.isArray(wanted))
      all.push(sql`${value} = any(${wanted.map(String)}::${sql.raw(numeric ? 'numeric[]' : 'text[]')})`);
    else if (typeof wanted !== 'object') all.push(sql`${value} = ${asValue(wanted)}`);
    else {
      if (wanted.from !== undefined) all.push(sql`${value} >= ${asValue(wanted.from)}`);
      if (wanted.to !== undefined) all.push(sql`${value} < ${asValue(wanted.to)}`);
      if (wanted.contains) all.push(sql`position(lower(${wanted.contains}::text) in lower(${text})) > 0`);
    }
  }
  return all;
}
