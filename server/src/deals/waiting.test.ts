// L46 What waits for one is read along an index of what is open, however much was closed.
import { type KyselyPlugin, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTest, type Test } from '../testing/harness.ts';
import { planned } from '../testing/plans.ts';
import { worldOf } from '../world.ts';
import { waiting } from './waiting.ts';

let test: Test;
const closed = 5_000;
beforeAll(async () => {
  test = await openTest();
  const rep = await test.as('rep');
  const { body: customer } = await rep.post('/customers', { name: 'Wherrystead Mills' });
  // The stages there are from the beginning are made when somebody asks.
  await rep.get('/pipelines');
  const { db } = test.world;
  const made = (count: number, from: number, kind: 'won' | 'open') => sql`
    insert into deals (workspace_id, id, title, customer_id, pipeline_id, stage_id, kind, currency, owner_id, team_id,
      expected_on, stage_since, created_at, updated_at)
    select c.workspace_id, gen_random_uuid(), ${kind} || ' ' || n, c.id, s.pipeline_id, s.id, s.kind, 'CNY', c.owner_id, c.team_id,
      date '2020-01-01' + n % 1500, now() - interval '1 hour', now(), now()
    from generate_series(${from}::int, ${from + count - 1}::int) n, customers c,
      (select * from deal_stages where kind = ${kind} order by position limit 1) s
    where c.id = ${customer.id}`;
  await made(closed, 0, 'won').execute(db);
  await made(400, closed, 'open').execute(db);
  const owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  await owner.query('vacuum analyze deals');
  await owner.end();
});
afterAll(() => test.close());

it('L46 among thousands that are closed', async () => {
  const world = worldOf(test.installation, test.world.workspaceId);
  const texts: { sql: string; parameters: readonly unknown[] }[] = [];
  const overhearing: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      texts.push(world.db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const me = { id: test.people.rep, role: 'rep', teamId: null };
  const by = { me, visitor: {}, reach: 'own', action: 'read' } as unknown as Parameters<typeof waiting>[2];
  const heard = { ...world, db: world.db.withPlugin(overhearing) };
  const { items, more } = await waiting(heard, { day: '2026-11-23', limit: 30 }, by);
  expect(items.map(item => item.title)).toEqual(items.map(item => `open ${item.title.slice(5)}`));
  expect([items.length, more]).toEqual([30, true]);
  const [page] = texts.filter(({ sql: text }) => text.includes('from deals d'));
  if (!page) throw new Error('no deals were asked for');
  const read = await planned(world, page, true);
  const ofDeals = read.filter(node => node['Relation Name'] === 'deals');
  expect(ofDeals.map(node => [node['Index Name'], node['Actual Rows']])).toEqual([
    ['deals_owner_expected_open', 31],
  ]);
});
