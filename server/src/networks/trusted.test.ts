// Trusted networks over HTTP: added with a reason and an end, told when foolish, counted at once, over by themselves.
import { DAY, SECOND } from '@latchkey/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import * as networks from './networks.ts';

let t: Test;
let admin: Client;
beforeAll(async () => {
  t = await openTest();
  admin = await t.as('administrator', '203.0.113.9');
});
afterAll(() => t.close());

const inDays = (days: number) => new Date(t.world.now() + days * DAY).toISOString();
const add = (cidr: string, more: object = {}, client = admin) =>
  client.post('/networks/trusted', { cidr, reason: 'Trade fair in Canton', endsAt: inDays(7), ...more });
const standing = (who: string, address: string) => networks.standing(t.world, who, address);

describe('a trusted network', () => {
  it('makes whoever comes from it familiar, in one form, until it is ended', async () => {
    const added = await add('198.51.100.77/24');
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({
      cidr: '198.51.100.0/24',
      person: null,
      reason: 'Trade fair in Canton',
      createdBy: { id: t.people.administrator, name: 'administrator person' },
      stands: true,
      ended: null,
      warnings: [],
    });
    const { id } = added.body;
    expect(await standing(t.people.rep, '198.51.100.200')).toMatchObject({
      familiar: true,
      knownNetwork: false,
      trusted: { id, endsAt: added.body.endsAt },
    });
    expect(await standing(t.people.rep, '198.51.101.1')).toMatchObject({ familiar: false, trusted: null });
    const end = () => admin.post(`/networks/trusted/${id}/end`, { reason: 'Back home' });
    expect((await end()).status).toBe(204);
    expect(await standing(t.people.rep, '198.51.100.200')).toMatchObject({ familiar: false, trusted: null });
    const again = await end();
    expect([again.status, again.body.code]).toEqual([409, 'wrong-state']);
    const { items } = (await admin.get('/networks/trusted?standing=false')).body;
    expect(items[0]).toMatchObject({
      id,
      stands: false,
      ended: { by: { name: 'administrator person' }, reason: 'Back home' },
    });
  });

  it('counts for its person alone, and he sees it', async () => {
    const { body } = await add('2001:db8:9::/48', { personId: t.people.rep });
    expect(body).toMatchObject({ person: { id: t.people.rep, name: 'rep person' } });
    expect(await standing(t.people.rep, '2001:db8:9:1::5')).toMatchObject({ familiar: true });
    expect(await standing(t.people.rep2, '2001:db8:9:1::5')).toMatchObject({ familiar: false });
    const mine = async (who: 'rep' | 'rep2') => (await (await t.as(who)).get('/networks/mine')).body.trusted;
    expect(await mine('rep')).toEqual([
      { id: body.id, cidr: '2001:db8:9::/48', reason: 'Trade fair in Canton', endsAt: body.endsAt },
    ]);
    expect(await mine('rep2')).toEqual([]);
  });

  it('ends by itself', async () => {
    await add('192.0.2.0/28', { endsAt: new Date(t.world.now() + 5 * SECOND).toISOString() });
    expect(await standing(t.people.rep, '192.0.2.3')).toMatchObject({ familiar: true });
    // Sooner than what the process remembers is read anew.
    t.turn(5 * SECOND);
    expect(await standing(t.people.rep, '192.0.2.3')).toMatchObject({ familiar: false });
    const { items } = (await admin.get('/networks/trusted')).body;
    expect(items[0]).toMatchObject({ cidr: '192.0.2.0/28', stands: false, ended: null });
  });

  it('stands in the journal, with the person it is for', async () => {
    const { items } = (await admin.get(`/audit?action=network.&object=${t.people.rep}`)).body;
    expect(items[0]).toMatchObject({
      action: 'network.trust',
      actor: { id: t.people.administrator },
      after: { name: '2001:db8:9::/48', reason: 'Trade fair in Canton' },
    });
    const all = (await admin.get('/audit?action=network.')).body.items;
    expect(all.map((one: { action: string }) => one.action)).toEqual([
      'network.trust',
      'network.trust',
      'network.distrust',
      'network.trust',
    ]);
  });

  it.each([
    ['0.0.0.0/0', 'cidr', /whole internet/],
    ['2001::/16', 'cidr', /too wide/],
    ['203.0.113.0/40', 'cidr', /CIDR/],
    ['the office', 'cidr', /CIDR/],
  ])('cannot be %s', async (cidr, path, message) => {
    const reply = await add(cidr);
    expect([reply.status, reply.body.code, reply.body.faults[0].path]).toEqual([422, 'invalid', path]);
    expect(reply.body.faults[0].message).toMatch(message);
    const chinese = await admin.post(
      '/networks/trusted',
      { cidr, reason: '出差', endsAt: inDays(1) },
      { headers: { 'accept-language': 'zh-CN' } },
    );
    expect(chinese.status).toBe(422);
  });

  it('ends in the future, within 366 days, and is for somebody there is', async () => {
    const about = async (more: object) => (await add('203.0.113.0/29', more)).body.faults?.[0]?.path;
    expect(await about({ endsAt: inDays(-1) })).toBe('endsAt');
    expect(await about({ endsAt: inDays(367) })).toBe('endsAt');
    expect(await about({ endsAt: 'soon' })).toBe('endsAt');
    expect(await about({ personId: '00000000-0000-7000-8000-000000000000' })).toBe('personId');
    expect(await about({ reason: ' x ' })).toBe('reason');
    expect(await about({ endsAt: inDays(366) })).toBeUndefined();
  });

  it('is told to overlap, to be wide or the server itself, before and after', async () => {
    const preview = await admin.get('/networks/trusted/preview?cidr=203.0.113.4');
    expect(preview.body).toMatchObject({ cidr: '203.0.113.4/32', addresses: '1', fault: null });
    expect(preview.body.warnings).toEqual([
      { kind: 'overlap', words: 'Overlaps with what is trusted already: 203.0.113.0/29.' },
    ]);
    const kinds = async (cidr: string) =>
      (await add(cidr)).body.warnings.map((one: { kind: string }) => one.kind);
    expect(await kinds('127.0.0.1')).toEqual(['loopback']);
    expect(await kinds('203.0.0.0/12')).toEqual(['wide', 'overlap']);
    const foolish = await admin.get('/networks/trusted/preview?cidr=::/0');
    expect(foolish.body).toMatchObject({ cidr: null, fault: expect.stringMatching(/whole internet/) });
  });

  it('offers the address one comes from', async () => {
    const { here } = (await admin.get('/networks/trusted?limit=1')).body;
    expect(here).toEqual({ address: '203.0.113.9', cidr: '203.0.113.9/32', origin: null });
    const inside = (await admin.get('/networks/trusted', { address: 'fd00:1:2:3::4' })).body.here;
    expect(inside).toEqual({ address: 'fd00:1:2:3::4', cidr: 'fd00:1:2:3::/64', origin: 'internal network' });
  });

  it('comes in pages, newest first', async () => {
    const first = (await admin.get('/networks/trusted?limit=2')).body;
    const second = (await admin.get(`/networks/trusted?limit=200&after=${first.next}`)).body;
    const all = (await admin.get('/networks/trusted?limit=200')).body;
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect(second.next).toBeNull();
  });

  it('is for administrators to make, for auditors to read, for others not to see', async () => {
    const [auditor, manager] = [await t.as('auditor'), await t.as('manager')];
    expect((await auditor.get('/networks/trusted')).status).toBe(200);
    expect((await add('203.0.113.0/24', {}, auditor)).status).toBe(403);
    expect((await auditor.post(`/networks/trusted/${t.people.rep}/end`, { reason: 'no more' })).status).toBe(
      403,
    );
    expect((await manager.get('/networks/trusted')).status).toBe(403);
    expect((await manager.get('/networks/trusted/preview?cidr=1.2.3.4')).status).toBe(403);
    expect((await t.client().get('/networks/mine')).status).toBe(401);
    const unknown = await admin.post(`/networks/trusted/${t.people.rep}/end`, { reason: 'no more' });
    expect(unknown.status).toBe(404);
  });
});

describe('one’s own networks', () => {
  it('are listed and can be forgotten, each by its owner only', async () => {
    await networks.welcomed(t.world, t.people.rep, '198.51.100.40');
    const [rep, other] = [await t.as('rep', '198.51.100.40'), await t.as('rep2')];
    const { items } = (await rep.get('/networks/mine')).body;
    const here = items.find((one: { current: boolean }) => one.current);
    expect(here).toMatchObject({ source: '198.51.100.40', origin: '198.51.100.0/24' });
    expect((await other.delete(`/networks/mine/${here.id}`)).status).toBe(404);
    expect((await rep.delete(`/networks/mine/${here.id}`)).status).toBe(204);
    expect((await rep.delete(`/networks/mine/${here.id}`)).status).toBe(404);
    expect(await standing(t.people.rep, '198.51.100.40')).toMatchObject({ familiar: false });
    const { items: entries } = (await admin.get('/audit?action=network.forget')).body;
    expect(entries[0]).toMatchObject({ actor: { id: t.people.rep }, before: { name: '198.51.100.40' } });
  });
});

describe('travel', () => {
  it('from or to a trusted network is possible: a VPN moves nobody', async () => {
    const who = t.people.manager;
    await networks.welcomed(t.world, who, '4.2.2.1');
    await networks.welcomed(t.world, who, '9.9.9.9');
    expect((await networks.travel(t.world, who, '8.8.4.4')).kind).toBe('impossible');
    const { body } = await add('8.8.4.0/24', { personId: who });
    expect((await networks.travel(t.world, who, '8.8.4.4')).kind).toBe('possible');
    await admin.post(`/networks/trusted/${body.id}/end`, { reason: 'no more' });
    await add('9.9.9.0/24');
    await add('4.2.2.0/24');
    expect((await networks.travel(t.world, who, '8.8.4.4')).kind).toBe('possible');
  });
});
