// The matrix of permissions through HTTP: every object, action, role and ownership against what the roles' own document
// says, as they come and as somebody has changed them; and every hideable field against every route (L43, L47).
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { governable } from './field-rules.ts';
import { type ObjectType, type Reach, usualRules } from './permissions.ts';
import { routes } from './routes.ts';
import type { Client } from './testing/client.ts';
import { openTest, password, type Test } from './testing/harness.ts';

const paths = {
  customer: '/customers',
  contact: '/contacts',
  activity: '/activities',
  lead: '/leads',
  deal: '/deals',
  order: '/orders',
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
  const customerId = (await ok(admin.post('/customers', { name, ownerId }))).id;
  const made: [Kind, Record<string, unknown>][] = [
    ['contact', { name, customerId }],
    ['activity', { customerId, kind: 'call', body: name }],
    ['lead', { name, ownerId }],
    ['deal', { title: name, customerId, ownerId }],
    ['order', { title: name, customerId, ownerId }],
  ];
  ids.customer[key] = String(customerId);
  for (const [kind, body] of made) ids[kind][key] = String((await ok(admin.post(paths[kind], body))).id);
}

beforeAll(async () => {
  test = await openTest();
  const admin = await test.as('administrator');
  for (const kind of kinds) ids[kind] = {} as Record<Key, string>;
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

const lentTo = (actor: Actor, key: Key) => actor === 'rep' && key.startsWith('lent');

/** Whether the document lets this actor do that to this record; `shared` counts for reading, and as it says for changes. */
function allowed(document: Document, actor: Actor, kind: Kind, action: string, key: Key): boolean {
  const reach = document[roleOf[actor]]?.[kind]?.[action] ?? 'none';
  const [me, owner] = [people[actor], ownerOf(key)];
  if (reach === 'none') return false;
  if (reach === 'all' || owner?.id === me.id) return true;
  if (reach === 'team' && me.team !== null && owner?.team === me.team) return true;
  if (actor !== 'rep' || (key !== 'lent' && key !== 'lentToChange')) return false;
  const direct = kind === 'customer' || kind === 'lead';
  if (action === 'read') return direct || kind !== 'order';
  return action === 'update' && direct && key === 'lentToChange';
}

async function documentNow(): Promise<Document> {
  const { items } = (await as.administrator.get('/roles')).body as {
    items: { key: string; rules: Document[string] }[];
  };
  return Object.fromEntries(items.map(role => [role.key, role.rules]));
}

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
  const queries = kind === 'activity' ? [''] : ['', '&q=Matrix', '&limit=3'];
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
    // Sums count what is one's own: a deal that is lent counts with its owner.
    const counted = keys.filter(
      key => allowed(document, actor, kind, 'read', key) && (rules?.read === 'all' || !lentTo(actor, key)),
    ).length;
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

/** A value that no other field has, for every field that may be hidden. */
const planted: Partial<Record<ObjectType, Record<string, unknown>>> = {
  customer: {
    phone: '+86 13977110001',
    email: 'plant-customer@hidden.example',
    website: 'https://plant-customer.example',
    industry: 'PlantIndustry',
    source: 'PlantCustomerSource',
    level: 'PlantLevel',
    city: 'PlantCity',
    address: 'PlantAddress 1',
    tags: ['PlantTag'],
    remark: 'PlantCustomerRemark',
    nextFollowUpAt: '2031-03-01T01:02:03.000Z',
  },
  contact: {
    title: 'PlantTitle',
    phone: '13977110002',
    email: 'plant-contact@hidden.example',
    wechat: 'PlantWechat',
    remark: 'PlantContactRemark',
  },
  lead: {
    company: 'PlantCompany',
    title: 'PlantLeadTitle',
    phone: '13977110003',
    email: 'plant-lead@hidden.example',
    wechat: 'PlantLeadWechat',
    source: 'PlantLeadSource',
    city: 'PlantLeadCity',
    address: 'PlantLeadAddress',
    tags: ['PlantLeadTag'],
    remark: 'PlantLeadRemark',
    nextFollowUpAt: '2031-03-02T01:02:03.000Z',
  },
  deal: {
    amount: 771_177_117,
    expectedOn: '2031-04-03',
    source: 'PlantDealSource',
    nextStep: 'PlantDealStep',
  },
  activity: { nextStep: 'PlantActivityStep', nextAt: '2031-03-04T01:02:03.000Z' },
  order: {
    terms: 'PlantTerms',
    remark: 'PlantOrderRemark',
    validUntil: '2031-05-05',
    deliveryOn: '2031-05-06',
    lines: [{ name: 'PlantLine', quantity: '1', unitPrice: 881_188_118 }],
  },
};

describe('L43 a hidden field', () => {
  it('comes back through no route, and is neither asked about nor written', async () => {
    const { rep, administrator } = as;
    const name = 'Hiding Place';
    const made: Record<string, string> = {};
    const add = async (kind: Kind, body: object) => {
      made[kind] = String((await ok(rep.post(paths[kind], { ...body, ...planted[kind] }))).id);
      return made[kind];
    };
    const customerId = await add('customer', { name });
    const contactId = await add('contact', { name, customerId });
    await add('lead', { name });
    const dealId = await add('deal', { title: name, customerId, contactId });
    await add('order', { title: name, customerId, contactId, dealId, kind: 'quote' });
    await add('activity', { customerId, kind: 'call', body: name });
    // Changed once more, so that histories hold before and after.
    for (const kind of kinds) await ok(rep.patch(`${paths[kind]}/${made[kind]}`, lastly(kind)));
    const values = kinds.flatMap(kind => Object.values(planted[kind] ?? {}).flatMap(value => leaves(value)));
    const gets = routes.filter(
      one => one.method === 'GET' && one.endpoint.access !== 'public' && one.path !== '/events',
    );
    const leaks = async () => {
      const found: string[] = [];
      for (const route of gets)
        for (const id of route.path.includes('{') ? Object.values(made) : ['']) {
          const path = route.path.replace(/\{\w+\}/g, id);
          const asked =
            path === '/search'
              ? [`?q=${encodeURIComponent(name)}`, '?q=13977110001', '?q=plant-lead', '?q=PlantCompany']
              : path === '/shares'
                ? [`?type=customer&id=${customerId}`]
                : [''];
          for (const query of asked) {
            const { text, status } = await rep.get(`${path}${query}`);
            const told = text.replaceAll('\\u002d', '-');
            for (const value of values)
              if (told.includes(value)) found.push(`${route.path} ${status} tells ${value}`);
          }
        }
      return [...new Set(found)];
    };
    const rules = { audit: { read: 'all' } };
    await ok(administrator.put('/roles/rep', { rules, fields: {}, reason }));
    const open = await leaks();
    // While nothing is hidden, everything planted is found: else the next lines would show little.
    expect(values.filter(value => !open.some(leak => leak.endsWith(value)))).toEqual([]);
    const fields = Object.fromEntries(
      Object.entries(governable).map(([object, names]) => [
        object,
        Object.fromEntries(names.map(one => [one, 'hidden'])),
      ]),
    );
    await ok(administrator.put('/roles/rep', { rules, fields, reason }));
    expect(await leaks()).toEqual([]);
    expect((await rep.get(`/customers/${customerId}`)).body).toMatchObject({ phone: null, tags: [] });
    expect((await rep.get(`/deals/${dealId}`)).body).toMatchObject({ amount: null, contact: null });
    expect((await rep.get('/exports/customer.csv?language=en')).text.split('\r\n')[0]).not.toMatch(
      /Phone|Email|Remark/,
    );
    for (const path of [
      '/customers?q=13977110001',
      '/customers?q=plant-customer',
      '/contacts?q=7711',
      '/leads?q=plant-lead@hidden.example',
    ])
      expect((await rep.get(path)).body.items, path).toEqual([]);
    for (const path of [
      '/customers?source=PlantCustomerSource',
      '/customers?tag=PlantTag',
      '/customers?followUpFrom=2031-01-01T00:00:00Z',
      '/customers?sort=-nextFollowUpAt',
      '/customers/duplicates?phone=13977110001',
      '/deals?sort=amount',
      '/deals?expectedFrom=2031-01-01',
      '/orders?sort=-total',
      '/exports/customer.csv?city=PlantCity',
    ])
      expect([path, (await rep.get(path)).status]).toEqual([path, 422]);
    for (const [how, rule] of [
      ['hidden', fields],
      ['read', { customer: { phone: 'read' }, deal: { amount: 'read' }, lead: { phone: 'read' } }],
    ] as const) {
      await ok(administrator.put('/roles/rep', { rules, fields: rule, reason }));
      for (const [path, body, fault] of [
        [`/customers/${customerId}`, { phone: '1' }, 'phone'],
        [`/deals/${dealId}`, { amount: 1 }, 'amount'],
        [`/leads/${made.lead}`, { phone: '1' }, 'phone'],
      ] as const) {
        const reply = await rep.patch(path, body);
        expect([how, path, reply.status, reply.body.faults?.[0]?.path]).toEqual([how, path, 422, fault]);
      }
      const bulk = await rep.post('/customers/bulk', { ids: [customerId], patch: { level: 'x' } });
      expect(bulk.status).toBe(how === 'hidden' ? 422 : 200);
    }
    // A file neither fills nor matches by such a field: the customer of that phone is not found by it.
    const file = 'Customer name,Phone\nFrom a file,+86 13977110001\n';
    const headers = { 'content-type': 'text/csv' };
    const upload = await rep.send('POST /imports?object=customer&fileName=x.csv', { raw: file, headers });
    expect(upload.body.mapping, upload.text).toEqual({ 'Customer name': 'name', Phone: null });
    const mapped = await rep.patch(`/imports/${upload.body.id}`, { mapping: { Phone: 'phone' } });
    expect([mapped.status, mapped.body.faults?.[0]?.path]).toEqual([422, 'mapping.Phone']);
    expect((await rep.get(`/customers/${customerId}`)).body.phone).toBe('+86 13977110001');
    expect((await rep.post('/customers', { name: 'No phone', phone: '1' })).status).toBe(422);
  }, 60_000);
});

/** A change that leaves what is planted where it is: for histories. */
function lastly(kind: Kind): object {
  if (kind === 'customer' || kind === 'contact' || kind === 'lead') return { name: 'Hiding Place 2' };
  return kind === 'activity' ? { body: 'Hiding Place 2' } : { title: 'Hiding Place 2' };
}

function leaves(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (typeof value === 'object' && value !== null)
    return Object.values(value)
      .filter(one => String(one).length > 3)
      .flatMap(leaves);
  return [String(value)];
}
