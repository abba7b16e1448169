// Security questions through HTTP: off, switched on against advice and on record, and never enough for anything.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { otherThan, peopleOf } from '../testing/people.ts';

const minute = 60_000;
let test: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  people = peopleOf(test, admin);
});
afterAll(() => test.close());

const reason = 'our insurer asks for them in writing';
const items = [
  { question: { preset: 'dish' }, answer: 'Scrambled eggs' },
  { question: { preset: 'journey' }, answer: '哈尔滨' },
  { question: { own: '外婆院子里种的是什么树？' }, answer: '石榴树' },
];
const right = items.map(item => item.answer);
const wrong = (n: number) => ['soup', '哈尔滨', `tree ${n}`];
const policy = (body: object, client = admin) => client.put('/policies/questions', body);

/** Somebody who has set his questions, with the client he did it on. */
async function asked() {
  const person = await people.person();
  const client = test.client();
  await client.signIn(person.email, password);
  expect((await client.put('/security-questions', { items })).status).toBe(204);
  return { ...person, client };
}

/** A recovery of that name whose code was given back. */
async function proved(email: string, client = test.client()) {
  const { flow } = (await client.post('/recovery', { name: email })).body;
  const { code } = await people.latest(email);
  const reply = await client.post('/recovery/proofs', { flow, code });
  return { client, flow: flow as string, code, reply };
}
const answer = (client: Client, flow: string, answers: string[]) =>
  client.post('/recovery/answers', { flow, answers });
const setPassword = (client: Client, flow: string) =>
  client.post('/recovery/password', { flow, password: 'five-green-bottles' });

describe('the policy', () => {
  it('is off as delivered: nobody can set questions, and no recovery asks any', async () => {
    const { email } = await people.person();
    const client = test.client();
    await client.signIn(email, password);
    expect((await client.get('/security-questions')).body).toEqual({ offered: false, set: null });
    expect((await client.put('/security-questions', { items })).status).toBe(409);
    expect((await proved(email)).reply.body.kind).toBe('proved');
  });

  it('is switched on by an administrator alone, with a reason that the journal keeps', async () => {
    for (const role of ['rep', 'manager', 'auditor'] as const)
      expect((await policy({ enabled: true, reason }, await test.as(role))).status).toBe(403);
    expect((await policy({ enabled: true })).status).toBe(422);
    expect((await policy({ enabled: true, reason: 'because' })).status).toBe(422);
    expect((await policy({ enabled: true, reason })).body).toMatchObject({ enabled: true, reason });
    const [entry] = (await admin.get('/audit?action=policy.questions')).body.items;
    expect(entry).toMatchObject({ before: { enabled: false }, after: { enabled: true, reason } });
    const auditor = await test.as('auditor');
    expect((await auditor.get('/policies/questions')).body).toMatchObject({ enabled: true, reason });
  });
});

describe('one’s own questions', () => {
  it('are set after showing oneself, told by letter, and the answers are nobody’s to see', async () => {
    const { id, email, client } = await asked();
    test.turn(11 * minute);
    expect((await client.put('/security-questions', { items })).body.code).toBe('confirm-first');
    expect((await client.delete('/security-questions')).body.code).toBe('confirm-first');
    test.turn(-11 * minute);
    const own = await client.get('/security-questions');
    expect(own.body.set.questions).toEqual(items.map(item => item.question));
    await test.jobs.settle();
    const { items: letters } = (await admin.get(`/outbox?to=${encodeURIComponent(email)}`)).body;
    const letter = letters.find((one: { template: string }) => one.template === 'questions-changed');
    const row = await test.world.db
      .selectFrom('security_questions')
      .selectAll()
      .where('person_id', '=', id)
      .executeTakeFirstOrThrow();
    expect(row.answers_hash).toMatch(/^\$argon2id\$/);
    const journal = (await admin.get(`/audit?object=${id}`)).body;
    const story = (await admin.get(`/people/${id}/story`)).body;
    expect(JSON.stringify([own.body.set.at, letter, row, journal, story])).not.toMatch(
      /外婆|石榴|哈尔滨|eggs/,
    );
    expect(letter).toBeDefined();
  });

  it.each([
    ['too short an answer', 'items.0.answer', [{ ...items[0], answer: ' x! ' }, items[1], items[2]]],
    [
      'one answer twice',
      'items.1.answer',
      [items[0], { ...items[1], answer: 'ＳＣＲＡＭＢＬＥＤ eggs' }, items[2]],
    ],
    ['one question twice', 'items.1.question', [items[0], { ...items[0], answer: '别的' }, items[2]]],
    [
      'an answer that the question tells',
      'items.2.answer',
      [items[0], items[1], { ...items[2], answer: '外婆' }],
    ],
  ])('are refused with %s', async (_, path, bad) => {
    const reply = await admin.put('/security-questions', { items: bad });
    expect([reply.status, reply.body.faults?.[0]?.path]).toEqual([422, path]);
  });

  it('are gone once removed, and after a sign-in that was not the owner’s', async () => {
    const { email, client } = await asked();
    expect((await client.delete('/security-questions')).status).toBe(204);
    expect((await proved(email)).reply.body.kind).toBe('proved');
    const robbed = await people.person();
    await test.client().signIn(robbed.email, password);
    const thief = test.client('9.9.9.21');
    await thief.signIn(robbed.email, password);
    expect((await thief.put('/security-questions', { items })).status).toBe(204);
    await test.jobs.settle();
    const { items: letters } = (await admin.get(`/outbox?to=${encodeURIComponent(robbed.email)}`)).body;
    const letter = letters.find((one: { template: string }) => one.template === 'new-device');
    const [, arrival, token] = /\/was-it-you\/([\w-]+)#([\w-]+)/.exec(letter?.body ?? '') ?? [];
    expect((await test.client().post(`/arrivals/${arrival}`, { token, answer: 'not-me' })).status).toBe(200);
    expect((await proved(robbed.email)).reply.body.kind).toBe('proved');
  });
});

describe('in a recovery', () => {
  it('come after the code, and are needed besides it; however they are typed, and signing nobody in', async () => {
    const { email } = await asked();
    const { client, flow, reply } = await proved(email);
    expect(reply.body).toEqual({
      kind: 'answers-needed',
      flow,
      questions: items.map(item => item.question),
    });
    expect((await setPassword(client, flow)).body.code).toBe('answers-first');
    expect((await answer(client, flow, wrong(0))).body.code).toBe('code-wrong');
    expect((await answer(client, flow, [...right].reverse())).status).toBe(401);
    expect((await setPassword(client, flow)).status).toBe(403);
    const typed = ['ＳＣＲＡＭＢＬＥＤ  EGGS.', ' 哈 尔 滨 ', '石榴树。'];
    const many = await Promise.all(Array.from({ length: 4 }, () => answer(client, flow, typed)));
    expect(many.filter(one => one.status === 200)).toHaveLength(1);
    expect((await client.get('/session')).status).toBe(401);
    expect((await setPassword(client, flow)).status).toBe(204);
    await test.client().signIn(email, 'five-green-bottles');
  });

  it('L10 L23 are worth nothing without the code of this very recovery, for no name', async () => {
    const { email } = await asked();
    const other = await proved((await asked()).email);
    const client = test.client();
    const { flow } = (await client.post('/recovery', { name: email })).body;
    const unknown = (await client.post('/recovery', { name: 'no.such@example.com' })).body.flow;
    const replies = await Promise.all([flow, unknown, 'x'].map(one => answer(client, one, right)));
    expect(replies.map(one => [one.status, one.body.code])).toEqual(Array(3).fill([401, 'code-dead']));
    const code = otherThan((await people.latest(email)).code);
    expect((await client.post('/recovery/proofs', { flow, code })).status).toBe(401);
    expect((await answer(client, flow, right)).status).toBe(401);
    expect((await setPassword(client, flow)).status).toBe(401);
    expect((await answer(other.client, other.flow, right)).status).toBe(200);
  });

  it('L6 L25 are counted per account whatever the flow, and their misses never touch signing in', async () => {
    const { email, client: known } = await asked();
    const stranger = test.client();
    const first = await proved(email, stranger);
    for (let n = 0; n < 5; n++) expect((await answer(stranger, first.flow, wrong(n))).status).toBe(401);
    expect((await answer(stranger, first.flow, right)).status).toBe(429);
    const second = await proved(email);
    expect((await answer(second.client, second.flow, right)).status).toBe(429);
    // The owner's own device has a lane of its own.
    const own = await proved(email, known);
    expect((await answer(known, own.flow, right)).status).toBe(200);
    expect((await test.client().post('/session', { name: email, password })).status).toBe(200);
    const refused = (await admin.get('/audit?action=questions.refuse')).body.items;
    expect(refused.length).toBeGreaterThanOrEqual(5);
  });

  it('are not asked of whoever shows a second factor, and stand in for none', async () => {
    const { email, client: known } = await asked();
    const [paper] = (await known.post('/factors/recovery-codes')).body.codes;
    const { client, flow, reply } = await proved(email);
    expect(reply.body.kind).toBe('factor-needed');
    expect((await answer(client, flow, right)).status).toBe(401);
    expect((await setPassword(client, flow)).body.code).toBe('factor-first');
    const shown = { flow, kind: 'recovery-code', code: paper };
    expect((await client.post('/recovery/factors', shown)).body.kind).toBe('proved');
    expect((await setPassword(client, flow)).status).toBe(204);
  });

  it('open nothing at the door and confirm no session', async () => {
    const { email, client } = await asked();
    await people.lock(email);
    const door = test.client();
    const { flow, proofs } = (await door.post('/session', { name: email, password })).body;
    expect(JSON.stringify(proofs)).not.toContain('answers');
    const shown = { flow, kind: 'security-answers', code: right.join(' ') };
    expect((await door.post('/session/proofs', shown)).status).toBe(422);
    expect((await client.post('/session/confirm', { kind: 'security-answers', code: 'x' })).status).toBe(422);
  });
});

it('switched off again, they are gone for everybody', async () => {
  const { email, client } = await asked();
  expect((await policy({ enabled: false })).body).toMatchObject({ enabled: false });
  expect((await proved(email)).reply.body.kind).toBe('proved');
  expect(await test.world.db.selectFrom('security_questions').selectAll().execute()).toEqual([]);
  expect((await client.get('/security-questions')).body).toEqual({ offered: false, set: null });
});
