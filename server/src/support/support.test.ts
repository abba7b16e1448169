// Tickets through HTTP: opened by whoever cannot get in, talked over by a secret link, telling strangers nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client, Loose } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { otherThan, peopleOf } from '../testing/people.ts';
import * as support from './support.ts';

let test: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;

beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  people = peopleOf(test, admin);
});
afterAll(() => test.close());

type More = Record<string, unknown>;
const open = (more: More = {}, client = test.client()) =>
  client.post('/support/tickets', { cause: 'locked', text: 'I cannot get in 进不去', ...more });
const mails = async (to: string): Promise<Loose[]> => {
  await test.jobs.settle();
  return (await admin.get(`/outbox?to=${encodeURIComponent(to)}`)).body.items;
};
const idOf = async (number: string): Promise<string> => {
  const { items } = (await admin.get('/tickets?limit=200')).body;
  return items.find((one: { number: string }) => one.number === number).id;
};

describe('a ticket', () => {
  it('goes from the lock page to its solution by a secret link', async () => {
    const author = test.client();
    const facts = {
      device: [{ label: 'System', value: 'Android 15' }],
      error: [{ label: 'Correlation', value: 'abc-1' }],
      check: [{ label: 'Latency', value: '30 ms' }],
    };
    const contact = 'at-home@example.org';
    const opened = await open({ account: 'Rep@Example.com ', name: '王小明', contact, facts }, author);
    expect(opened.status).toBe(201);
    const { token, number, link } = opened.body;
    expect(link).toBe(`${test.installation.config.url}/support#${token}`);
    const [letter] = await mails(contact);
    expect(letter.body).toContain(link);
    expect(letter.body).not.toContain('王小明');

    const seen = await author.post('/support/ticket', { token });
    expect(seen.body).toMatchObject({ number, state: 'open', facts, account: 'rep@example.com' });
    expect(JSON.stringify(seen.body)).not.toContain(test.people.rep);

    const id = await idOf(number);
    const inFull = (await admin.get(`/tickets/${id}`)).body;
    expect(inFull).toMatchObject({
      person: { id: test.people.rep, name: 'rep person' },
      address: author.address,
      proven: null,
      signedIn: false,
    });
    await admin.post(`/tickets/${id}/words`, { text: 'Which device?' });
    expect((await mails(contact))[0]).toMatchObject({ template: 'ticket-answered' });
    const answered = (await author.post('/support/ticket', { token })).body;
    expect(answered.state).toBe('waiting');
    expect(answered.entries.map((one: Loose) => [one.side, one.by])).toContainEqual(['support', null]);
    await author.post('/support/ticket/words', { token, text: 'My phone' });
    expect((await admin.get(`/tickets/${id}`)).body.state).toBe('open');
    await admin.patch(`/tickets/${id}`, { state: 'solved' });
    const checks = { signedIn: true, records: true, works: true };
    const closed = await author.post('/support/ticket/state', { token, state: 'closed', checks });
    expect(closed.status).toBe(204);
    expect((await admin.get(`/tickets/${id}`)).body).toMatchObject({ state: 'closed', checks });
    const late = await author.post('/support/ticket/words', { token, text: 'More' });
    expect(late.status).toBe(409);
  });

  it('can be said not to be solved, and only then be opened again by its author', async () => {
    const { token, number } = (await open()).body;
    const author = test.client();
    const turn = (state: string) => author.post('/support/ticket/state', { token, state });
    expect((await turn('open')).status).toBe(409);
    await admin.patch(`/tickets/${await idOf(number)}`, { state: 'solved' });
    expect((await turn('open')).status).toBe(204);
    expect((await turn('closed')).status).toBe(204);
    expect((await turn('open')).status).toBe(409);
    expect((await turn('closed')).status).toBe(409);
  });

  it('of somebody signed in is about his own account, whatever he types', async () => {
    const rep = await test.as('rep2');
    const { number } = (await open({ account: 'administrator@example.com' }, rep)).body;
    const ticket = (await admin.get(`/tickets/${await idOf(number)}`)).body;
    expect(ticket).toMatchObject({
      signedIn: true,
      account: 'rep2@example.com',
      person: { id: test.people.rep2 },
    });
  });

  it('is seen by administrators alone, and by nobody without its link', async () => {
    const { number } = (await open()).body;
    const id = await idOf(number);
    for (const who of ['manager', 'rep', 'auditor'] as const) {
      const client = await test.as(who);
      expect((await client.get('/tickets')).status).toBe(403);
      expect((await client.get(`/tickets/${id}`)).status).toBe(403);
      expect((await client.post(`/tickets/${id}/words`, { text: 'hello' })).status).toBe(403);
    }
    const guess = await test.client().post('/support/ticket', { token: 'x'.repeat(43) });
    expect(guess.status).toBe(404);
    expect((await test.client().get('/tickets')).status).toBe(401);
  });

  it('keeps hostile words as words', async () => {
    const text = '<img src=x onerror=alert(1)> =cmd|\u202e https://evil.example';
    const { token } = (await open({ text, contact: 'victim@example.org' })).body;
    const { entries } = (await test.client().post('/support/ticket', { token })).body;
    expect(entries[0].text).toBe(text.replace('\u202e', ''));
    const [letter] = await mails('victim@example.org');
    expect(letter.body).not.toContain('evil.example');
    for (const wrong of [
      { text: 'a\u0000b' },
      { text: '' },
      { text: 'x'.repeat(4_001) },
      { contact: 'a@b.example\r\nBcc: all@example.org' },
      { contact: ['a@example.org', 'b@example.org'] },
      { cause: 'free' },
      { facts: { device: [], more: 1 } },
      { facts: { device: Array(21).fill({ label: 'a', value: 'b' }) } },
    ])
      expect((await open(wrong)).status, JSON.stringify(wrong).slice(0, 60)).toBe(422);
  });
});

describe('a ticket tells no stranger which accounts exist', () => {
  it('L10 the same answers for known, unknown, suspended and no account', async () => {
    const suspended = await people.person();
    await admin.post(`/people/${suspended.id}/suspend`, { reason: 'left us' });
    const shapes = [];
    for (const account of ['rep@example.com', 'nobody@example.com', suspended.email, '']) {
      const client = test.client();
      const opened = await open({ account }, client);
      const { token } = opened.body;
      const replies = [
        opened,
        await client.post('/support/ticket', { token }),
        await client.post('/support/ticket/messages', { token }),
        await client.post('/support/ticket/proofs', { token, code: '12345678' }),
        await client.post('/support/ticket/vouching', { token }),
        await client.post('/support/ticket', { token }),
      ];
      shapes.push(
        replies.map(reply => ({
          status: reply.status,
          headers: [...reply.headers.keys()].sort(),
          body: shapeOf(reply.body, account),
        })),
      );
    }
    for (const shape of shapes) expect(shape).toEqual(shapes[0]);
  });
});

/** Keys and kinds of values; the account as typed is the author's own word. */
function shapeOf(value: Loose, account: string): unknown {
  if (Array.isArray(value)) return value.map(one => shapeOf(one, account));
  if (value && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== 'account')
        .map(([key, one]) => [
          key,
          ['state', 'kind', 'code', 'status'].includes(key) ? one : shapeOf(one, account),
        ]),
    );
  return typeof value;
}

describe('floods', () => {
  it('L29 of one source are told to slow down; others are not', async () => {
    const client = test.client('203.0.113.77');
    for (let i = 0; i < 10; i++) expect((await open({}, client)).status).toBe(201);
    for (const account of ['rep@example.com', 'nobody@example.com']) {
      const refused = await open({ account }, client);
      expect(refused.status).toBe(429);
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(refused.body.detail).toMatch(/\d+ seconds/);
    }
    expect((await open({}, test.client('203.0.113.78'))).status).toBe(201);
  });

  it('L29 to one address send few letters, and answer the same', async () => {
    const contact = 'bombed@example.org';
    for (let i = 0; i < 8; i++) expect((await open({ contact })).status).toBe(201);
    expect((await mails(contact)).length).toBeLessThanOrEqual(5);
  });

  it('within one ticket end', async () => {
    const { token } = (await open()).body;
    const client = test.client();
    let last = 204;
    for (let i = 0; i < 45 && last === 204; i++)
      last = (await client.post('/support/ticket/words', { token, text: `again ${i}` })).status;
    expect(last).toBe(429);
  });
});

describe('a code to the stored address', () => {
  it('proves whose account it is, once, to the desk', async () => {
    const { id: personId, email } = await people.person();
    const author = test.client();
    const { token, number } = (await open({ account: email }, author)).body;
    const id = await idOf(number);
    expect(await support.provenFor(test.world, id)).toBeNull();
    await author.post('/support/ticket/messages', { token });
    const [letter] = await mails(email);
    expect(letter.template).toBe('ticket-code');
    const code = /\b(\d{6})\b/.exec(letter.body.replace(number, ''))?.[1] ?? '';
    const wrong = await author.post('/support/ticket/proofs', { token, code: otherThan(code) });
    expect(wrong.status).toBe(401);
    const tries = await Promise.all(
      Array.from({ length: 10 }, () => author.post('/support/ticket/proofs', { token, code })),
    );
    expect(tries.filter(one => one.status === 204)).toHaveLength(1);
    expect(await support.provenFor(test.world, id)).toMatchObject({ personId, how: 'code' });
    expect((await admin.get(`/tickets/${id}`)).body.proven).toMatchObject({ how: 'code', holds: true });
    // It opens nothing by itself.
    expect((await author.get('/session')).status).toBe(401);
    test.turn(25 * 3_600_000);
    expect(await support.provenFor(test.world, id)).toBeNull();
    test.turn(-25 * 3_600_000);
  });

  it('L6 L25 cannot be guessed: five misses and it is dead, a new ticket gives no fresh tries', async () => {
    const { email } = await people.person();
    const client = test.client();
    const { token, number } = (await open({ account: email }, client)).body;
    await client.post('/support/ticket/messages', { token });
    const [letter] = await mails(email);
    const code = /\b(\d{6})\b/.exec(letter.body.replace(number, ''))?.[1] ?? '';
    for (let i = 0; i < 5; i++)
      await test.client().post('/support/ticket/proofs', { token, code: otherThan(code) });
    const right = await test.client().post('/support/ticket/proofs', { token, code });
    expect([401, 429]).toContain(right.status);
    const second = (await open({ account: email }, test.client())).body;
    const tried = await test.client().post('/support/ticket/proofs', { token: second.token, code: '000000' });
    expect(tried.status).toBe(429);
    expect((await test.client().post('/session', { name: email, password: 'x' })).status).not.toBe(423);
  });

  it('of one ticket is worth nothing in another', async () => {
    const { email } = await people.person();
    const [one, other] = [(await open({ account: email })).body, (await open({ account: email })).body];
    await test.client().post('/support/ticket/messages', { token: one.token });
    const [letter] = await mails(email);
    const code = /\b(\d{6})\b/.exec(letter.body.replace(one.number, ''))?.[1] ?? '';
    const tried = await test.client().post('/support/ticket/proofs', { token: other.token, code });
    expect(tried.status).toBe(401);
  });
});

describe('how support is reached', () => {
  const words = {
    hours: '9:00–18:00',
    phone: '+86 21 5555 0100',
    email: 'help@example.com',
    note: '急事请打电话',
  };
  it('is the administrator’s to say and anybody’s to read', async () => {
    expect((await test.client().get('/support')).body.phone).toBe('');
    const rep = await test.as('rep');
    expect((await rep.put('/support/settings', words)).status).toBe(403);
    expect((await admin.put('/support/settings', words)).body).toEqual(words);
    expect((await test.client().get('/support')).body).toEqual(words);
    expect((await admin.put('/support/settings', { ...words, more: 1 })).status).toBe(422);
  });
});

describe('the connection check', () => {
  it('says what the server sees', async () => {
    const client = test.client('198.51.100.9');
    const reply = await client.get('/ping', { headers: { via: '1.1 office' } });
    expect(reply.body).toMatchObject({ address: '198.51.100.9', passedOn: true, proxyTrusted: false });
    expect(Math.abs(reply.body.at - Date.now())).toBeLessThan(5_000);
    expect((await client.get('/ping')).body.passedOn).toBe(false);
    expect(reply.headers.get('latchkey-version')).toBe(reply.body.version);
    expect((await client.get('/nothing')).headers.get('latchkey-version')).toBe(reply.body.version);
  });
});
