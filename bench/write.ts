// `write`: customers added a second, with journal, history and search keys, against one bare INSERT with its commit.

import { openGenerator, placeholder, request } from './load/load.ts';
import { type Options, pairs, type Result } from './measure.ts';
import { openWorld } from './million/inside.ts';
import { connectOwner, loadCustomers } from './million/load.ts';
import { customers as makeRows } from './million/rows.ts';
import { startReference, stop, temporaryFolder } from './processes.ts';
import { freshProduct, signIn } from './product.ts';

const atOnce = 16;

export async function run(options: Options): Promise<Result[]> {
  const product = await freshProduct();
  await loadCustomers({
    dataDir: product.dataDir,
    folder: temporaryFolder(),
    count: options.quick ? 1_000 : 10_000,
  });
  const inside = await openWorld(product.dataDir, 'rep@demo.test');
  const { workspaceId } = inside.world;
  const [row] = makeRows({
    workspaceId,
    owners: [{ id: inside.me.id, teamId: inside.me.teamId }],
    count: 1,
    now: Date.now(),
  });
  await inside.close();
  if (!row) throw new Error('there is no row to insert');
  const [customer = {}] = row.customers;
  const { id: _, ...columns } = customer;
  const names = Object.keys(columns);
  const statement = {
    text: `insert into customers (id, ${names.join(', ')}) values (uuidv7(), ${names.map((_, i) => `$${i + 1}`).join(', ')})`,
    values: Object.values(columns),
  };
  const bare = await startReference('sql.ts', {
    SQL_URL: inside.appUrl,
    SQL_WORKSPACE: workspaceId,
    SQL_STATEMENTS: JSON.stringify([statement]),
  });
  const cookies = await signIn(product.url, 'rep@demo.test');
  const body = JSON.stringify({
    name: `${customer.name} ${placeholder}`,
    phone: `138${placeholder}`,
    email: customer.email,
    website: customer.website,
    industry: customer.industry,
    source: customer.source,
    level: customer.level,
    stage: customer.stage,
    address: customer.address,
    city: customer.city,
    remark: customer.remark,
    tags: customer.tags,
    nextFollowUpAt: customer.next_follow_up_at,
  });
  const result = await pairs('write', {
    generator: openGenerator(),
    ours: {
      started: product,
      requests: [request(product.url, 'POST /api/v1/customers', { cookies, body })],
      expect: [201],
    },
    reference: { started: bare, requests: [request(bare.url, 'GET /')], expect: [200] },
    connections: atOnce,
    unit: 'writes/s',
    goal: 0.5,
    options,
  });
  const counts = await tally(product.dataDir);
  result.notes.push(`each of ours leaves a record, its search keys and its journal entry: ${counts}`);
  await Promise.all([stop(product.child), stop(bare.child)]);
  return [result];
}

/** Counts what was written, so that nothing is measured that did not happen. */
async function tally(dataDir: string): Promise<string> {
  const client = await connectOwner(dataDir);
  const { rows } = await client.query(
    `select count(*)::int as records, count(k.id)::int as keyed, count(e.id)::int as told from customers c
     left join customer_keys k using (workspace_id, id)
     left join audit_entries e on e.workspace_id = c.workspace_id and e.object_id = c.id and e.action = 'customer.add'
     where c.phone like '138%' and c.name ~ ' [0-9]{8}$'`,
  );
  await client.end();
  const { records, keyed, told } = rows[0];
  if (records === 0 || records !== keyed || records !== told)
    throw new Error(`of ${records} customers ${keyed} have search keys and ${told} a journal entry`);
  return `${records} written and counted`;
}
