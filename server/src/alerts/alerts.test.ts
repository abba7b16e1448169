// Alerts as administrators meet them: over HTTP and by real mail, once in a while and not in floods.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as audit from '../audit/audit.ts';
import * as staff from '../staff/staff.ts';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { openPostOffice, type PostOffice } from '../testing/post-office.ts';
import { commands } from '../tool/commands.ts';
import { atomically } from '../world.ts';
import { type Alert, raise, sweep, work } from './alerts.ts';

let at: Test;
let office: PostOffice;
let admin: Client;
beforeAll(async () => {
  office = await openPostOffice();
  at = await openTest({ config: { smtpUrl: office.url } });
  admin = await at.as('administrator');
});
afterAll(async () => {
  await at.close();
  await office.close();
});
beforeEach(async () => {
  await at.world.db.deleteFrom('alerts').execute();
  office.received.splice(0);
});

const minute = 60_000;
const alertMails = () => office.received.filter(got => got.mail.subject?.match(/^(Alert: |告警：)/));
const listed = async (client = admin, headers: Record<string, string> = {}) =>
  (await client.get('/alerts', { headers })).body.items;

async function told(...alerts: Alert[]): Promise<void> {
  for (const alert of alerts) {
    await raise(at.world, alert);
    await at.jobs.settle();
  }
}

const lost = (key: string): Alert => ({
  kind: 'device-lost',
  data: { key, person: 'Li Lei', device: 'Safari · iPhone' },
});

it('an alert stands or falls with its cause', async () => {
  await expect(
    atomically(at.world, async tx => {
      await raise(tx, { kind: 'spray', data: { names: 31 } });
      throw new Error('second thoughts');
    }),
  ).rejects.toThrow('second thoughts');
  await at.jobs.settle();
  expect(await listed()).toEqual([]);
  await atomically(at.world, tx => raise(tx, { kind: 'spray', data: { names: 31 } }));
  await at.jobs.settle();
  expect(await listed()).toMatchObject([
    {
      kind: 'spray',
      severity: 'warning',
      title: 'Passwords are being tried on many accounts',
      text: expect.stringContaining('on 31 accounts'),
      facts: [{ label: 'Accounts', value: '31', at: null }],
      data: { names: 31 },
      heldBack: 0,
      deliveries: [],
    },
  ]);
  expect(await listed(admin, { 'accept-language': 'zh-CN' })).toMatchObject([
    { title: '大量账号正在被尝试登录', text: expect.stringContaining('31 个账号') },
  ]);
});

it('a flood of causes makes one mail; the rest is counted and told with the next', async () => {
  const flood: Alert = { kind: 'flood', data: { misses: 900 } };
  await told(flood);
  await Promise.all(Array.from({ length: 40 }, () => raise(at.world, flood)));
  await at.jobs.settle();
  expect(alertMails()).toHaveLength(1);
  expect(await listed()).toMatchObject([{ kind: 'flood', heldBack: 40 }]);
  at.turn(61 * minute);
  await told(flood, flood);
  expect(alertMails()).toHaveLength(2);
  expect(alertMails()[1]?.mail.text).toContain('40 more were held back');
  expect(await listed()).toMatchObject([
    { heldBack: 1, text: expect.stringContaining('40 more were held back') },
    { heldBack: 40, text: expect.not.stringContaining('held back') },
  ]);
  at.turn(61 * minute);
  await told(flood);
  expect(alertMails()[2]?.mail.text).toContain('1 more was held back');
});

it('two workers that weigh the same flood at once tell once', async () => {
  const job = () => ({ id: crypto.randomUUID(), at: new Date(at.world.now()).toISOString(), kind: 'calm' });
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => work(at.world, job())));
  expect(outcomes.filter(outcome => outcome === 'told')).toHaveLength(1);
  expect(outcomes.filter(outcome => outcome === 'held-back')).toHaveLength(9);
  expect(await listed()).toMatchObject([{ heldBack: 9 }]);
  await at.jobs.settle();
  expect(alertMails()).toHaveLength(1);
});

it('a job that comes twice tells once and holds nothing back', async () => {
  const job = { id: crypto.randomUUID(), at: new Date(at.world.now()).toISOString(), kind: 'calm', data: {} };
  expect(await work(at.world, job)).toBe('told');
  expect(await work(at.world, job)).toBe('idle');
  await at.jobs.settle();
  expect(alertMails()).toHaveLength(1);
  expect(await listed()).toMatchObject([{ heldBack: 0 }]);
});

it('different kinds and keys do not silence one another', async () => {
  await told(lost('one'), lost('two'), lost('one'), { kind: 'calm', data: {} });
  expect((await listed()).map((one: { kind: string }) => one.kind)).toEqual([
    'calm',
    'device-lost',
    'device-lost',
  ]);
  expect(alertMails()).toHaveLength(3);
});

it('the quiet time is settable, holds at once and is in the log', async () => {
  const was = (await admin.get('/alerts/settings')).body;
  expect(was).toMatchObject({ quietMinutes: 60, off: [] });
  const set = await admin.put('/alerts/settings', { quietMinutes: 5 });
  expect(set.body.quietMinutes).toBe(5);
  await told({ kind: 'calm', data: {} });
  at.turn(6 * minute);
  await told({ kind: 'calm', data: {} });
  expect(alertMails()).toHaveLength(2);
  const entries = await audit.list(at.world, { limit: 5, action: 'alert.settings' });
  expect(entries[0]).toMatchObject({ before: { quietMinutes: 60 }, after: { quietMinutes: 5 } });
  for (const quietMinutes of [0, 1_441, 1.5])
    expect((await admin.put('/alerts/settings', { quietMinutes })).status).toBe(422);
  await admin.put('/alerts/settings', { quietMinutes: 60 });
});

describe('mail', () => {
  let second: { id: string; client: Client };
  beforeAll(async () => {
    const base = { role: 'administrator', password, teamId: null } as const;
    const han = { ...base, name: '韩梅梅', email: 'han@example.com', language: 'zh-CN' } as const;
    const added = await staff.add(at.world, { ...han, emailVerified: true }, {});
    if (added.kind !== 'added') throw new Error(added.kind);
    await staff.add(
      at.world,
      { ...base, name: 'Unverified', email: 'unverified@example.com', language: 'en' },
      {},
    );
    const gone = { ...base, name: 'Gone', email: 'gone@example.com', language: 'en' } as const;
    const left = await staff.add(at.world, { ...gone, emailVerified: true }, {});
    if (left.kind !== 'added') throw new Error(left.kind);
    await admin.post(`/people/${left.id}/suspension`, { reason: 'has left the firm' });
    const client = at.client();
    await client.signIn(han.email, password);
    second = { id: added.id, client };
  });
  afterEach(async () => {
    await second.client.put('/alerts/settings', { off: [] });
  });

  it('goes to every active administrator with a verified address, in his language, and to nobody else', async () => {
    const until = new Date(at.world.now() + 60 * minute).toISOString();
    await told({ kind: 'defence', data: { by: '李雷', until, reason: 'botnet' } });
    expect(alertMails().map(got => got.to[0])).toEqual(['administrator@example.com', 'han@example.com']);
    const [en, zh] = alertMails().map(got => ({ subject: got.mail.subject, text: got.mail.text ?? '' }));
    expect(en?.subject).toBe('Alert: Heightened defence is on');
    expect(en?.text).toContain('Done by: 李雷\nReason: botnet\nUntil: ');
    expect(en?.text).toContain(`${at.installation.config.url}/alerts`);
    expect(zh?.subject).toBe('告警：已进入加强防护');
    expect(zh?.text).toContain('韩梅梅，您好：');
    expect(zh?.text).toContain('操作人：李雷\n原因：botnet\n截止时间：');
  });

  it('tells of emergency recovery on the server, whoever was recovered', async () => {
    const done = await commands.recover?.run(at.world, ['rep2@example.com'], {});
    expect(done?.ok).toBe(true);
    await at.jobs.settle();
    expect(alertMails().map(got => got.mail.subject)).toEqual([
      'Alert: Emergency recovery was used',
      '告警：有人使用了紧急恢复',
    ]);
    expect(alertMails()[0]?.mail.text).toContain('Account: rep2 person');
    expect(JSON.stringify(await listed())).not.toContain(done?.value && Object(done.value).password);
  });

  it('of a kind somebody switched off goes to the others only', async () => {
    const set = await second.client.put('/alerts/settings', { off: ['device-lost'] });
    expect(set.body.off).toEqual(['device-lost']);
    expect((await admin.get('/alerts/settings')).body.off).toEqual([]);
    await told(lost('switch'));
    expect(alertMails().map(got => got.to[0])).toEqual(['administrator@example.com']);
    await told({ kind: 'not-me', data: { person: 'Li Lei' } });
    expect(alertMails().map(got => got.to[0])).toContain('han@example.com');
  });

  it('of what is critical cannot be switched off', async () => {
    const refused = await second.client.put('/alerts/settings', { off: ['break-glass', 'calm'] });
    expect(refused.status).toBe(422);
    expect(refused.body.faults).toMatchObject([{ path: 'off' }]);
    expect((await second.client.get('/alerts/settings')).body.off).toEqual([]);
  });

  it('carries an attacker’s words as one harmless line', async () => {
    const device = 'Safari\r\nBcc: eve@example.com\n\nhttps://evil.example/win';
    await told({ kind: 'device-lost', data: { key: 'evil', person: 'Li Lei', device } });
    const [got] = alertMails();
    expect(got?.mail.text).toContain('Device: Safari Bcc: eve@example.com …\n');
    expect(got?.raw).not.toContain('evil.example');
  });
});

it('alerts are kept for ninety days, page by page', async () => {
  for (let i = 0; i < 5; i++) await told(lost(`page ${i}`));
  const first = (await admin.get('/alerts?limit=2')).body;
  expect(first.items).toHaveLength(2);
  const rest = (await admin.get(`/alerts?limit=10&after=${first.next}`)).body;
  expect(rest.items).toHaveLength(3);
  expect(rest.next).toBeNull();
  at.turn(89 * 24 * 60 * minute);
  await sweep(at.world);
  await admin.signIn('administrator@example.com', password);
  expect(await listed()).toHaveLength(5);
  at.turn(2 * 24 * 60 * minute);
  await sweep(at.world);
  expect(await listed()).toEqual([]);
});

it('administrators set, auditors read, nobody else looks', async () => {
  const auditor = await at.as('auditor');
  const rep = await at.as('rep');
  for (const path of ['/alerts', '/alerts/hooks', '/alerts/settings']) {
    expect((await auditor.get(path)).status).toBe(200);
    expect((await rep.get(path)).status).toBe(403);
    expect((await at.client().get(path)).status).toBe(401);
  }
  expect((await auditor.put('/alerts/settings', { quietMinutes: 5 })).status).toBe(403);
  const hook = { name: 'x', url: 'https://example.com/' };
  expect((await auditor.post('/alerts/hooks', hook)).status).toBe(403);
  expect((await rep.post('/alerts/hooks', hook)).status).toBe(403);
});
