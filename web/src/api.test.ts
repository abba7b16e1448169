// The client's promises: one key per write however often it is sent, and a session that ends is not the end.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, apiAnswer, holdWrites, isPassing, onAsk, onConfirmFirst, onSignedOut } from './api.ts';
import { Problem, Unreachable } from './problem.ts';
import { underOneKey } from './ui/unanswered.ts';

type Sent = { url: string; method: string; headers: Record<string, string>; body: unknown };
let sent: Sent[] = [];
let answers: (() => Response)[] = [];

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  () =>
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json', ...headers },
    });
const lost = () => {
  throw new TypeError('network lost');
};

/** Lets the pauses between tries pass at once. */
async function patiently<T>(work: Promise<T>): Promise<T | Error> {
  const settled = work.catch((error: Error) => error);
  await vi.runAllTimersAsync();
  return settled;
}

beforeEach(() => {
  sent = [];
  answers = [];
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>;
    sent.push({ url, method: init.method ?? '', headers, body: init.body ?? null });
    return (answers.shift() ?? lost)();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  onSignedOut(async () => false);
});

describe('a write', () => {
  it('is sent again with the same key when the network is lost, so nothing happens twice (A18)', async () => {
    answers = [lost, lost, () => new Response(null, { status: 204 })];
    await patiently(api('DELETE /devices/{id}', { params: { id: 'a/b' } }));
    expect(sent.map(one => one.url)).toEqual(Array(3).fill('/api/v1/devices/a%2Fb'));
    const keys = new Set(sent.map(one => one.headers['Idempotency-Key']));
    expect(keys.size).toBe(1);
    expect([...keys][0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('gives up in words after a while, and says that trying again may help', async () => {
    const error = await patiently(api('DELETE /session'));
    expect(error).toBeInstanceOf(Unreachable);
    expect(isPassing(error)).toBe(true);
    expect(sent).toHaveLength(4);
  });

  it('does not insist while the machine itself is offline', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    await expect(api('DELETE /session')).rejects.toBeInstanceOf(Unreachable);
    expect(sent).toHaveLength(1);
  });

  it('takes another key for another write, and the given key when there is one', async () => {
    answers = [json(200, {}), json(200, {}), json(200, {})];
    await api('DELETE /sessions');
    await api('DELETE /sessions');
    await api('DELETE /sessions', { key: 'mine' });
    expect(new Set(sent.map(one => one.headers['Idempotency-Key'])).size).toBe(3);
    expect(sent[2]?.headers['Idempotency-Key']).toBe('mine');
  });
});

describe('what catches writes when the line is lost', () => {
  it('catches one that left before it was there, as one that may have been carried out', async () => {
    let arrive = () => {};
    holdWrites(new Promise<void>(resolve => (arrive = resolve)), 50);
    const write = patiently(api('DELETE /sessions', { key: 'mine' }));
    await vi.advanceTimersByTimeAsync(60);
    expect(sent).toHaveLength(1);
    const caught: unknown[] = [];
    onAsk(ask => async (call, options) => {
      caught.push([call, options.key, options.sent]);
      onAsk(() => ask);
      return { body: 'kept', status: 202, etag: null };
    });
    arrive();
    expect(await write).toBe('kept');
    expect(caught).toEqual([['DELETE /sessions', 'mine', true]]);
  });

  it('lets an error through where it never comes', async () => {
    holdWrites(Promise.resolve(), 50);
    expect(await patiently(api('DELETE /sessions'))).toBeInstanceOf(Unreachable);
  });
});

describe('an upload', () => {
  it('chosen again after a lost answer goes out with the same key, after an answer with another', async () => {
    const file = new File(['x'], 'offer.pdf', { lastModified: 7 });
    const used: string[] = [];
    const send = (outcome?: Error) =>
      underOneKey(['customer', 'c1'], file, async key => {
        used.push(key);
        if (outcome) throw outcome;
      }).catch(() => undefined);
    await send(new Unreachable('upload'));
    await send(new Problem(504, {}, null));
    await send();
    await send(new Problem(422, {}, null));
    await send();
    expect(used.map(key => used.indexOf(key))).toEqual([0, 0, 0, 3, 4]);
  });
});

describe('a refusal', () => {
  it('carries code, lock, waiting time and whatever else the call says', async () => {
    const lock = { cause: 'failed-attempts', scope: ['sign-in'] };
    answers = [json(423, { code: 'locked', detail: 'why', lock, flow: 'f' }, { 'retry-after': '30' })];
    const body = { name: 'a', password: 'b' };
    const error = await api('POST /session', { body, gate: false }).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ status: 423, code: 'locked', detail: 'why', lock, retryAfter: 30 });
    expect((error as Problem).members.flow).toBe('f');
  });

  it('stays a refusal when a proxy answers with a page instead', async () => {
    answers = [() => new Response('<h1>Bad gateway</h1>', { status: 502 })];
    await expect(api('GET /session')).rejects.toMatchObject({ status: 502, code: 'unknown' });
  });
});

describe('an ended session (B9)', () => {
  it('waits for somebody to sign in again, then sends the same write with the same key', async () => {
    const signIn = vi.fn(async () => true);
    onSignedOut(signIn);
    answers = [json(401, { code: 'signed-out' }), () => new Response(null, { status: 204 })];
    await api('POST /me/password', { body: { current: 'a', next: 'b' } });
    expect(signIn).toHaveBeenCalledOnce();
    expect(sent[0]).toEqual(sent[1]);
  });

  it('is not seen in a wrong password, nor at the door', async () => {
    const signIn = vi.fn(async () => true);
    onSignedOut(signIn);
    answers = [json(401, { code: 'refused' }), json(401, { code: 'signed-out' })];
    const body = { current: 'a', next: 'b' };
    await expect(api('POST /me/password', { body })).rejects.toMatchObject({ code: 'refused' });
    await expect(api('GET /session', { gate: false })).rejects.toMatchObject({ code: 'signed-out' });
    expect(signIn).not.toHaveBeenCalled();
  });

  it('is told when nobody signs in', async () => {
    answers = [json(401, { code: 'signed-out' })];
    await expect(api('GET /devices')).rejects.toMatchObject({ status: 401 });
  });
});

it('waits for its caller to show himself where the server wants it, then sends the same write with the same key', async () => {
  const confirm = vi.fn(async () => true);
  onConfirmFirst(confirm);
  answers = [json(403, { code: 'confirm-first' }), json(200, {})];
  await api('PUT /policies/questions', { body: { enabled: false } });
  expect(confirm).toHaveBeenCalledOnce();
  expect(sent[0]).toEqual(sent[1]);
  onConfirmFirst(async () => false);
  answers = [json(403, { code: 'confirm-first' })];
  await expect(api('DELETE /sessions')).rejects.toMatchObject({ code: 'confirm-first' });
});

it('leaves blank filters out of the address and hands over the ETag', async () => {
  answers = [json(200, { items: [] }, { etag: '"7"' })];
  const answer = await apiAnswer('GET /outbox', { query: { to: '' } });
  expect(sent[0]?.url).toBe('/api/v1/outbox');
  expect(answer.etag).toBe('"7"');
});
