// Every route of the code against people it is not for: another workspace's, another person's, one whom a lock holds
// back, and bodies that are too large. Generated from the routes, so that a new one cannot be forgotten.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cookieNames } from './cookies.ts';
import * as devices from './devices/devices.ts';
import { MintPermit, type Route } from './http.ts';
import { routes } from './routes.ts';
import * as staff from './staff/staff.ts';
import type { Client } from './testing/client.ts';
import { openTest, password, type Test } from './testing/harness.ts';
import * as workspaces from './workspaces/workspaces.ts';
import { atomically, worldOf } from './world.ts';

let test: Test;
/** Ids of this workspace's things, of every table that has any. */
let ids: string[] = [];
const { session: sessionName } = cookieNames(false);
const nobody = '01900000-0000-7000-8000-000000000000';

const name = (route: Route) => `${route.method} ${route.path}`;
const within = routes.filter(route => route.endpoint.access !== 'public');
const withId = within.filter(route => /\{\w+\}/.test(route.path) && !route.endpoint.raw);

type Schema = {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string | string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
};

/** A value that such a schema takes, near enough: what it requires and nothing else. */
function sample(schema: Schema, defs = schema.$defs ?? {}): unknown {
  const named = schema.$ref && defs[schema.$ref.slice('#/$defs/'.length)];
  if (named) return sample(named, defs);
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (choice) return sample(choice, defs);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map(key => [key, sample(schema.properties?.[key] ?? {}, defs)]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}, defs));
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
    case 'boolean':
      return true;
    default:
      if (schema.format === 'uuid') return nobody;
      if (schema.format === 'date-time') return new Date(test.world.now() + 86_400_000).toISOString();
      if (schema.format === 'date') return '2031-05-05';
      return 'some words of text'.padEnd(schema.minLength ?? 0, '.');
  }
}

const bodyOf = (route: Route): unknown =>
  route.endpoint.body
    ? sample(z.toJSONSchema(route.endpoint.body, { io: 'input', unrepresentable: 'any' }) as Schema)
    : undefined;

const ask = (client: Client, route: Route, id: string) => {
  const body = bodyOf(route);
  return client.send(
    `${route.method} ${route.path.replace(/\{\w+\}/g, id)}`,
    body === undefined ? {} : { body },
  );
};

/** Somebody of another workspace of the same installation, with a session of his own. */
async function foreigner(): Promise<Client> {
  const world = worldOf(test.installation, test.installation.random.id());
  const opened = await atomically(world, async tx => {
    await workspaces.create(tx, {
      name: 'Elsewhere',
      language: 'en',
      demo: false,
      slug: 'elsewhere',
      onlyIfFirst: false,
    });
    const added = await staff.add(
      tx,
      {
        name: 'Foreign administrator',
        email: 'administrator@example.com',
        role: 'administrator',
        password,
        language: 'en',
        emailVerified: true,
      },
      {},
    );
    if (added.kind !== 'added') throw new Error(added.kind);
    const person = await staff.byId(tx, added.id);
    if (!person) throw new Error('nobody was added');
    const visitor = {
      address: '198.18.77.1',
      language: 'en' as const,
      correlationId: 'x',
      userAgent: '',
      browser: null,
    };
    return devices.openSession(tx, new MintPermit('a test'), {
      person,
      visitor,
      remember: true,
      how: 'password',
    });
  });
  const client = test.client();
  client.cookies.set(sessionName, opened.token);
  return client;
}

beforeAll(async () => {
  test = await openTest();
  const [admin, rep] = [await test.as('administrator'), await test.as('rep')];
  const customer = await rep.post('/customers', { name: 'Acme Ltd', phone: '13800001111' });
  const customerId: string = customer.body.id;
  await rep.post('/contacts', { name: 'Jo Bell', customerId });
  await rep.post('/activities', { customerId, kind: 'call', body: 'Talked about it' });
  await rep.post('/deals', { title: 'Ten of them', customerId });
  await rep.post('/leads', { name: 'Kim Who May Buy' });
  await admin.post('/products', { code: 'L-1', name: 'Lamp' });
  await admin.post('/price-lists', { name: 'Trade' });
  await rep.post('/tasks', { title: 'Ring Acme', about: { type: 'customer', id: customerId } });
  const lines = [{ name: 'Lamp', unitPrice: 100 }];
  const ordered = await rep.post('/orders', { customerId, lines });
  await rep.post(`/orders/${ordered.body.id}/payments`, { amount: 10 });
  const comment = { object: 'customer', objectId: customerId, mentions: [test.people.rep] };
  await admin.post('/comments', { ...comment, body: 'Well done' });
  await rep.post('/comments', { ...comment, body: 'Thank you' });
  const other = await rep.post('/customers', { name: 'Acme Limited' });
  const spare = await rep.post('/customers', { name: 'Acme, to be merged' });
  const made = [
    rep.post(`/customers/${other.body.id}/merge`, { otherId: spare.body.id }),
    rep.post('/views', { object: 'customer', name: 'Mine', audience: 'own', filters: { q: 'Acme' } }),
    rep.post('/batches', { object: 'customer', ids: [other.body.id], set: { level: 'A' } }),
    rep.post('/exports', { object: 'customer', format: 'csv' }),
    admin.post('/custom-fields', { object: 'customer', label: 'Size', kind: 'number' }),
    admin.post('/shares', { type: 'customer', id: customerId, personId: test.people.auditor }),
    rep.send(`POST /files?object=customer&objectId=${customerId}&name=note.pdf`, {
      raw: new Uint8Array(Buffer.from('%PDF-1.7 kept apart')),
      headers: { 'content-type': 'application/octet-stream' },
    }),
  ];
  for (const reply of await Promise.all(made)) expect(reply.status, reply.text).toBeLessThan(300);
  await admin.post('/intake-keys', { name: 'Web site' });
  const event = { kind: 'added', object: 'customer', through: ['person'] };
  const conditions = { match: 'all', of: [] };
  const actions = [{ kind: 'tag', add: ['new'], remove: [] }];
  await admin.post('/automations', { name: 'Rule', active: true, event, conditions, actions });
  await admin.post('/alerts/hooks', {
    name: 'Hook',
    url: 'https://hooks.example.com/x',
    format: 'latchkey',
    kinds: ['spray'],
  });
  for (let i = 0; i < 6; i++)
    await test.client().post('/session', { name: 'rep2@example.com', password: `wrong guess number ${i}` });
  await test.client('9.9.9.9').signIn('rep@example.com', password);
  const tables = await sql<{ table_name: string }>`
    select c.table_name from information_schema.columns c join information_schema.columns w using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'id' and c.data_type = 'uuid' and w.column_name = 'workspace_id'
      and c.table_name <> 'audit_entries'`.execute(test.world.db);
  for (const { table_name: table } of tables.rows) {
    const found = await sql<{ id: string }>`select id from ${sql.table(table)} limit 1`.execute(
      test.world.db,
    );
    ids.push(...found.rows.map(row => row.id));
  }
  ids = [...new Set(ids)];
});
afterAll(() => test.close());

describe('somebody of another workspace', () => {
  it('gets, changes and removes nothing of this one, by whatever id, through whatever route', async () => {
    const stranger = await foreigner();
    expect((await stranger.get('/session')).body.workspace.name).toBe('Elsewhere');
    expect(ids.length).toBeGreaterThan(15);
    const [before, looked, through] = [await contents(), new Set<string>(), [] as string[]];
    for (const route of withId)
      for (const id of ids) {
        const reply = await ask(stranger, route, id);
        if (reply.status !== 422) looked.add(name(route));
        if (reply.status < 300) through.push(`${name(route)} ${reply.status} ${reply.text.slice(0, 80)}`);
      }
    expect(through).toEqual([]);
    // The samples get past the checks of nearly all routes: else this would show little.
    const past = withId.map(name).filter(one => !looked.has(one));
    expect(past.length, past.join(', ')).toBeLessThan(8);
    expect(await contents()).toEqual(before);
    // The same questions asked at home find what they ask for.
    const admin = await test.as('administrator');
    const found = new Set<string>();
    for (const route of withId.filter(one => one.method === 'GET'))
      for (const id of ids) if ((await ask(admin, route, id)).status === 200) found.add(route.path);
    expect(found.size).toBeGreaterThan(5);
  }, 120_000);
});

describe('a colleague of another team', () => {
  it('gets nothing of what is somebody else’s own, by whatever id', async () => {
    const rep = await test.as('rep');
    const own = [
      '/sessions',
      '/devices',
      '/arrivals',
      '/networks/mine',
      '/contact-points',
      '/customers',
      '/deals',
      '/orders',
      '/tasks',
      '/leads',
      '/views',
      '/batches',
      '/exports',
      '/merges',
    ];
    const mine: string[] = [];
    for (const path of own) {
      const { items } = (await rep.get(path)).body as { items: { id: string }[] };
      mine.push(...items.slice(0, 3).map(item => item.id));
    }
    expect(mine.length).toBeGreaterThan(5);
    const [colleague, before] = [await test.as('manager'), await contents()];
    await test.world.db
      .updateTable('people')
      .set({ role: 'rep', team_id: null })
      .where('id', '=', test.people.manager)
      .execute();
    test.installation.signals.tell({
      kind: 'person-changed',
      workspaceId: test.world.workspaceId,
      ids: [test.people.manager],
    });
    const through: string[] = [];
    for (const route of withId)
      for (const id of mine) {
        const reply = await ask(colleague, route, id);
        if (reply.status < 300) through.push(`${name(route)} ${reply.status}`);
      }
    expect(through).toEqual([]);
    const after = await contents();
    expect({ ...after, people: 0 }).toEqual({ ...before, people: 0 });
  }, 120_000);
});

describe('a session that a lock holds back', () => {
  it('is let through to nothing but what lifts the lock, and leaving', async () => {
    const held = await test.as('auditor');
    await test.world.db
      .updateTable('sessions')
      .set({ held_by: 'password-initial' })
      .where('person_id', '=', test.people.auditor)
      .execute();
    test.installation.signals.tell({
      kind: 'person-changed',
      workspaceId: test.world.workspaceId,
      ids: [test.people.auditor],
    });
    const open = within.filter(route => !route.endpoint.raw && !route.endpoint.whileHeld);
    const answers = new Map<string, number>();
    for (const route of open) answers.set(name(route), (await ask(held, route, nobody)).status);
    expect([...answers].filter(([, status]) => status !== 423)).toEqual([]);
    expect(answers.size).toBeGreaterThan(80);
  });
});

describe('a body ten times too large', () => {
  it('is refused by every route that takes one', async () => {
    const admin = await test.as('administrator');
    const huge = JSON.stringify({ padding: 'x'.repeat(10 * 1_048_576) });
    const wrong: string[] = [];
    for (const route of routes.filter(one => one.endpoint.body)) {
      const headers = { 'content-type': 'application/json' };
      const path = route.path.replace(/\{\w+\}/g, nobody);
      const { status } = await admin.send(`${route.method} ${path}`, { raw: huge, headers });
      if (status !== 413) wrong.push(`${name(route)} ${status}`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});

/** How many rows each table of this workspace holds, and when what can be changed was changed last. */
async function contents(): Promise<Record<string, unknown>> {
  const counted: Record<string, unknown> = {};
  for (const table of [
    'customers',
    'contacts',
    'activities',
    'deals',
    'leads',
    'orders',
    'products',
    'tasks',
    'files',
    'merges',
    'saved_views',
    'batches',
    'record_shares',
    'custom_fields',
    'automation_rules',
    'comments',
    'inbox_notices',
    'people',
    'devices',
    'locks',
    'alert_hooks',
    'intake_keys',
    'trusted_networks',
    'contact_points',
    'deal_stages',
    'pipelines',
  ]) {
    const { rows } = await sql<{ rows: string }>`
      select coalesce(md5(string_agg(t::text, '' order by t::text)), '') as rows from ${sql.table(table)} t`.execute(
      test.world.db,
    );
    counted[table] = rows[0]?.rows;
  }
  return counted;
}
