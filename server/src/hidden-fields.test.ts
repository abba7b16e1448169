// Every field that a policy may hide, planted with a value of its own, against every route that reads: none tells it
// (L43), and none may be asked about or written.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { governable } from './field-rules.ts';
import type { ObjectType } from './permissions.ts';
import { routes } from './routes.ts';
import type { Client } from './testing/client.ts';
import { openTest, type Test } from './testing/harness.ts';

const paths = {
  customer: '/customers',
  contact: '/contacts',
  activity: '/activities',
  lead: '/leads',
  deal: '/deals',
  order: '/orders',
  product: '/products',
  task: '/tasks',
} as const;
type Kind = keyof typeof paths;
const kinds = Object.keys(paths) as Kind[];
const reason = 'The matrix asks for it';
/** Those that take fields of the workspace's own; each has one, `plant`. */
const extended = kinds.filter(kind => kind !== 'activity');

let test: Test;
let administrator: Client;
let rep: Client;

beforeAll(async () => {
  test = await openTest();
  [administrator, rep] = [await test.as('administrator'), await test.as('rep')];
  for (const object of extended)
    await ok(administrator.post('/custom-fields', { object, label: 'Plant', kind: 'text' }));
});
afterAll(() => test.close());

const ok = async (reply: Promise<{ status: number; text: string; body: Record<string, unknown> }>) => {
  const { status, text, body } = await reply;
  if (status >= 300) throw new Error(`${status} ${text}`);
  return body;
};

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
  product: { category: 'PlantCategory', description: 'PlantDescription', price: 661_166_116 },
};
for (const kind of extended) planted[kind] = { ...planted[kind], custom: { plant: `PlantOwn-${kind}` } };

const poolRule = {
  active: true,
  idleDays: 30,
  deallessDays: null,
  exemptStages: [],
  exemptOpenDeals: false,
  warnDays: 0,
  protectDays: 0,
  claimsPerDay: null,
  claimsPerWeek: null,
  holdingCap: null,
};

describe('L43 a hidden field', () => {
  it('comes back through no route, and is neither asked about nor written', async () => {
    const name = 'Hiding Place';
    const made: Record<string, string> = {};
    const handOf = (kind: Kind) => (kind === 'product' ? administrator : rep);
    const add = async (kind: Kind, body: object) => {
      made[kind] = String((await ok(handOf(kind).post(paths[kind], { ...body, ...planted[kind] }))).id);
      return made[kind];
    };
    const customerId = await add('customer', { name });
    const contactId = await add('contact', { name, customerId });
    await add('lead', { name });
    const dealId = await add('deal', { title: name, customerId, contactId });
    await add('order', { title: name, customerId, contactId, dealId, kind: 'quote' });
    await add('activity', { customerId, kind: 'call', body: name });
    await add('product', { name, code: 'HP' });
    await add('task', { title: name, about: { type: 'customer', id: customerId } });
    const twinId = String((await ok(rep.post('/customers', { name, ...planted.customer }))).id);
    const twinLeadId = String((await ok(rep.post('/leads', { name, ...planted.lead }))).id);
    await ok(administrator.put('/pool/rules/default', poolRule));
    const pooledId = String((await ok(rep.post('/customers', { name, ...planted.customer }))).id);
    await ok(rep.post('/pool', { customerId: pooledId, reason }));
    const batch = { object: 'customer', ids: [twinId], set: { city: 'PlantCity' }, addTags: ['PlantTag'] };
    const batchId = String((await ok(rep.post('/batches', batch))).id);
    // Changed once more, so that histories hold before and after.
    for (const kind of kinds) await ok(handOf(kind).patch(`${paths[kind]}/${made[kind]}`, lastly(kind)));
    const values = kinds.flatMap(kind => Object.values(planted[kind] ?? {}).flatMap(value => leaves(value)));
    const gets = routes.filter(
      one => one.method === 'GET' && one.endpoint.access !== 'public' && one.path !== '/events',
    );
    const about = `?object=customer&id=${customerId}`;
    const since = `?since=${new Date(test.world.now() - 86_400_000).toISOString()}`;
    const questions: Record<string, string[]> = {
      '/shares': [`?type=customer&id=${customerId}`],
      '/files': [`?object=customer&objectId=${customerId}`],
      '/follows': [about],
      '/comments': [about],
      '/customers/{id}/merge': [`?other=${twinId}`],
      '/leads/{id}/merge': [`?other=${twinLeadId}`],
      '/duplicates': ['?object=customer', '?object=lead'],
      '/analysis/movement': [since],
      '/analysis/movement/deals': [`${since}&kind=new`],
    };
    const ids = [...Object.values(made), pooledId, batchId];
    const leaks = async () => {
      const found: string[] = [];
      for (const route of gets)
        for (const id of route.path.includes('{') ? ids : ['']) {
          const path = route.path.replace(/\{\w+\}/g, id);
          const asked =
            path === '/search'
              ? [`?q=${encodeURIComponent(name)}`, '?q=13977110001', '?q=plant-lead', '?q=PlantCompany']
              : (questions[route.path] ?? ['']);
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
        Object.fromEntries(
          [...names, ...(object === 'activity' ? [] : ['custom.plant'])].map(one => [one, 'hidden']),
        ),
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
      ...extended.map(kind => `${paths[kind]}?custom=%7B%22plant%22%3A%22x%22%7D`),
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
    // A file of what was asked for with filters tells as much as a list does; so do those that have no columns.
    const hrefOf = async (body: object) => `/${(await ok(rep.post('/exports', body))).href}`;
    const fileOf = async (body: object) => rep.get(await hrefOf(body));
    const filtered = { object: 'customer', filters: { city: 'PlantCity' } };
    const asked = await hrefOf(filtered);
    const some = { customer: { phone: 'hidden', city: 'hidden' }, activity: { nextStep: 'hidden' } };
    await ok(administrator.put('/roles/rep', { rules, fields: some, reason }));
    const refused = await rep.post('/exports', filtered);
    expect([refused.status, refused.body.faults?.[0]?.path]).toEqual([422, 'filters.city']);
    expect((await rep.get(asked)).status).toBe(403);
    for (const object of ['customer', 'activity']) {
      const { text } = await fileOf({ object, format: 'ics' });
      expect(text).toContain('SUMMARY');
      expect(text).not.toMatch(/13977110001|PlantActivityStep/);
    }
    await ok(administrator.put('/roles/rep', { rules, fields: { activity: { nextAt: 'hidden' } }, reason }));
    expect((await fileOf({ object: 'activity', format: 'ics' })).text).not.toContain('SUMMARY');
    await ok(administrator.put('/roles/rep', { rules, fields: { customer: { phone: 'read' } }, reason }));
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
  if (['customer', 'contact', 'lead', 'product'].includes(kind)) return { name: 'Hiding Place 2' };
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
