// One request for every route that writes about records, each on things made for it alone: what a lost line is tried on.
import { sql } from 'kysely';
import type { Client, Loose } from './testing/client.ts';
import type { Test } from './testing/harness.ts';

/** Where a route's address has parameters, their values; what it is sent, and by whom if not by the administrator. */
export type Write = {
  path?: string;
  query?: string;
  body?: unknown;
  raw?: Uint8Array<ArrayBuffer>;
  type?: string;
  by?: Client;
  /** What is to go on after the reply: the jobs it has left. */
  jobs?: boolean;
};
type Prepare = (number: number) => Promise<Write> | Write;

const reason = 'The line was lost';
const kinds = [
  'customers',
  'contacts',
  'leads',
  'activities',
  'deals',
  'orders',
  'products',
  'tasks',
] as const;
type Kind = (typeof kinds)[number];

export async function writesOf(test: Test): Promise<Record<string, Prepare>> {
  const [admin, rep] = [await test.as('administrator'), await test.as('rep')];
  const { people } = test;
  const ok = async (reply: Promise<{ status: number; text: string; body: Loose }>): Promise<Loose> => {
    const { status, text, body } = await reply;
    if (status >= 300) throw new Error(`${status} ${text}`);
    return body;
  };
  const made = async (path: string, body: object, by = admin) => (await ok(by.post(path, body))).id as string;
  const customerId = await made('/customers', { name: 'Holds what is tried' });
  const fresh = (kind: Kind, n: number): object => {
    const name = `${kind} number ${n}`;
    if (kind === 'products') return { name, code: `P-${n}` };
    if (kind === 'activities') return { customerId, kind: 'note', body: name };
    if (kind === 'customers' || kind === 'leads') return { name };
    if (kind === 'contacts') return { name, customerId };
    return kind === 'tasks' ? { title: name } : { title: name, customerId };
  };
  const one = (kind: Kind, n: number, by = admin) => made(`/${kind}`, fresh(kind, n), by);
  const text = (kind: Kind) =>
    kind === 'activities' ? 'body' : kind in { deals: 1, orders: 1, tasks: 1 } ? 'title' : 'name';
  const binned = async (kind: Kind, n: number) => {
    const id = await one(kind, n);
    await ok(admin.delete(`/${kind}/${id}`));
    return id;
  };
  const [pipeline] = (await ok(admin.get('/pipelines'))).items;
  const stages = pipeline.stages as { id: string; kind: string }[];
  const stage = (kind: string) => stages.filter(each => each.kind === kind).at(-1)?.id;
  const lines = [{ name: 'Lamp', unitPrice: 100 }];
  const order = async (n: number, kind: 'quote' | 'order') => {
    const id = await made('/orders', { ...fresh('orders', n), kind, lines });
    await ok(admin.post(`/orders/${id}/status`, { status: kind === 'order' ? 'confirmed' : 'sent' }));
    return id;
  };
  const file = async (n: number) => {
    const query = `object=customer&objectId=${customerId}&name=f${n}.pdf`;
    const raw = new Uint8Array(Buffer.from(`%PDF-1.7 number ${n}`));
    const headers = { 'content-type': 'application/octet-stream' };
    return {
      query,
      raw,
      id: async () => (await ok(admin.send(`POST /files?${query}`, { raw, headers }))).id,
    };
  };
  const csv = (n: number) => new Uint8Array(Buffer.from(`Customer name\nImported ${n} a\nImported ${n} b\n`));
  const imported = async (n: number, ...steps: string[]) => {
    const headers = { 'content-type': 'text/csv' };
    const { id } = await ok(
      admin.send('POST /imports?object=customer&fileName=x.csv', { raw: csv(n), headers }),
    );
    for (const step of steps) {
      await ok(admin.post(`/imports/${id}/${step}`));
      await test.jobs.settle();
    }
    return id as string;
  };
  const rule = (n: number) => ({
    name: `Rule ${n}`,
    active: false,
    event: { kind: 'added', object: 'lead', through: ['person'] },
    conditions: { match: 'all', of: [] },
    actions: [{ kind: 'tag', add: ['new'], remove: [] }],
  });
  const pool = {
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
  await ok(admin.put('/pool/rules/default', pool));
  const pooled = async (n: number) => {
    const id = await one('customers', n, rep);
    await ok(rep.post('/pool', { customerId: id, reason }));
    return id;
  };
  const comment = (n: number) => ({
    object: 'customer',
    objectId: customerId,
    body: `Word ${n}`,
    mentions: [people.manager],
  });
  const said = async (n: number) => (await ok(admin.post('/comments', comment(n)))).comment.id as string;
  const view = (n: number) => ({
    object: 'customer',
    name: `View ${n}`,
    audience: 'own',
    filters: { q: 'x' },
  });
  const newField = (n: number) => ({ object: 'task', label: `Field ${n}`, kind: 'text' });
  const line = (n: number) => ({
    name: `Pipeline ${n}`,
    stages: ['open', 'won', 'lost'].map(kind => ({
      name: kind,
      kind,
      probability: kind === 'won' ? 100 : 0,
    })),
  });
  const merge = async (kind: Kind, n: number) => ({
    path: await one(kind, n),
    body: { otherId: await one(kind, n + 5_000) },
  });
  const team = (await ok(admin.get('/teams'))).items[0].id as string;
  const intake = (await ok(admin.post('/intake-keys', { name: 'Site' }))).key as string;
  const received = async (n: number) => {
    const { receipt } = await ok(
      test.client().post(`/intake/${intake}`, { remark: `Whose name is missing ${n}` }),
    );
    await test.jobs.settle();
    return receipt as string;
  };
  const handed = { to: [people.manager], objects: ['task'], reason };
  const inHand = async (n: number) => {
    await sql`delete from tasks where owner_id = ${people.rep}`.execute(test.world.db);
    await one('tasks', n, rep);
  };
  const cases: Record<string, Prepare> = {
    'PUT /win-reasons': n => ({ body: { items: [{ label: `Won ${n}` }] } }),
    'PUT /lost-reasons': n => ({ body: { items: [{ label: `Lost ${n}` }] } }),
    'POST /deals/{id}/move': async n => ({ path: await one('deals', n), body: { stageId: stage('open') } }),
    'POST /leads/{id}/convert': async n => ({
      path: await one('leads', n),
      body: { customer: { name: `Converted ${n}` }, deal: { title: 'First' } },
    }),
    'POST /customers/bulk': async n => ({
      body: { ids: [await one('customers', n)], patch: { city: `City ${n}` } },
    }),
    'POST /leads/bulk': async n => ({ body: { ids: [await one('leads', n)], patch: { city: `City ${n}` } } }),
    'POST /tasks/bulk': async n => ({ body: { ids: [await one('tasks', n)], done: true } }),
    'POST /tasks/{id}/done': async n => ({
      path: await made('/tasks', {
        title: 'Weekly',
        dueOn: '2031-01-06',
        repeat: { every: 'week' },
        note: `${n}`,
      }),
    }),
    'POST /tasks/{id}/reopen': async n => {
      const path = await one('tasks', n);
      await ok(admin.post(`/tasks/${path}/done`));
      return { path };
    },
    'POST /shares': async n => ({
      body: { type: 'customer', id: await one('customers', n), personId: people.rep2 },
    }),
    'DELETE /shares/{id}': async n => {
      const id = await one('customers', n);
      return {
        path:
          (await ok(admin.post('/shares', { type: 'customer', id, personId: people.rep2 }))).share?.id ??
          (await ok(admin.get(`/shares?type=customer&id=${id}`))).items[0].id,
      };
    },
    'POST /people/{id}/handovers': async n => {
      await inHand(n);
      return { path: people.rep, body: handed };
    },
    'POST /handovers/{id}/return': async n => {
      await inHand(n);
      return { path: await made(`/people/${people.rep}/handovers`, handed), body: { reason } };
    },
    'POST /people/{id}/pause': async () => {
      await admin.post(`/people/${people.rep}/resume`);
      return { path: people.rep, body: { reason } };
    },
    'POST /people/{id}/resume': async () => {
      await admin.post(`/people/${people.rep}/pause`, { reason });
      return { path: people.rep };
    },
    'POST /batches': async n => ({
      body: { object: 'customer', ids: [await one('customers', n)], set: { city: `C${n}` } },
    }),
    'POST /batches/count': () => ({ body: { object: 'customer', filters: { q: 'Holds' } } }),
    'POST /batches/{id}/undo': async n => ({
      path: await made('/batches', { object: 'deal', ids: [await one('deals', n)], remove: true }),
    }),
    'POST /views': n => ({ body: view(n) }),
    'PATCH /views/{id}': async n => ({ path: await made('/views', view(n)), body: { name: `Other ${n}` } }),
    'DELETE /views/{id}': async n => ({ path: await made('/views', view(n)) }),
    'POST /custom-fields': n => ({ body: newField(n) }),
    'PATCH /custom-fields/{id}': async n => ({
      path: await made('/custom-fields', newField(n)),
      body: { label: `Now ${n}` },
    }),
    'POST /pipelines': n => ({ body: line(n) }),
    'PUT /pipelines/{id}': async n => ({ path: await made('/pipelines', line(n)), body: line(n + 5_000) }),
    'DELETE /pipelines/{id}': async n => ({ path: await made('/pipelines', line(n)) }),
    'POST /automations': n => ({ body: rule(n) }),
    'POST /automations/preview': n => ({ body: { rule: rule(n), days: 3 } }),
    'PUT /automations/{id}': async n => ({
      path: await made('/automations', rule(n)),
      body: rule(n + 5_000),
    }),
    'DELETE /automations/{id}': async n => ({ path: await made('/automations', rule(n)) }),
    'POST /pool': async n => ({ body: { customerId: await one('customers', n, rep), reason }, by: rep }),
    'PUT /pool/rules/{team}': n => ({ path: team, body: { ...pool, idleDays: 20 + (n % 300) } }),
    'DELETE /pool/rules/{team}': async () => {
      await ok(admin.put(`/pool/rules/${team}`, pool));
      return { path: team };
    },
    'POST /pool/preview': () => ({ body: { team: 'default', rule: pool } }),
    'POST /pool/{id}/claim': async n => ({ path: await pooled(n), by: rep }),
    'POST /pool/{id}/assign': async n => ({ path: await pooled(n), body: { ownerId: people.rep2 } }),
    'POST /price-lists': n => ({ body: { name: `List ${n}` } }),
    'PUT /price-lists/{id}': async n => ({
      path: await made('/price-lists', { name: `L${n}` }),
      body: { name: `M${n}` },
    }),
    'DELETE /price-lists/{id}': async n => ({ path: await made('/price-lists', { name: `L${n}` }) }),
    'POST /orders/from-deal': async n => {
      const dealId = await one('deals', n);
      await ok(admin.post(`/deals/${dealId}/move`, { stageId: stage('won') }));
      return { body: { dealId } };
    },
    'POST /orders/{id}/status': async n => ({ path: await order(n, 'quote'), body: { status: 'declined' } }),
    'POST /orders/{id}/order': async n => ({ path: await order(n, 'quote') }),
    'PUT /orders/{id}/instalments': async n => ({
      path: await order(n, 'order'),
      body: {
        instalments: [
          { dueOn: '2031-01-01', amount: 60 },
          { dueOn: '2031-02-01', amount: 40 },
        ],
      },
    }),
    'POST /orders/{id}/payments': async n => ({ path: await order(n, 'order'), body: { amount: 30 } }),
    'POST /orders/{id}/payments/{payment}/reverse': async n => {
      const id = await order(n, 'order');
      const { payments } = await ok(admin.post(`/orders/${id}/payments`, { amount: 30 }));
      return { path: `${id}/payments/${payments[0].id}`, body: { reason } };
    },
    'POST /customers/{id}/merge': n => merge('customers', n),
    'POST /contacts/{id}/merge': n => merge('contacts', n),
    'POST /leads/{id}/merge': n => merge('leads', n),
    'POST /merges/{id}/undo': async n => {
      const { path, body } = await merge('customers', n);
      await ok(admin.post(`/customers/${path}/merge`, body));
      return { path: (await ok(admin.get('/merges?limit=1'))).items[0].id };
    },
    'POST /duplicates/apart': async n => ({
      body: { object: 'lead', ids: [await one('leads', n), await one('leads', n + 5_000)] },
    }),
    'PUT /bin/settings': n => ({ body: { days: 30 + (n % 300) } }),
    'POST /files': async n => ({ ...(await file(n)), type: 'application/octet-stream' }),
    'DELETE /files/{id}': async n => ({ path: await (await file(n)).id() }),
    'POST /files/{id}/restore': async n => {
      const path = await (await file(n)).id();
      await ok(admin.delete(`/files/${path}`));
      return { path };
    },
    'PUT /files/settings': n => ({ body: { megabytes: 10 + (n % 90) } }),
    'PUT /today/settings': n => ({ body: { zone: 'Asia/Shanghai', quietFrom: n % 1_440, quietTo: 480 } }),
    'DELETE /today/pause': async () => {
      await admin.post(`/people/${people.rep}/pause`, { reason });
      return { by: rep };
    },
    'DELETE /calendar': async () => {
      await admin.post('/calendar');
      return {};
    },
    'POST /inbox/read': async n => {
      await ok(
        rep.post('/comments', {
          ...comment(n),
          objectId: await one('customers', n, rep),
          mentions: [people.manager],
        }),
      );
      return { body: {}, by: await manager };
    },
    'PUT /inbox/settings': n => ({ body: { items: [{ kind: 'mention', app: n % 2 === 0, mail: 'none' }] } }),
    'POST /comments': n => ({ body: comment(n) }),
    'PATCH /comments/{id}': async n => ({
      path: await said(n),
      body: { body: `Said otherwise ${n}` },
    }),
    'DELETE /comments/{id}': async n => ({ path: await said(n) }),
    'PUT /follows': async n => ({
      body: { object: 'customer', objectId: await one('customers', n), following: true },
    }),
    'PUT /analysis/targets': n => ({
      body: { person: people.rep, period: `${2031 + (n % 60)}-03`, currency: 'CNY', amount: 7 },
    }),
    'POST /intake/{id}/accept': async n => ({
      path: await received(n),
      body: { customer: { name: `Came in ${n}` } },
    }),
    'POST /intake/{id}/reject': async n => ({ path: await received(n), body: { reason } }),
    'POST /imports': n => ({ query: 'object=customer&fileName=x.csv', raw: csv(n), type: 'text/csv' }),
    'PATCH /imports/{id}': async n => ({
      path: await imported(n),
      body: { options: { duplicates: 'skip' } },
    }),
    'DELETE /imports/{id}': async n => ({ path: await imported(n) }),
    'POST /imports/{id}/start': async n => ({ path: await imported(n) }),
    'POST /imports/{id}/undo': async n => ({ path: await imported(n, 'start') }),
    'POST /exports': () => ({ body: { object: 'customer', format: 'csv' } }),
    'PUT /first-steps': () => ({ body: { closed: true } }),
    'DELETE /first-steps/sample': async () => {
      await admin.post('/first-steps/sample');
      return { query: 'changed=remove' };
    },
  };
  const manager = test.as('manager');
  for (const kind of kinds) {
    cases[`POST /${kind}`] = n => ({ body: fresh(kind, n) });
    cases[`PATCH /${kind}/{id}`] = async n => ({
      path: await one(kind, n),
      body: { [text(kind)]: `Now ${n}` },
    });
    cases[`DELETE /${kind}/{id}`] = async n => ({ path: await one(kind, n) });
    cases[`POST /${kind}/{id}/restore`] = async n => ({ path: await binned(kind, n) });
    if (kind !== 'activities')
      cases[`POST /${kind}/{id}/history/{entry}/restore`] = async n => {
        const id = await one(kind, n);
        await ok(admin.patch(`/${kind}/${id}`, { [text(kind)]: `Then ${n}` }));
        const { items } = await ok(admin.get(`/${kind}/${id}/history`));
        return { path: `${id}/history/${items[0].id}` };
      };
  }
  return cases;
}
