// Forecast against target, movement, outcomes and activity through HTTP: a small story, told in numbers known beforehand.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { settle } from '../deals/funnel.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

const day = 86_400_000;
let test: Test;
let admin: Client;
let manager: Client;
let rep: Client;
let rep2: Client;
let auditor: Client;
let stages: { id: string; name: string; kind: string }[];
/** The moment that the story is looked back to. */
let since: string;
/** A month that all deals of the story are expected in, and which is not over. */
let month: string;

const ids: Record<string, string> = {};

async function add(by: Client, title: string, more: object) {
  ids[title] = (
    await by.post('/deals', { title, customerId: ids[by === rep ? 'one' : 'two'], ...more })
  ).body.id;
}
const move = (by: Client, title: string, stage: number, more: object = {}) =>
  by.post(`/deals/${ids[title]}/move`, { stageId: stages[stage]?.id, ...more });
const patch = (by: Client, title: string, change: object) => by.patch(`/deals/${ids[title]}`, change);

beforeAll(async () => {
  test = await openTest();
  [admin, manager, rep] = [await test.as('administrator'), await test.as('manager'), await test.as('rep')];
  [rep2, auditor] = [await test.as('rep2'), await test.as('auditor')];
  stages = (await rep.get('/pipelines')).body.items[0].stages;
  ids.one = (await rep.post('/customers', { name: 'Acme', source: 'Fair' })).body.id;
  ids.two = (await rep2.post('/customers', { name: 'Blue' })).body.id;
  month = new Date(test.world.now()).toISOString().slice(0, 7);
  const expectedOn = `${month}-28`;
  const both = { expectedOn, source: 'Fair' };
  await add(rep, 'goes on', { amount: 1_000, ...both });
  await add(rep, 'slips', { amount: 2_000, ...both });
  await move(rep, 'slips', 2);
  await add(rep, 'is won', { amount: 4_000, ...both });
  await add(rep, 'is lost', { amount: 8_000, ...both });
  await add(rep, 'grows', { amount: 16_000, ...both });
  await add(rep, 'stays', { amount: 32_000, ...both });
  await add(rep2, 'elsewhere', { amount: 64_000, currency: 'USD', probability: 90, ...both });
  test.turn(1_000);
  since = new Date(test.world.now()).toISOString();
  test.turn(1_000);
  await move(rep, 'goes on', 1);
  await move(rep, 'goes on', 3);
  await move(rep, 'slips', 0);
  await move(rep, 'is won', 4, { wonReason: 'service' });
  await move(rep, 'is lost', 5, { lostReason: 'price' });
  await patch(rep, 'grows', { amount: 20_000 });
  await patch(rep, 'grows', { amount: 17_000, expectedOn: `${month}-01` });
  await add(rep, 'is new', { amount: 128_000, currency: 'USD' });
  await patch(rep2, 'elsewhere', { amount: 60_000, expectedOn: '2090-01-15' });
});
afterAll(() => test.close());

type Kinds = Record<string, { count: number; sums: { currency: string; amount: number }[] }>;

async function movement(by: Client, query = '') {
  const { body } = await by.get(`/analysis/movement?since=${since}${query}`);
  const told: Kinds = Object.fromEntries(body.kinds.map((one: { kind: string }) => [one.kind, one]));
  return { told, ...body };
}

it('movement tells what became of each deal since then, and leads to these deals', async () => {
  const { told, before, now } = await movement(rep);
  const cny = (amount: number) => [{ currency: 'CNY', amount }];
  const one = (kind: string, sums: object[], title: string) => ({ kind, sums, titles: [title] });
  const expected = [
    one('new', [{ currency: 'USD', amount: 128_000 }], 'is new'),
    one('won', cny(4_000), 'is won'),
    one('lost', cny(8_000), 'is lost'),
    one('advanced', cny(1_000), 'goes on'),
    one('back', cny(2_000), 'slips'),
    one('up', cny(1_000), 'grows'),
    one('sooner', cny(17_000), 'grows'),
  ];
  for (const { kind, sums, titles } of expected) {
    expect(told[kind]).toEqual({ kind, count: 1, sums });
    const { body } = await rep.get(`/analysis/movement/deals?since=${since}&kind=${kind}`);
    expect(body.items.map((deal: { title: string }) => deal.title)).toEqual(titles);
  }
  expect([told.down?.count, told.later?.count]).toEqual([0, 0]);
  expect(before).toEqual({ count: 6, sums: cny(63_000) });
  expect(now).toEqual({
    count: 5,
    sums: [
      { currency: 'CNY', amount: 52_000 },
      { currency: 'USD', amount: 128_000 },
    ],
  });
});

it('movement’s deals say what they were before, a page at a time', async () => {
  const of = async (kind: string, by = rep) =>
    (await by.get(`/analysis/movement/deals?since=${since}&kind=${kind}&limit=1`)).body;
  expect((await of('up')).items[0]).toMatchObject({
    amount: 17_000,
    amountBefore: 16_000,
    stageBefore: null,
  });
  expect((await of('back')).items[0]).toMatchObject({ stageBefore: stages[2]?.name, stage: stages[0]?.name });
  const all = await of('sooner', auditor);
  expect([all.items.length, all.next]).toEqual([1, null]);
  expect((await rep.get(`/analysis/movement/deals?since=${since}&kind=up&after=x`)).status).toBe(422);
});

it('everybody’s movement holds what is within reach', async () => {
  const counts = async (by: Client, query = '') => {
    const { told } = await movement(by, query);
    return [told.new?.count, told.later?.count];
  };
  expect(await counts(rep)).toEqual([1, 0]);
  expect(await counts(rep2)).toEqual([0, 1]);
  expect(await counts(manager)).toEqual([1, 0]);
  expect(await counts(auditor)).toEqual([1, 1]);
  expect(await counts(auditor, `&owner=${test.people.rep2}`)).toEqual([0, 1]);
  expect(await counts(rep, `&owner=${test.people.rep2}`)).toEqual([0, 0]);
});

it('the forecast parts what is won, sure, likely and open, and sets it against targets', async () => {
  const set = (by: Client, target: object) =>
    by.put('/analysis/targets', { period: month, currency: 'CNY', ...target });
  expect((await set(manager, { person: test.people.rep, amount: 50_000 })).status).toBe(200);
  expect((await set(admin, { person: test.people.rep2, amount: 7_000 })).status).toBe(200);
  const { body } = await rep.get('/analysis/forecast');
  expect(body).toMatchObject({ period: month, from: `${month}-01` });
  const cny = body.total.find((row: { currency: string }) => row.currency === 'CNY');
  // At the fourth stage 80 %, at the first 20 %.
  expect(cny).toMatchObject({
    target: 50_000,
    won: 4_000,
    wonCount: 1,
    sure: 1_000,
    sureCount: 1,
    likely: 0,
  });
  expect(cny).toMatchObject({ open: 51_000, openCount: 3, weighted: 800 + 51_000 * 0.2 });
  expect(body.undated).toEqual({ count: 1, sums: [{ currency: 'USD', amount: 128_000 }] });
  const whole = (await admin.get('/analysis/forecast')).body;
  expect(whole.total.find((row: { currency: string }) => row.currency === 'CNY').target).toBe(57_000);
  expect(whole.people.length).toBe(2);
  const quarter = `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
  const of = async (by: Client, query: string) => {
    const { total } = (await by.get(`/analysis/forecast?period=${quarter}${query}`)).body;
    return total.find((row: { currency: string }) => row.currency === 'CNY')?.target;
  };
  expect([await of(rep, ''), await of(manager, ''), await of(admin, '')]).toEqual([50_000, 50_000, 57_000]);
});

it('targets are set by whoever leads the person, and by nobody else', async () => {
  const set = async (by: Client, target: object) =>
    (await by.put('/analysis/targets', { period: '2031-Q2', currency: 'EUR', amount: 100, ...target }))
      .status;
  expect(await set(rep, { person: test.people.rep })).toBe(403);
  expect(await set(auditor, { person: test.people.rep })).toBe(403);
  expect(await set(manager, { person: test.people.rep2 })).toBe(403);
  expect(await set(manager, {})).toBe(403);
  expect(await set(manager, { person: test.people.auditor })).toBe(422);
  expect(await set(admin, {})).toBe(200);
  expect(await set(manager, { person: test.people.rep })).toBe(200);
  const { items } = (await rep.get('/analysis/targets?period=2031-Q2')).body;
  expect(items).toEqual([
    { subject: 'person', id: test.people.rep, period: '2031-Q2', currency: 'EUR', amount: 100 },
  ]);
  expect(await set(manager, { person: test.people.rep, amount: null })).toBe(200);
  expect((await rep.get('/analysis/targets?period=2031-Q2')).body.items).toEqual([]);
  const { items: log } = (await admin.get('/audit?action=target.')).body;
  expect(log.map((entry: { action: string }) => entry.action).slice(0, 2)).toEqual([
    'target.remove',
    'target.set',
  ]);
});

it('outcomes add won and lost up by reason, source and person', async () => {
  const { body } = await manager.get('/analysis/outcomes');
  const one = (amount: number) => ({ count: 1, sums: [{ currency: 'CNY', amount }] });
  expect(body.won).toEqual(one(4_000));
  expect(body.reasons).toEqual([{ reason: 'price', ...one(8_000) }]);
  expect(body.winReasons).toEqual([{ reason: 'service', ...one(4_000) }]);
  expect(body.people).toMatchObject([{ owner: { id: test.people.rep }, won: one(4_000), lost: one(8_000) }]);
  expect(body.sources).toMatchObject([
    { source: 'Fair', customers: 1, added: 6, won: one(4_000), lost: one(8_000) },
    { source: null, customers: 0, added: 1, won: { count: 0 } },
  ]);
  expect(body.medianDays).toBe(0);
  const before = new Date(test.world.now() - 40 * day).toISOString();
  const earlier = await manager.get(`/analysis/outcomes?from=${before}&to=${since}`);
  expect(earlier.body.won.count).toBe(0);
});

it('the numbers lead to as many deals', async () => {
  const list = async (query: string) => (await manager.get(`/deals?${query}`)).body.items.length;
  const forecast = (await manager.get('/analysis/forecast')).body;
  const closed = `closedFrom=${forecast.wonFrom}&closedTo=${forecast.wonTo}`;
  const expected = `expectedFrom=${forecast.from}&expectedTo=${forecast.to}&state=open&currency=CNY`;
  const [cny] = forecast.total;
  expect(await list(`state=won&${closed}&currency=CNY`)).toBe(cny.wonCount);
  expect(await list(`${expected}&chanceFrom=75`)).toBe(cny.sureCount);
  expect(await list(`${expected}&chanceTo=40`)).toBe(cny.openCount);
  expect(await list(`${closed}&lostReason=price`)).toBe(1);
  expect(await list(`${closed}&wonReason=service`)).toBe(1);
  expect(await list(`${closed}&source=Fair`)).toBe(2);
  expect(await list('source=-')).toBe(1);
  expect(await list(`createdFrom=${since}`)).toBe(1);
  expect(await list(`team=${test.people.rep}`)).toBe(0);
});

it('what is shared is counted where lists show it, and in the forecast for its owner alone', async () => {
  const from = new Date(test.world.now() - day).toISOString();
  type Stage = { stageId: string; entered: number; won: number; lost: number };
  type Month = { month: string | null; count: number };
  const agree = async () => {
    const count = async (query: string) => (await rep2.get(`/deals?limit=200&${query}`)).body.items.length;
    const get = async (path: string) => (await rep2.get(path)).body;
    const { stages: told, forecast: months } = await get(`/deals/funnel?from=${from}`);
    for (const { stageId, ...stage } of told as Stage[])
      for (const kind of ['entered', 'won', 'lost'] as const)
        expect(stage[kind], kind).toBe(await count(`moved=${kind}&movedStage=${stageId}&from=${from}`));
    const open = (months as Month[]).reduce((sum, each) => sum + each.count, 0);
    expect(open).toBe(await count('state=open'));
    const outcomes = await get(`/analysis/outcomes?from=${from}`);
    expect(outcomes.won.count).toBe(await count(`state=won&closedFrom=${from}`));
    expect(outcomes.lost.count).toBe(await count(`state=lost&closedFrom=${from}`));
    const { now } = await get(`/analysis/movement?since=${since}`);
    expect(now.count).toBe(await count('state=open'));
    const { total, whose } = await get('/analysis/forecast');
    const own = `&owner=${whose.owner}`;
    const won = total.reduce((sum: number, each: { wonCount: number }) => sum + each.wonCount, 0);
    expect([whose.owner, won]).toEqual([test.people.rep2, await count(`state=won${own}`)]);
    return [open, outcomes.won.count, outcomes.lost.count];
  };
  expect(await agree()).toEqual([1, 0, 0]);
  const share = (type: string, id: string | undefined) =>
    rep.post('/shares', { type, id, personId: test.people.rep2 });
  const lent = await share('deal', ids['is won']);
  expect(await agree()).toEqual([1, 1, 0]);
  // A customer that is shared brings all its deals.
  const whole = await share('customer', ids.one);
  expect(await agree()).toEqual([6, 1, 1]);
  for (const { body } of [lent, whole]) expect((await rep.delete(`/shares/${body.id}`)).status).toBe(204);
  expect(await agree()).toEqual([1, 0, 0]);
});

it('a time longer than ten years, one that ends before it begins and months that no calendar has are told', async () => {
  const status = async (path: string) => (await admin.get(path)).status;
  const wide = 'from=1900-01-01T00:00:00Z&to=9999-12-31T23:59:59-14:00';
  const long = 'from=1999-01-01T00:00:00Z&to=2026-01-01T00:00:00Z';
  const turned = 'from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z';
  for (const query of [wide, long, turned])
    for (const path of ['/deals/funnel', '/analysis/outcomes'])
      expect(await status(`${path}?${query}`), `${path} ${query}`).toBe(422);
  expect(await status('/analysis/movement?since=1999-01-01T00:00:00Z')).toBe(422);
  expect(await status('/analysis/movement/deals?kind=new&since=1999-01-01T00:00:00Z')).toBe(422);
  expect(await status('/analysis/activity?edges=1999-01-01T00:00:00Z,2026-01-01T00:00:00Z')).toBe(422);
  expect(await status('/analysis/forecast?period=9999-12')).toBe(422);
  expect(await status('/analysis/forecast?period=2199-12')).toBe(200);
  const late = { customerId: ids.one, kind: 'call', body: 'x', at: '9999-12-31T23:59:59-14:00' };
  expect((await rep.post('/activities', late)).status).toBe(422);
});

it('the funnel tells of a move at once, though what did not change is remembered', async () => {
  const from = `from=${new Date(test.world.now() - day).toISOString()}`;
  const entered = async (by: Client) =>
    (await by.get(`/deals/funnel?${from}`)).body.stages.map((stage: { entered: number }) => stage.entered);
  const before = await entered(rep);
  expect(await entered(rep)).toEqual(before);
  await move(rep, 'stays', 1);
  const after = [...before];
  after[1] += 1;
  expect(await entered(rep)).toEqual(after);
  expect(await entered(rep2)).not.toEqual(after);
  await move(rep, 'stays', 0);
});

it('activity counts each person’s deeds by kind and by span', async () => {
  const at = (days: number) => new Date(test.world.now() - days * day).toISOString();
  for (const [kind, days] of [
    ['call', 1.5],
    ['call', 0.5],
    ['visit', 0.5],
    ['visit', 9],
  ] as const)
    await rep.post('/activities', { customerId: ids.one, kind, body: 'x', at: at(days) });
  const edges = [at(2), at(1), at(0)].join(',');
  const { body } = await manager.get(`/analysis/activity?edges=${edges}`);
  expect(body.people).toEqual([
    {
      author: { id: test.people.rep, name: 'rep person' },
      count: 3,
      kinds: { call: 2, visit: 1 },
      spans: [1, 2],
    },
  ]);
  const behind = async (query: string) => {
    const span = `from=${edges.split(',')[0]}&to=${edges.split(',')[2]}`;
    return (await manager.get(`/activities?author=${test.people.rep}&${span}${query}`)).body.items.length;
  };
  expect([await behind(''), await behind('&kind=call')]).toEqual([3, 2]);
  expect((await rep2.get(`/analysis/activity?edges=${edges}`)).body.people).toEqual([]);
  expect((await rep.get(`/analysis/activity?edges=${at(0)},${at(1)}`)).status).toBe(422);
});

it('what a policy hides comes back in no sum, no reason and no source (L43)', async () => {
  const fields = {
    deal: {
      amount: 'hidden',
      lostReason: 'hidden',
      wonReason: 'hidden',
      source: 'hidden',
      expectedOn: 'hidden',
    },
  };
  const reason = 'amounts are nobody’s business';
  expect((await admin.put('/roles/manager', { rules: {}, fields, reason })).status).toBe(200);
  const seen = async (path: string) => (await manager.get(path)).body;
  const outcomes = await seen('/analysis/outcomes');
  const { won, reasons, winReasons, sources } = outcomes;
  expect([won, reasons, winReasons, sources]).toEqual([{ count: 1, sums: [] }, [], [], []]);
  const { told, now } = await movement(manager);
  expect([told.won, told.up, told.later, now.sums]).toEqual([
    { kind: 'won', count: 1, sums: [] },
    undefined,
    undefined,
    [],
  ]);
  expect((await seen(`/analysis/movement/deals?since=${since}&kind=up`)).items).toEqual([]);
  const [moved] = (await seen(`/analysis/movement/deals?since=${since}&kind=won`)).items;
  expect([moved.amount, moved.amountBefore, moved.expectedOn]).toEqual([null, null, null]);
  const forecast = await seen('/analysis/forecast');
  expect([forecast.total, forecast.people]).toEqual([[], []]);
  expect([forecast.undated, forecast.overdue]).toEqual([
    { count: 0, sums: [] },
    { count: 0, sums: [] },
  ]);
  for (const path of ['/deals/board', '/deals/funnel'])
    expect((await seen(path)).stages.flatMap((stage: { sums: object[] }) => stage.sums)).toEqual([]);
  expect((await admin.delete('/roles/manager')).status).toBe(204);
});

it('no order and no cursor tells an amount that is hidden, and no count a source of customers (L43)', async () => {
  const pages = async () => {
    const titles: string[] = [];
    let query = '';
    for (let count = 0; count < 9; count++) {
      const address = `/analysis/movement/deals?since=${long}&kind=new&limit=2${query}`;
      const { items, next } = (await manager.get(address)).body;
      titles.push(...items.map((deal: { title: string }) => deal.title));
      if (!next) return { titles, cursors };
      cursors.push(Buffer.from(next, 'base64url').toString());
      query = `&after=${encodeURIComponent(next)}`;
    }
    throw new Error('the pages do not end');
  };
  const long = new Date(Date.parse(since) - day).toISOString();
  const cursors: string[] = [];
  const largest = (await pages()).titles;
  expect(cursors.splice(0).join()).toContain('32000');
  const fields = { deal: { amount: 'hidden' }, customer: { source: 'hidden' } };
  const reason = 'amounts are nobody’s business';
  expect((await admin.put('/roles/manager', { rules: {}, fields, reason })).status).toBe(200);
  const blind = await pages();
  expect(blind.titles).toEqual([...largest].sort());
  expect(cursors.join()).not.toMatch(/000/);
  const { sources } = (await manager.get('/analysis/outcomes')).body;
  expect(sources[0]).toMatchObject({ source: 'Fair', customers: 0, added: 6 });
  expect((await admin.delete('/roles/manager')).status).toBe(204);
});

it('sums stay right through changes of owner, the bin and their merging', async () => {
  const count = async () => {
    const { stages: told } = (await admin.get('/deals/board')).body;
    return told.map((stage: { count: number; sums: object }) => [stage.count, stage.sums]);
  };
  await rep.delete(`/deals/${ids.grows}`);
  await admin.patch(`/deals/${ids.stays}`, { ownerId: test.people.rep2 });
  const before = await count();
  await settle(test.world);
  expect(await count()).toEqual(before);
  const rows = await test.world.db.selectFrom('deal_sums').select(['count']).execute();
  expect(rows.every(row => row.count > 0)).toBe(true);
  expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(7);
  const own = (await rep2.get('/deals/board')).body.stages[0];
  expect(own.sums).toContainEqual({ currency: 'CNY', amount: 32_000, weighted: 6_400 });
});
