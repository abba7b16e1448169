// The stream of events: told to those whose it is, over two processes, resumed without a gap, ended with the session.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as audit from '../audit/audit.ts';
import type { Client } from '../testing/client.ts';
import { cloneDatabase, openTest, type Test } from '../testing/harness.ts';
import { ownFolder, post, type ServerProcess, startServer } from '../testing/processes.ts';
import { mostEach } from './events.ts';

type Event = { kind: string; id: string; data: Record<string, unknown> };

/** Reads a stream event by event; null once it has ended. */
function listenTo(reply: Response) {
  const reader = (reply.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';
  let id = '';
  const next = async (): Promise<Event | null> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end < 0) {
        const { value, done } = await reader.read();
        if (done) return null;
        text += decoder.decode(value, { stream: true });
        continue;
      }
      const fields = new Map(
        text
          .slice(0, end)
          .split('\n')
          .map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const),
      );
      text = text.slice(end + 2);
      id = fields.get('id') ?? id;
      const kind = fields.get('event');
      if (kind) return { kind, id, data: JSON.parse(fields.get('data') ?? '{}') };
    }
  };
  /** The next event of that kind; what comes before is passed over. */
  const until = async (kind: string): Promise<Event | null> => {
    for (;;) {
      const event = await next();
      if (!event || event.kind === kind) return event;
    }
  };
  return { next, until, lastId: () => id, leave: () => reader.cancel() };
}

describe('at one process', () => {
  let test: Test;
  let rep: Client;
  let rep2: Client;
  beforeAll(async () => {
    test = await openTest();
    [rep, rep2] = [await test.as('rep'), await test.as('rep2')];
  });
  afterAll(() => test.close());

  const cookieOf = (client: Client) =>
    [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const request = async (client: Client, query = '', headers: Record<string, string> = {}) =>
    test.app.request(
      `${test.installation.config.url}/api/v1/events${query}`,
      { headers: { cookie: cookieOf(client), ...headers } },
      { address: client.address },
    );
  const listen = async (client: Client, query = '') => listenTo(await request(client, query));

  it('tells of records within reach, and of what was one’s own no more than that it changed', async () => {
    const [own, others] = [await listen(rep), await listen(rep2)];
    const customer = (await rep.post('/customers', { name: '华信机电' })).body;
    await audit.seal(test.world);
    const told = await own.until('changed');
    expect(told?.data).toEqual({ object: 'customer', id: customer.id, version: 1 });
    const mine = (await rep2.post('/customers', { name: 'Of the other' })).body;
    await audit.seal(test.world);
    // The first thing that the colleague of another team hears of is his own.
    expect((await others.until('changed'))?.data.id).toBe(mine.id);
    const admin = await test.as('administrator');
    await admin.patch(`/customers/${customer.id}`, { ownerId: test.people.rep2 });
    await audit.seal(test.world);
    expect((await own.until('changed'))?.data).toEqual({
      object: 'customer',
      id: customer.id,
      version: null,
    });
    expect((await others.until('changed'))?.data).toEqual({
      object: 'customer',
      id: customer.id,
      version: 2,
    });
    await Promise.all([own.leave(), others.leave()]);
  });

  it('tells a page what changed between its reading and its listening', async () => {
    const customer = (await rep.post('/customers', { name: 'Between the two' })).body;
    await audit.seal(test.world);
    const page = await listen(rep, '?age=2000');
    const told = [];
    for (let event = await page.until('changed'); event; event = await page.until('changed')) {
      told.push(event.data.id);
      if (event.data.id === customer.id) break;
    }
    expect(told).toContain(customer.id);
    await page.leave();
    // Read a minute after that, the page has it already.
    test.turn(60_000);
    const later = await listen(rep, '?age=2000');
    const own = (await rep.post('/customers', { name: 'Made since' })).body;
    await audit.seal(test.world);
    expect((await later.until('changed'))?.data.id).toBe(own.id);
    await later.leave();
  });

  it('goes on where a page was, and sends it to read all anew when too much was missed', async () => {
    const first = await listen(rep);
    await first.next();
    const after = first.lastId();
    await first.leave();
    const customer = (await rep.post('/customers', { name: 'While away' })).body;
    await rep.post('/comments', { object: 'customer', objectId: customer.id, body: 'Also while away' });
    await audit.seal(test.world);
    const again = await listen(rep, `?after=${after}`);
    expect((await again.until('changed'))?.data.id).toBe(customer.id);
    expect((await again.until('changed'))?.data).toMatchObject({
      object: 'comment',
      of: { type: 'customer', id: customer.id },
    });
    await again.leave();
    await audit.recordAll(
      test.world,
      Array.from({ length: 600 }, () => ({ action: 'customer.ask-taken' })),
    );
    await audit.seal(test.world);
    const late = await listen(rep, `?after=${after}`);
    expect(await late.until('reload')).not.toBeNull();
    await late.leave();
  });

  it('ends at once when the session is revoked, when the person changes, and when the process stops', async () => {
    const elsewhere = await test.as('rep');
    const stream = await listen(elsewhere);
    const { items } = (await elsewhere.get('/sessions')).body;
    const session = items.find((item: { current: boolean }) => item.current);
    expect((await rep.delete(`/sessions/${session.id}`)).status).toBe(204);
    expect(await stream.until('none')).toBeNull();
    expect((await request(elsewhere)).status).toBe(401);
    const another = await listen(rep2);
    const admin = await test.as('administrator');
    await admin.patch(`/people/${test.people.rep2}`, { state: 'suspended', reason: 'Left us' });
    await admin.post(`/people/${test.people.rep2}/suspend`, { reason: 'Left us' });
    expect(await another.until('none')).toBeNull();
    const last = await listen(rep);
    test.installation.signals.tell({ kind: 'closing' });
    expect(await last.until('none')).toBeNull();
  });

  it('is bounded for each person, and does not keep a session from becoming idle', async () => {
    const streams = [];
    for (let i = 0; i < mostEach; i++) streams.push(await listen(rep));
    expect((await request(rep)).status).toBe(429);
    await Promise.all(streams.map(stream => stream.leave()));
    const stream = await listen(rep);
    await stream.leave();
    const statuses = [];
    for (let days = 1; days < 9; days++) {
      test.turn(86_400_000);
      const reply = await request(rep);
      await reply.body?.cancel();
      statuses.push(reply.status);
    }
    // A remembered session becomes idle after seven days.
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 401, 401]);
  });
});

describe('over two processes', () => {
  const chief = { name: 'chief@example.com', password: 'seven-quiet-harbours' };
  const folder = ownFolder();
  let servers: ServerProcess[] = [];
  let cookie = '';

  beforeAll(async () => {
    const { ownerUrl } = await cloneDatabase();
    const secret = join(folder.path, 'secret');
    writeFileSync(secret, Buffer.alloc(48, 9).toString('base64'));
    const env = { DATABASE_URL: ownerUrl, LATCHKEY_DATA: folder.path, LATCHKEY_SECRET_FILE: secret };
    servers = [await startServer(env), await startServer(env)];
    const made = await post(`${servers[0]?.url}/api/v1/setup`, {
      workspace: 'Two Doors',
      name: 'Chief',
      email: chief.name,
      password: chief.password,
      language: 'en',
    });
    cookie = cookies(made);
  }, 60_000);
  afterAll(async () => {
    await Promise.all(servers.map(server => server.end()));
    folder.remove();
  });

  const cookies = (reply: Response) =>
    reply.headers
      .getSetCookie()
      .map(one => one.split(';')[0])
      .join('; ');
  const at = (i: number, path: string) => `${servers[i]?.url}/api/v1${path}`;

  it('tells at one what was done at the other, over a socket and unpacked, and ends there what was revoked here', async () => {
    const opened = await fetch(at(1, '/events'), { headers: { cookie, 'accept-encoding': 'gzip' } });
    expect(opened.headers.get('content-type')).toBe('text/event-stream');
    expect(opened.headers.get('content-encoding')).toBeNull();
    const stream = listenTo(opened);
    const added = await post(at(0, '/customers'), { name: 'Told elsewhere' }, { cookie });
    const customer = (await added.json()) as { id: string };
    let told = await stream.until('changed');
    while (told && told.data.id !== customer.id) told = await stream.until('changed');
    expect(told?.data).toMatchObject({ object: 'customer', version: 1 });
    const sessions = (await (await fetch(at(0, '/sessions'), { headers: { cookie } })).json()) as {
      items: { id: string }[];
    };
    const ended = await fetch(at(0, `/sessions/${sessions.items[0]?.id}`), {
      method: 'DELETE',
      headers: { cookie },
    });
    expect(ended.status).toBe(204);
    expect(await stream.until('none')).toBeNull();
  });

  it('lets a process stop at once although pages look on', async () => {
    const signedIn = await post(at(1, '/session'), chief, { cookie });
    expect(signedIn.status).toBe(200);
    const stream = listenTo(await fetch(at(1, '/events'), { headers: { cookie: cookies(signedIn) } }));
    await stream.next();
    const began = performance.now();
    expect(await servers[1]?.end()).toBe(0);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(await stream.until('none').catch(() => null)).toBeNull();
  });
});
