// L46 Every list of customers is read along an index and stops with the page, for every order, reach and direction.
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fence } from '../db/fence.ts';
import { isParticular, placeOf } from '../db/keyset.ts';
import { pageStatement } from '../db/records.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { type Plan, planned } from '../testing/plans.ts';
import { worldOf } from '../world.ts';
import { conditionsOf } from './filters.ts';
import * as store from './store.ts';

const count = 30_000;
let test: Test;
let administrator: Client;
const fences: Record<string, Fence> = {};

beforeAll(async () => {
  test = await openTest();
  administrator = await test.as('administrator');
  const { db, workspaceId } = test.world;
  // Two hundred owners in twenty teams, names of some twenty thousand kinds, a third of them planned.
  await sql`insert into teams select ${workspaceId}, ('00000000-0000-7000-8000-0000000000' || lpad(i::text, 2, '0'))::uuid,
      'team ' || i from generate_series(0, 19) i`.execute(db);
  await sql`insert into customers (workspace_id, id, name, name_key, name_sort, stage, owner_id, team_id,
      next_follow_up_at, created_at, updated_at)
    select ${workspaceId}, gen_random_uuid(), name, name, name,
      (array['new', 'contacted', 'interested', 'won', 'lost'])[1 + i % 5],
      ('00000000-0000-7000-9000-000000000' || lpad((i % 200)::text, 3, '0'))::uuid,
      ('00000000-0000-7000-8000-0000000000' || lpad((i % 20)::text, 2, '0'))::uuid,
      case when i % 3 = 0 then timestamptz '2030-01-01' + i * interval '1 minute' end,
      timestamptz '2024-01-01' + (i::bigint * 7919 % ${count}::int) * interval '10 minutes',
      timestamptz '2025-01-01' + (i::bigint * 104729 % ${count}::int) * interval '10 minutes'
    from (select i, '客户' || (i * 31 % 20000) || '有限公司' as name from generate_series(1, ${count}::int) i) s`.execute(
    db,
  );
  await sql`insert into customer_keys select workspace_id, id,
      hashed(array(select distinct right(workspace_id::text, 4) || 'n' || substr(name, g, 2) from generate_series(1, length(name) - 1) g))
    from customers`.execute(db);
  const owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  await owner.query('vacuum analyze customers');
  await owner.query('vacuum analyze customer_keys');
  await owner.query('vacuum analyze people');
  await owner.end();
  fences.all = { kind: 'all' };
  fences.own = { kind: 'owner', id: '00000000-0000-7000-9000-000000000007' };
  fences.team = { kind: 'team', id: '00000000-0000-7000-8000-000000000007' };
});
afterAll(() => test.close());

async function planOf(fence: Fence, filters: object, sort: string, cursor?: string): Promise<Plan[]> {
  const world = worldOf(test.installation, test.world.workspaceId);
  const order = store.shape.orders[sort];
  if (!order) throw new Error(`no order ${sort}`);
  const conditions = conditionsOf(world.workspaceId, filters, { id: test.people.rep, role: 'rep' });
  const place = cursor ? placeOf(order, cursor) : null;
  const statement = pageStatement(world, store.shape, fence, {
    conditions: await store.filtered(world, conditions),
    deleted: conditions.deleted,
    particular: isParticular(conditions, sort),
    order,
    place,
    limit: 51,
  });
  return planned(world, statement.compile(world.db), !isParticular(conditions, sort));
}

/** One index gives the rows in order and nothing is thrown away but `wasted` rows. */
function isPageByIndex(plan: Plan[], wasted = 0): boolean {
  const reads = plan.filter(node => node['Relation Name'] === 'customers');
  return (
    !plan.some(node => /Sort/.test(node['Node Type'])) &&
    reads.length === 1 &&
    reads.every(
      node =>
        /^Index (Only )?Scan/.test(node['Node Type']) &&
        node['Actual Rows'] <= 51 &&
        (node['Rows Removed by Filter'] ?? 0) <= wasted,
    )
  );
}

const sorts = ['updatedAt', 'createdAt', 'name', 'nextFollowUpAt'].flatMap(sort => [sort, `-${sort}`]);

describe.each(sorts)('L46 by %s', sort => {
  it.each(['all', 'own', 'team'])('the reach %s costs one page, first and later', async reach => {
    const fence = fences[reach] as Fence;
    const plan = await planOf(fence, {}, sort);
    expect(isPageByIndex(plan), JSON.stringify(plan)).toBe(true);
    const first = await administrator.get(`/customers?limit=100&sort=${sort}`);
    const later = await planOf(fence, {}, sort, `${first.body.next}`);
    expect(isPageByIndex(later), JSON.stringify(later)).toBe(true);
  });
});

it.each(['all', 'own', 'team'])(
  'L46 what is due until a day costs one page by its order, within %s',
  async reach => {
    for (const [filters, sort] of [
      [{ followUpTo: '2030-01-10T00:00:00Z' }, 'nextFollowUpAt'],
      [{ followUpTo: '2000-01-01T00:00:00Z' }, 'nextFollowUpAt'],
      [{ createdFrom: '2024-03-01T00:00:00Z' }, '-createdAt'],
      [{ createdFrom: '2024-03-01T00:00:00Z', createdTo: '2024-06-20T00:00:00Z' }, '-createdAt'],
    ] as const) {
      const plan = await planOf(fences[reach] as Fence, filters, sort);
      expect(isPageByIndex(plan), JSON.stringify(plan)).toBe(true);
    }
  },
);

it('L46 a search for rare characters reads what it finds, one for common ones reads along', async () => {
  const rare = await planOf({ kind: 'all' }, { q: '客户19999' }, '-updatedAt');
  const looked = rare.filter(
    node => node['Node Type'] === 'ProjectSet' || /Function|Result/.test(node['Node Type']),
  );
  expect(looked.length, JSON.stringify(rare)).toBeGreaterThan(0);
  expect(rare.filter(node => /^Seq/.test(node['Node Type']) && node['Actual Rows'] > 1_000)).toEqual([]);
  const common = await planOf({ kind: 'all' }, { q: '有限公司' }, '-updatedAt');
  expect(isPageByIndex(common, 51), JSON.stringify(common)).toBe(true);
  const found = await administrator.get(`/customers?q=${encodeURIComponent('户19999')}`);
  expect(
    (found.body.items as unknown as { name: string }[]).every(item => item.name === '客户19999有限公司'),
  ).toBe(true);
  expect(found.body.items[0]).toBeDefined();
});
