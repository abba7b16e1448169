// Roles and teams as a workspace makes them, through HTTP: limits, effect at once, record, and further roles.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';

let test: Test;
let admin: Client;
let rep: Client;

beforeAll(async () => {
  test = await openTest();
  [admin, rep] = [await test.as('administrator'), await test.as('rep')];
});
afterAll(() => test.close());

const reason = 'As agreed on Monday';
const set = (key: string, policy: object, client = admin) =>
  client.put(`/roles/${key}`, { rules: {}, fields: {}, reason, ...policy });
const latest = async (action: string) =>
  (await admin.get(`/audit?action=${action}&limit=1`)).body.items[0] as Record<string, object>;

describe('a role', () => {
  it('is as it comes until somebody changes it, and its change counts in open sessions at once', async () => {
    const before = (await admin.get('/roles/rep')).body;
    expect(before).toMatchObject({ key: 'rep', name: null, people: 2, version: 0 });
    expect(before.rules).toEqual(before.usual);
    const made = (await rep.post('/customers', { name: 'Before' })).body;
    const rules = { customer: { delete: 'none', export: 'none' }, deal: { read: 'team' } };
    const saved = await set('rep', { rules });
    expect(saved.status, saved.text).toBe(200);
    expect(saved.body.rules.customer).toMatchObject({ read: 'own', delete: 'none' });
    expect((await rep.delete(`/customers/${made.id}`)).status).toBe(403);
    expect((await rep.get('/exports/customer.csv')).status).toBe(403);
    const { capabilities } = (await rep.get('/session')).body;
    expect(capabilities).not.toContain('delete:customer');
    expect(capabilities).toContain('delete:contact');
    expect((await latest('role.change')).details).toMatchObject({ role: 'rep', reason });
    expect((await latest('role.change')).after).toMatchObject({ 'delete:customer': 'none' });
    expect((await admin.delete('/roles/rep')).status).toBe(204);
    expect((await rep.delete(`/customers/${made.id}`)).status).toBe(204);
  });

  it('keeps within its limits', async () => {
    const faults = async (key: string, policy: object) => {
      const reply = await set(key, policy);
      return reply.status === 422
        ? reply.body.faults.map((fault: { path: string }) => fault.path)
        : reply.status;
    };
    for (const [key, policy, path] of [
      ['administrator', { rules: { policy: { configure: 'none' } } }, 'rules.policy.configure'],
      ['administrator', { rules: { person: { update: 'none' } } }, 'rules.person.update'],
      ['rep', { rules: { person: { update: 'all' } } }, 'rules.person.update'],
      ['rep', { rules: { lock: { help: 'all' } } }, 'rules.lock.help'],
      ['manager', { rules: { outbox: { read: 'all' } } }, 'rules.outbox.read'],
      ['auditor', { rules: { customer: { update: 'own' } } }, 'rules.customer.update'],
      ['rep', { rules: { customer: { update: 'team' } } }, 'rules.customer.update'],
      ['rep', { rules: { deal: { configure: 'team' } } }, 'rules.deal.configure'],
      ['rep', { fields: { customer: { name: 'hidden' } } }, 'fields.customer.name'],
      ['rep', { fields: { person: { email: 'hidden' } } }, 'fields.person.email'],
    ] as const)
      expect(await faults(key, policy), path).toContain(path);
    for (const who of ['manager', 'rep', 'auditor'] as const)
      expect((await set('rep', {}, await test.as(who))).status).toBe(403);
    expect((await rep.get('/roles')).status).toBe(403);
  });

  it('shows whom a change affects before it is made, and asks who one is', async () => {
    const policy = {
      rules: { lead: { read: 'none', update: 'none', delete: 'none', export: 'none' } },
      fields: { customer: { phone: 'hidden' } },
    };
    const preview = (await admin.post('/roles/rep/preview', policy)).body;
    expect(preview.count).toBe(2);
    expect(preview.people.map((one: { name: string }) => one.name)).toEqual(['rep person', 'rep2 person']);
    expect(preview.rules).toContainEqual({ object: 'lead', action: 'read', before: 'own', after: 'none' });
    expect(preview.fields).toEqual([{ object: 'customer', field: 'phone', before: null, after: 'hidden' }]);
    expect((await admin.get('/roles/rep')).body.fields).toEqual({});
    test.turn(11 * 60_000);
    expect((await set('rep', policy)).body.code).toBe('confirm-first');
    expect((await admin.delete('/roles/rep')).body.code).toBe('confirm-first');
    expect((await admin.post('/session/confirm', { password })).status).toBe(204);
    expect((await set('rep', policy)).status).toBe(200);
    expect((await rep.get('/session')).body.fields).toEqual({ customer: { phone: 'hidden' } });
    const old = await admin.put(
      '/roles/rep',
      { rules: {}, fields: {}, reason },
      { headers: { 'if-match': '"v0"' } },
    );
    expect(old.status).toBe(412);
    await admin.delete('/roles/rep');
  });

  it('may be a further one: given, told of, and not removed while somebody has it', async () => {
    const made = await admin.post('/roles', {
      base: 'rep',
      name: 'Key accounts 大客户销售',
      rules: { customer: { read: 'all' } },
      fields: {},
      reason,
    });
    expect(made.status, made.text).toBe(201);
    const { key } = made.body;
    expect(
      (
        await admin.post('/roles', {
          base: 'rep',
          name: 'KEY accounts 大客户销售',
          rules: {},
          fields: {},
          reason,
        })
      ).status,
    ).toBe(422);
    const rep2 = await test.as('rep2');
    const foreign = (await rep2.post('/customers', { name: 'Of the South' })).body;
    expect((await rep.get(`/customers/${foreign.id}`)).status).toBe(404);
    const given = await admin.patch(`/people/${test.people.rep}`, { roleId: key, reason });
    expect(given.body).toMatchObject({ role: 'rep', roleId: key });
    expect((await rep.get(`/customers/${foreign.id}`)).status).toBe(200);
    expect((await rep.patch(`/customers/${foreign.id}`, { remark: 'x' })).status).toBe(404);
    expect((await rep2.get(`/customers`)).body.items).toHaveLength(1);
    expect((await admin.delete(`/roles/${key}`)).status).toBe(422);
    const other = await admin.patch(`/people/${test.people.rep}`, { roleId: key, role: 'manager', reason });
    expect(other.status).toBe(409);
    await admin.patch(`/people/${test.people.rep}`, { roleId: null, reason });
    expect((await rep.get(`/customers/${foreign.id}`)).status).toBe(404);
    expect((await admin.delete(`/roles/${key}`)).status).toBe(204);
  });

  it('is removed or given at the same moment: one of the two is refused in words', async () => {
    for (let i = 0; i < 6; i++) {
      const role = { base: 'rep', name: `Short-lived ${i}`, rules: {}, fields: {}, reason };
      const { key } = (await admin.post('/roles', role)).body;
      const [removed, given] = await Promise.all([
        admin.delete(`/roles/${key}`),
        admin.patch(`/people/${test.people.rep}`, { roleId: key, reason }),
      ]);
      expect([
        [204, 409],
        [422, 200],
      ]).toContainEqual([removed.status, given.status]);
      await admin.patch(`/people/${test.people.rep}`, { roleId: null, reason });
    }
  });
});

describe('a team', () => {
  it('is added, managed by one of its people, and removed once nobody is in it', async () => {
    const added = await admin.post('/teams', { name: 'West 西区' });
    expect(added.status, added.text).toBe(201);
    const { id } = added.body;
    expect((await admin.post('/teams', { name: 'west 西区' })).status).toBe(422);
    expect((await rep.post('/teams', { name: 'x' })).status).toBe(403);
    const managed = (managerId: string) => admin.patch(`/teams/${id}`, { managerId });
    expect((await managed(test.people.manager)).status).toBe(422);
    const move = (teamId: string | null) => admin.patch(`/people/${test.people.rep2}`, { teamId, reason });
    const { rows } = await sql<{
      team_id: string;
    }>`select team_id from people where id = ${test.people.rep2}`.execute(test.world.db);
    expect((await move(crypto.randomUUID())).status).toBe(409);
    expect((await move(id)).body.teamId).toBe(id);
    expect((await managed(test.people.rep2)).body).toMatchObject({
      manager: { name: 'rep2 person' },
      people: 1,
    });
    expect((await admin.delete(`/teams/${id}`)).status).toBe(422);
    await move(rows[0]?.team_id ?? null);
    const west = (await rep.get('/teams')).body.items.find((team: { id: string }) => team.id === id);
    expect(west).toMatchObject({ manager: null, people: 0 });
    expect((await admin.delete(`/teams/${id}`)).status).toBe(204);
  });
});
