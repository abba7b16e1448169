// Working together: comments, mentions, follows, notices, the stream of events; nothing tells a name to who may not know it.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as audit from '../audit/audit.ts';
import * as notices from '../notices/notices.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import * as events from './events.ts';

let test: Test;
let admin: Client;
let manager: Client;
let rep: Client;
let rep2: Client;
let count = 0;

beforeAll(async () => {
  test = await openTest();
  [admin, manager, rep, rep2] = await Promise.all([
    test.as('administrator'),
    test.as('manager'),
    test.as('rep'),
    test.as('rep2'),
  ]);
  await tend();
});
afterAll(() => test.close());

/** What a server process does every second. */
async function tend(): Promise<void> {
  await audit.seal(test.world);
  await events.tend(test.world);
}

async function customerOf(client: Client, more: object = {}): Promise<{ id: string; name: string }> {
  const name = `华信机电 ${++count}`;
  const added = await client.post('/customers', { name, ...more });
  return { id: added.body.id, name };
}

const say = (client: Client, id: string, body: string, mentions: string[] = [], headers = {}) =>
  client.post('/comments', { object: 'customer', objectId: id, body, mentions }, { headers });

const inbox = async (client: Client) =>
  (await client.get('/inbox?limit=200', { headers: { 'accept-language': 'zh-CN' } })).body.items;

describe('comments', () => {
  it('are read and written by who reads the record, and by nobody else', async () => {
    const { id } = await customerOf(rep);
    const said = await say(rep, id, '报价 **今天** 发出');
    expect(said.status).toBe(201);
    const about = `/comments?object=customer&id=${id}`;
    for (const client of [rep, manager, admin, await test.as('auditor')])
      expect((await client.get(about)).body.items).toMatchObject([{ body: '报价 **今天** 发出' }]);
    expect((await say(await test.as('auditor'), id, 'only looks')).status).toBe(403);
    const { comment } = said.body;
    const own = `/comments/${comment.id}`;
    const foreign = [
      await rep2.get(about),
      await say(rep2, id, 'hello'),
      await rep2.patch(own, { body: 'mine' }),
      await rep2.delete(own),
      await rep2.get(`/comments/people?object=customer&id=${id}`),
      await rep2.get(`/follows?object=customer&id=${id}`),
      await rep2.put('/follows', { object: 'customer', objectId: id, following: true }),
      await admin.patch(own, { body: 'not mine to change' }),
      await admin.delete(own),
    ];
    expect(foreign.map(reply => reply.status)).toEqual(foreign.map(() => 404));
  });

  it('are made once for one key, changed by version, and gone for good', async () => {
    const { id } = await customerOf(rep);
    const key = { 'idempotency-key': `twice-${id}` };
    const [first, again] = [await say(rep, id, 'once', [], key), await say(rep, id, 'once', [], key)];
    expect(again.text).toBe(first.text);
    const own = `/comments/${first.body.comment.id}`;
    const changed = await rep.patch(own, { body: 'twice' }, { headers: { 'if-match': '"v1"' } });
    expect(changed.body.comment).toMatchObject({ body: 'twice', version: 2 });
    const late = await rep.patch(own, { body: 'late' }, { headers: { 'if-match': '"v1"' } });
    expect([late.status, late.body.current.body]).toEqual([412, 'twice']);
    expect((await rep.get(`/comments?object=customer&id=${id}`)).body.items).toHaveLength(1);
    expect((await rep.delete(own)).status).toBe(204);
    expect((await rep.get(`/comments?object=customer&id=${id}`)).body.items).toEqual([]);
  });

  it('stand at every kind of record alike', async () => {
    const customer = await customerOf(rep);
    const lead = (await rep.post('/leads', { name: '陈晓' })).body;
    const order = (await rep.post('/orders', { customerId: customer.id })).body;
    const contact = (await rep.post('/contacts', { name: '周敏', customerId: customer.id })).body;
    for (const [object, objectId] of Object.entries({
      lead: lead.id,
      order: order.id,
      contact: contact.id,
    })) {
      const about = { object, objectId, body: 'Well?', mentions: [test.people.manager] };
      expect([object, (await rep.post('/comments', about)).status]).toEqual([object, 201]);
      expect((await inbox(manager))[0].object).toEqual({ type: object, id: objectId });
      expect((await rep2.post('/comments', about)).status).toBe(404);
      // An order without a title has a name all the same.
      if (object === 'order') expect((await inbox(manager))[0].text).toContain(`“${order.number}”`);
    }
    await manager.post('/inbox/read', {});
  });

  it('come in pages, newest first', async () => {
    const { id } = await customerOf(rep);
    for (const body of ['a', 'b', 'c']) await say(rep, id, body);
    const about = `/comments?object=customer&id=${id}&limit=2`;
    const one = (await rep.get(about)).body;
    const two = (await rep.get(`${about}&after=${one.next}`)).body;
    expect([...one.items, ...two.items].map(item => item.body)).toEqual(['c', 'b', 'a']);
    expect(two.next).toBeNull();
    expect((await rep.get(`${about}&after=nonsense`)).status).toBe(422);
  });
});

describe('a mention', () => {
  it('tells who may read the record, and the author who may not; no name leaks', async () => {
    const { id, name } = await customerOf(rep);
    const { manager: reads, rep2: reads_not } = test.people;
    const people = (await rep.get(`/comments/people?object=customer&id=${id}`)).body.items;
    const reading = (who: string) => people.find((one: { id: string }) => one.id === who)?.reads;
    expect([reading(reads), reading(reads_not), reading(test.people.rep)]).toEqual([true, false, undefined]);
    const said = await say(rep, id, '@manager @rep2 请看报价', [reads, reads_not]);
    expect(said.body.unreached).toEqual([{ id: reads_not, name: 'rep2 person' }]);
    expect((await inbox(manager))[0]).toMatchObject({
      kind: 'mention',
      text: `rep person在“${name}”中提到了您`,
      excerpt: '@manager @rep2 请看报价',
      object: { type: 'customer', id },
      readAt: null,
    });
    expect(await inbox(rep2)).toEqual([]);
    expect(JSON.stringify(await inbox(rep))).not.toContain('请看报价');
    await test.jobs.settle();
    const letters = (await admin.get('/outbox?to=manager@example.com')).body.items;
    expect(letters[0]).toMatchObject({ template: 'notice' });
    expect(letters[0].body).toContain(`/customers/${id}`);
    expect((await admin.get('/outbox?to=rep2@example.com')).body.items).toEqual([]);
  });

  it('reaches a colleague with whom the record is shared, as long as it is, with what belongs to it', async () => {
    const { id, name } = await customerOf(rep);
    const deal = (await rep.post('/deals', { title: `${name}的订单`, customerId: id })).body;
    const { rep2: colleague } = test.people;
    const shared = await rep.post('/shares', { type: 'customer', id, personId: colleague });
    expect(shared.status).toBe(201);
    const said = await say(rep, id, 'shared words', [colleague]);
    const about = { object: 'deal', objectId: deal.id, body: 'of the deal', mentions: [colleague] };
    expect([said.body.unreached, (await rep.post('/comments', about)).body.unreached]).toEqual([[], []]);
    const told = JSON.stringify(await inbox(rep2));
    expect(told).toContain('shared words');
    expect(told).toContain('of the deal');
    expect((await rep2.get(`/comments?object=deal&id=${deal.id}`)).body.items).toHaveLength(1);
    expect((await rep.delete(`/shares/${shared.body.id}`)).status).toBe(204);
    expect(JSON.stringify(await inbox(rep2))).not.toContain(name);
    expect((await say(rep, id, 'again', [colleague])).body.unreached).toHaveLength(1);
    await rep2.post('/inbox/read', {});
  });

  it('follows what becomes of the comment, and of the reader', async () => {
    const { id, name } = await customerOf(rep);
    const said = await say(rep, id, 'first words', [test.people.manager]);
    const own = `/comments/${said.body.comment.id}`;
    await rep.patch(own, { body: 'second words', mentions: [test.people.manager] });
    const mine = (await inbox(manager)).filter(
      (one: { object: { id: string } | null }) => one.object?.id === id,
    );
    expect(mine.map((one: { excerpt: string }) => one.excerpt)).toEqual(['second words']);
    // The record goes to another team: the manager may not read it any more.
    await admin.patch(`/customers/${id}`, { ownerId: test.people.rep2 });
    const text = JSON.stringify(await inbox(manager));
    expect(text).not.toContain(name);
    expect(text).not.toContain('second words');
    expect(text).toContain('一条您无权查看的记录');
    await admin.patch(`/customers/${id}`, { ownerId: test.people.rep });
    expect(JSON.stringify(await inbox(manager))).toContain(name);
    await rep.delete(own);
    expect(JSON.stringify(await inbox(manager))).not.toContain(name);
  });
});

describe('notices', () => {
  it('tell a new owner at once who gave what, many things in one sentence', async () => {
    const one = await customerOf(admin);
    await admin.patch(`/customers/${one.id}`, { ownerId: test.people.rep2 });
    await tend();
    await tend();
    const fresh = (await inbox(rep2)).filter((item: { readAt: string | null }) => item.readAt === null);
    const [told, ...others] = fresh;
    expect(told.text).toBe(`administrator person将“${one.name}”交给您负责`);
    expect(others).toEqual([]);
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) ids.push((await customerOf(admin)).id);
    await admin.post('/customers/bulk', { ids, patch: { ownerId: test.people.rep2 } });
    await tend();
    expect((await inbox(rep2)).map((item: { text: string }) => item.text)[0]).toBe(
      'administrator person将 4 条记录交给您负责',
    );
  });

  it('tell followers of moves and comments, an owner without asking; nobody who would rather not', async () => {
    const { id } = await customerOf(rep);
    const deal = (await rep.post('/deals', { title: '二十台电机', customerId: id })).body;
    const stages = (await rep.get('/pipelines')).body.items[0].stages;
    const about = { object: 'deal', objectId: deal.id };
    expect((await rep.get(`/follows?object=deal&id=${deal.id}`)).body).toEqual({
      following: true,
      followers: 1,
    });
    expect((await manager.put('/follows', { ...about, following: true })).body.followers).toBe(2);
    await rep.post(`/deals/${deal.id}/move`, { stageId: stages[1].id });
    await tend();
    expect((await inbox(manager))[0].text).toBe(
      `rep person将“二十台电机”从“${stages[0].name}”推进到“${stages[1].name}”`,
    );
    await manager.post('/comments', { ...about, body: 'Well done' });
    expect((await inbox(rep))[0]).toMatchObject({ kind: 'comment', excerpt: 'Well done' });
    await rep.put('/follows', { ...about, following: false });
    await manager.post('/comments', { ...about, body: 'Still there?' });
    expect(JSON.stringify(await inbox(rep))).not.toContain('Still there');
  });

  it('are counted, read one by one or all, and only by their owner', async () => {
    const { id } = await customerOf(rep);
    await say(manager, id, 'one');
    await say(manager, id, 'two');
    const [newest] = await inbox(rep);
    const before = (await rep.get('/inbox/count')).body.unread;
    await manager.post('/inbox/read', { ids: [newest.id] });
    expect((await rep.get('/inbox/count')).body.unread).toBe(before);
    expect((await rep.post('/inbox/read', { ids: [newest.id] })).body.unread).toBe(before - 1);
    expect((await rep.get('/inbox?unread=true')).body.items).toHaveLength(before - 1);
    expect((await rep.post('/inbox/read', {})).body.unread).toBe(0);
  });

  it('come as each person wants them: in the app, by mail at once or once a day, not at all; for ninety days', async () => {
    const { id, name } = await customerOf(rep);
    const choose = (app: boolean, mail: string) =>
      rep.put('/inbox/settings', { items: [{ kind: 'comment', app, mail }] });
    const letters = async () => {
      await test.jobs.settle();
      return (await admin.get('/outbox?to=rep@example.com')).body.items;
    };
    await choose(false, 'none');
    await say(manager, id, 'unheard');
    expect(JSON.stringify(await inbox(rep))).not.toContain('unheard');
    await notices.sendDigests(test.world);
    const before = (await letters()).length;
    await choose(false, 'digest');
    await say(manager, id, 'for the digest');
    const morning = new Date(test.world.now());
    morning.setHours(33, 0, 0, 0);
    const night = morning.getTime() - test.world.now();
    test.turn(night);
    await Promise.all([notices.sendDigests(test.world), notices.sendDigests(test.world)]);
    await notices.sendDigests(test.world);
    expect(await letters()).toHaveLength(before + 1);
    expect((await letters())[0].body).toContain(name);
    // What comes in by dozens does not fill the mailbox: it waits for the digest.
    await choose(true, 'at-once');
    for (let i = 0; i < 22; i++) await say(manager, id, `one of many ${i}`);
    expect(await letters()).toHaveLength(before + 1 + 20);
    const { rows } = await sql`select from inbox_notices where digest`.execute(test.world.db);
    expect(rows).toHaveLength(2);
    expect((await choose(true, 'none')).body.items).toContainEqual(
      expect.objectContaining({ kind: 'comment', app: true, mail: 'none', title: 'New comment' }),
    );
    test.turn(86_400_000 * 91);
    await notices.sweep(test.world);
    const again = await test.as('rep');
    expect(await inbox(again)).toEqual([]);
    test.turn(-86_400_000 * 91 - night);
  });
});

describe('the feed', () => {
  it('tells what happened within one’s reach, by person', async () => {
    const { id, name } = await customerOf(rep);
    await say(rep, id, 'for the feed');
    await rep.post('/activities', { customerId: id, kind: 'call', body: 'called them' });
    const shown = async (client: Client, query = '') =>
      (await client.get(`/feed?limit=3${query}`)).body.items.map(
        (item: { action: string; object: { name: string }; excerpt: string | null }) =>
          `${item.action} ${item.object.name} ${item.excerpt ?? ''}`,
      );
    const expected = [
      `activity.add ${name} called them`,
      `comment.add ${name} for the feed`,
      `customer.add ${name} `,
    ];
    expect(await shown(manager)).toEqual(expected);
    expect(await shown(manager, `&person=${test.people.rep}`)).toEqual(expected);
    expect(JSON.stringify(await shown(rep2))).not.toContain(name);
    const next = (await manager.get('/feed?limit=1')).body.next;
    expect((await manager.get(`/feed?limit=1&after=${next}`)).body.items[0].action).toBe('comment.add');
  });
});
