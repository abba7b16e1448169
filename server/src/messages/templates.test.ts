// Messages in a workspace's own words, and codes that go to the phone when mail does not get through; through HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService } from '../sms/services.fixture.ts';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';
import { openPostOffice, type PostOffice } from '../testing/post-office.ts';

describe('in one’s own words', () => {
  let test: Test;
  let admin: Client;
  let people: ReturnType<typeof peopleOf>;
  beforeAll(async () => {
    test = await openTest();
    admin = await test.as('administrator');
    people = peopleOf(test, admin);
  });
  afterAll(() => test.close());

  const which = { channel: 'email', template: 'recovery', language: 'zh-CN' };
  const keep = (paragraphs: string[], subject = '重设密码', at: object = which) =>
    admin.put('/message-templates', { ...at, text: { subject, paragraphs } });

  it('are used from the next message on, until the product’s own are wanted back', async () => {
    expect((await keep(['{{name}}，您的验证码：', '{{code}}', '链接：{{link}}'])).status).toBe(204);
    const { email } = await people.person();
    await test.client().post('/recovery', { name: email });
    const { body, code } = await people.latest(email);
    expect(body).toContain(`您的验证码：\n\n${code}\n\n链接：${test.installation.config.url}/recover/`);
    const listed = (await admin.get('/message-templates')).body.items;
    const mine = listed.filter((item: { own: unknown }) => item.own !== null);
    expect(mine).toMatchObject([{ ...which, vital: ['code', 'link'] }]);
    await admin.put('/message-templates', { ...which, text: null });
    await test.client().post('/recovery', { name: email });
    expect((await people.latest(email)).body).toContain('我们收到了找回您账号的请求');
  });

  it.each([
    ['without the code', ['{{link}}'], 'missing-value'],
    ['without the link', ['{{code}}'], 'missing-value'],
    ['with a value there is not', ['{{code}} {{link}} {{password}}'], 'unknown-value'],
    ['with half a value', ['{{code}} {{link}} {{name'], 'unknown-value'],
    ['with another site’s address', ['{{code}} {{link}} https://evil.example/'], 'address'],
    ['with nothing in it', [' '], 'empty'],
  ])('are refused %s', async (_, paragraphs, fault) => {
    const reply = await keep(paragraphs);
    expect(reply.status).toBe(422);
    expect(reply.body.faults[0].fault).toBe(fault);
  });

  it('keep a code out of the subject, a text message short, and strangers out', async () => {
    expect((await keep(['{{code}} {{link}}'], '{{code}}')).body.faults[0].fault).toBe('value-in-subject');
    const sms = { ...which, channel: 'sms' };
    expect((await keep([`{{code}} ${'长'.repeat(201)}`], '', sms)).body.faults[0].fault).toBe('too-long');
    expect((await keep(['{{code}}'], '', { ...sms, template: 'invitation' })).status).toBe(404);
    expect((await keep(['{{code}}'], '', { ...which, template: '__proto__' })).status).toBe(404);
    const rep = await test.as('rep');
    expect((await rep.get('/message-templates')).status).toBe(403);
    expect((await rep.put('/message-templates', { ...which, text: null })).status).toBe(403);
  });

  it('are shown beforehand with sample values, without the lines that have nothing to say', async () => {
    const text = { subject: 'x', paragraphs: ['<b>{{name}}</b>', '{{code}}', '{{link}}'] };
    const shown = await admin.post('/message-templates/preview', { ...which, text });
    expect(shown.body.body).toContain('<b>王敏</b>\n\n482913');
    const device = { ...which, template: 'new-device' };
    const lines = { subject: 'x', paragraphs: ['地点：{{place}}\n太远：{{far}}\n{{link}}'] };
    const other = await admin.post('/message-templates/preview', { ...device, text: lines });
    expect(other.body.body).toContain('地点：上海\nhttp');
  });

  it('exist for every message of the product, and each of its own texts would be taken', async () => {
    const { items } = (await admin.get('/message-templates')).body;
    expect(items.length).toBeGreaterThan(50);
    const refused = [];
    for (const { channel, template, language, text } of items) {
      const reply = await admin.post('/message-templates/preview', { channel, template, language, text });
      if (reply.status !== 200) refused.push([template, channel, reply.body.faults]);
    }
    expect(refused).toEqual([]);
  });
});

describe('L15 when mail does not get through', () => {
  let office: PostOffice;
  let gateway: Awaited<ReturnType<typeof openService>>;
  let test: Test;
  let admin: Client;
  let people: ReturnType<typeof peopleOf>;
  beforeAll(async () => {
    office = await openPostOffice();
    gateway = await openService(() => ({ status: 200, body: {} }));
    test = await openTest({ config: { smtpUrl: office.url, smsUrl: `${gateway.address}/send` } });
    admin = await test.as('administrator');
    people = peopleOf(test, admin);
  });
  afterAll(async () => {
    await test.close();
    await office.close();
    await gateway.close();
  });

  const texted = () => gateway.taken.map(one => JSON.parse(one.body) as { to: string; text: string });
  const codeIn = (text: string) => /\b(\d{6})\b|(\d{6})/.exec(text)?.[0] ?? '';

  async function withPhone(phone: string) {
    const { email } = await people.person();
    const home = test.client();
    await home.signIn(email, password);
    const { id } = (await home.post('/contact-points', { kind: 'sms', value: phone })).body;
    await test.jobs.settle();
    const code = codeIn(texted().at(-1)?.text ?? '');
    expect((await home.post(`/contact-points/${id}/proofs`, { code })).status).toBe(204);
    await test.jobs.settle();
    return { email, home };
  }

  it('L15 the code goes to the phone, once, after a minute of trouble', async () => {
    const phone = '+8613800138001';
    const { email } = await withPhone(phone);
    const before = texted().length;
    office.replies.push(451, 451, 451);
    const client = test.client();
    const { flow } = (await client.post('/recovery', { name: email })).body;
    await test.jobs.settle();
    // The clock has not moved: mail was tried again and got through at last.
    expect(texted()).toHaveLength(before);
    office.replies.push(...Array(20).fill(451));
    const next = test.client();
    const second = (await next.post('/recovery', { name: email })).body.flow;
    await test.jobs.settle();
    const sent = texted().slice(before);
    expect(sent.map(one => one.to)).toEqual([phone]);
    office.replies.length = 0;
    const code = codeIn(sent[0]?.text ?? '');
    expect((await next.post('/recovery/proofs', { flow: second, code })).body.kind).toBe('proved');
    expect((await client.post('/recovery/proofs', { flow, code })).status).toBe(401);
  });

  it('L15 while mail is away, codes for signing in go to both at once', async () => {
    const phone = '+8613800138002';
    const { email } = await withPhone(phone);
    office.replies.push(...Array(8).fill(451));
    await test.client().post('/recovery', { name: email });
    await test.jobs.settle();
    test.turn(90_000);
    office.replies.push(...Array(8).fill(451));
    const before = texted().length;
    await people.lock(email);
    const client = test.client();
    const { flow } = (await client.post('/session', { name: email, password })).body;
    await client.post('/session/messages', { flow, kind: 'email-code' });
    await test.jobs.settle();
    const codes = texted().slice(before);
    expect(codes.map(one => one.to)).toContain(phone);
    const code = codeIn(codes.at(-1)?.text ?? '');
    const proved = await client.post('/session/proofs', { flow, kind: 'email-code', code });
    expect(proved.body.kind).toBe('signed-in');
    office.replies.length = 0;
    test.turn(-90_000);
  });

  it('shows in the outbox how each text message was delivered, and no code', async () => {
    const { items } = (await admin.get('/outbox?to=%2B8613800138001')).body;
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) {
      expect(item).toMatchObject({ channel: 'sms', state: 'sent' });
      if (/code|recovery$/.test(item.template)) expect(item.body).not.toMatch(/\d{6}/);
    }
    gateway.answers.push(...Array(20).fill({ status: 400, body: { message: 'no such number' } }));
    const failed = await admin.post('/outbox/test', { to: '138 0013 8003' });
    expect(failed.body).toMatchObject({ state: 'failed' });
    expect(failed.body.problem).toContain('no such number');
    gateway.answers.length = 0;
    expect((await admin.post('/outbox/test', { to: '138 0013 8003' })).body.state).toBe('sent');
  });
});
