// `import`: rows a second of a large CSV file, from the upload to the last row that is in: read, checked, held against
// what is there, written with search keys, journal and indexes; against COPY of the very rows that this made into the
// same tables with the same indexes. The file comes in five parts, so that both sides take turns as the tables grow.
import { chmodSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { csvLine } from '../server/src/formats/cells.ts';
import { machine, median, type Options, type Result, round } from './measure.ts';
import { connectOwner } from './million/load.ts';
import { customers as makeRows } from './million/rows.ts';
import { cpuSeconds, residentBytes, stop, temporaryFolder } from './processes.ts';
import { freshProduct, type Product, signIn } from './product.ts';

const parts = 5;
const goal = 0.4;
const tables = ['customers', 'customer_keys', 'audit_entries'] as const;

const headings = [
  'Company name',
  'Phone',
  'Email',
  'Website',
  'Industry',
  'Source',
  'Level',
  'Stage',
  'Address',
  'City',
  'Remark',
  'Tags',
  'Created',
  'Id',
];

export async function run(options: Options & { rows?: number }): Promise<Result[]> {
  const count = options.rows ?? (options.quick ? 50_000 : 1_000_000);
  const product = await freshProduct();
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const client = await connectOwner(product.dataDir);
  const cookies = await signIn(product.url, 'admin@demo.test');
  const columns = await twin(client);
  const rows = makeRows({ workspaceId: '', owners: [], count, now: Date.now() });
  const ours: number[] = [];
  const reference: number[] = [];
  let most = 0;
  let cpu = 0;
  for (let part = 0; part < parts; part++) {
    const size = Math.floor(count / parts);
    const file = join(folder, `part-${part}.csv`);
    await write(file, rows, size, part * size);
    const before = cpuSeconds(product.pid) ?? 0;
    const imported = await bringIn(product, cookies, file, () => {
      most = Math.max(most, residentBytes(product.pid) ?? 0);
    });
    cpu += (cpuSeconds(product.pid) ?? 0) - before;
    const created = imported.created;
    if (created !== size) throw new Error(`of ${size} rows ${created} came in: ${JSON.stringify(imported)}`);
    ours.push(size / imported.seconds);
    const seconds = await copied(client, columns, folder, imported.id, size);
    reference.push(size / seconds);
    rmSync(file);
    console.error(
      `  part ${part + 1}: ours ${round(ours.at(-1) ?? 0)} rows/s, COPY ${round(reference.at(-1) ?? 0)} rows/s`,
    );
  }
  await client.end();
  await stop(product.child);
  const ratio = median(ours.map((rate, at) => rate / (reference[at] ?? Number.NaN)));
  return [
    {
      name: 'import',
      ours: round(median(ours)),
      reference: round(median(reference)),
      ratio: round(ratio, 3),
      samples: { ours: ours.map(rate => round(rate)), reference: reference.map(rate => round(rate)) },
      machine: machine(),
      unit: 'rows/s',
      goal: `ratio ≥ ${goal.toFixed(2)}`,
      met: ratio >= goal,
      notes: [
        `${count.toLocaleString('en')} rows in ${parts} files; ours counts from the first byte uploaded to the last row in`,
        'reference: COPY of the rows that ours made, customers, search keys and journal, into tables with the same indexes',
        `Node process: ${Math.round((cpu * 1e6) / count)} µs of processor time a row, at most ${Math.round(most / 2 ** 20)} MB`,
      ],
    },
  ];
}

/** Writes the next `size` rows as a CSV file; every name and telephone is its own. */
async function write(path: string, rows: ReturnType<typeof makeRows>, size: number, from: number) {
  const file = await open(path, 'w', 0o644);
  let text = csvLine(headings);
  for (let i = 0; i < size; i++) {
    const next = rows.next();
    if (next.done) break;
    const c = next.value.customers[0] ?? {};
    const of = (name: string) => (c[name] === null ? '' : String(c[name]));
    const tags = Array.isArray(c.tags) ? c.tags.join('; ') : '';
    text += csvLine([
      `${of('name')} ${from + i}`,
      of('phone'),
      of('email'),
      of('website'),
      of('industry'),
      of('source'),
      of('level'),
      of('stage'),
      of('address'),
      of('city'),
      of('remark'),
      tags,
      of('created_at'),
      `b-${from + i}`,
    ]);
    if (text.length < 1_048_576) continue;
    await file.writeFile(text);
    text = '';
  }
  await file.writeFile(text);
  await file.close();
}

type Imported = { id: string; state: string; created: number; failed: number };

async function bringIn(product: Product, cookies: string, path: string, tick: () => void) {
  const { openAsBlob } = await import('node:fs');
  const from = performance.now();
  const ask = async (way: string, init: RequestInit = {}) => {
    const headers = { cookie: cookies, ...(init.headers as Record<string, string> | undefined) };
    const reply = await fetch(`${product.url}/api/v1${way}`, { ...init, headers });
    if (!reply.ok) throw new Error(`${way}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as Imported;
  };
  const draft = await ask('/imports?object=customer&fileName=part.csv', {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: await openAsBlob(path),
  });
  await ask(`/imports/${draft.id}/start`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  for (;;) {
    await sleep(100);
    tick();
    const now = await ask(`/imports/${draft.id}`);
    if (now.state === 'running') continue;
    if (now.state !== 'done') throw new Error(`the import ended as ${now.state}`);
    return { ...now, seconds: (performance.now() - from) / 1_000, bytes: statSync(path).size };
  }
}

/** Empty tables like ours, with the same columns, defaults and indexes. */
async function twin(client: pg.Client): Promise<Record<string, string>> {
  await client.query('create schema twin');
  const columns: Record<string, string> = {};
  for (const table of tables) {
    await client.query(`create table twin.${table} (like public.${table} including all)`);
    const { rows } = await client.query<{ name: string }>(
      `select attname as name from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
      [`public.${table}`],
    );
    columns[table] = rows.map(row => pg.escapeIdentifier(row.name)).join(', ');
  }
  return columns;
}

/** Seconds that COPY takes for the rows of one import. */
async function copied(
  client: pg.Client,
  columns: Record<string, string>,
  folder: string,
  importId: string,
  size: number,
): Promise<number> {
  const those = `select id from public.customers where import_id = ${pg.escapeLiteral(importId)}`;
  const from = {
    customers: `where import_id = ${pg.escapeLiteral(importId)} order by id`,
    customer_keys: `where id in (${those}) order by id`,
    audit_entries: `where object_type = 'customer' and object_id in (${those}) order by id`,
  };
  chmodSync(folder, 0o777);
  const paths = tables.map(table => ({ table, path: join(folder, `${table}.copy`) }));
  for (const { table, path } of paths) {
    const out = `copy (select ${columns[table]} from public.${table} ${from[table]}) to ${pg.escapeLiteral(path)}`;
    const { rowCount } = await client.query(out);
    if (rowCount !== size) throw new Error(`${table} has ${rowCount} of ${size} rows`);
  }
  await client.query('checkpoint');
  const started = performance.now();
  for (const { table, path } of paths)
    await client.query(`copy twin.${table} (${columns[table]}) from ${pg.escapeLiteral(path)}`);
  const seconds = (performance.now() - started) / 1_000;
  // The files are the database's own user's.
  for (const { path } of paths) rmSync(path, { force: true });
  return seconds;
}
