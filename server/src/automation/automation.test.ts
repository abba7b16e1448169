// Rules through HTTP: what sets them off, what they do with whose rights, once each, and what keeps them from circling.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openReceiver } from '../alerts/receiver.fixture.ts';
import * as audit from '../audit/audit.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import * as automation from './automation.ts';

const day = 86_400_000;
let test: Test;
let admin: Client;
let manager: Client;
let rep: Client;

async function signIn() {
  [admin, manager, rep] = [await test.as('administrator'), await test.as('manager'), await test.as('rep')];
}
beforeAll(async () => {
  test = await openTest();
  await signIn();
  await tend();
});
afterAll(() => test.close());
beforeEach(async () => {
  await tend();
  await sql`delete from automation_rules`.execute(test.world.db);
});

/** What the chores do, and the jobs that follow. */
async function tend(): Promise<void> {
  for (let round = 0; round < 8; round++) {
    await audit.seal(test.world);
    await automation.tend(test.world);
    await test.jobs.settle();
  }
}

const added = (object: string, ...through: string[]) => ({
  kind: 'added',
  object,
  through: through.length > 0 ? through : ['person', 'intake'],
});
const changed = (...fields: string[]) => ({ kind: 'changed', object: 'customer', fields });
const where = (...of: object[]) => ({ match: 'all', of });
const make = (more: object, client = admin) =>
  client.post('/automations', { name: 'Rule', active: true, conditions: where(), ...more });
const ruled = async (more: object, client = admin): Promise<string> => {
  const reply = await make(more, client);
  expect([reply.status, reply.text.slice(0, 300)]).toEqual([201, expect.anything()]);
  return reply.body.id;
};
const runsOf = async (id: string) => (await admin.get(`/automations/${id}/runs`)).body.items;
const customer = async (client: Client, more: object = {}): Promise<string> =>
  (await client.post('/customers', { name: '华信机电', ...more })).body.id;
const read = async (id: string) => (await admin.get(`/customers/${id}`)).body;
const tag = (...add: string[]) => ({ kind: 'tag', add, remove: [] });

describe('a rule', () => {
  it('acts once on what is new, as automation, and says so in the history', async () => {
    const id = await ruled({
      event: added('customer'),
      conditions: {
        match: 'any',
        of: [
          { field: 'city', op: 'contains', value: '宁波' },
          where({ field: 'level', op: 'is', value: ['A', 'B'] }),
        ],
      },
      actions: [tag('重点'), { kind: 'set', field: 'nextFollowUpAt', value: { inDays: 3 } }],
    });
    const [near, other] = [
      await customer(rep, { city: '浙江宁波' }),
      await customer(rep, { city: '北京', level: 'C' }),
    ];
    await tend();
    await tend();
    expect(await read(near)).toMatchObject({ tags: ['重点'], owner: { id: test.people.rep } });
    expect((await read(other)).tags).toEqual([]);
    const [entry] = (await admin.get(`/customers/${near}/history`)).body.items;
    expect(entry.actor).toEqual({ id: null, name: 'Rule' });
    const runs = await runsOf(id);
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ state: 'done', record: { id: near, name: '华信机电' } });
  });

  it('gives out by a table and in turn, leaving out who is suspended or locked', async () => {
    const { rep: one, rep2: two, manager: boss } = test.people;
    await ruled({
      event: added('lead'),
      actions: [
        {
          kind: 'assign',
          people: [boss],
          table: { field: 'city', rows: [{ values: ['上海', '杭州'], people: [one, two] }] },
        },
      ],
    });
    const give = async (city: string) => {
      const { id } = (await admin.post('/leads', { name: '陈晓', city })).body;
      await tend();
      return (await admin.get(`/leads/${id}`)).body.owner.id;
    };
    expect([await give('上海市'), await give('杭州'), await give('上海'), await give('西安')]).toEqual([
      one,
      two,
      one,
      boss,
    ]);
    await sql`update people set state = 'suspended' where id = ${two}`.execute(test.world.db);
    expect([await give('上海'), await give('上海')]).toEqual([one, one]);
    await sql`update people set state = 'active' where id = ${two}`.execute(test.world.db);
  });

  it('makes a task, tells people and follows a deal to its stage', async () => {
    const stages = (await admin.get('/pipelines')).body.items[0].stages;
    const id = await ruled({
      event: { kind: 'stage', object: 'deal', stages: [stages[1].id] },
      conditions: where({ field: 'amount', op: 'above', value: 1_000_00 }),
      actions: [
        { kind: 'task', title: '准备报价', days: 2, for: 'owner' },
        { kind: 'notify', owner: false, manager: true, people: [], words: '大额商机' },
      ],
    });
    const customerId = await customer(rep);
    const deal = async (amount: number) => {
      const made = (await rep.post('/deals', { title: `二十台电机 ${amount}`, customerId, amount })).body;
      expect((await rep.post(`/deals/${made.id}/move`, { stageId: stages[1].id })).status).toBe(200);
      return made.id;
    };
    const [big] = [await deal(5_000_00), await deal(10_00)];
    await tend();
    const tasks = (await rep.get('/tasks')).body.items;
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatchObject({
      title: '准备报价',
      about: { type: 'deal', id: big },
      owner: { id: test.people.rep },
    });
    expect((await manager.get('/inbox')).body.items[0]).toMatchObject({
      kind: 'automation',
      object: { id: big },
    });
    expect((await runsOf(id)).map((run: { state: string }) => run.state)).toEqual(['done']);
  });

  it('fires when days have passed without a follow-up, for what falls due since it is on, once', async () => {
    const old = await customer(rep);
    test.turn(10 * day);
    await signIn();
    const [id, fresh] = [
      await ruled({ event: { kind: 'idle', object: 'customer', days: 7 }, actions: [tag('待跟进')] }),
      await customer(rep),
    ];
    const pass = async (days: number) => {
      test.turn(days * day);
      await signIn();
      await automation.tendDates(test.world);
      await automation.tendDates(test.world);
      await test.jobs.settle();
    };
    await pass(5);
    expect(await runsOf(id)).toEqual([]);
    await pass(3);
    expect([(await read(old)).tags, (await read(fresh)).tags]).toEqual([[], ['待跟进']]);
    const body = { customerId: fresh, kind: 'call', body: 'called' };
    expect((await rep.post('/activities', body)).status).toBe(201);
    await pass(8);
    expect(await runsOf(id)).toHaveLength(2);
    const dated = await ruled({
      event: { kind: 'date', object: 'customer', field: 'nextFollowUpAt', days: -2 },
      actions: [tag('明后天')],
    });
    const at = new Date(test.world.now() + 3 * day).toISOString();
    const planned = await customer(rep, { nextFollowUpAt: at });
    await pass(2);
    expect(await runsOf(dated)).toHaveLength(1);
    expect((await read(planned)).tags).toEqual(['明后天']);
  });

  it('never does more than its owner may, and all or nothing', async () => {
    const { rep: one, rep2: foreign } = test.people;
    const mine = await ruled(
      { event: added('customer'), actions: [tag('x'), { kind: 'assign', people: [foreign] }] },
      manager,
    );
    const [ours, theirs] = [await customer(rep), await customer(await test.as('rep2'))];
    await tend();
    const states = new Map(
      (await runsOf(mine)).map((run: { record: { id: string } }) => [run.record.id, run]),
    );
    expect(states.get(ours)).toMatchObject({ state: 'failed', problem: 'assign: not-allowed' });
    expect(states.get(theirs)).toMatchObject({ state: 'skipped', problem: 'out-of-reach' });
    expect([await read(ours), await read(theirs)]).toMatchObject([
      { tags: [], owner: { id: one } },
      { tags: [] },
    ]);
    const run = (states.get(ours) as { id: string }).id;
    expect((await manager.post(`/automations/${mine}/runs/${run}/retry`, {})).status).toBe(204);
    await tend();
    expect((await runsOf(mine)).map((item: { state: string }) => item.state).sort()).toEqual([
      'failed',
      'skipped',
    ]);
    // A rep makes no rules; nobody but its owner and the administrator sees one of a manager's.
    expect((await make({ event: added('customer'), actions: [tag('x')] }, rep)).status).toBe(403);
    const whole = await ruled({ event: added('lead'), actions: [tag('y')] });
    expect((await manager.get(`/automations/${whole}`)).status).toBe(404);
    expect((await manager.get('/automations')).body.items).toHaveLength(1);
    const hook = { kind: 'webhook', hookId: test.people.rep };
    expect((await make({ event: added('lead'), actions: [hook] }, manager)).status).toBe(422);
  });

  it('that sets another off in a circle is switched off, and its owner is told', async () => {
    const set = (field: string, value: string) => ({ kind: 'set', field, value });
    const ids = [
      await ruled({
        event: changed('level'),
        actions: [set('source', '甲')],
        conditions: where({ field: 'source', op: 'is-not', value: '甲' }),
      }),
      await ruled({
        event: changed('source'),
        actions: [set('level', 'A')],
        conditions: where({ field: 'level', op: 'is-not', value: 'A' }),
      }),
    ];
    const id = await customer(rep, { level: 'C', source: '乙' });
    await tend();
    await rep.patch(`/customers/${id}`, { level: 'D' });
    await tend();
    // Two that agree come to rest by themselves.
    expect((await read(id)).source).toBe('甲');
    for (const rule of ids) expect((await admin.get(`/automations/${rule}`)).body.active).toBe(true);
    await sql`delete from automation_rules`.execute(test.world.db);
    const to = (from: string, other: string) => ({
      event: changed('level'),
      conditions: where({ field: 'level', op: 'is', value: from }),
      actions: [set('level', other)],
    });
    const circle = [await ruled(to('A', 'B')), await ruled(to('B', 'A'))];
    await rep.patch(`/customers/${id}`, { level: 'B' });
    await tend();
    const after = await Promise.all(circle.map(async rule => (await admin.get(`/automations/${rule}`)).body));
    expect(after.map(rule => rule.paused)).toContain('loop');
    const told = (await admin.get('/inbox')).body.items.filter(
      (item: { kind: string }) => item.kind === 'automation-paused',
    );
    expect(told).toHaveLength(1);
    const runs = await Promise.all(circle.map(runsOf));
    expect(runs.flat().length).toBeLessThan(8);
  });

  it('calls a webhook that there is, signed, after its transaction, and again until it arrives', async () => {
    const there = await openReceiver();
    there.answers.push({ status: 500 });
    const hook = (
      await admin.post('/alerts/hooks', {
        name: 'CRM',
        format: 'latchkey',
        url: there.url,
        kinds: [],
        ownNetwork: true,
      })
    ).body.hook;
    const id = await ruled({ event: added('customer'), actions: [{ kind: 'webhook', hookId: hook.id }] });
    const record = await customer(rep);
    await tend();
    await there.close();
    expect(there.got).toHaveLength(2);
    expect(JSON.parse(there.got[1]?.body ?? '')).toMatchObject({
      kind: 'automation',
      data: { id: record, rule: 'Rule' },
    });
    expect(there.got[1]?.headers['latchkey-signature']).toMatch(/^t=\d+,v1=/);
    expect((await runsOf(id))[0].calls).toEqual([{ state: 'sent', problem: null }]);
  });

  it('whose webhook never answers holds up no record and no other webhook', async () => {
    const [mute, quick] = [await openReceiver({ status: 200, hang: true }), await openReceiver()];
    const hookTo = async (url: string) => {
      const hook = { name: 'CRM', format: 'latchkey', url, kinds: [], ownNetwork: true };
      return (await admin.post('/alerts/hooks', hook)).body.hook.id as string;
    };
    const [first, second] = [await hookTo(mute.url), await hookTo(quick.url)];
    const calls = [
      { kind: 'webhook', hookId: first },
      { kind: 'webhook', hookId: second },
    ];
    const id = await ruled({ event: added('customer'), actions: [tag('told'), ...calls] });
    const made = await Promise.all([1, 2, 3, 4, 5].map(() => customer(rep)));
    // Ten seconds in half of one, for the first.
    const after = AbortSignal.timeout.bind(AbortSignal);
    const clock = vi.spyOn(AbortSignal, 'timeout').mockImplementationOnce(() => after(500));
    await tend();
    clock.mockRestore();
    await Promise.all([mute.close(), quick.close()]);
    expect(mute.got.length).toBeLessThan(2);
    expect(quick.got).toHaveLength(5);
    for (const one of made) expect((await read(one)).tags).toEqual(['told']);
    const told = (await runsOf(id)).map((run: { calls: { state: string }[] }) =>
      run.calls.map(call => call.state).sort(),
    );
    expect(told).toEqual(made.map(() => ['failed', 'sent']));
  });

  it('whose maker has left stops, tells administrators, and belongs to whoever takes it over', async () => {
    const event = added('customer');
    const actions = [tag('still done')];
    const id = await ruled({ event, actions }, manager);
    const state = (to: string) =>
      sql`update people set state = ${to} where id = ${test.people.manager}`.execute(test.world.db);
    await state('suspended');
    const record = await customer(rep);
    await tend();
    expect((await read(record)).tags).toEqual([]);
    const rule = (await admin.get(`/automations/${id}`)).body;
    expect([rule.active, rule.paused]).toEqual([false, 'owner']);
    expect((await admin.get('/inbox')).body.items[0]).toMatchObject({ kind: 'automation-paused' });
    const input = { name: rule.name, active: true, event, conditions: rule.conditions, actions };
    const taken = (await admin.put(`/automations/${id}`, input)).body;
    expect([taken.owner.id, taken.paused]).toEqual([test.people.administrator, null]);
    const next = await customer(rep);
    await tend();
    expect((await read(next)).tags).toEqual(['still done']);
    await state('active');
  });

  it('shows beforehand what it would have done, from the log as records then were, and writes nothing', async () => {
    const id = await customer(rep, { city: '苏州', level: 'C' });
    await rep.patch(`/customers/${id}`, { level: 'A' });
    await rep.patch(`/customers/${id}`, { level: 'B' });
    await tend();
    const rule = {
      name: 'Try',
      active: true,
      event: changed('level'),
      conditions: where({ field: 'level', op: 'is', value: 'A' }, { field: 'city', op: 'is', value: '苏州' }),
      actions: [{ kind: 'assign', people: [test.people.manager] }],
    };
    const looked = await admin.post('/automations/preview', { rule, days: 7 });
    expect(looked.body).toMatchObject({
      count: 1,
      complete: true,
      items: [{ record: { id, name: '华信机电' }, would: [{ kind: 'assign', person: 'manager person' }] }],
    });
    expect((await read(id)).owner.id).toBe(test.people.rep);
    const idle = {
      ...rule,
      event: { kind: 'idle', object: 'customer', days: 1 },
      conditions: where({ field: 'city', op: 'is', value: '苏州' }),
    };
    test.turn(2 * day);
    await signIn();
    expect((await admin.post('/automations/preview', { rule: idle, days: 7 })).body.items).toMatchObject([
      { record: { id } },
    ]);
  });

  it('is refused with fields and actions that such records do not have, and changed by version', async () => {
    const wrong = [
      { event: changed('nonsense'), actions: [tag('x')] },
      { event: added('lead'), actions: [{ kind: 'pool', reason: 'x' }] },
      { event: added('customer'), actions: [{ kind: 'set', field: 'name', value: 'x' }] },
      { event: added('customer'), actions: [{ kind: 'assign', people: [] }] },
      { event: { kind: 'date', object: 'deal', field: 'title', days: 1 }, actions: [tag('x')] },
    ];
    for (const input of wrong) expect((await make(input)).status).toBe(422);
    const id = await ruled({ event: added('customer'), actions: [tag('x')] });
    const body = {
      name: 'Other',
      active: false,
      event: added('lead'),
      conditions: where(),
      actions: [tag('y')],
    };
    const put = (version: string) =>
      admin.send(`PUT /automations/${id}`, { body, headers: { 'if-match': version } });
    expect((await put('"v1"')).body).toMatchObject({ name: 'Other', active: false, version: 2 });
    expect((await put('"v1"')).status).toBe(412);
    expect((await admin.delete(`/automations/${id}`)).status).toBe(204);
    expect((await admin.get(`/automations/${id}`)).status).toBe(404);
  });
});
