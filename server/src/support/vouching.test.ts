// Vouching through HTTP: who may, what it takes, and that a session somebody left open is not enough.
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client, Loose } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';
import * as support from './support.ts';

const minute = 60_000;
let test: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;
let north: string;

beforeAll(async () => {
  test = await openTest({ config: { url: 'http://localhost:3000' } });
  admin = await test.as('administrator');
  people = peopleOf(test, admin);
  north = (await rowOf(test.people.rep)).team_id ?? '';
});
afterAll(() => test.close());

const rowOf = (id: string) =>
  test.world.db
    .selectFrom('people')
    .select(['team_id', 'email'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

/** A new rep in the north team, signed in; with an authenticator if `strong`. */
async function rep(strong: boolean, team: string | null = north) {
  const one = await people.person();
  await test.world.db.updateTable('people').set({ team_id: team }).where('id', '=', one.id).execute();
  const client = test.client();
  await client.signIn(one.email, password);
  if (strong) {
    const { secret } = (await client.post('/factors/totp')).body;
    const code = new TOTP({ secret }).generate({ timestamp: test.installation.now() });
    expect((await client.post('/factors/totp/confirm', { code })).status).toBe(204);
  }
  return { ...one, client };
}

/** A ticket about that account whose author asks for vouching. */
async function asking(account: string) {
  const author = test.client();
  const opened = await author.post('/support/tickets', { cause: 'locked', text: 'help', account });
  const { token, number } = opened.body;
  expect((await author.post('/support/ticket/vouching', { token })).status).toBe(202);
  const { items } = (await admin.get('/tickets?limit=200')).body;
  return { author, token, id: items.find((one: Loose) => one.number === number).id as string };
}

// Two characters say it in Chinese.
const how = { how: '视频' };
const vouch = (client: Client, id: string) => client.post(`/vouching/${id}`, how);

describe('vouching', () => {
  it('by the manager of the team proves alone, and names him to the desk', async () => {
    const { id, email } = await people.person();
    await test.world.db.updateTable('people').set({ team_id: north }).where('id', '=', id).execute();
    const ticket = await asking(email);
    const manager = await test.as('manager');
    const listed = (await manager.get('/vouching')).body;
    expect(listed.items).toContainEqual(
      expect.objectContaining({ id: ticket.id, as: 'superior', done: false }),
    );
    expect((await vouch(manager, ticket.id)).body).toEqual({ kind: 'proven' });
    expect(await support.provenFor(test.world, ticket.id)).toMatchObject({
      personId: id,
      how: 'vouched',
      vouchers: [{ name: 'manager person' }],
    });
    const told = (await ticket.author.post('/support/ticket', { token: ticket.token })).body;
    expect(told.proven.how).toBe('vouched');
    expect(JSON.stringify(told)).not.toContain('manager person');
    expect((await manager.get('/vouching')).body.items.map((one: Loose) => one.id)).not.toContain(ticket.id);
  });

  it('by peers takes two of the same team with a strong factor', async () => {
    const person = await rep(false);
    const ticket = await asking(person.email);
    const [one, two, weak] = [await rep(true), await rep(true), await rep(false)];
    const south = await rep(true, (await rowOf(test.people.rep2)).team_id);
    expect((await vouch(weak.client, ticket.id)).status).toBe(404);
    expect((await vouch(south.client, ticket.id)).status).toBe(404);
    expect((await vouch(person.client, ticket.id)).status, 'oneself').toBe(404);
    expect((await vouch(await test.as('auditor'), ticket.id)).status).toBe(404);
    expect((await vouch(one.client, ticket.id)).body).toEqual({ kind: 'vouched' });
    const again = await Promise.all([vouch(one.client, ticket.id), vouch(one.client, ticket.id)]);
    expect(again.map(reply => reply.body.kind)).toEqual(['vouched', 'vouched']);
    expect(await support.provenFor(test.world, ticket.id)).toBeNull();
    expect((await vouch(two.client, ticket.id)).body).toEqual({ kind: 'proven' });
    expect((await support.provenFor(test.world, ticket.id))?.vouchers).toHaveLength(2);
  });

  it('is never for somebody with more rights, not even by many', async () => {
    const ticket = await asking('manager@example.com');
    for (const peer of [await rep(true), await rep(true)])
      expect((await vouch(peer.client, ticket.id)).status).toBe(404);
    const forAdmin = await asking('administrator@example.com');
    expect((await vouch(await test.as('manager'), forAdmin.id)).status).toBe(404);
    expect((await vouch(await test.as('auditor'), forAdmin.id)).status).toBe(404);
    expect(await support.provenFor(test.world, forAdmin.id)).toBeNull();
  });

  it('wants a session that has just been confirmed', async () => {
    const { id, email } = await people.person();
    await test.world.db.updateTable('people').set({ team_id: north }).where('id', '=', id).execute();
    const ticket = await asking(email);
    const manager = await test.as('manager');
    test.turn(11 * minute);
    const refused = await vouch(manager, ticket.id);
    expect([refused.status, refused.body.code]).toEqual([403, 'confirm-first']);
    expect((await manager.get('/vouching')).body.confirmed).toBe(false);
    expect((await manager.post('/session/confirm', { password })).status).toBe(204);
    expect((await vouch(manager, ticket.id)).status).toBe(200);
  });

  it('is over after a day, and asked anew it starts from nothing', async () => {
    const person = await rep(false);
    const ticket = await asking(person.email);
    const one = await rep(true);
    expect((await vouch(one.client, ticket.id)).body.kind).toBe('vouched');
    test.turn(25 * 60 * minute);
    const late = await rep(true);
    expect((await vouch(late.client, ticket.id)).status).toBe(404);
    await ticket.author.post('/support/ticket/vouching', { token: ticket.token });
    expect((await vouch(late.client, ticket.id)).body.kind).toBe('vouched');
    expect(await support.provenFor(test.world, ticket.id)).toBeNull();
  });

  it('is asked of those who may, by letter; nobody is written to for an account that does not exist', async () => {
    await test.jobs.settle();
    const count = async () => {
      await test.jobs.settle();
      const { items } = (await admin.get('/outbox?limit=200')).body;
      return items.filter((one: Loose) => one.template === 'vouch-asked').length;
    };
    const before = await count();
    await asking('nobody-at-all@example.com');
    expect(await count()).toBe(before);
    const { id, email } = await people.person();
    await test.world.db.updateTable('people').set({ team_id: north }).where('id', '=', id).execute();
    await asking(email);
    const after = await count();
    expect(after).toBeGreaterThan(before);
    expect(after - before).toBeLessThanOrEqual(8);
  });

  it('is for people who are signed in, with words of how', async () => {
    const ticket = await asking('rep@example.com');
    expect((await vouch(test.client(), ticket.id)).status).toBe(401);
    const manager = await test.as('manager');
    expect((await manager.post(`/vouching/${ticket.id}`, { how: '' })).status).toBe(422);
    expect((await manager.post(`/vouching/${crypto.randomUUID()}`, how)).status).toBe(404);
  });
});
