// Of words that many have the latest are looked up first, day by day; nothing is lost or doubled on the way back.
import { type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keyNumber } from '../folding.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let rep: Client;
let other: Client;
let admin: Client;

const titles = async (client: Client, q: string, limit = 6) =>
  (await client.get(`/search?q=${q}&object=customer&limit=${limit}`)).body.groups.flatMap(
    (group: { items: { title: string }[] }) => group.items.map(item => item.title),
  );

// More of the first word than are looked up at once because it is rare.
const many = 400;
const most = 1_700;
const hour = 3_600_000;
let whole: string[];
let mine: Set<string>;
// Of the second word more than are looked up at once, few of them in the days looked up first.
const throng = Array.from({ length: most }, (_, n) => `Quxmoor ${n}`);
const ours = throng.filter((_, n) => n % 3 === 0);
// Of the third as many as of the first, but none of these days; of the fourth so few that one look finds them.
const old = Array.from({ length: many }, (_, n) => `Jaxmoor ${n}`);
const few = Array.from({ length: 20 }, (_, n) => `Zuxmoor ${n}`);

beforeAll(async () => {
  test = await openTest();
  [rep, other, admin] = [await test.as('rep'), await test.as('rep2'), await test.as('administrator')];
  // From the day after tomorrow back to four months ago, ever further apart; every third is the rep's.
  await add('Wexmoor', many, sql`n * n * interval '22 minutes'`);
  await add(
    'Quxmoor',
    most,
    sql`interval '2 days' + case when n < 3 then n * interval '6 hours' when n < 5 then n * interval '20 hours'
      when n < 12 then n * interval '30 hours' else interval '25 days' + n * interval '1 hour' end`,
  );
  await add('Jaxmoor', many, sql`interval '60 days' + n * interval '5 hours'`);
  await add('Zuxmoor', few.length, sql`n * interval '40 hours'`);
  whole = Array.from({ length: many }, (_, n) => `Wexmoor ${n}`);
  mine = new Set(whole.filter((_, n) => n % 3 === 0));
});
afterAll(() => test.close());

/** So many of that name, each so long before the day after tomorrow. */
async function add(name: string, count: number, before: RawBuilder<unknown>): Promise<void> {
  const [own, theirs] = [await id(rep), await id(other)];
  const parts = Array.from({ length: name.length - 2 }, (_, i) => name.toLowerCase().slice(i, i + 3));
  await sql`with made as (
      insert into customers (workspace_id, id, name, name_key, name_sort, stage, owner_id, team_id, created_at, updated_at)
      select p.workspace_id, gen_random_uuid(), ${name} || ' ' || n, ${name} || ' ' || n, ${name} || ' ' || n, 'new', p.id,
        p.team_id, now(), ${new Date(test.world.now() + 48 * hour)}::timestamptz - (${before})
      from generate_series(0, ${count - 1}) n
      join people p on p.id = case when n % 3 = 0 then ${own}::uuid else ${theirs}::uuid end
      returning workspace_id, id, name)
    insert into customer_keys (workspace_id, id, keys)
    select workspace_id, id, hashed(array(select right(workspace_id::text, 4) || 'n' || k
      from unnest(${parts}::text[]) k)) from made`.execute(test.world.db);
}
const id = async (client: Client) => (await client.get('/session')).body.user.id as string;
const listed = async (client: Client, q: string, limit = 7) => {
  const seen: string[] = [];
  let after = '';
  do {
    const { body } = await client.get(`/customers?q=${q}&limit=${limit}${after}`);
    seen.push(...body.items.map((row: { name: string }) => row.name));
    after = body.next ? `&after=${body.next}` : '';
  } while (after);
  return seen;
};

// Of several keys the latest days tell whether they are rare together; a single one in no statistics is tried at once.
it.each(['wexmoor', 'wex'])('and are the latest, whosever they are (%s)', async q => {
  expect(await titles(admin, q)).toEqual(whole.slice(0, 6));
  expect(await titles(rep, q)).toEqual([...mine].slice(0, 6));
});

it.each(['wexmoor', 'wex'])('page by page, until all have been there once (%s)', async q => {
  expect(await listed(admin, q)).toEqual(whole);
  expect(await listed(rep, q)).toEqual([...mine]);
  // The other one is of another team.
  expect(await listed(await test.as('manager'), q)).toEqual([...mine]);
  expect(await titles(await test.as('manager'), q)).toEqual([...mine].slice(0, 6));
});

it.each(['quxmoor', 'qux'])('also where there are too many to look all up (%s)', async q => {
  expect(await titles(admin, q, 20)).toEqual(throng.slice(0, 20));
  expect(await titles(rep, q)).toEqual(ours.slice(0, 6));
  expect(await listed(admin, q, 100)).toEqual(throng);
  expect(await listed(rep, q, 100)).toEqual(ours);
});

it.each([
  { q: 'jaxmoor', names: old },
  { q: 'jax', names: old },
  { q: 'zuxmoor', names: few },
  { q: 'zux', names: few },
])('also where they are of long ago, or few ($q)', async ({ q, names }) => {
  const own = names.filter((_, n) => n % 3 === 0);
  expect(await titles(admin, q)).toEqual(names.slice(0, 6));
  expect(await titles(rep, q)).toEqual(own.slice(0, 6));
  expect(await listed(admin, q)).toEqual(names);
  expect(await listed(rep, q)).toEqual(own);
});

it('and further back where the latest are gone or somebody else’s', async () => {
  const { db } = test.world;
  await sql`update customers set deleted_at = now() where name like 'Wexmoor %' and updated_at > now() - interval '30 days'`.execute(
    db,
  );
  const { rows } = await sql<{
    name: string;
  }>`select name from customers where name like 'Wexmoor %' and deleted_at is null
    order by updated_at desc`.execute(db);
  const left = rows.map(row => row.name);
  expect(left.length).toBeLessThan(many - 30);
  const theirs = left.filter(name => mine.has(name));
  for (const q of ['wexmoor', 'wex']) {
    expect(await titles(admin, q)).toEqual(left.slice(0, 6));
    expect(await listed(admin, q)).toEqual(left);
    expect(await titles(rep, q)).toEqual(theirs.slice(0, 6));
  }
  await sql`update customers set owner_id = ${await id(admin)} where name = ${left.at(-1)}`.execute(db);
  for (const q of ['wexmoor', 'wex'])
    expect(await titles(admin, q)).toEqual([left.at(-1), ...left.slice(0, 5)]);
});

it.each([
  '2026-11-23T08:00:00.000Z',
  '2026-11-22T23:59:59.999Z',
  '2026-11-24T00:00:00.000Z',
  '1969-12-31T12:00:00.000Z',
  '1969-12-29T23:59:59.999Z',
])('by marks that the server makes as the database does (%s)', async at => {
  const own = await id(rep);
  const marks = async (owner: string | null, team: string | null) =>
    (
      await sql<{ marks: number[] }>`select marks_of(${owner}::uuid, ${team}::uuid, ${at}) as marks`.execute(
        test.world.db,
      )
    ).rows[0]?.marks;
  const day = Math.floor(Date.parse(at) / 172_800_000);
  const [days, whose, team] = [`o${day}`, 'o', 't'].map(kind => keyNumber(kind + own));
  expect(await marks(own, own)).toEqual([day, days, whose, team]);
  expect(await marks(null, own)).toEqual([day, team]);
  expect(await marks(own, null)).toEqual([day, days, whose]);
});

/** What the finder says of a word of three letters to one who sees all, his own first, whatever it is told about its frequency. */
async function met(word: string, first: Client, told: { rare: boolean; several: boolean }) {
  const [own, at] = [await id(first), new Date(test.world.now()).toISOString()];
  const key = keyNumber(`${test.world.workspaceId.slice(-4)}n${word}`);
  const now = Math.floor(Date.parse(at) / 172_800_000);
  const days = Array.from({ length: 11 }, (_, n) => keyNumber(`o${now - 9 + n}${own}`));
  const { rows } = await sql<{ id: string | null; owner_id: string; at: string | null }>`
    select f.id, f.owner_id, f.at::text from customers_newest(${[key]}::integer[], null, null, null, null, null, ${own}, null, null,
      null, ${keyNumber(`o${own}`)}, ${days}::integer[], null, ${at}, null, 6, 6000, ${told.rare}, ${told.several}) f
    order by (f.owner_id = ${own}) is true desc, f.at desc`.execute(test.world.db);
  return {
    ids: rows.flatMap(row => row.id ?? []).slice(0, 6),
    plenty: rows.some(row => row.id === null && row.at === 'infinity'),
    crowd: rows.some(row => row.id === null && row.at === null),
  };
}

it.each([
  { rare: false, several: false },
  { rare: true, several: false },
  { rare: true, several: true },
])('whatever is thought of how rare they are ($rare, $several)', async told => {
  for (const who of [rep, admin]) {
    const own = await id(who);
    for (const [word, plenty] of [
      ['qux', told.rare],
      ['jax', told.rare],
      ['zux', false],
      ['yyy', false],
    ] as const) {
      const { rows } = await sql<{
        id: string;
      }>`select id from customers where name ilike ${`${word}moor %`}
        and deleted_at is null order by (owner_id = ${own}) is true desc, updated_at desc limit 6`.execute(
        test.world.db,
      );
      expect(rows).toHaveLength(word === 'yyy' ? 0 : 6);
      expect(await met(word, who, told)).toEqual({ ids: rows.map(row => row.id), plenty, crowd: false });
    }
  }
});

it('and once it is known that they are many, they are the same', async () => {
  const owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  await owner.query('analyze customer_keys');
  await owner.end();
  // What is known of frequencies is asked for anew.
  test.turn(301_000);
  for (let time = 0; time < 3; time++) {
    expect(await titles(admin, 'qux', 20)).toEqual(throng.slice(0, 20));
    expect(await titles(rep, 'jax')).toEqual(old.filter((_, n) => n % 3 === 0).slice(0, 6));
    expect(await titles(admin, 'zux')).toEqual(few.slice(0, 6));
  }
});

it('and what belongs to a customer is found by his name, however often one asks, unless a crowd is called so', async () => {
  const ordered = async (name: string) => {
    const { rows } = await sql<{ id: string }>`select id from customers where name = ${name}`.execute(
      test.world.db,
    );
    const made = await admin.post('/orders', {
      kind: 'quote',
      customerId: rows[0]?.id,
      lines: [],
      title: 'Anvils',
    });
    expect(made.status).toBe(201);
    return made.body.id as string;
  };
  const [rare, crowd] = [await ordered('Zuxmoor 7'), await ordered('Quxmoor 7')];
  const found = async (q: string) =>
    (await admin.get(`/search?q=${q}`)).body.groups
      .filter((group: { object: string }) => group.object === 'order')
      .flatMap((group: { items: { id: string }[] }) => group.items.map(item => item.id));
  for (let time = 0; time < 3; time++) {
    expect(await found('zuxmoor')).toEqual([rare]);
    expect(await found('quxmoor')).toEqual([]);
  }
  // A list leaves nothing out.
  const { body } = await admin.get('/orders?q=quxmoor');
  expect(body.items.map((row: { id: string }) => row.id)).toEqual([crowd]);
});
