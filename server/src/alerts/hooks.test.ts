// Webhooks end to end: a real receiver on loopback checks the real signatures of all four formats.
import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as audit from '../audit/audit.ts';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { type Alert, raise } from './alerts.ts';
import { openReceiver, type Receiver } from './receiver.fixture.ts';

let at: Test;
let admin: Client;
const open: Receiver[] = [];
beforeAll(async () => {
  at = await openTest();
  admin = await at.as('administrator');
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  for (const hook of (await admin.get('/alerts/hooks')).body.items)
    await admin.delete(`/alerts/hooks/${hook.id}`);
});
afterAll(() => at.close());

async function receiver(...input: Parameters<typeof openReceiver>) {
  const made = await openReceiver(...input);
  open.push(made);
  return made;
}

let keys = 0;
/** A new alert each time: nothing of it is held back. */
async function told(alert: Partial<Alert> = {}): Promise<void> {
  const data = { key: `k${++keys}`, person: 'Li Lei <at user_id="all">', ...alert.data };
  await raise(at.world, { kind: 'device-lost', ...alert, data });
  await at.jobs.settle();
}

const add = (body: Record<string, unknown>) =>
  admin.post('/alerts/hooks', { name: 'Hook', ownNetwork: true, ...body });
const onlyHook = async () => (await admin.get('/alerts/hooks')).body.items[0];
const hmac = (key: string, text: string) => createHmac('sha256', key).update(text);

describe('formats', () => {
  it('our own: JSON, signed with the time, under a secret that is shown once', async () => {
    const there = await receiver();
    const added = await add({ url: `${there.url}/in?x=1` });
    expect(added.status).toBe(201);
    const { secret, hook } = added.body;
    expect(secret).toMatch(/^lks_[\w-]{43}$/);
    expect(hook).toMatchObject({ format: 'latchkey', signed: true, state: 'untried', active: true });
    expect((await admin.get('/alerts/hooks')).text).not.toContain(secret);
    await told();
    const [got] = there.got;
    expect(got?.path).toBe('/in?x=1');
    expect(got?.headers['content-type']).toBe('application/json; charset=utf-8');
    const [, t, v1] = /^t=(\d+),v1=([\da-f]{64})$/.exec(String(got?.headers['latchkey-signature'])) ?? [];
    expect(v1).toBe(hmac(secret, `${t}.${got?.body}`).digest('hex'));
    expect(Math.abs(Number(t) * 1_000 - at.world.now())).toBeLessThan(10_000);
    expect(got?.headers['latchkey-delivery']).toMatch(/^[\da-f-]{36}$/);
    const [alert] = (await admin.get('/alerts')).body.items;
    expect(JSON.parse(got?.body ?? '')).toEqual({
      id: alert.id,
      kind: 'device-lost',
      severity: 'warning',
      at: alert.at,
      workspace: 'Test Trading 测试商贸',
      title: alert.title,
      text: alert.text,
      data: alert.data,
    });
    expect(alert.deliveries).toEqual([{ hook: 'Hook', state: 'sent', problem: null }]);
    expect(await onlyHook()).toMatchObject({ state: 'good', lastProblem: null, failures: 0 });
  });

  it('WeCom: a text message, taken only when errcode says so', async () => {
    const there = await receiver({ status: 200, body: '{"errcode":0,"errmsg":"ok"}' });
    await add({ format: 'wecom', url: `${there.url}/cgi-bin/webhook/send?key=abc-123` });
    await told();
    expect(there.got[0]?.path).toBe('/cgi-bin/webhook/send?key=abc-123');
    const body = JSON.parse(there.got[0]?.body ?? '');
    expect(body.msgtype).toBe('text');
    expect(body.text.content).toContain('A device was reported lost');
    expect(body.text.content).toContain('Workspace: Test Trading 测试商贸');
    expect(Buffer.byteLength(body.text.content)).toBeLessThanOrEqual(2_048);
    expect(await onlyHook()).toMatchObject({ state: 'good', signed: false });
  });

  it('DingTalk: signed in the query by timestamp and secret', async () => {
    const there = await receiver({ status: 200, body: '{"errcode":0,"errmsg":"ok"}' });
    const secret = 'SEC0123456789';
    await add({ format: 'dingtalk', secret, url: `${there.url}/robot/send?access_token=t0ken` });
    await told();
    const query = new URL(there.got[0]?.path ?? '', 'http://x').searchParams;
    const timestamp = query.get('timestamp') ?? '';
    expect(Math.abs(Number(timestamp) - at.world.now())).toBeLessThan(10_000);
    expect(query.get('access_token')).toBe('t0ken');
    expect(query.get('sign')).toBe(hmac(secret, `${timestamp}\n${secret}`).digest('base64'));
    expect(JSON.parse(there.got[0]?.body ?? '')).toMatchObject({
      msgtype: 'text',
      text: { content: expect.stringContaining('reported lost') },
      at: { isAtAll: false },
    });
  });

  it('Feishu: signed in the body, and nobody is called in by an attacker’s brackets', async () => {
    const there = await receiver({ status: 200, body: '{"code":0,"msg":"success","data":{}}' });
    const secret = 'feishu-secret';
    await add({ format: 'feishu', secret, url: `${there.url}/open-apis/bot/v2/hook/uuid-of-bot` });
    await told();
    const body = JSON.parse(there.got[0]?.body ?? '');
    expect(body.timestamp).toMatch(/^\d{10}$/);
    expect(body.sign).toBe(hmac(`${body.timestamp}\n${secret}`, '').digest('base64'));
    expect(body.msg_type).toBe('text');
    expect(body.content.text).toContain('＜at user_id="all"＞');
    expect(body.content.text).not.toContain('<');
  });

  it('a robot that says no with status 200 has not taken the alert', async () => {
    const no = { status: 200, body: '{"errcode":310000,"errmsg":"sign not match"}' };
    const there = await receiver({ status: 200, body: '{"errcode":0}' });
    there.answers.push(no);
    await add({ format: 'dingtalk', url: `${there.url}/robot/send?access_token=t` });
    const hook = await onlyHook();
    const tried = (await admin.post(`/alerts/hooks/${hook.id}/test`)).body;
    expect(tried).toMatchObject({ ok: false, status: 200, problem: 'refused: 310000 sign not match' });
    expect((await onlyHook()).state).toBe('retrying');
    expect((await admin.post(`/alerts/hooks/${hook.id}/test`)).body).toMatchObject({ ok: true });
  });

  it('addresses and secrets are sealed in the database and never shown whole', async () => {
    await add({ format: 'dingtalk', secret: 'SEC-very', url: 'http://127.0.0.1:9/robot?access_token=t0ken' });
    await add({ format: 'feishu', url: 'http://127.0.0.1:9/open-apis/bot/v2/hook/uuid-of-bot' });
    await add({ url: 'http://127.0.0.1:9/plain?token=t0ken' });
    const { rows } = await sql<{ row: string }>`select alert_hooks::text as row from alert_hooks`.execute(
      at.world.db,
    );
    const shown = (await (await at.as('auditor')).get('/alerts/hooks')).text;
    const log = JSON.stringify(await audit.list(at.world, { limit: 20, action: 'alert.' }));
    for (const text of [rows.map(one => one.row).join(), shown, log])
      for (const hidden of ['SEC-very', 't0ken', 'uuid-of-bot']) expect(text).not.toContain(hidden);
    expect(shown).toContain('http://127.0.0.1:9/plain?…');
  });
});

describe('deliveries', () => {
  it('are tried again, with the same id and a new signature, until they are taken', async () => {
    const there = await receiver();
    there.answers.push({ status: 500 }, { status: 302, headers: { location: `${there.url}/other` } });
    await add({ url: `${there.url}/in` });
    await told();
    expect(there.got.map(one => one.path)).toEqual(['/in', '/in', '/in']);
    const ids = new Set(there.got.map(one => one.headers['latchkey-delivery']));
    expect(ids.size).toBe(1);
    expect(await onlyHook()).toMatchObject({ state: 'good', failures: 0 });
  });

  it('that nobody takes are given up after a day’s worth of tries; the hook is marked and the log says so', async () => {
    const there = await receiver({ status: 503 });
    await add({ url: there.url });
    await told();
    expect(there.got).toHaveLength(20);
    expect(await onlyHook()).toMatchObject({ state: 'failing', failures: 20, lastProblem: 'status: 503' });
    const [alert] = (await admin.get('/alerts?limit=1')).body.items;
    expect(alert.deliveries).toEqual([{ hook: 'Hook', state: 'failed', problem: 'status: 503' }]);
    await told();
    const entries = await audit.list(at.world, { limit: 5, action: 'alert.hook-failing' });
    expect(entries).toHaveLength(1);
    expect(entries[0]?.details).toMatchObject({ name: 'Hook', problem: 'status: 503' });
    there.answers.push({ status: 200 });
    const { id } = await onlyHook();
    await admin.post(`/alerts/hooks/${id}/test`);
    expect(await onlyHook()).toMatchObject({ state: 'good', failures: 0, failingSince: null });
  });

  it('that are a day old get one last try', async () => {
    const there = await receiver({ status: 503 });
    await add({ url: there.url });
    at.jobs.work('hooks', async () => {});
    await told();
    const [delivery] = await at.world.db
      .selectFrom('alert_deliveries')
      .select(['id'])
      .where('state', '=', 'queued')
      .execute();
    at.turn(23 * 3_600_000);
    const { deliver } = await import('./hooks.ts');
    at.jobs.work('hooks', async data => {
      const delivered = await deliver(at.world, String(data.id));
      if (delivered.kind === 'again') throw new Error(delivered.problem);
    });
    expect(await deliver(at.world, delivery?.id ?? '')).toEqual({ kind: 'failed' });
    expect(await deliver(at.world, delivery?.id ?? '')).toEqual({ kind: 'idle' });
    expect(there.got).toHaveLength(1);
    await admin.signIn('administrator@example.com', password);
  });

  it('go to hooks that are on and want the kind', async () => {
    const [all, some, off] = [await receiver(), await receiver(), await receiver()];
    await add({ name: 'all', url: all.url });
    await add({ name: 'some', url: some.url, kinds: ['spray', 'flood'] });
    const { hook } = (await add({ name: 'off', url: off.url })).body;
    await admin.patch(`/alerts/hooks/${hook.id}`, { active: false });
    await told({ kind: 'spray', data: { names: 9 } });
    await told({ kind: 'device-lost' });
    expect([all, some, off].map(one => one.got.length)).toEqual([2, 1, 0]);
  });
});

describe('managing hooks', () => {
  it('refuses forbidden addresses in words, also by number games and by name', async () => {
    const faultOf = async (body: Record<string, unknown>) => {
      const reply = await add(body);
      return reply.status === 422 ? reply.body.faults[0].code : reply.status;
    };
    expect(await faultOf({ url: 'http://169.254.169.254/latest/meta-data' })).toBe('forbidden');
    expect(await faultOf({ url: 'http://2852039166/' })).toBe('forbidden');
    expect(await faultOf({ url: 'http://[fe80::1]/' })).toBe('forbidden');
    expect(await faultOf({ url: 'https://10.0.0.1/', ownNetwork: false })).toBe('own-network');
    expect(await faultOf({ url: 'https://127.0.0.1/', ownNetwork: false })).toBe('own-network');
    expect(await faultOf({ url: 'http://example.com/', ownNetwork: false })).toBe('plain-http');
    expect(await faultOf({ url: 'https://a:b@example.com/', ownNetwork: false })).toBe('has-credentials');
    expect(await faultOf({ url: 'javascript:alert(1)' })).toBe('no-url');
    const there = await receiver();
    expect(await faultOf({ url: `https://localhost:${there.port}/`, ownNetwork: false })).toBe(201);
    const { id } = await onlyHook();
    const tried = (await admin.post(`/alerts/hooks/${id}/test`)).body;
    expect(tried).toMatchObject({ ok: false, status: null, problem: 'own-network', reply: null });
    expect(there.got).toEqual([]);
  });

  it('a test goes out at once and tells what came back', async () => {
    const there = await receiver({ status: 200, body: 'thank you' });
    const { hook, secret } = (await add({ url: there.url })).body;
    const tried = (await admin.post(`/alerts/hooks/${hook.id}/test`)).body;
    expect(tried).toMatchObject({ ok: true, status: 200, problem: null, reply: 'thank you' });
    const [got] = there.got;
    expect(JSON.parse(got?.body ?? '')).toMatchObject({ kind: 'test', title: 'Test alert' });
    const [, t, v1] = /^t=(\d+),v1=([\da-f]{64})$/.exec(String(got?.headers['latchkey-signature'])) ?? [];
    expect(v1).toBe(hmac(secret, `${t}.${got?.body}`).digest('hex'));
    expect((await admin.post(`/alerts/hooks/${crypto.randomUUID()}/test`)).status).toBe(404);
  });

  it('a renewed secret signs from then on; a change of anything else keeps it', async () => {
    const there = await receiver();
    const { hook, secret } = (await add({ url: there.url })).body;
    const renamed = (await admin.patch(`/alerts/hooks/${hook.id}`, { name: 'Other' })).body;
    expect(renamed).toMatchObject({ secret: null, hook: { name: 'Other' } });
    const renewed = (await admin.patch(`/alerts/hooks/${hook.id}`, { renewSecret: true })).body.secret;
    expect(renewed).not.toBe(secret);
    await told();
    const [, t, v1] = /^t=(\d+),v1=(.+)$/.exec(String(there.got[0]?.headers['latchkey-signature'])) ?? [];
    expect(v1).toBe(hmac(renewed, `${t}.${there.got[0]?.body}`).digest('hex'));
  });

  it('a secret that was handed out stands nowhere in the database in the clear, retried or not', async () => {
    const headers = { 'idempotency-key': 'hook-1' };
    const body = { name: 'Kept', url: 'http://127.0.0.1:9/', ownNetwork: true };
    const { hook, secret } = (await admin.post('/alerts/hooks', body, { headers })).body;
    const renewed = (await admin.patch(`/alerts/hooks/${hook.id}`, { renewSecret: true }, { headers })).body;
    const { rows } = await sql<{ body: string | null }>`select body from idempotency_keys`.execute(
      at.world.db,
    );
    for (const one of [secret, renewed.secret]) expect(JSON.stringify(rows)).not.toContain(one);
  });

  it('leaving the own network is checked as well', async () => {
    const { hook } = (await add({ url: 'http://127.0.0.1:9/' })).body;
    const moved = await admin.patch(`/alerts/hooks/${hook.id}`, { ownNetwork: false });
    expect(moved.status).toBe(422);
    expect((await admin.patch(`/alerts/hooks/${hook.id}`, { url: 'http://169.254.1.1/' })).status).toBe(422);
  });

  it('is all in the log', async () => {
    const { hook } = (await add({ url: 'http://127.0.0.1:9/' })).body;
    await admin.patch(`/alerts/hooks/${hook.id}`, { active: false });
    await admin.post(`/alerts/hooks/${hook.id}/test`);
    expect((await admin.delete(`/alerts/hooks/${hook.id}`)).status).toBe(204);
    expect((await admin.delete(`/alerts/hooks/${hook.id}`)).status).toBe(404);
    const entries = await audit.list(at.world, { limit: 10, objectId: hook.id });
    expect(entries.map(entry => entry.action)).toEqual([
      'alert.hook-remove',
      'alert.hook-test',
      'alert.hook-change',
      'alert.hook-add',
    ]);
    expect(entries.every(entry => entry.actor_name === 'administrator person')).toBe(true);
  });

  it('there are twenty at most', async () => {
    const url = 'http://127.0.0.1:9/';
    const replies = await Promise.all(Array.from({ length: 23 }, () => add({ url })));
    expect(replies.filter(reply => reply.status === 201)).toHaveLength(20);
    expect(replies.filter(reply => reply.status === 409)).toHaveLength(3);
  });
});
