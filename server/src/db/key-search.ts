// Search by keys: picks what is cheaper, the index of keys or reading along the list's order until the page is full.
import { type RawBuilder, sql } from 'kysely';
import { keyNumber } from '../folding.ts';
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

const records: Record<KeyTable, string> = {
  activity_keys: 'activities',
  customer_keys: 'customers',
  contact_keys: 'contacts',
  deal_keys: 'deals',
  lead_keys: 'leads',
  order_keys: 'orders',
  task_keys: 'tasks',
};

/** Ways as their keys are kept; those of notes are numbers from the beginning. */
const numbered = (table: KeyTable, ways: string[][]): number[][] =>
  ways.map(way => way.map(table === 'activity_keys' ? Number : keyNumber));

/** How many rows a table of keys has, and what share of them each of its common keys. */
type Common = {
  total: number;
  shares: Map<number, number>;
  /** What has been looked up in vain: more rows had it than are worth it. */
  crowded: Set<string>;
  until: number;
};

const keepFor = 300_000;
/** So many of what records belong to are looked up for a list, and for a mere glance. */
const few = 500;
const fewer = 100;
const known = new WeakMap<object, Map<string, Common>>();

/** From the statistics that ANALYZE keeps, which are asked once in five minutes. */
async function commonIn(world: World, table: KeyTable): Promise<Common> {
  const memory = known.get(world.databases) ?? new Map<string, Common>();
  known.set(world.databases, memory);
  const name = `${world.workspaceId} ${table}`;
  const found = memory.get(name);
  const now = world.now();
  if (found && found.until > now) return found;
  if (memory.size > 200) memory.clear();
  const { rows } = await sql<{ total: number; keys: number[]; shares: number[] }>`
    select total, keys, shares from common_keys(${table})`.execute(world.db);
  const { total = 0, keys = [], shares = [] } = rows[0] ?? {};
  const told = new Map(keys.map((key, at) => [key, shares[at] ?? 0]));
  const fresh = { total, shares: told, crowded: new Set<string>(), until: now + keepFor };
  memory.set(name, fresh);
  return fresh;
}

/** How many rows the ways together are expected to meet at most, and for certain: keys may be common and never come together. */
async function expected(
  world: World,
  table: KeyTable,
  ways: string[][],
): Promise<{ rows: number; certain: number; total: number }> {
  const { total, shares } = await commonIn(world, table);
  let rows = 0;
  let certain = 0;
  for (const way of numbered(table, ways)) {
    const least = Math.min(...way.map(key => shares.get(key) ?? 0)) * total;
    rows += least;
    if (way.length === 1) certain = Math.max(certain, least);
  }
  return { rows, certain, total };
}

/** The arguments of looks into the index of keys, three ways at a time. */
function threes(table: KeyTable, ways: string[][]): RawBuilder<unknown>[] {
  const looks: RawBuilder<unknown>[] = [];
  for (let i = 0; i < ways.length; i += 3) {
    const [a, b, c] = numbered(table, ways.slice(i, i + 3));
    looks.push(sql`${a ?? null}::integer[], ${b ?? null}::integer[], ${c ?? null}::integer[]`);
  }
  return looks;
}

/** The ids that the index of keys finds. */
function looked(table: KeyTable, ways: string[][]): RawBuilder<unknown> {
  const finder = sql.raw(`${records[table]}_with`);
  return sql.join(
    threes(table, ways).map(keys => sql`select ${finder}(${keys})`),
    sql` union all `,
  );
}

/** What to look up in an index of keys: rows that have all keys of any of these ways. */
export type Keyed = {
  table: KeyTable;
  ways: string[][];
  /** Records are found as well by what they belong to: `column` names it in their table. */
  those?: { table: KeyTable; ways: string[][]; column: string };
};

/**
 * The condition that looks the ways up in the index of keys, or null where so many rows meet them that
 * reading along the list's order finds a page sooner. Reading along costs about total / rows for each row of the page,
 * the index about the same for each row that meets the keys: the two are even at rows² = 36 × total (measured).
 */
export async function byKeys(
  world: World,
  { table, ways, those }: Keyed,
  id: RawBuilder<unknown>,
): Promise<RawBuilder<boolean> | null> {
  if (ways.length === 0) return null;
  const own = await expected(world, table, ways);
  // As an array, so that the index of keys is always read first: of a few thousand rows the planner would rather read all.
  if (!those || those.ways.length === 0)
    return own.rows ** 2 > 36 * own.total ? null : sql`${id} = any(array(${looked(table, ways)}))`;
  // Reckoned as if they were spread evenly over what they belong to.
  const their = await expected(world, those.table, those.ways);
  const rows = own.rows + (their.rows / Math.max(1, their.total)) * own.total;
  // All of those must be looked up, however few of them lead to a row: of few rows it is quicker to read all.
  if (rows ** 2 > 36 * own.total || their.rows > Math.max(few, own.total)) return null;
  const belonging = sql`select r.id from ${sql.table(records[table])} r where r.workspace_id = ${world.workspaceId}
    and r.${sql.ref(those.column)} in (${looked(those.table, those.ways)})`;
  return sql`${id} = any(array(${looked(table, ways)} union all ${belonging}))`;
}

/** Looking so many rows up costs what reading along does where so many of a million meet the keys (measured). */
const worth = 6_000;

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

/** At most `most` rows found by keys, with what stands beside them. */
function met(table: KeyTable, ways: string[][], most: number): RawBuilder<unknown> {
  const finder = sql.raw(`${records[table]}_found`);
  const looks = threes(table, ways).map(
    keys => sql`select * from ${finder}(${keys}, ${sql.raw(String(most))})`,
  );
  return sql.join(looks, sql` union `);
}

/**
 * The ids of what has all keys of any way, put into order and held to a fence (a condition on `f` with the columns id,
 * owner_id and team_id) by what stands beside the keys, before a record is read. With `want` the newest of them alone,
 * first those of the person named; `all` says whether these are all there are. What belongs to others that have the keys
 * is found while those are few; beyond that a mere glance leaves it out.
 */
export async function newestBy(
  world: World,
  { table, ways, those }: Keyed,
  input: {
    fence: RawBuilder<boolean>;
    want?: number | undefined;
    place?: Place | null;
    first?: string | undefined;
    glance?: boolean;
  },
): Promise<Met> {
  const { crowded } = await commonIn(world, table);
  const name = JSON.stringify([ways, those?.ways]);
  if (crowded.has(name) || (await expected(world, table, ways)).certain > worth) return { kind: 'along' };
  const some = input.glance ? fewer : few;
  const tooMany = those && (await expected(world, those.table, those.ways)).certain > some;
  if (tooMany && !input.glance) return { kind: 'along' };
  const held = [sql`f.live`, input.fence];
  if (input.place) held.push(behind(newestFirst, sql`f.id`, input.place));
  const first = input.first ? sql`(f.owner_id = ${input.first}) is true desc, ` : sql``;
  const cut = input.want === undefined ? sql`` : sql`limit ${sql.raw(String(input.want))}`;
  const theirs =
    those?.ways.length && !tooMany
      ? sql`theirs as materialized (${met(those.table, those.ways, some + 1)}), `
      : null;
  const belonging = theirs
    ? sql` union select r.id, r.owner_id, r.team_id, r.updated_at, r.deleted_at is null
        from ${sql.table(records[table])} r where r.workspace_id = ${world.workspaceId}
          and r.${sql.ref(those?.column ?? '')} = any(array(select theirs.id from theirs))
          and (select count(*) from theirs) <= ${sql.raw(String(some))}`
    : sql``;
  const { rows } = await sql<{ met: number; theirs: number; ids: string[] }>`${kept}with ${theirs ?? sql``}
      found as materialized (${met(table, ways, worth + 1)}${belonging})
    select (select count(*)::integer from found) as met,
      ${theirs ? sql`(select count(*)::integer from theirs)` : sql`0`} as theirs,
      array(select f.id from found f where ${sql.join(held, sql` and `)}
        order by ${first}${ordered(newestFirst, sql`f.id`)} ${cut}) as ids`.execute(world.db);
  const [row] = rows;
  if (!row || row.met > worth || (row.theirs > some && !input.glance)) {
    if (crowded.size < 5_000) crowded.add(name);
    return { kind: 'along' };
  }
  return { kind: 'ids', ids: row.ids, all: row.ids.length !== input.want };
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
    const all = numbered(table, texts.sounds).map(way => sql`k.keys @> ${way}::integer[]`);
    // One look for each row that is read along: an `exists` would be made of all keys there are, a second at a million.
    any.push(sql`(select ${sql.join(all, sql` or `)} from ${sql.table(table)} k
      where k.workspace_id = ${t}.workspace_id and k.id = ${t}.id)`);
  }
  return any.length === 0 ? [] : [sql`(${sql.join(any, sql` or `)})`];
}
