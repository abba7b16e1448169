// Messages from the post to the recipient, with a real mail server at the end of the wire.
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import * as audit from '../audit/audit.ts';
import type { Config } from '../config.ts';
import { secretsFrom } from '../secrets.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { openPostOffice, type PostOffice } from '../testing/post-office.ts';
import { atomically, type World } from '../world.ts';
import { deliver, link, list, type Post, post } from './messages.ts';

const open: { close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function withMail(
  habits: Parameters<typeof openPostOffice>[0] = {},
  query = '',
): Promise<{ at: Test; world: World; office: PostOffice }> {
  const office = await openPostOffice(habits);
  open.push(office);
  const at = await openTest({ config: { smtpUrl: office.url + query } });
  open.push(at);
  return { at, world: at.world, office };
}

async function withoutMail(config: Partial<Config> = {}): Promise<{ at: Test; world: World }> {
  const at = await openTest({ config });
  open.push(at);
  return { at, world: at.world };
}

const to = 'li.lei@example.com';

function code(expiresAt?: number): Post<'sign-in-code'> {
  const data = { code: '314159', minutes: 10, device: 'Firefox · Windows', address: '203.0.113.9' };
  const due = expiresAt === undefined ? {} : { expiresAt };
  return {
    to,
    personId: null,
    channel: 'email',
    template: 'sign-in-code',
    language: 'en',
    secret: true,
    data: { ...data, ...due },
  };
}

function invitation(workspace: string, name = 'Li Lei'): Post<'invitation'> {
  const data = { name, workspace, link: 'http://127.0.0.1:3000/invitation/abc' };
  return { to, personId: null, channel: 'email', template: 'invitation', language: 'zh-CN', data };
}

const outbox = (world: World) => list(world, { limit: 50 });

async function actions(world: World): Promise<string[]> {
  const entries = await audit.list(world, { limit: 50, action: 'message.' });
  return entries.map(entry => entry.action);
}

test('a message goes out when its cause has committed, and not at all when that is rolled back', async () => {
  const { at, world, office } = await withMail();
  await expect(
    atomically(world, async tx => {
      expect(await post(tx, invitation('First'))).toMatchObject({ kind: 'queued' });
      throw new Error('second thoughts');
    }),
  ).rejects.toThrow('second thoughts');
  await atomically(world, async tx => {
    await post(tx, invitation('晨光贸易'));
    await at.jobs.settle();
    expect(office.received).toEqual([]);
  });
  await at.jobs.settle();
  expect(office.received.map(got => got.mail.subject)).toEqual(['“晨光贸易”邀请您使用 Latchkey']);
  const [message, ...more] = await outbox(world);
  expect(more).toEqual([]);
  expect(message).toMatchObject({ state: 'sent', attempts: 1, problem: null, sent_at: expect.any(String) });
  expect(office.received[0]?.mail.messageId).toContain(message?.id);
  expect(office.received[0]?.mail.text).toBe(message?.body);
});

test('a put-off message is tried again and arrives once', async () => {
  const { at, world, office } = await withMail();
  office.replies.push(451, 421);
  await post(world, invitation('A'));
  await at.jobs.settle();
  expect(office.received).toHaveLength(1);
  expect(await outbox(world)).toMatchObject([{ state: 'sent', attempts: 3, problem: null }]);
});

test('a message that is put off for ever fails after six attempts, visibly', async () => {
  const { at, world, office } = await withMail();
  office.replies.push(...Array(20).fill(450));
  await post(world, invitation('A'));
  await at.jobs.settle();
  expect(office.commands.filter(line => line.startsWith('RCPT'))).toHaveLength(6);
  expect(await outbox(world)).toMatchObject(
    [{ state: 'failed', attempts: 6, problem: /^put-off: 450/ }].map(m => ({
      ...m,
      problem: expect.stringMatching(m.problem),
    })),
  );
  expect(await actions(world)).toEqual(['message.failed']);
});

test('a refused message fails at once, with what the server said', async () => {
  const { at, world, office } = await withMail();
  office.replies.push(550);
  await post(world, code());
  await at.jobs.settle();
  expect(await outbox(world)).toMatchObject([
    { state: 'failed', attempts: 1, problem: expect.stringMatching(/^refused: 550/) },
  ]);
  expect(await actions(world)).toEqual(['message.failed']);
});

test('L31 TLS demanded and not offered: no mail, and an alarm in the outbox and in the journal', async () => {
  const { at, world, office } = await withMail({}, '?tls=required');
  await post(world, code());
  await at.jobs.settle();
  expect(office.commands).toEqual([]);
  const admin = await at.as('administrator');
  const { body } = await admin.get('/outbox');
  expect(body.items).toMatchObject([
    { state: 'failed', attempts: 1, problem: expect.stringMatching(/^tls-missing: /) },
  ]);
  expect(await actions(world)).toEqual(['message.tls-missing']);
});

test('a job that comes twice sends once', async () => {
  const { at, world, office } = await withMail();
  const posted = await post(world, code());
  await at.jobs.settle();
  if (posted.kind !== 'queued') throw new Error(posted.kind);
  expect(await deliver(world, posted.id)).toEqual({ kind: 'idle' });
  expect(await deliver(world, crypto.randomUUID())).toEqual({ kind: 'idle' });
  expect(office.received).toHaveLength(1);
});

test('two workers that take the same message at the same moment send it once', async () => {
  const { world, office } = await withMail();
  const posted = await atomically(world, tx =>
    post({ ...tx, jobs: { ...tx.jobs, send: async () => {} } }, code()),
  );
  if (posted.kind !== 'queued') throw new Error(posted.kind);
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => deliver(world, posted.id)));
  expect(outcomes.filter(outcome => outcome.kind === 'sent')).toHaveLength(1);
  expect(office.received).toHaveLength(1);
  expect(await outbox(world)).toMatchObject([{ state: 'sent', attempts: 1 }]);
});

test('a message in the hands of a process that died is free again after two minutes', async () => {
  const { at, world, office } = await withMail();
  const posted = await atomically(world, tx =>
    post({ ...tx, jobs: { ...tx.jobs, send: async () => {} } }, code()),
  );
  if (posted.kind !== 'queued') throw new Error(posted.kind);
  const died = { ...world.mail, send: () => new Promise<never>(() => {}) };
  void deliver({ ...world, mail: died }, posted.id);
  await expect.poll(async () => (await outbox(world))[0]?.attempts).toBe(1);
  expect(await deliver(world, posted.id)).toMatchObject({ kind: 'again' });
  at.turn(121_000);
  expect(await deliver(world, posted.id)).toEqual({ kind: 'sent' });
  expect(office.received).toHaveLength(1);
});

test('a code is sealed while it waits, arrives legible, and is gone once sent', async () => {
  const { at, world, office } = await withMail();
  office.replies.push(451);
  await atomically(world, async tx => {
    await post(tx, code());
    const { rows } = await sql<{ row: string }>`select messages::text as row from messages`.execute(tx.db);
    expect(rows[0]?.row).not.toContain('314159');
  });
  await at.jobs.settle();
  expect(office.received[0]?.mail.text).toContain('\n\n314159\n\n');
  expect(office.received[0]?.mail.subject).not.toContain('314159');
  const { rows } = await sql<{ body: string }>`select body from messages`.execute(world.db);
  expect(rows).toEqual([{ body: '' }]);
  expect((await outbox(world))[0]?.body).toMatch(/only its recipient/);
});

test('an administrator cannot read a code that is on its way by mail', async () => {
  const { at, world } = await withMail();
  at.jobs.work('messages', async () => {}); // nobody sends it yet
  await post(world, code());
  const { body } = await (await at.as('administrator')).get('/outbox');
  expect(body.items).toMatchObject([{ state: 'queued' }]);
  expect(JSON.stringify(body)).not.toContain('314159');
});

test('a code that has died meanwhile is not sent late', async () => {
  const { at, world, office } = await withMail();
  const posted = await atomically(world, tx =>
    post({ ...tx, jobs: { ...tx.jobs, send: async () => {} } }, code(world.now() + 600_000)),
  );
  at.turn(600_000);
  if (posted.kind !== 'queued') throw new Error(posted.kind);
  expect(await deliver(world, posted.id)).toMatchObject({ kind: 'failed' });
  expect(office.commands).toEqual([]);
  expect(await outbox(world)).toMatchObject([
    { state: 'failed', problem: expect.stringMatching(/^expired/) },
  ]);
});

test('a message sealed under another secret is not sent as garbage', async () => {
  const { world, office } = await withMail();
  const foreign = {
    secrets: secretsFrom(Buffer.alloc(48, 8)),
    jobs: { ...world.jobs, send: async () => {} },
  };
  const posted = await post({ ...world, ...foreign }, code());
  if (posted.kind !== 'queued') throw new Error(posted.kind);
  expect(await deliver(world, posted.id)).toMatchObject({
    kind: 'failed',
    problem: expect.stringMatching(/^sealed/),
  });
  expect(office.commands).toEqual([]);
});

test('without a mail server a message stays in the outbox, legible there', async () => {
  const { at, world } = await withoutMail();
  expect(await post(world, code())).toMatchObject({ kind: 'kept' });
  const { body } = await (await at.as('administrator')).get(
    `/outbox?to=${encodeURIComponent(to.toUpperCase())}`,
  );
  expect(body.items).toMatchObject([
    { to, channel: 'email', template: 'sign-in-code', state: 'kept', attempts: 0, problem: null },
  ]);
  expect(body.items[0].body).toContain('314159');
  expect((await (await at.as('administrator')).get('/outbox?to=nobody@example.com')).body.items).toEqual([]);
});

test('what was queued when the mail server was taken away is kept', async () => {
  const { at, world } = await withMail();
  const without = { ...world, mail: { ...world.mail, configured: false } };
  const posted = await atomically(world, tx =>
    post({ ...tx, jobs: { ...tx.jobs, send: async () => {} } }, code()),
  );
  if (posted.kind !== 'queued') throw new Error(posted.kind);
  expect(await deliver(without, posted.id)).toEqual({ kind: 'kept' });
  expect((await (await at.as('administrator')).get('/outbox')).body.items[0].body).toContain('314159');
});

test('L29 a recipient gets five codes in an hour and twenty in a day, whatever is asked', async () => {
  const { at, world } = await withoutMail();
  const ask = async (n: number) => {
    const kinds: string[] = [];
    for (let i = 0; i < n; i++) kinds.push((await post(world, code())).kind);
    return kinds.filter(kind => kind === 'kept').length;
  };
  expect(await ask(8)).toBe(5);
  expect((await post(world, { ...code(), to: 'han.meimei@example.com' })).kind).toBe('kept');
  expect((await post(world, invitation('A'))).kind).toBe('kept');
  expect(await actions(world)).toEqual(['message.capped']);
  for (let hour = 0; hour < 6; hour++) {
    at.turn(3_600_001);
    await ask(6);
  }
  const codes = (await outbox(world)).filter(m => m.recipient === to && m.secret);
  expect(codes).toHaveLength(20);
  at.turn(24 * 3_600_000);
  expect(await ask(1)).toBe(1);
});

test('L29 strangers who use up the codes of a recipient leave him those of his own devices', async () => {
  const { world } = await withoutMail();
  for (let i = 0; i < 5; i++) await post(world, code());
  expect((await post(world, code())).kind).toBe('capped');
  expect((await post(world, { ...code(), known: true })).kind).toBe('kept');
  for (let i = 0; i < 4; i++) await post(world, { ...code(), known: true });
  expect((await post(world, { ...code(), known: true })).kind).toBe('capped');
});

test('L29 asking in parallel gains nothing', async () => {
  const { world } = await withoutMail();
  await Promise.all(Array.from({ length: 12 }, () => post(world, code())));
  expect(await outbox(world)).toHaveLength(5);
});

test('L22 nobody is written to who is not one plain address', async () => {
  const { world } = await withoutMail();
  for (const bad of ['a@example.com,b@example.com', 'a@example.com\r\nBcc: b@example.com', ''])
    expect(await post(world, { ...code(), to: bad })).toEqual({ kind: 'no-address' });
  expect(await outbox(world)).toEqual([]);
});

test('L20 links lead to the public address and nowhere else', async () => {
  const { world } = await withoutMail({ url: 'https://crm.example.com' });
  expect(link(world, '/recovery?flow=a b')).toBe('https://crm.example.com/recovery?flow=a%20b');
  for (const path of ['//evil.example', '/\\evil.example', 'https://evil.example', '@evil.example', ''])
    expect(() => link(world, path), path).toThrow();
  for (const bad of [
    'https://evil.example/x',
    'https://crm.example.com.evil.example/',
    'https://crm.example.com@evil.example/',
    'https://crm.example.com/ https://evil.example',
  ])
    await expect(
      post(world, { ...invitation('A'), data: { ...invitation('A').data, link: bad } }),
      bad,
    ).rejects.toThrow();
  expect(await outbox(world)).toEqual([]);
});

test('a public address written in capitals or with its port still makes links that are its own', async () => {
  const { world } = await withoutMail({ url: 'https://CRM.Example.com:443' });
  const data = { ...invitation('A').data, link: link(world, '/invitation/abc') };
  expect(data.link).toBe('https://crm.example.com/invitation/abc');
  expect(await post(world, { ...invitation('A'), data })).toMatchObject({ kind: 'kept' });
});

test('the outbox is for administrators, and its test message for those who may configure', async () => {
  const { at } = await withoutMail();
  expect((await at.client().get('/outbox')).status).toBe(401);
  for (const who of ['manager', 'rep', 'auditor'] as const) {
    const client = await at.as(who);
    expect((await client.get('/outbox')).status, who).toBe(403);
    expect((await client.post('/outbox/test', { to })).status, who).toBe(403);
  }
  expect((await (await at.as('administrator')).get('/outbox')).status).toBe(200);
});

test('in a demo without a mail server the outbox is open to visitors, with one it is not', async () => {
  const { at, world } = await withoutMail({ demo: true });
  await post(world, code());
  const { status, body } = await at.client().get('/outbox');
  expect(status).toBe(200);
  expect(body.items).toHaveLength(1);
  expect((await at.client().post('/outbox/test', { to })).status).toBe(401);
  const office = await openPostOffice();
  open.push(office);
  const mailing = await openTest({ config: { demo: true, smtpUrl: office.url } });
  open.push(mailing);
  expect((await mailing.client().get('/outbox')).status).toBe(401);
});

test('the outbox comes in pages, newest first, and only one workspace’s', async () => {
  const { at, world } = await withoutMail();
  for (const n of [1, 2, 3]) await post(world, invitation(`Firm ${n}`));
  await post(
    { ...world, workspaceId: crypto.randomUUID(), db: world.databases.of(crypto.randomUUID()) },
    invitation('Other'),
  ).catch(() => {});
  const admin = await at.as('administrator');
  const first = (await admin.get('/outbox?limit=2')).body;
  expect(first.items.map((m: { subject: string }) => m.subject)).toEqual([
    '“Firm 3”邀请您使用 Latchkey',
    '“Firm 2”邀请您使用 Latchkey',
  ]);
  const rest = (await admin.get(`/outbox?limit=2&after=${first.next}`)).body;
  expect(rest).toMatchObject({ items: [{ subject: '“Firm 1”邀请您使用 Latchkey' }], next: null });
});

test('a test message tells at once whether it was sent, kept or failed', async () => {
  const { at, office } = await withMail();
  const admin = await at.as('administrator');
  expect((await admin.post('/outbox/test', { to })).body).toEqual({ state: 'sent', problem: null });
  expect(office.received[0]?.mail.text).toContain('administrator person');
  office.replies.push(451);
  const failed = (await admin.post('/outbox/test', { to })).body;
  expect(failed).toEqual({ state: 'failed', problem: expect.stringMatching(/^put-off: 451/) });
  expect((await admin.post('/outbox/test', { to: 'a@b.cn, c@d.cn' })).status).toBe(422);
  const quiet = await withoutMail();
  const reply = await (await quiet.at.as('administrator')).post('/outbox/test', { to });
  expect(reply.body).toEqual({ state: 'kept', problem: null });
});
