// Search by keys: picks what is cheaper, the index of keys or reading along the list's order until the page is full.
import { type RawBuilder, sql } from 'kysely';
import type { World } from '../world.ts';
import { kept } from './kept-plans.ts';

export type KeyTable =
  | 'activity_keys'
  | 'customer_keys'
  | 'contact_keys'
  | 'deal_keys'
  | 'lead_keys'
  | 'order_keys'
  | 'task_keys';

type Finder = { name: string; keys: 'text[]' | 'integer[]' };

const finders: Record<KeyTable, Finder> = {
  activity_keys: { name: 'activities_with', keys: 'integer[]' },
  customer_keys: { name: 'customers_with', keys: 'text[]' },
  contact_keys: { name: 'contacts_with', keys: 'text[]' },
  deal_keys: { name: 'deals_with', keys: 'text[]' },
  lead_keys: { name: 'leads_with', keys: 'text[]' },
  order_keys: { name: 'orders_with', keys: 'text[]' },
  task_keys: { name: 'tasks_with', keys: 'text[]' },
};

type Known = { total: number; share: number; until: number };

const keepFor = 60_000;
/** So many rows are looked up in no time. */
const few = 500;
const most = 5_000;
const known = new WeakMap<object, Map<string, Known>>();

/**
 * How many rows of the table the ways together are expected to meet, and of how many; from the statistics that ANALYZE
 * keeps, which are asked at most once a minute for a key.
 */
async function expected(
  world: World,
  table: KeyTable,
  ways: string[][],
): Promise<{ rows: number; total: number }> {
  const memory = known.get(world.databases) ?? new Map<string, Known>();
  known.set(world.databases, memory);
  if (memory.size > most) memory.clear();
  const wanted = [...new Set(ways.flat())];
  const now = world.now();
  const missing = wanted.filter(key => !((memory.get(`${table} ${key}`)?.until ?? 0) > now));
  if (missing.length > 0) {
    const { rows } = await sql<{ total: number; key: string; share: number }>`
      select total, key, share from key_shares(${table}, ${missing}::text[])`.execute(world.db);
    for (const { key, total, share } of rows)
      memory.set(`${table} ${key}`, { total, share, until: now + keepFor });
  }
  let rows = 0;
  let total = 0;
  for (const way of ways) {
    const shares = way.map(key => memory.get(`${table} ${key}`));
    total = shares[0]?.total ?? total;
    rows += Math.min(...shares.map(entry => entry?.share ?? 0)) * total;
  }
  return { rows, total };
}

/** The ids that the index of keys finds. */
function looked(table: KeyTable, ways: string[][]): RawBuilder<unknown> {
  const finder = sql.raw(finders[table].name);
  const type = sql.raw(finders[table].keys);
  const looks: RawBuilder<unknown>[] = [];
  for (let i = 0; i < ways.length; i += 3) {
    const [a, b, c] = ways.slice(i, i + 3);
    looks.push(sql`select ${finder}(${a ?? null}::${type}, ${b ?? null}::${type}, ${c ?? null}::${type})`);
  }
  return sql.join(looks, sql` union all `);
}

/**
 * The condition that looks `ways` up in the index of keys, or null where so many rows meet them that
 * reading along the list's order finds a page sooner. Reading along costs about total / rows for each row of the page,
 * the index about the same for each row that meets the keys: the two are even at rows² = 36 × total (measured).
 */
export async function byKeys(
  world: World,
  table: KeyTable,
  id: RawBuilder<unknown>,
  ways: string[][],
): Promise<RawBuilder<boolean> | null> {
  if (ways.length === 0) return null;
  const { rows, total } = await expected(world, table, ways);
  if (rows * rows > 36 * total) return null;
  // As an array, so that the index of keys is always read first: of a few thousand rows the planner would rather read all.
  return sql`${id} = any(array(${looked(table, ways)}))`;
}

/**
 * The same for records that are found by the keys of what they belong to as well: `of` makes their ids of the ids found
 * there. Reckoned as if they were spread evenly over what they belong to.
 */
export async function byKeysOrThose(
  world: World,
  own: { table: KeyTable; id: RawBuilder<unknown>; ways: string[][] },
  those: { table: KeyTable; ways: string[][]; of: (ids: RawBuilder<unknown>) => RawBuilder<unknown> },
): Promise<RawBuilder<boolean> | null> {
  if (those.ways.length === 0) return byKeys(world, own.table, own.id, own.ways);
  if (own.ways.length === 0) return null;
  const [first, second] = [
    await expected(world, own.table, own.ways),
    await expected(world, those.table, those.ways),
  ];
  const rows = first.rows + (second.rows / Math.max(1, second.total)) * first.total;
  // All of those must be looked up, however few of them lead to a row: of few rows it is quicker to read all.
  if (rows * rows > 36 * first.total || second.rows > Math.max(few, first.total)) return null;
  return sql`${own.id} = any(array(${looked(own.table, own.ways)} union all ${those.of(looked(those.table, those.ways))}))`;
}

/** Whether more rows than that have all of these keys, by looking: where statistics do not tell keys apart. */
export async function areCommon(
  world: World,
  table: KeyTable,
  keys: string[],
  most: number,
): Promise<boolean> {
  const { name, keys: type } = finders[table];
  const { rows } = await sql<{ count: number }>`${kept}select count(*)::int as count from (
    select ${sql.raw(name)}(${keys}::${sql.raw(type)}, null, null) limit ${sql.raw(String(most + 1))}) found`.execute(
    world.db,
  );
  return (rows[0]?.count ?? 0) > most;
}

/** What a search text asks of a record with the columns name, name_sort, phone_digits and email; any of it will do. */
export type Texts = {
  /** Folded: NFKC, lower case, without space; anywhere in the name. */
  name: string | null;
  /** A sort key that the name begins with. */
  namePrefix: string | null;
  digits: string | null;
  emailPart: string | null;
  /** Keys of names that sound so; a record has all of any of these sets. */
  sounds: string[][];
};

/** The condition for the table that goes by `t`, whose records are called by `name`; none where nothing is asked. */
export function textConditions(
  t: RawBuilder<unknown>,
  table: KeyTable,
  texts: Texts,
  name = sql`${t}.name`,
): RawBuilder<boolean>[] {
  const any: RawBuilder<boolean>[] = [];
  if (texts.name)
    any.push(sql`position(${texts.name} in replace(lower(normalize(${name}, NFKC)), ' ', '')) > 0`);
  if (texts.namePrefix)
    any.push(
      sql`(${t}.name_sort >= ${texts.namePrefix}::text and ${t}.name_sort < ${`${texts.namePrefix}\u{10ffff}`}::text)`,
    );
  if (texts.digits) any.push(sql`position(${texts.digits} in ${t}.phone_digits) > 0`);
  if (texts.emailPart) any.push(sql`position(${texts.emailPart} in ${t}.email) > 0`);
  if (texts.sounds.length > 0) {
    const all = texts.sounds.map(way => sql`k.keys @> ${way}::text[]`);
    // One look for each row that is read along: an `exists` would be made of all keys there are, a second at a million.
    any.push(sql`(select ${sql.join(all, sql` or `)} from ${sql.table(table)} k
      where k.workspace_id = ${t}.workspace_id and k.id = ${t}.id)`);
  }
  return any.length === 0 ? [] : [sql`(${sql.join(any, sql` or `)})`];
}
