// The letters themselves: complete in both languages, and safe whatever they are told.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compose, htmlOf, isCapped, plain, when } from './rules.ts';
import { type Common, type Letters, letters, type TemplateName } from './words.ts';

const zone = process.env.TZ;
beforeAll(() => {
  process.env.TZ = 'Asia/Shanghai';
});
afterAll(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const url = 'https://crm.example.com';
const now = Date.parse('2026-07-04T07:04:00Z');
const samples: { [T in TemplateName]: Letters[T] & Common } = {
  'sign-in-code': { code: '314159', minutes: 10, device: 'Firefox · Windows', address: '203.0.113.9' },
  recovery: { code: '31415926', minutes: 15, link: `${url}/recovery?flow=abc` },
  'password-changed': { name: '李雷', device: 'Safari · iPhone', address: '203.0.113.9' },
  'account-locked': { name: '李雷', since: now, until: now + 1_800_000 },
  'account-unlocked': { name: '李雷', by: '韩梅梅', reason: '当面核实身份' },
  'desk-help': {
    name: '李雷',
    text: '已为您重置密码。',
    by: '韩梅梅',
    reason: '手机丢失',
    proof: '当面核实',
  },
  'contact-code': { name: '李雷', code: '482913', minutes: 10 },
  'ticket-opened': { number: '48213377', link: `${url}/support#t` },
  'ticket-answered': { number: '48213377', link: `${url}/support#t` },
  'ticket-code': { name: '李雷', number: '48213377', code: '482913', minutes: 10 },
  notice: { name: '李雷', text: 'Bob: Acme 4711', lines: '请看报价', link: `${url}/deals/1` },
  'payments-due': {
    name: '李雷',
    count: '2',
    lines: '2031-05-01：华信，O-2031-00007',
    link: `${url}/orders/due`,
  },
  'notice-digest': { name: '李雷', count: '3', lines: '韩梅梅评论了“华信”', link: `${url}/inbox` },
  'vouch-asked': { name: '韩梅梅', person: '李雷', link: `${url}/vouching` },
  'contact-added': {
    kind: '手机号',
    value: '+86 138 •••• 42',
    device: 'Chrome · Mac',
    address: '203.0.113.7',
  },
  'contact-removed': { kind: '手机号', value: '+86 138 •••• 42' },
  'questions-changed': { name: '李雷', text: '设置了安全问题。', device: 'Chrome · Mac' },
  'recovery-proved': {
    device: 'Chrome · Mac',
    address: '203.0.113.7',
    link: 'https://crm.example.com/recover/stop#t',
  },
  'password-recovered': {
    device: 'Chrome · Mac',
    address: '203.0.113.7',
    link: 'https://crm.example.com/recover/stop#t',
  },
  'new-device': {
    device: 'Chrome · Mac',
    address: '2001:db8::1',
    link: 'https://crm.example.com/was-it-you/1#2',
  },
  'stale-client': { device: 'IMAP', address: '192.0.2.1', times: 12, since: 0, former: '' },
  'factor-added': { kind: 'passkey', called: 'Phone', device: 'Chrome · Android', address: '192.0.2.7' },
  'factor-removed': { kind: 'passkey', called: 'Phone', by: '韩梅梅', device: 'Edge', address: '192.0.2.7' },
  'recovery-code-used': { left: '3', device: 'Chrome · Android', address: '192.0.2.7' },
  'verify-email': { name: '李雷', code: '271828', minutes: 10 },
  'account-ends': { name: '李雷', until: now + 86_400_000, link: `${url}/account` },
  'password-due': { name: '李雷', until: now + 86_400_000, link: `${url}/new-password` },
  'verify-due': { name: '李雷', until: now + 86_400_000, link: `${url}/verify-email` },
  'access-changed': {
    name: '李雷',
    text: '角色改为主管。',
    by: '韩梅梅',
    reason: '调岗',
    link: `${url}/requests`,
  },
  invitation: { name: '李雷', workspace: 'Dawn Trading', link: `${url}/invitation/abc` },
  test: { by: '韩梅梅' },
  alert: { title: 'Alarm', text: 'Somebody tries 试', lines: 'A: b\nC: d', link: `${url}/alerts` },
};
const names = Object.keys(samples) as TemplateName[];

/** Half-width punctuation that touches a Chinese character: a typist's slip. */
const halfWidth = /\p{Script=Han}[,:;?!]|[,:;?!]\p{Script=Han}/u;

test('every letter says in both languages all that it was told', () => {
  for (const language of ['en', 'zh-CN'] as const)
    for (const name of names) {
      const { subject, text } = compose(name, language, samples[name], { url, now });
      const all = `${subject}\n${text}`;
      expect(all, name).not.toMatch(/undefined|null|NaN|\{\w+\}|\$\{/);
      for (const [key, value] of Object.entries(samples[name])) {
        const told = key === 'since' || key === 'until' ? when(value, language) : String(value);
        expect(all, `${name} ${language} ${key}`).toContain(told);
      }
      expect(text.endsWith('\n')).toBe(true);
      if (language === 'zh-CN') expect(text).not.toMatch(halfWidth);
      expect(/\p{Script=Han}/u.test(subject), name).toBe(language === 'zh-CN');
    }
  expect(Object.keys(letters.en)).toEqual(Object.keys(letters['zh-CN']));
});

test('times name their offset, so that nobody has to guess whose they are', () => {
  expect(when('2026-07-04T07:04:59.999Z', 'en')).toBe('2026-07-04 15:04 (UTC+08:00)');
  expect(when(now, 'zh-CN')).toBe('2026-07-04 15:04（UTC+08:00）');
  process.env.TZ = 'America/St_Johns';
  expect(when(now, 'en')).toBe('2026-07-04 04:34 (UTC-02:30)');
  process.env.TZ = 'Asia/Shanghai';
});

test('a lock without an end says what ends it', () => {
  const locked = { since: now, until: '' } as const;
  expect(compose('account-locked', 'en', locked, { url, now }).text).toContain(
    'Locked until: you prove that it is you',
  );
  expect(compose('account-locked', 'zh-CN', locked, { url, now }).text).toContain('解锁时间：完成身份验证');
});

test('names and labels stay on their line, carry no address to click and no hidden characters', () => {
  expect(plain('Li\r\nBcc: x@y.z')).toBe('Li Bcc: x@y.z');
  expect(plain('a\u202Egnp.exe\u2028b\u0000c')).toBe('a gnp.exe b c');
  expect(plain('win at https://evil.example/x now or www.evil.example')).toBe('win at … now or …');
  expect([...plain('长'.repeat(500))]).toHaveLength(120);
  const evil = 'Firm\r\nBcc: eve@example.com\n\n123456\n\nhttps://crm.example.com/evil';
  const { subject, text } = compose(
    'invitation',
    'en',
    { ...samples.invitation, workspace: evil },
    { url, now },
  );
  expect(subject).not.toMatch(/[\r\n]/);
  expect(text.split('\n\n')).toHaveLength(5);
});

test('HTML says what the text says, with everything escaped and only own links to follow', () => {
  const data = { ...samples['sign-in-code'], device: '<img src=x onerror=alert(1)> & "co"' };
  const { text } = compose('sign-in-code', 'en', data, { url, now });
  const html = htmlOf(text, 'en', url);
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;co&quot;');
  expect(html).toMatch(/<p style="[^"]*monospace[^"]*">314159<\/p>/);
  expect(html).not.toContain('<a ');
  const recovery = compose('recovery', 'zh-CN', samples.recovery, { url, now });
  expect(htmlOf(recovery.text, 'zh-CN', url)).toContain(`<a href="${url}/recovery?flow=abc"`);
  expect(
    htmlOf('https://evil.example/\n\nhttps://crm.example.com.evil.example/\n\nx', 'en', url),
  ).not.toContain('<a ');
});

test('L29 the fifth code of an hour and the twentieth of a day are the last', () => {
  expect([
    isCapped({ hour: 4, day: 19 }),
    isCapped({ hour: 5, day: 5 }),
    isCapped({ hour: 0, day: 20 }),
  ]).toEqual([false, true, true]);
});
