// Deals through HTTP: records, moves, conflicts, reach, pipelines, hostile input.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

type Stage = { id: string; name: string; kind: string; probability: number };

let test: Test;
let rep: Client;
let rep2: Client;
let manager: Client;
let auditor: Client;
let administrator: Client;
let stages: Stage[];
let customerId: string;

beforeAll(async () => {
  test = await openTest();
  [rep, rep2, manager] = [await test.as('rep'), await test.as('rep2'), await test.as('manager')];
  [auditor, administrator] = [await test.as('auditor'), await test.as('administrator')];
  stages = (await rep.get('/pipelines')).body.items[0].stages;
  customerId = await customer(rep);
});
afterAll(() => test.close());

const customer = async (by: Client) => `${(await by.post('/customers', { name: 'Acme' })).body.id}`;
const add = async (by: Client, more: object = {}) =>
  (await by.post('/deals', { title: 'Lamps', customerId, ...more })).body;
const stage = (name: string) => stages.find(one => one.name === name)?.id ?? '';
const faults = (body: { faults?: { path: string }[] }) => body.faults?.map(fault => fault.path);

describe('a deal', () => {
  it('begins at the first stage of the default pipeline, with its probability and owner', async () => {
    const contact = (await rep.post('/contacts', { name: '王小明', customerId })).body;
    const sent = {
      title: '灯具年度订单',
      customerId,
      contactId: contact.id,
      amount: 1_250_050,
      expectedOn: '2031-03-05',
      source: 'Fair',
      nextStep: 'send the quote',
    };
    const added = await rep.post('/deals', sent);
    expect(added.status).toBe(201);
    expect(added.headers.get('location')).toBe(`/api/v1/deals/${added.body.id}`);
    expect(added.body).toMatchObject({
      title: '灯具年度订单',
      customer: { id: customerId, name: 'Acme' },
      contact: { name: '王小明' },
      amount: 1_250_050,
      currency: 'CNY',
      expectedOn: '2031-03-05',
      stage: { name: 'First contact', kind: 'open', ageingDays: 14 },
      probability: 20,
      probabilityOwn: false,
      owner: { id: test.people.rep },
      version: 1,
    });
    expect((await rep.get(`/deals/${added.body.id}`)).body).toEqual(added.body);
    const { items } = (await rep.get(`/deals/${added.body.id}/moves`)).body;
    expect(items).toMatchObject([{ from: null, to: { name: 'First contact' }, by: { name: 'rep person' } }]);
  });

  it('changes with its version, keeps its history and shows both versions on a conflict', async () => {
    const deal = await add(rep);
    const changed = await rep.patch(
      `/deals/${deal.id}`,
      { amount: 9900, probability: 55 },
      { headers: { 'if-match': '"v1"' } },
    );
    expect(changed.body).toMatchObject({ amount: 9900, probability: 55, probabilityOwn: true, version: 2 });
    const late = await rep.patch(`/deals/${deal.id}`, { amount: 1 }, { headers: { 'if-match': '"v1"' } });
    expect(late.status).toBe(412);
    expect(late.body).toMatchObject({ current: { amount: 9900, version: 2 }, yours: { amount: 1 } });
    const back = await rep.patch(`/deals/${deal.id}`, { probability: null });
    expect(back.body).toMatchObject({ probability: 20, probabilityOwn: false });
    expect((await rep.patch(`/deals/${deal.id}`, { probability: null })).body.version).toBe(3);
    const { items } = (await rep.get(`/deals/${deal.id}/history`)).body;
    expect(items.map((item: { action: string }) => item.action)).toEqual([
      'deal.change',
      'deal.change',
      'deal.add',
    ]);
    expect(items[1].changes).toContainEqual({ field: 'amount', before: 0, after: 9900 });
  });

  it('is added once for one idempotency key', async () => {
    const send = () =>
      rep.post('/deals', { title: 'Once', customerId }, { headers: { 'idempotency-key': 'deal-once-1' } });
    const [one, two] = [await send(), await send()];
    expect([one.status, two.status, one.body.id]).toEqual([201, 201, two.body.id]);
    expect((await rep.get('/deals?q=once')).body.items).toHaveLength(1);
  });

  it('goes into the bin and comes back, alone or with its customer', async () => {
    const own = await customer(rep);
    const [deal, alone] = [await add(rep, { customerId: own }), await add(rep, { customerId: own })];
    expect((await rep.delete(`/deals/${alone.id}`)).status).toBe(204);
    expect((await rep.get(`/deals/${alone.id}`)).status).toBe(404);
    expect((await rep.get(`/deals/${alone.id}/history`)).body.items[0].action).toBe('deal.remove');
    await rep.delete(`/customers/${own}`);
    expect((await rep.get(`/deals/${deal.id}`)).status).toBe(404);
    expect((await rep.post(`/deals/${alone.id}/restore`)).status).toBe(404);
    await rep.post(`/customers/${own}/restore`);
    expect((await rep.get(`/deals/${deal.id}`)).status).toBe(200);
    expect((await rep.get(`/deals/${alone.id}`)).status).toBe(404);
    expect((await rep.post(`/deals/${alone.id}/restore`)).body).toMatchObject({ deletedAt: null });
    expect((await rep.get(`/deals/${alone.id}`)).status).toBe(200);
  });

  it('goes along to the next owner of its customer while it is open, and to the owner’s next team', async () => {
    const own = await customer(administrator);
    await administrator.patch(`/customers/${own}`, { ownerId: test.people.rep });
    const open = await add(rep, { customerId: own });
    const won = await add(rep, { customerId: own });
    await rep.post(`/deals/${won.id}/move`, { stageId: stage('Won') });
    await administrator.patch(`/customers/${own}`, { ownerId: test.people.rep2 });
    expect((await rep2.get(`/deals?customer=${own}`)).body.items).toMatchObject([{ id: open.id }]);
    expect((await rep.get(`/deals?customer=${own}`)).body.items).toMatchObject([{ id: won.id }]);
  });
});

describe('a move', () => {
  it('is kept, takes the probability of the stage, and asks for a reason when lost', async () => {
    const deal = await add(rep);
    test.turn(3 * 86_400_000);
    const moved = await rep.post(`/deals/${deal.id}/move`, {
      stageId: stage('Negotiation'),
      ifMatch: '"v1"',
    });
    expect(moved.body).toMatchObject({ stage: { name: 'Negotiation' }, probability: 80, version: 2 });
    expect(moved.body.stageSince).not.toBe(deal.stageSince);
    const bare = await rep.post(`/deals/${deal.id}/move`, { stageId: stage('Lost') });
    expect([bare.status, faults(bare.body)]).toEqual([422, ['lostReason']]);
    const odd = await rep.post(`/deals/${deal.id}/move`, { stageId: stage('Won'), lostReason: 'price' });
    expect(odd.status).toBe(422);
    const unknown = await rep.post(`/deals/${deal.id}/move`, { stageId: stage('Lost'), lostReason: 'fate' });
    expect(unknown.status).toBe(422);
    const lost = await rep.post(`/deals/${deal.id}/move`, {
      stageId: stage('Lost'),
      lostReason: 'price',
      lostRemark: '对方预算不足',
    });
    expect(lost.body).toMatchObject({ stage: { kind: 'lost' }, probability: 0, lostReason: 'price' });
    const again = await rep.post(`/deals/${deal.id}/move`, { stageId: stage('First contact') });
    expect(again.body).toMatchObject({ lostReason: null, lostRemark: null, stage: { kind: 'open' } });
    const { items } = (await rep.get(`/deals/${deal.id}/moves`)).body;
    expect(items.map((item: { to: { name: string } }) => item.to.name)).toEqual([
      'First contact',
      'Lost',
      'Negotiation',
      'First contact',
    ]);
    expect(items[2]).toMatchObject({ from: { name: 'First contact' }, days: 3 });
    const history = (await rep.get(`/deals/${deal.id}/history`)).body.items;
    expect(history[2].changes[0]).toMatchObject({
      field: 'stage',
      before: { name: 'First contact' },
      after: { name: 'Negotiation' },
    });
  });

  it('is refused on another version, by body or by header', async () => {
    const deal = await add(rep);
    await rep.patch(`/deals/${deal.id}`, { amount: 5 });
    for (const send of [
      rep.post(`/deals/${deal.id}/move`, { stageId: stage('Won'), ifMatch: '"v1"' }),
      rep.post(`/deals/${deal.id}/move`, { stageId: stage('Won'), ifMatch: 'nonsense' }),
      rep.post(`/deals/${deal.id}/move`, { stageId: stage('Won') }, { headers: { 'if-match': '"v1"' } }),
    ]) {
      const reply = await send;
      expect([reply.status, reply.body.current.version]).toEqual([412, 2]);
    }
  });

  it('of two at once with one version lets one through', async () => {
    const deal = await add(rep);
    const replies = await Promise.all(
      ['Won', 'Negotiation', 'Needs confirmed', 'Won'].map(name =>
        rep.post(`/deals/${deal.id}/move`, { stageId: stage(name), ifMatch: '"v1"' }),
      ),
    );
    expect(replies.map(reply => reply.status).sort()).toEqual([200, 412, 412, 412]);
    expect((await rep.get(`/deals/${deal.id}/moves`)).body.items).toHaveLength(2);
  });

  it('asks for the fields of its stage, which may be filled in by the way and not be emptied after', async () => {
    const pipeline = (
      await administrator.post('/pipelines', {
        name: 'Strict',
        stages: [
          { name: 'In', kind: 'open', probability: 10 },
          { name: 'Quote', kind: 'open', probability: 50, requiredFields: ['amount', 'expectedOn'] },
          { name: 'Yes', kind: 'won', probability: 12 },
          { name: 'No', kind: 'lost', probability: 12 },
        ],
      })
    ).body;
    expect(pipeline.stages.map((one: Stage) => one.probability)).toEqual([10, 50, 100, 0]);
    const [first, quote] = pipeline.stages;
    const deal = await add(rep, { stageId: first.id });
    const bare = await rep.post(`/deals/${deal.id}/move`, { stageId: quote.id });
    expect([bare.status, faults(bare.body)]).toEqual([422, ['set.amount', 'set.expectedOn']]);
    const set = { amount: 100, expectedOn: '2031-01-01' };
    const moved = await rep.post(`/deals/${deal.id}/move`, { stageId: quote.id, set });
    expect(moved.body).toMatchObject({ ...set, stage: { name: 'Quote' } });
    const emptied = await rep.patch(`/deals/${deal.id}`, { amount: 0 });
    expect([emptied.status, faults(emptied.body)]).toEqual([422, ['amount']]);
    expect((await rep.post('/deals', { title: 'x', customerId, stageId: quote.id })).status).toBe(422);
    const closed = await rep.post('/deals', { title: 'x', customerId, stageId: pipeline.stages[2].id });
    expect(faults(closed.body)).toEqual(['stageId']);
  });
});

describe('reach', () => {
  it('lets reps see and move their own, managers the team’s, auditors read all', async () => {
    const own = await customer(rep2);
    const theirs = await add(rep2, { customerId: own, title: 'South' });
    for (const by of [rep, manager]) {
      expect((await by.get(`/deals/${theirs.id}`)).status).toBe(404);
      expect((await by.patch(`/deals/${theirs.id}`, { amount: 1 })).status).toBe(404);
      expect((await by.delete(`/deals/${theirs.id}`)).status).toBe(404);
      expect((await by.post(`/deals/${theirs.id}/move`, { stageId: stage('Won') })).status).toBe(404);
      expect((await by.get(`/deals/${theirs.id}/moves`)).status).toBe(404);
      expect((await by.get(`/deals/${theirs.id}/history`)).status).toBe(404);
      expect((await by.get('/deals?q=south')).body.items).toEqual([]);
    }
    expect((await auditor.get(`/deals/${theirs.id}`)).status).toBe(200);
    expect((await auditor.patch(`/deals/${theirs.id}`, { amount: 1 })).status).toBe(403);
    expect((await auditor.post('/deals', { title: 'x', customerId })).status).toBe(403);
    const mine = await add(rep, { title: 'North' });
    expect((await manager.patch(`/deals/${mine.id}`, { amount: 7 })).body.amount).toBe(7);
    expect((await administrator.get('/deals?q=orth')).body.items).toMatchObject([{ id: mine.id }]);
    const counted = async (by: Client) =>
      (await by.get('/deals/board')).body.stages.reduce(
        (sum: number, one: { count: number }) => sum + one.count,
        0,
      );
    expect(await counted(administrator)).toBeGreaterThan(await counted(rep));
  });

  it('takes no customer, contact or owner out of reach', async () => {
    const far = await customer(rep2);
    expect(faults((await rep.post('/deals', { title: 'x', customerId: far })).body)).toEqual(['customerId']);
    const deal = await add(rep);
    expect(faults((await rep.patch(`/deals/${deal.id}`, { customerId: far })).body)).toEqual(['customerId']);
    const contact = (await rep2.post('/contacts', { name: 'Else', customerId: far })).body;
    expect(faults((await rep.patch(`/deals/${deal.id}`, { contactId: contact.id })).body)).toEqual([
      'contactId',
    ]);
    expect((await rep.patch(`/deals/${deal.id}`, { ownerId: test.people.rep2 })).status).toBe(403);
    const given = await administrator.patch(`/deals/${deal.id}`, { ownerId: test.people.rep2 });
    expect(given.body.owner.id).toBe(test.people.rep2);
    expect((await rep.get(`/deals/${deal.id}`)).status).toBe(404);
    expect((await manager.get(`/deals/${deal.id}`)).status).toBe(404);
  });

  it('lets administrators alone shape pipelines', async () => {
    const input = { name: 'Mine', stages: [{ name: 'a', kind: 'open', probability: 1 }] };
    for (const by of [rep, manager, auditor]) {
      expect((await by.post('/pipelines', input)).status).not.toBe(201);
      expect((await by.put(`/pipelines/${test.people.rep}`, input)).status).not.toBe(200);
      expect((await by.delete(`/pipelines/${test.people.rep}`)).status).toBe(403);
    }
  });
});

describe('a list', () => {
  it('is paged in every order without gap or double, and narrowed', async () => {
    const own = await customer(rep);
    for (let i = 0; i < 7; i++)
      await add(rep, {
        customerId: own,
        title: `Batch ${i} 100%_`,
        amount: [5, 5, 0, 12, 900, 70, 70][i],
        ...(i % 2 ? { expectedOn: `2031-0${i}-01` } : {}),
      });
    for (const sort of ['-updatedAt', 'updatedAt', '-amount', 'amount', '-expectedOn', 'expectedOn']) {
      const seen: { id: string; amount: number }[] = [];
      let after = '';
      do {
        const { body } = await rep.get(`/deals?customer=${own}&limit=2&sort=${sort}${after}`);
        seen.push(...body.items);
        after = body.next ? `&after=${body.next}` : '';
      } while (after);
      expect([sort, new Set(seen.map(row => row.id)).size, seen.length]).toEqual([sort, 7, 7]);
      const amounts = seen.map(row => row.amount);
      if (sort === 'amount') expect(amounts).toEqual([0, 5, 5, 12, 70, 70, 900]);
      if (sort === '-amount') expect(amounts).toEqual([900, 70, 70, 12, 5, 5, 0]);
    }
    const count = async (query: string) =>
      (await rep.get(`/deals?customer=${own}&${query}`)).body.items.length;
    expect(await count('q=bATCH%203')).toBe(1);
    expect(await count('q=%25_')).toBe(7);
    expect(await count('q=%25%25')).toBe(0);
    expect(await count('expectedFrom=2031-03-01&expectedTo=2031-05-01')).toBe(1);
    expect(await count('state=won')).toBe(0);
    expect(await count(`stage=${stage('First contact')}&owner=me`)).toBe(7);
    expect(await count('owner=none')).toBe(0);
  });

  it('refuses what is no input of it', async () => {
    for (const query of [
      'sort=title',
      'stage=x',
      'state=maybe',
      'after=x',
      'after=bnVsbA',
      `after=${Buffer.from('["amount","1e9","x"]').toString('base64url')}`,
      'limit=201',
      'moved=won',
      'expectedFrom=2031-13-01',
      'from=yesterday',
      'customer=%00',
      'unknown=1',
    ])
      expect([query, (await rep.get(`/deals?${query}`)).status]).toEqual([query, 422]);
    for (const more of [
      { amount: -1 },
      { amount: 1.5 },
      { amount: 1e15 },
      { amount: '5' },
      { currency: 'yuan' },
      { probability: 101 },
      { expectedOn: '2031-02-30' },
      { title: '  ' },
      { title: 'a\u0000b' },
      { title: 'x'.repeat(201) },
      { customerId: null },
      { id: customerId },
      { version: 9 },
      { teamId: customerId },
      { kind: 'won' },
      { lostReason: 'price' },
      { stageSince: '2020-01-01T00:00:00Z' },
      { deletedAt: null },
    ])
      expect([more, (await rep.post('/deals', { title: 'x', customerId, ...more })).status]).toEqual([
        more,
        422,
      ]);
    const deal = await add(rep);
    expect((await rep.patch(`/deals/${deal.id}`, { stageId: stage('Won') })).status).toBe(422);
    const nowhere = await rep.post(`/deals/${deal.id}/move`, { stageId: customerId });
    expect(faults(nowhere.body)).toEqual(['stageId']);
    const title = `<script>alert(1)</script> '; drop table deals; --`;
    expect((await add(rep, { title })).title).toBe(title);
  });
});
