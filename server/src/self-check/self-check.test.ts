// The self-check through HTTP: it is content with what is whole, tells what is lost, and leaves nothing behind (B8).
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';

let test: Test;
let admin: Client;
let rep: Client;
beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  rep = await test.as('rep');
  for (const name of ['海云贸易', '北辰科技', 'Acme Lighting'])
    expect((await rep.post('/customers', { name })).status).toBe(201);
});
afterAll(() => test.close());

type Check = { name: string; state: string; words: string };
const stateOf = (body: { checks: Check[] }, name: string) =>
  body.checks.find(check => check.name === name)?.state;
const check = async (client: Client, path = '/self-check') => (await client.get(path)).body;

describe('after an unlock', () => {
  it('the person sees all records, what came and went since the lock, and that functions answer', async () => {
    await peopleOf(test, admin).lock('rep@example.com');
    const standing = (await admin.get(`/locks?standing=true&person=${test.people.rep}`)).body.items[0];
    const more = (await rep.post('/customers', { name: '锁定期间新增' })).body;
    const [first] = (await rep.get('/customers?q=Acme')).body.items;
    await rep.delete(`/customers/${first.id}`, { headers: { 'if-match': '*' } });
    const body = await check(rep);
    expect(body.lockedAt).toBe(standing.since);
    expect(body.good).toBe(true);
    expect(body.counts[0]).toMatchObject({
      kind: 'customer',
      now: 3,
      before: 2,
      added: 1,
      removed: 1,
      missing: 0,
    });
    for (const name of ['records', 'last-writes', 'list', 'search', 'write'])
      expect([name, stateOf(body, name)]).toEqual([name, 'good']);
    expect(stateOf(body, 'mail')).toBe('unknown');
    expect((await rep.get(`/customers/${more.id}`)).status).toBe(200);
  });

  it('leaves nothing behind: no record, no entry, no job', async () => {
    const count = async () => {
      const { rows } = await sql<{ n: string }>`select
        (select count(*) from customers)::text || ' ' || (select count(*) from audit_entries)::text as n`.execute(
        test.world.db,
      );
      return rows[0]?.n;
    };
    const before = await count();
    for (let i = 0; i < 3; i++) await check(rep);
    expect(await count()).toBe(before);
    expect((await rep.get('/customers?q=self-check')).body.items).toEqual([]);
  });

  it('an auditor is told that saving was not tried, and nobody else reads the system’s', async () => {
    const auditor = await test.as('auditor');
    const body = await check(auditor);
    expect([stateOf(body, 'write'), stateOf(body, 'list')]).toEqual(['unknown', 'good']);
    expect((await rep.get('/self-check/system')).status).toBe(403);
    expect((await test.client().get('/self-check')).status).toBe(401);
    expect((await auditor.get('/self-check/system')).status).toBe(200);
  });

  it('speaks the reader’s language', async () => {
    const { body } = await rep.get('/self-check', { headers: { 'accept-language': 'zh-CN' } });
    expect(body.checks.every((one: Check) => /[\u4e00-\u9fff]/.test(one.words))).toBe(true);
  });
});

describe('what is lost is told', () => {
  it('a record that vanished past the journal, a change that was lost, an altered journal', async () => {
    expect((await check(admin, '/self-check/system')).good).toBe(true);
    const [one, two] = (await rep.get('/customers')).body.items;
    await sql`delete from customers where id = ${one.id}`.execute(test.world.db);
    await sql`update customers set updated_at = now() - interval '1 hour' where id = ${two.id}`.execute(
      test.world.db,
    );
    const mine = await check(rep);
    expect(mine.good).toBe(false);
    expect(mine.counts[0].missing).toBe(1);
    expect([stateOf(mine, 'records'), stateOf(mine, 'last-writes')]).toEqual(['bad', 'bad']);
    const whole = await check(admin, '/self-check/system');
    expect([stateOf(whole, 'records'), stateOf(whole, 'last-writes')]).toEqual(['bad', 'bad']);
    expect(stateOf(whole, 'journal')).toBe('good');
  });
});
