// Mail is tested in real conversations with a mail server on this machine.
import { afterEach, expect, test } from 'vitest';
import { isMailAddress, readMailSettings } from './mail-settings.ts';
import { type Mail, type Mailer, openMailer } from './mailer.ts';
import { openPostOffice, type PostOffice } from './testing/post-office.ts';

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const alarms: unknown[] = [];
const log = { warn: () => {}, error: (what: unknown) => void alarms.push(what) } as unknown as Parameters<
  typeof openMailer
>[1];

async function office(...habits: Parameters<typeof openPostOffice>): Promise<PostOffice> {
  const made = await openPostOffice(...habits);
  open.push(made);
  return made;
}

function mailer(smtpUrl: string | null, ca?: string): Mailer {
  const made = openMailer({ smtpUrl, url: 'https://crm.example.com' }, log, ca ? { ca } : {});
  open.push(made);
  return made;
}

const letter: Mail = { to: 'li.lei@example.com', subject: 'Hello', text: 'How are you?\n', id: '0197-abc' };

test('a letter in Chinese arrives as it was written, in text and HTML', async () => {
  const at = await office();
  const text = '您好，李雷：\n\n验证码 314159 有效期 10 分钟。🎋\n';
  const outcome = await mailer(at.url).send({
    ...letter,
    subject: '登录验证码 — 请勿转发给任何人，包括自称客服的人员',
    text,
    html: '<p>验证码 <b>314159</b></p>',
  });
  expect(outcome).toEqual({ kind: 'sent' });
  const [{ mail, from, to }] = at.received as [PostOffice['received'][0]];
  expect(mail.subject).toBe('登录验证码 — 请勿转发给任何人，包括自称客服的人员');
  expect(mail.text).toBe(text);
  expect(mail.html).toBe('<p>验证码 <b>314159</b></p>');
  expect({ from, to }).toEqual({ from: 'latchkey@crm.example.com', to: ['li.lei@example.com'] });
  expect(mail.messageId).toBe('<0197-abc@crm.example.com>');
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
});

test('the sender of SMTP_URL is used', async () => {
  const at = await office();
  await mailer(`${at.url}?from=${encodeURIComponent('客户系统 <crm@corp.example>')}`).send(letter);
  expect(at.received[0]?.mail.from?.value).toEqual([{ name: '客户系统', address: 'crm@corp.example' }]);
});

test('no subject, recipient or id can open another header or another recipient', async () => {
  const at = await office();
  const mail = mailer(at.url);
  const evil = 'Hi\r\nBcc: eve@example.com\r\n\r\nbody\u2028X: y';
  expect(await mail.send({ ...letter, subject: evil })).toEqual({ kind: 'sent' });
  for (const to of [
    'a@example.com\r\nBcc: eve@example.com',
    'a@example.com,eve@example.com',
    'a@example.com; eve@example.com',
    'Eve <eve@example.com>',
    'a@example.com>\r\nRCPT TO:<eve@example.com',
    'a@example.com eve@example.com',
    ['a@example.com', 'eve@example.com'] as unknown as string,
    { address: 'eve@example.com' } as unknown as string,
  ])
    expect(await mail.send({ ...letter, to })).toMatchObject({ kind: 'failed', final: true });
  await expect(mail.send({ ...letter, id: 'x>\r\nBcc: eve@example.com' })).rejects.toThrow();
  expect(at.commands).toEqual(['MAIL latchkey@crm.example.com', 'RCPT li.lei@example.com']);
  const [{ mail: got }] = at.received as [PostOffice['received'][0]];
  expect([got.bcc, got.headers.get('x')]).toEqual([undefined, undefined]);
  expect(got.text).toBe(letter.text);
});

test('a 4xx may be tried again, a 5xx may not, and both keep what the server said', async () => {
  const at = await office();
  at.replies.push(451, 550);
  const mail = mailer(at.url);
  const first = await mail.send(letter);
  expect(first).toMatchObject({
    kind: 'failed',
    final: false,
    reason: expect.stringMatching(/^put-off: 451/),
  });
  const second = await mail.send(letter);
  expect(second).toMatchObject({
    kind: 'failed',
    final: true,
    reason: expect.stringMatching(/^refused: 550/),
  });
  expect(await mail.send(letter)).toEqual({ kind: 'sent' });
});

test('a server that is away, or that takes another password, may be tried again', async () => {
  const gone = await openPostOffice();
  await gone.close();
  expect(await mailer(gone.url).send(letter)).toMatchObject({ kind: 'failed', final: false });
  const at = await office({ account: { user: 'crm', password: 'p@ss word' } });
  const url = (password: string) => at.url.replace('//', `//crm:${encodeURIComponent(password)}@`);
  expect(await mailer(url('wrong')).send(letter)).toMatchObject({
    kind: 'failed',
    final: false,
    reason: expect.stringMatching(/^sign-in: 535/),
  });
  expect(await mailer(url('p@ss word')).send(letter)).toEqual({ kind: 'sent' });
});

test('L31 where TLS is demanded and not offered no mail leaves, for good, and an alarm is raised', async () => {
  const at = await office({ starttls: false });
  alarms.length = 0;
  const outcome = await mailer(`${at.url}?tls=required`).send(letter);
  expect(outcome).toMatchObject({ kind: 'failed', final: true, tlsMissing: true });
  expect(outcome).toHaveProperty('reason', expect.stringMatching(/^tls-missing: /));
  expect(at.commands).toEqual([]);
  expect(alarms).toHaveLength(1);
});

test('L31 TLS that nobody vouches for counts as none, by STARTTLS and from the first byte', async () => {
  for (const habits of [{ starttls: true }, { implicit: true }]) {
    const at = await office(habits);
    const outcome = await mailer(habits.implicit ? at.url : `${at.url}?tls=required`).send(letter);
    expect(outcome).toMatchObject({ kind: 'failed', final: true, tlsMissing: true });
    expect(at.commands).toEqual([]);
  }
});

test('with good TLS the letter travels encrypted', async () => {
  for (const habits of [{ starttls: true }, { implicit: true }]) {
    const at = await office(habits);
    const url = habits.implicit ? at.url : `${at.url}?tls=required`;
    expect(await mailer(url, at.cert).send(letter)).toEqual({ kind: 'sent' });
    expect(at.received[0]?.secure).toBe(true);
  }
});

test('without SMTP_URL nothing is configured and nothing is sent', async () => {
  const mail = mailer(null);
  expect(mail.configured).toBe(false);
  expect(await mail.send(letter)).toMatchObject({ kind: 'failed', final: true });
});

test('L31 every server but this machine is asked for TLS unless SMTP_URL says otherwise', () => {
  const tlsOf = (url: string) => {
    const read = readMailSettings(url, 'https://crm.example.com');
    return read.kind === 'ok' ? `${read.settings.tls} ${read.settings.port}` : read.kind;
  };
  expect(tlsOf('smtp://mail.example.com')).toBe('required 587');
  expect(tlsOf('smtp://10.0.0.5:25')).toBe('required 25');
  expect(tlsOf('smtp://127.0.0.1.example.com')).toBe('required 587');
  expect(tlsOf('smtp://localhost.example.com')).toBe('required 587');
  expect(tlsOf('smtp://[2001:db8::1]')).toBe('required 587');
  expect(tlsOf('smtp://mail.example.com?tls=none')).toBe('none 587');
  expect(tlsOf('smtp://localhost:1025')).toBe('none 1025');
  expect(tlsOf('smtp://127.0.0.1:1025?tls=required')).toBe('required 1025');
  expect(tlsOf('smtp://[::1]:1025')).toBe('none 1025');
  expect(tlsOf('smtps://mail.example.com')).toBe('implicit 465');
  for (const wrong of [
    'smtps://mail.example.com?tls=none',
    'smtp://mail.example.com?tls=maybe',
    'smtp://mail.example.com?from=nobody',
    'smtp://mail.example.com?from=a@b.example,c@d.example',
    'smtp://us%er@mail.example.com',
    'http://mail.example.com',
    'mail.example.com',
  ])
    expect(tlsOf(wrong), wrong).toBe('faulty');
});

test('the sender of an installation reached by number is still an address', () => {
  const from = (url: string) => {
    const read = readMailSettings('smtp://localhost', url);
    return read.kind === 'ok' ? read.settings.from.address : read.kind;
  };
  expect(from('https://crm.example.com')).toBe('latchkey@crm.example.com');
  expect(from('http://127.0.0.1:3000')).toBe('latchkey@localhost');
  expect(from('http://[::1]:3000')).toBe('latchkey@localhost');
});

test('L22 an address is one plain string', () => {
  for (const good of [
    'a@b.cn',
    'li.lei+crm@mail.example.com',
    "o'neil@example.ie",
    '李雷@例子.公司',
    'root@localhost',
  ])
    expect(isMailAddress(good), good).toBe(true);
  for (const bad of [
    '',
    'a',
    '@b.cn',
    'a@',
    'a@b@c.cn',
    'a@b.cn\n',
    '.a@b.cn',
    'a..b@c.cn',
    'a@-b.cn',
    'a@b..cn',
    'a b@c.cn',
    '"a"@b.cn',
    'a@b.cn.',
    'a@[1.2.3.4]',
    'a\u200b@b.cn',
    `${'x'.repeat(65)}@b.cn`,
    null,
    ['a@b.cn'],
  ])
    expect(isMailAddress(bad), String(bad)).toBe(false);
});
