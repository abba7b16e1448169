// The matrix of permissions through HTTP: every object, action, role and ownership against what the roles' own document
// says, as they come and as somebody has changed them (L47).
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Reach, usualRules } from './permissions.ts';
import type { Client } from './testing/client.ts';
import { openTest, password, type Test } from './testing/harness.ts';

const paths = {
  customer: '/customers',
  contact: '/contacts',
  activity: '/activities',
  lead: '/leads',
  deal: '/deals',
  order: '/orders',
  task: '/tasks',
} as const;
type Kind = keyof typeof paths;
const kinds = Object.keys(paths) as Kind[];
const keys = ['rep', 'mate', 'manager', 'rep2', 'nobody', 'lent', 'lentToChange'] as const;
type Key = (typeof keys)[number];
const actors = ['administrator', 'manager', 'rep', 'auditor', 'special'] as const;
type Actor = (typeof actors)[number];

let test: Test;
const as = {} as Record<Actor, Client>;
const people = {} as Record<Actor | 'mate' | 'rep2', { id: string; team: 'north' | 'south' | null }>;
const ids = {} as Record<Kind, Record<Key, string>>;
/** Actors' roles by the keys of the document. */
const roleOf = {} as Record<Actor, string>;
const reason = 'The matrix asks for it';

const ok = async (reply: Promise<{ status: number; text: string; body: Record<string, unknown> }>) => {
  const { status, text, body } = await reply;
  if (status >= 300) throw new Error(`${status} ${text}`);
  return body;
};

async function newcomer(admin: Client, name: string, teamId: string | null): Promise<string> {
  const email = `${name}@example.com`;
  const { id } = await ok(admin.post('/people', { name, email, role: 'rep', password, teamId }));
  await sql`update people set email_verified_at = now() where id = ${id}`.execute(test.world.db);
  return String(id);
}

async function plant(admin: Client, key: Key, ownerId: string | null): Promise<void> {
  const name = `Matrix ${key}`;
  const customerId = (await ok(admin.post('/customers', { name, ownerId, custom: { mark: key } }))).id;
  const made: [Kind, Record<string, unknown>][] = [
    ['contact', { name, customerId }],
    ['activity', { customerId, kind: 'call', body: name }],
    ['lead', { name, ownerId }],
    ['deal', { title: name, customerId, ownerId }],
    ['order', { title: name, customerId, ownerId }],
    ['task', { title: name, ownerId }],
  ];
  ids.customer[key] = String(customerId);
  for (const [kind, body] of made) {
    const custom = kind === 'activity' ? {} : { custom: { mark: key } };
    ids[kind][key] = String((await ok(admin.post(paths[kind], { ...body, ...custom }))).id);
  }
}

beforeAll(async () => {
  test = await openTest();
  const admin = await test.as('administrator');
  for (const kind of kinds) ids[kind] = {} as Record<Key, string>;
  for (const object of kinds.filter(kind => kind !== 'activity'))
    await ok(admin.post('/custom-fields', { object, label: 'Mark', kind: 'text' }));
  const { items } = (await admin.get('/teams')).body as { items: { id: string; name: string }[] };
  const team = (start: string) => items.find(one => one.name.startsWith(start))?.id ?? null;
  const role = { base: 'rep', name: 'Special', fields: {}, reason };
  const rules = {
    customer: { read: 'all', update: 'team', delete: 'none', export: 'own' },
    contact: { read: 'team', update: 'own', create: 'none' },
    lead: { read: 'none', create: 'none', update: 'none', delete: 'none', export: 'none' },
    deal: { read: 'team', update: 'team', export: 'none' },
  };
  const { key } = await ok(admin.post('/roles', { ...role, rules }));
  people.mate = { id: await newcomer(admin, 'mate', team('North')), team: 'north' };
  people.special = { id: await newcomer(admin, 'special', team('South')), team: 'south' };
  await ok(admin.patch(`/people/${people.special.id}`, { roleId: key, reason }));
  for (const who of ['administrator', 'auditor'] as const) people[who] = { id: test.people[who], team: null };
  for (const who of ['manager', 'rep'] as const) people[who] = { id: test.people[who], team: 'north' };
  people.rep2 = { id: test.people.rep2, team: 'south' };
  for (const who of ['administrator', 'manager', 'rep', 'auditor'] as const) {
    as[who] = await test.as(who);
    roleOf[who] = who;
  }
  as.special = test.client();
  await as.special.signIn('special@example.com', password);
  roleOf.special = String(key);
  for (const who of ['rep', 'mate', 'manager', 'rep2'] as const) await plant(admin, who, people[who].id);
  await plant(admin, 'nobody', null);
  await plant(admin, 'lent', people.rep2.id);
  await plant(admin, 'lentToChange', people.rep2.id);
  for (const type of ['customer', 'lead'])
    for (const [lent, mayUpdate] of [
      ['lent', false],
      ['lentToChange', true],
    ] as const)
      await ok(
        admin.post('/shares', { type, id: ids[type as Kind][lent], personId: people.rep.id, mayUpdate }),
      );
});
afterEach(async () => {
  for (const key of ['administrator', 'manager', 'rep', 'auditor'])
    await as.administrator.delete(`/roles/${key}`);
});
afterAll(() => test.close());

const ownerOf = (key: Key) =>
  key === 'nobody' ? null : people[key === 'lent' || key === 'lentToChange' ? 'rep2' : key];

type Document = Record<string, Record<string, Record<string, Reach>>>;

/** Whether the document lets this actor do that to this record; `shared` counts for reading, and as it says for changes. */
function allowed(document: Document, actor: Actor, kind: Kind, action: string, key: Key): boolean {
  const reach = document[roleOf[actor]]?.[kind]?.[action] ?? 'none';
  const [me, owner] = [people[actor], ownerOf(key)];
  if (reach === 'none') return false;
  if (reach === 'all' || owner?.id === me.id) return true;
  if (reach === 'team' && me.team !== null && owner?.team === me.team) return true;
  if (actor !== 'rep' || (key !== 'lent' && key !== 'lentToChange')) return false;
  const direct = kind === 'customer' || kind === 'lead';
  if (action === 'read') return direct || (kind !== 'order' && kind !== 'task');
  return action === 'update' && direct && key === 'lentToChange';
}

async function documentNow(): Promise<Document> {
  const { items } = (await as.administrator.get('/roles')).body as {
    items: { key: string; rules: Document[string] }[];
  };
  return Object.fromEntries(items.map(role => [role.key, role.rules]));
}

const marked = encodeURIComponent(JSON.stringify({ mark: keys }));
const nameIn = (key: Key) => `Matrix ${key}`;
const outside = (allows: boolean, reach: Reach | undefined) =>
  allows ? null : (reach ?? 'none') === 'none' ? 403 : 404;

/** What every route about one kind of record answers this actor, where it is not what the document says. */
async function wrongFor(document: Document, actor: Actor, kind: Kind): Promise<string[]> {
  const client = as[actor];
  const rules = document[roleOf[actor]]?.[kind];
  const wrong: string[] = [];
  const check = (what: string, is: unknown, should: unknown) => {
    if (JSON.stringify(is) !== JSON.stringify(should))
      wrong.push(`${actor} ${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(should)}`);
  };
  for (const key of keys) {
    const at = `${paths[kind]}/${ids[kind][key]}`;
    const [reads, changes, bins] = ['read', 'update', 'delete'].map(action =>
      allowed(document, actor, kind, action, key),
    ) as [boolean, boolean, boolean];
    const status = async (way: 'get' | 'patch', path: string) =>
      (await (way === 'get' ? client.get(path) : client.patch(path, {}))).status;
    check(`reads ${kind} of ${key}`, await status('get', at), outside(reads, rules?.read) ?? 200);
    check(
      `reads history of ${kind} of ${key}`,
      await status('get', `${at}/history`),
      outside(reads, rules?.read) ?? 200,
    );
    check(`changes ${kind} of ${key}`, await status('patch', at), outside(changes, rules?.update) ?? 200);
    // A version that no record has: whoever may remove it hears of that, and nothing is removed.
    const removed = await client.delete(at, { headers: { 'if-match': '"v999999"' } });
    check(`removes ${kind} of ${key}`, removed.status, outside(bins, rules?.delete) ?? 412);
  }
  const expected = keys.filter(key => allowed(document, actor, kind, 'read', key)).map(key => ids[kind][key]);
  // What own fields are asked reaches no further either.
  const queries =
    kind === 'activity' ? [''] : ['', '&q=Matrix', '&limit=3', `&sort=custom.mark&custom=${marked}`];
  for (const query of queries) {
    const found: string[] = [];
    let after = '';
    for (;;) {
      const { body, status } = await client.get(
        `${paths[kind]}?limit=200${query}${after}`.replace('limit=200&limit', 'limit'),
      );
      if (status !== 200) break;
      found.push(...body.items.map((item: { id: string }) => item.id));
      if (!body.next) break;
      after = `&after=${body.next}`;
    }
    check(`lists ${kind} ${query}`, found.sort(), expected.toSorted());
  }
  const created = (await client.post(paths[kind], { nonsense: true })).status;
  check(`creates ${kind}`, created, (rules?.create ?? 'none') === 'none' ? 403 : 422);
  if (kind === 'customer' || kind === 'contact') {
    const file = await client.get(`/exports/${kind}.csv`);
    const exports = rules?.export ?? 'none';
    check(`exports ${kind}`, file.status, exports === 'none' ? 403 : 200);
    // What is lent is not taken away in files.
    const taken = (key: Key) => allowed({ ...document }, actor, kind, 'export', key);
    if (file.status === 200)
      for (const key of keys)
        check(`exports ${kind} of ${key}`, new RegExp(`${nameIn(key)}"?,`).test(file.text), taken(key));
  }
  if (kind === 'deal' && rules?.read !== 'none') {
    const { stages } = (await client.get('/deals/board')).body as { stages: { count: number }[] };
    // What one sees is what is counted: no more and no fewer than the list shows (decision 18).
    const counted = keys.filter(key => allowed(document, actor, kind, 'read', key)).length;
    check(
      'counts deals',
      stages.reduce((sum, stage) => sum + stage.count, 0),
      counted,
    );
  }
  if (kind === 'customer')
    check(
      'asks whether a customer is taken',
      (await client.get('/customers/duplicates?name=Nobody')).status,
      (rules?.create ?? 'none') === 'none' ? 403 : 200,
    );
  return wrong;
}

async function wrongEverywhere(): Promise<string[]> {
  const document = await documentNow();
  const wrong: string[] = [];
  for (const actor of actors)
    for (const kind of kinds) wrong.push(...(await wrongFor(document, actor, kind)));
  return wrong;
}

describe('L47 what the roles say', () => {
  it('is what every route does, as they come', async () => {
    const document = await documentNow();
    for (const base of ['administrator', 'manager', 'rep', 'auditor'] as const)
      for (const kind of kinds)
        for (const [action, reach] of Object.entries(document[base]?.[kind] ?? {}))
          expect(reach).toBe(usualRules[base][kind]?.[action as 'read'] ?? 'none');
    expect(await wrongEverywhere()).toEqual([]);
  }, 60_000);

  it('is what every route does at once when it has been changed', async () => {
    const none = {
      read: 'none',
      create: 'none',
      update: 'none',
      delete: 'none',
      export: 'none',
      import: 'none',
    };
    const changes = {
      rep: {
        customer: { read: 'team', delete: 'none' },
        contact: { update: 'none', delete: 'none', read: 'all' },
        deal: { read: 'all', update: 'team', create: 'none' },
        order: none,
        activity: { read: 'own', export: 'none' },
      },
      manager: {
        lead: { read: 'all', update: 'own', delete: 'own', export: 'none' },
        customer: { read: 'own', update: 'own', delete: 'own', export: 'own' },
      },
      auditor: { deal: { read: 'none', export: 'none' } },
      administrator: { activity: { read: 'own', update: 'own', delete: 'own', export: 'own' } },
    };
    for (const [key, rules] of Object.entries(changes))
      await ok(as.administrator.put(`/roles/${key}`, { rules, fields: {}, reason }));
    expect(await wrongEverywhere()).toEqual([]);
  }, 60_000);
});
