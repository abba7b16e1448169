// Search by keys: picks what is cheaper, the index of keys or reading along the list's order until the page is full.
import { type RawBuilder, sql } from 'kysely';
import type { World } from '../world.ts';
import { kept } from './kept-plans.ts';
import { behind, type Order, ordered, type Place } from './keyset.ts';

export type KeyTable =
  | 'activity_keys'
  | 'customer_keys'
  | 'contact_keys'
  | 'deal_keys'
  | 'lead_keys'
  | 'order_keys'
  | 'task_keys';

type Finder = { records: string; keys: 'text[]' | 'integer[]' };

const finders: Record<KeyTable, Finder> = {
  activity_keys: { records: 'activities', keys: 'integer[]' },
  customer_keys: { records: 'customers', keys: 'text[]' },
  contact_keys: { records: 'contacts', keys: 'text[]' },
  deal_keys: { records: 'deals', keys: 'text[]' },
  lead_keys: { records: 'leads', keys: 'text[]' },
  order_keys: { records: 'orders', keys: 'text[]' },
  task_keys: { records: 'tasks', keys: 'text[]' },
};

type Known = { total: number; share: number; until: number };

const keepFor = 60_000;
/** So many rows are looked up in no time. */
const few = 500;
const most = 5_000;
const known = new WeakMap<object, Map<string, Known>>();

/**
 * How many rows of the table the ways together are expected to meet at most, how many are likely (between keys that
 * always come together and keys that have nothing to do with each other), and of how many; from the statistics that
 * ANALYZE keeps, which are asked at most once a minute for a key.
 */
async function expected(
  world: World,
  table: KeyTable,
  ways: string[][],
): Promise<{ rows: number; likely: number; total: number }> {
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
  let likely = 0;
  let total = 0;
  for (const way of ways) {
    const entries = way.map(key => memory.get(`${table} ${key}`));
    total = entries[0]?.total ?? total;
    const shares = entries.map(entry => entry?.share ?? 0);
    const least = Math.min(...shares);
    rows += least * total;
    likely += Math.sqrt(least * shares.reduce((product, share) => product * share, 1)) * total;
  }
  return { rows, likely, total };
}

/** The arguments of looks into the index of keys, three ways at a time. */
function threes(table: KeyTable, ways: string[][]): RawBuilder<unknown>[] {
  const type = sql.raw(finders[table].keys);
  const looks: RawBuilder<unknown>[] = [];
  for (let i = 0; i < ways.length; i += 3) {
    const [a, b, c] = ways.slice(i, i + 3);
    looks.push(sql`${a ?? null}::${type}, ${b ?? null}::${type}, ${c ?? null}::${type}`);
  }
  return looks;
}

/** The ids that the index of keys finds. */
function looked(table: KeyTable, ways: string[][]): RawBuilder<unknown> {
  const finder = sql.raw(`${finders[table].records}_with`);
  return sql.join(
    threes(table, ways).map(keys => sql`select ${finder}(${keys})`),
    sql` union all `,
  );
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

/** What to look up in an index of keys. */
export type Keyed = { table: KeyTable; ways: string[][] };

/** Looking so many rows up costs what reading along does where so many of a million meet the keys (measured). */
const worth = 4_000;

/** The place of what keys found: when it was last touched. */
const newestFirst: Order<never> = {
  name: 'newest',
  column: sql`f.at`,
  type: 'time',
  descending: true,
  valueIn: () => '',
};

/** `along`: so many have these keys that reading along the list finds a page sooner. */
export type Met = { kind: 'ids'; ids: string[]; all: boolean } | { kind: 'along' };

/**
 * The ids of what has all keys of any way, put into order and held to a fence (a condition on `f` with the columns id,
 * owner_id and team_id) by what stands beside the keys, before a record is read. With `want` the newest of them alone,
 * first those of the person named; `all` says whether these are all there are.
 */
export async function newestBy(
  world: World,
  { table, ways }: Keyed,
  input: {
    fence: RawBuilder<boolean>;
    want?: number | undefined;
    place?: Place | null;
    first?: string | undefined;
  },
): Promise<Met> {
  const { likely } = await expected(world, table, ways);
  if (likely > worth) return { kind: 'along' };
  const finder = sql.raw(`${finders[table].records}_found`);
  const most = sql.raw(String(worth + 1));
  const looks = threes(table, ways).map(keys => sql`select * from ${finder}(${keys}, ${most})`);
  const those = [sql`f.live`, input.fence];
  if (input.place) those.push(behind(newestFirst, sql`f.id`, input.place));
  const first = input.first ? sql`(f.owner_id = ${input.first}) is true desc, ` : sql``;
  const cut = input.want === undefined ? sql`` : sql`limit ${sql.raw(String(input.want))}`;
  const { rows } = await sql<{ met: number; ids: string[] }>`${kept}with found as materialized (
      ${sql.join(looks, sql` union `)}
    ) select (select count(*)::integer from found) as met, array(select f.id from found f where ${sql.join(those, sql` and `)}
      order by ${first}${ordered(newestFirst, sql`f.id`)} ${cut}) as ids`.execute(world.db);
  const { met = 0, ids = [] } = rows[0] ?? {};
  if (met > worth) return { kind: 'along' };
  return { kind: 'ids', ids, all: ids.length !== input.want };
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
