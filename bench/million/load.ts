// Puts a great many customers, each with somebody to call and follow-ups, into a running installation: COPY from files, indexes made
// afterwards, statistics taken.
import { chmodSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { runningUrl } from '../../server/src/db/embedded/embedded.ts';
import { targets } from '../../server/src/search/search.ts';
import { copyLine, customers, type Owner, type Rows } from './rows.ts';

const batch = 50_000;
const tables = [
  'customers',
  'customer_keys',
  'contacts',
  'contact_keys',
  'activities',
  'activity_keys',
] as const;

/** The owner's connection to the embedded database of that folder. */
export async function connectOwner(dataDir: string): Promise<pg.Client> {
  const url = runningUrl(dataDir);
  if (url === null) throw new Error(`no database runs in ${dataDir}`);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Adds `count` customers, each with a contact and `followUps`, to the demo workspace; `folder` must be readable for the database's own user. */
export async function loadCustomers(input: {
  dataDir: string;
  folder: string;
  count: number;
  followUps?: number;
}): Promise<void> {
  const client = await connectOwner(input.dataDir);
  try {
    const workspaceId = (await client.query('select workspace_id from workspace_directory')).rows[0]
      .workspace_id;
    const owners = await addOwners(client, workspaceId);
    await settle(client, workspaceId);
    const restore = await dropIndexes(client, [...tables]);
    // Foreign keys and triggers hold by the way the rows are made.
    await client.query("set session_replication_role = 'replica'");
    chmodSync(input.folder, 0o755);
    const rows = customers({
      workspaceId,
      owners,
      count: input.count,
      now: Date.now(),
      followUps: input.followUps ?? 0,
    });
    let copying: Promise<unknown> = Promise.resolve();
    for (let part = 0; part * batch < input.count; part++) {
      const files = await writePart(input.folder, part, rows);
      await copying;
      copying = copyIn(client, files);
    }
    await copying;
    await client.query("set session_replication_role = 'origin'");
    await restore();
    await client.query(`vacuum (analyze) ${tables.join(', ')}, people`);
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

/** Spares the rows what the product would do with them by itself, beside the loading and the measuring. */
async function settle(client: pg.Client, workspaceId: string): Promise<void> {
  // Their keys are those of today.
  for (const [target, { version }] of Object.entries(targets))
    await client.query(
      `insert into rekeyed (workspace_id, target, version, done_at) values ($1, $2, $3, now())
       on conflict (workspace_id, target) do update set version = excluded.version, done_at = excluded.done_at`,
      [workspaceId, target, version],
    );
  for (const object of ['customer', 'contact', 'lead'])
    await client.query(
      `insert into duplicate_heads (workspace_id, object, at, record_id) values ($1, $2, now(), $3)
       on conflict (workspace_id, object) do update set at = excluded.at, record_id = excluded.record_id`,
      [workspaceId, object, 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
    );
}

/** The demo's `rep` first, then forty more people, so that reach is a small part of the whole. */
async function addOwners(client: pg.Client, workspaceId: string): Promise<Owner[]> {
  await client.query(
    `insert into people (workspace_id, id, sign_in_name, email, name, role, team_id)
     select $1, uuidv7(), 'seller' || n || '@demo.test', 'seller' || n || '@demo.test', 'Seller ' || n || ' 销售', 'rep',
       (select id from teams where workspace_id = $1 order by id limit 1)
     from generate_series(1, 40) n on conflict do nothing`,
    [workspaceId],
  );
  const { rows } = await client.query(
    `select id, team_id from people where workspace_id = $1 and role = 'rep'
     order by sign_in_name <> 'rep@demo.test', sign_in_name`,
    [workspaceId],
  );
  return rows.map(row => ({ id: row.id, teamId: row.team_id }));
}

/** Drops all indexes but primary keys; returns how to make them again. */
async function dropIndexes(client: pg.Client, tables: string[]): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i where i.indrelid = any($1::regclass[]) and not i.indisprimary`,
    [tables],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return async () => {
    await client.query("set maintenance_work_mem = '512MB'");
    for (const { definition } of rows) await client.query(definition);
  };
}

type Part = { table: string; columns: string[]; path: string }[];

async function writePart(folder: string, part: number, rows: Generator<Rows>): Promise<Part> {
  const made = tables.map(table => ({ table, columns: [] as string[], lines: [] as string[] }));
  for (let i = 0; i < batch; i++) {
    const next = rows.next();
    if (next.done) break;
    for (const one of made) {
      for (const row of next.value[one.table]) {
        if (one.columns.length === 0) one.columns = Object.keys(row);
        one.lines.push(copyLine(one.columns, row));
      }
    }
    // Breath for the connection that copies the part before.
    if (i % 500 === 0) await new Promise(resolve => setImmediate(resolve));
  }
  const written: Part = [];
  for (const { table, columns, lines } of made) {
    if (lines.length === 0) continue;
    const path = join(folder, `${table}-${part}.txt`);
    const file = await open(path, 'w', 0o644);
    await file.writeFile(`${lines.join('\n')}\n`);
    await file.close();
    written.push({ table, columns, path });
  }
  return written;
}

async function copyIn(client: pg.Client, part: Part): Promise<void> {
  for (const { table, columns, path } of part) {
    await client.query(`copy ${table} (${columns.join(', ')}) from ${pg.escapeLiteral(path)}`);
    rmSync(path);
  }
}
