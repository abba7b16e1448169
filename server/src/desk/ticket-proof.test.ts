// A proof inside a ticket as proof at the desk, through HTTP: once, for that person, as strong as what it opens; and the reset
// that an administrator sends without ever knowing a password.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client, Loose } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { deskOf } from './desk.fixture.ts';

let test: Test;
let admin: Client;
let desk: ReturnType<typeof deskOf>;
beforeAll(async () => {
  test = await openTest({ config: { url: 'http://localhost:3000' } });
  admin = await test.as('administrator');
  desk = deskOf(test, admin);
});
afterAll(() => test.close());

const reason = 'cannot get in since this morning';

async function ticketOf(account: string) {
  const author = test.client();
  const { token, number } = (
    await author.post('/support/tickets', { cause: 'locked', text: 'help', account })
  ).body;
  const { items } = (await admin.get('/tickets?limit=200')).body;
  const { id } = items.find((one: Loose) => one.number === number);
  return { author, token, id: id as string };
}

/** A ticket in which its author has proved by the mailed code that the account is his. */
async function proven(account: string) {
  const ticket = await ticketOf(account);
  await ticket.author.post('/support/ticket/messages', { token: ticket.token });
  const { code } = await desk.people.latest(account);
  expect((await ticket.author.post('/support/ticket/proofs', { token: ticket.token, code })).status).toBe(
    204,
  );
  return ticket;
}

const byTicket = async (action: string, person: string, ticket?: string, client = admin) => {
  const body = { action, people: [person], reason, proof: 'ticket', ...(ticket ? { ticket } : {}) };
  const { kind, why } = (await client.post('/desk/actions', body)).body.items[0];
  return why ?? kind;
};

describe('a proof inside a ticket', () => {
  it('is offered, counts for one action, and the ticket and the journal say so', async () => {
    const { id, email } = await desk.people.person();
    const ticket = await proven(email);
    const [offered] = (await desk.story(id)).proofs;
    expect(offered).toMatchObject({ ticket: ticket.id, how: 'code', vouchers: [] });
    const body = { reason, proof: 'ticket', ticket: ticket.id };
    const both = await Promise.all([1, 2].map(() => admin.post(`/people/${id}/unlock-code`, body)));
    expect(both.map(reply => reply.body.why ?? reply.body.kind).sort()).toEqual(['done', 'ticket-unproven']);
    expect((await desk.story(id)).proofs).toEqual([]);
    expect(await byTicket('verify-again', id, ticket.id)).toBe('ticket-unproven');
    const [entry] = await desk.entries('desk.unlock-code', id);
    expect(entry.details).toMatchObject({ proof: 'ticket', ticket: ticket.id });
    const told = (await ticket.author.post('/support/ticket', { token: ticket.token })).body;
    expect(told.entries.map((one: Loose) => one.kind)).toContain('proof-used');
    expect((await admin.get(`/tickets/${ticket.id}`)).body.proven).toMatchObject({
      holds: false,
      used: true,
    });
  });

  it('is worth nothing for anybody else, unproven, unnamed, or after a day', async () => {
    const [one, two] = [await desk.people.person(), await desk.people.person()];
    const ticket = await proven(one.email);
    const bare = await ticketOf(two.email);
    expect(await byTicket('verify-again', two.id, ticket.id)).toBe('ticket-unproven');
    expect(await byTicket('verify-again', two.id, bare.id)).toBe('ticket-unproven');
    expect(await byTicket('verify-again', two.id)).toBe('ticket-unproven');
    expect(await byTicket('verify-again', two.id, two.id)).toBe('ticket-unproven');
    // Refused for want of sense, it is not used up.
    expect(await byTicket('lift', one.id, ticket.id)).toBe('no-lock');
    test.turn(24 * 3_600_000 + 1_000);
    const later = await test.as('administrator');
    expect(await byTicket('verify-again', one.id, ticket.id, later)).toBe('ticket-unproven');
    test.turn(-24 * 3_600_000 - 1_000);
    expect(await byTicket('verify-again', one.id, ticket.id)).toBe('done');
  });

  it('L26 by a mailed code removes no sign-in method', async () => {
    const { id, email } = await desk.people.person();
    const client = test.client();
    await client.signIn(email, password);
    await client.post('/factors/recovery-codes');
    const ticket = await proven(email);
    expect(await byTicket('reset-factors', id, ticket.id)).toBe('ticket-too-weak');
    expect((await desk.story(id)).recoveryCodesLeft).toBe(10);
  });

  it('L28 is not for whoever vouched himself, nor does he approve it', async () => {
    const [one, two, three] = [
      await desk.administrator(),
      await desk.administrator(),
      await desk.administrator(),
    ];
    const ticket = await ticketOf(one.email);
    const at = new Date(test.installation.now());
    const { db, workspaceId: workspace_id } = test.world;
    const vouch = { workspace_id, ticket_id: ticket.id, as_role: 'peer' as const, how: 'by voice', at };
    await db
      .insertInto('ticket_vouches')
      .values([two, three].map(({ id: person_id }) => ({ ...vouch, person_id, at: at.toISOString() })))
      .execute();
    await db
      .updateTable('tickets')
      .set({ proven_at: at.toISOString(), proven_how: 'vouched' })
      .where('id', '=', ticket.id)
      .execute();
    expect(await byTicket('verify-again', one.id, ticket.id, two.client)).toBe('own-vouch');
    expect(await byTicket('verify-again', one.id, ticket.id)).toBe('waiting');
    const { items } = (await two.client.get('/desk/requests?open=true')).body;
    const request = items.find((item: Loose) => item.ticket === ticket.id).id;
    const refused = await three.client.post(`/desk/requests/${request}/approval`);
    expect([refused.status, refused.body.why]).toEqual([409, 'own-vouch']);
    const fourth = await desk.administrator();
    expect((await fourth.client.post(`/desk/requests/${request}/approval`)).body.kind).toBe('done');
    for (const { id } of [one, two, three, fourth]) await desk.retire(id);
  });

  it('cannot be named where a single lock is lifted, as no ticket is checked there', async () => {
    const { id, email } = await desk.people.person();
    await desk.people.lock(email);
    const [lock] = (await desk.story(id)).person.account.locks;
    expect((await admin.post(`/locks/${lock.id}/lift`, { reason, proof: 'Ticket' })).status).toBe(422);
  });
});

describe('a reset that an administrator sends', () => {
  it('ASVS 6.4.6 is a link to the owner alone, by which he sets a password that nobody else knows', async () => {
    const { id, email } = await desk.people.person();
    const reply = await desk.act(admin, 'send-reset', [id]);
    expect(reply.body.items[0].kind).toBe('done');
    // Ids may end in six digits by chance.
    const told = JSON.stringify(reply.body).replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, 'id');
    expect(told).not.toMatch(/recover|\d{6}\b/);
    const { code, body } = await desk.people.latest(email);
    const flow = /\/recover\/([^#\s]+)#/.exec(body)?.[1] ?? '';
    const owner = test.client();
    expect((await owner.post('/session', { name: email, password })).status).toBe(200);
    expect((await owner.post('/recovery/password', { flow, password: 'five-green-bottles' })).status).toBe(
      401,
    );
    expect((await owner.post('/recovery/proofs', { flow, code })).body.kind).toBe('proved');
    expect((await owner.post('/recovery/password', { flow, password: 'five-green-bottles' })).status).toBe(
      204,
    );
    await test.client().signIn(email, 'five-green-bottles');
    expect((await desk.mails(email)).map(mail => mail.template)).toContain('desk-help');
  });

  it('is refused where there is no verified address', async () => {
    const { id } = await desk.people.person();
    await desk.one(admin, 'verify-again', id);
    expect(await desk.one(admin, 'send-reset', id)).toMatchObject({ kind: 'refused', why: 'no-address' });
  });
});
