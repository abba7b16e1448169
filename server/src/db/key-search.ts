// Search by keys: picks what is cheaper, the index of keys or reading along the list's order until the page is full.
import { type RawBuilder, sql } from 'kysely';
import { keyNumber } from '../folding.ts';
import { moment, type World } from '../world.ts';
import { type Answer, askedAlone, asRows } from './asked-together.ts';
import { type Fence, within } from './fence.ts';
import { type Order, ordered, type Place } from './keyset.ts';

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
  /** What is not among them has no larger share than this. */
  least: number;
  /** What has been looked up in vain: more rows had it than are worth it. */
  crowded: Set<string>;
  /** Ways that have turned out not to be rare, and those that more than so many have. */
  plenty: Set<string>;
  until: number;
};

const keepFor = 300_000;
/** So many of what records belong to are looked up for a list, and for a mere glance. */
const few = 500;
const fewer = 100;
/** So few are looked up at once. */
const little = 100;
/** So few that keys coming together by chance would make them are thought to be rare. */
const hardlyAny = 20;
/** Where so few at most have the keys it is not worth looking at the latest days first. */
const fewToGather = 500;
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
  const { rows } = await sql<{ total: number; keys: (number | null)[]; shares: number[] }>`
    select total, keys, shares from common_keys(${table})`.execute(world.db);
  const { total = 0, keys = [], shares = [] } = rows[0] ?? {};
  // Behind the shares of keys stand those of the rarest, of the commonest and of none.
  const told = new Map(keys.flatMap((key, at) => (key === null ? [] : [[key, shares[at] ?? 0] as const])));
  const least = Math.min(1, ...told.values());
  const learned = { crowded: new Set<string>(), plenty: new Set<string>() };
  const fresh = { total, shares: told, least, ...learned, until: now + keepFor };
  memory.set(name, fresh);
  return fresh;
}

/**
 * How many rows the ways together are expected to meet, and for certain: keys may be common and never come together; how many
 * they meet at most, and how many if keys came together by chance.
 */
async function expected(
  world: World,
  table: KeyTable,
  ways: string[][],
): Promise<{ rows: number; certain: number; most: number; byChance: number; total: number }> {
  const { total, shares, least } = await commonIn(world, table);
  let rows = 0;
  let certain = 0;
  let most = 0;
  let byChance = 0;
  for (const way of numbered(table, ways)) {
    const told = Math.min(...way.map(key => shares.get(key) ?? 0)) * total;
    rows += told;
    const atMost = way.map(key => shares.get(key) ?? least);
    most += Math.min(...atMost) * total;
    byChance += atMost.reduce((product, share) => product * share, total);
    if (way.length === 1) certain = Math.max(certain, told);
  }
  return { rows, certain, most, byChance, total };
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

/** What such a share of all has is sooner read along than looked up, even a few days of it (measured). */
const common = 0.05;

/** The place of what keys found: when it was last touched. */
const newestFirst: Order<never> = {
  name: 'newest',
  column: sql`f.at`,
  type: 'time',
  descending: true,
  valueIn: () => '',
};

/** `along`: so many have these keys that reading along the list finds a page sooner. */
export type Met = { kind: 'ids'; ids: string[]; all: boolean; rows: unknown[] } | { kind: 'along' };

/** What of those found is asked for. */
export type Sought = {
  fence: Fence;
  /** What is open beyond the fence; a list of ids. */
  shared: RawBuilder<unknown> | null;
  /** So many of the newest; left out, all. */
  want?: number | undefined;
  place?: Place | null | undefined;
  /** Whose come first. */
  first?: string | undefined;
  glance?: boolean;
  /** Reads what the ids of a list lead to, in the same statement. */
  read?: ((ids: RawBuilder<unknown>) => RawBuilder<unknown>) | undefined;
};

/** How many ways the finders of the database take at a time. */
const atOnce = 6;

const twoDays = 172_800_000;

/** The marks of what is somebody's and was touched in the twenty days to that time or in the next two, as `marks_of` makes them. */
function ownDays(person: string, newest: number): number[] {
  const now = Math.floor(newest / twoDays);
  return Array.from({ length: 11 }, (_, at) => keyNumber(`o${now - 9 + at}${person}`));
}

/** What the finders of the database find: id, owner and time; a row without an id says that there is too much, or plenty. */
function met(
  world: World,
  { table, ways, rare, doubtful }: Keyed & { rare: boolean; doubtful: boolean },
  sought: Sought,
): RawBuilder<unknown> {
  const { fence, shared, want, place } = sought;
  const finder = sql.raw(`${records[table]}_newest`);
  const [owner, team] = [fence.kind === 'owner' ? fence.id : null, fence.kind === 'team' ? fence.id : null];
  const newest = place?.value ?? moment(world);
  const person = sought.first ?? owner;
  const days = person ? ownDays(person, Date.parse(newest)) : null;
  const looks: RawBuilder<unknown>[] = [];
  for (let i = 0; i < ways.length; i += atOnce) {
    const keys = numbered(table, ways.slice(i, i + atOnce));
    const six = Array.from({ length: atOnce }, (_, at) => sql`${keys[at] ?? null}::integer[]`);
    looks.push(sql`select * from ${finder}(${sql.join(six)}, ${sought.first ?? null}::uuid, ${owner}::uuid, ${team}::uuid,
      ${shared ?? sql`null`}::uuid[], ${person ? keyNumber(`o${person}`) : null}::integer, ${days}::integer[],
      ${team ? keyNumber(`t${team}`) : null}::integer, ${newest}::timestamptz, ${place?.id ?? null}::uuid,
      ${want ?? null}::integer, ${sql.raw(String(worth))}, ${rare}::boolean, ${doubtful}::boolean)`);
  }
  return sql.join(looks, sql` union `);
}

/** What belongs to those that have the keys, unless there are more of them than `some`. */
function belonging(
  world: World,
  table: KeyTable,
  those: NonNullable<Keyed['those']>,
  { fence, shared, place }: Sought,
  some: number,
): { theirs: RawBuilder<unknown>; found: RawBuilder<unknown>; throng: RawBuilder<unknown> } {
  const r = sql`r`;
  const finder = sql.raw(`${records[those.table]}_found`);
  const looks = threes(those.table, those.ways).map(
    keys => sql`select id from ${finder}(${keys}, ${sql.raw(String(some + 1))})`,
  );
  const reach = shared ? sql`(${within(fence, r)} or r.id = any(${shared}))` : within(fence, r);
  const below = place
    ? sql`and (r.updated_at, r.id) < (${place.value}::timestamptz, ${place.id}::uuid)`
    : sql``;
  const throng = sql`(select count(*) from theirs) > ${sql.raw(String(some))}`;
  return {
    theirs: sql`with theirs as materialized (${sql.join(looks, sql` union `)}) `,
    found: sql` union select r.id, r.owner_id, r.updated_at from ${sql.table(records[table])} r
      where r.workspace_id = ${world.workspaceId} and r.deleted_at is null and ${reach} ${below}
        and r.${sql.ref(those.column)} = any(array(select theirs.id from theirs)) and not ${throng}`,
    throng,
  };
}

/**
 * The ids of what has all keys of any way, put into order and held to a fence by what stands beside the keys, before a
 * record is read. With `want` the newest of them alone, first those of the person named, and no more is looked up than
 * that takes; `all` says whether these are all there are. What belongs to others that have the keys is found while those
 * are few; beyond that a mere glance leaves it out.
 */
export async function newestBy(world: World, keyed: Keyed, asked: Sought): Promise<Met> {
  const { table, ways, those } = keyed;
  const { fence, want } = asked;
  // Where one sees one's own alone, nobody else's comes behind it; and no page ends with a record of no time.
  const first = fence.kind === 'owner' && !asked.shared ? undefined : asked.first;
  const place = asked.place?.value === 'infinity' ? null : asked.place;
  const sought = { ...asked, first, place };
  if (fence.kind === 'none') return { kind: 'ids', ids: [], all: true, rows: [] };
  const { crowded, plenty } = await commonIn(world, table);
  const whose = sought.shared === null && 'id' in fence ? fence.id : '';
  const name = JSON.stringify([ways, those?.ways, want === undefined, whose]);
  const called = JSON.stringify(ways);
  const reckoned = await expected(world, table, ways);
  const rare = want !== undefined && !plenty.has(called) && isRare(reckoned);
  const doubtful = reckoned.most > fewToGather;
  const most = want === undefined ? worth : Math.max(worth, reckoned.total * common);
  if (crowded.has(name) || reckoned.certain > most) return { kind: 'along' };
  const some = sought.glance ? fewer : few;
  const theirs = those && (await theirsOf(world, those, some));
  if (theirs?.many && !sought.glance) return { kind: 'along' };
  const also = theirs && !theirs.many ? belonging(world, table, those, sought, some) : null;
  const own = first ? sql`(f.owner_id = ${first}) is true desc, ` : sql``;
  const cut = want === undefined ? sql`` : sql`[1:${sql.raw(String(want))}]`;
  const newest = sql`(select (array_agg(f.id order by ${own}${ordered(newestFirst, sql`f.id`)}) filter (where f.id is not null))${cut} as ids,
      min(case when f.id is not null then null when f.at is null then 'crowd' else 'plenty' end) as told
    from (${met(world, { ...keyed, rare, doubtful }, sought)}${also?.found ?? sql``}) f) newest`;
  const rows = asked.read ? asRows(asked.read(sql`(select unnest(newest.ids))`)) : sql`null::json`;
  const ask = world.ask ?? askedAlone(world);
  const row = await ask(
    sql<Answer>`${also?.theirs ?? sql``}select newest.told, ${also?.throng ?? sql`false`} as throng, newest.ids, ${rows} as rows from ${newest}`,
  );
  if (row?.told === 'plenty') keep(plenty, called);
  if (row?.throng) theirs?.learn();
  if (!row || row.told === 'crowd' || (row.throng && !sought.glance)) {
    keep(crowded, name);
    return { kind: 'along' };
  }
  const ids = row.ids ?? [];
  return { kind: 'ids', ids, all: ids.length !== want, rows: row.rows ?? [] };
}

/** What is learned is bounded, as anybody may ask for anything. */
function keep(learned: Set<string>, name: string): void {
  if (learned.size < 5_000) learned.add(name);
}

/** No statistics know the keys, or whatever has them is little: most likely one look finds it. */
const isRare = ({ rows, most, byChance }: Awaited<ReturnType<typeof expected>>): boolean =>
  rows === 0 || most <= little || (byChance <= hardlyAny && most <= worth);

/** Whether more than `some` of what records belong to have the keys, as far as one knows, and a way to learn it. */
async function theirsOf(world: World, { table, ways }: NonNullable<Keyed['those']>, some: number) {
  if (ways.length === 0) return undefined;
  const { plenty } = await commonIn(world, table);
  const called = `${some} ${JSON.stringify(ways)}`;
  const many = plenty.has(called) || (await expected(world, table, ways)).certain > some;
  return { many, learn: () => keep(plenty, called) };
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
