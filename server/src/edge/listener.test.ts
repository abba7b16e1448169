// The short way from the socket and the application's long way answer alike, whatever comes.
import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../app.ts';
import { sessionKeeper } from '../devices/devices.ts';
import { openGates } from '../gates.ts';
import { heldBack } from '../locks/locks.ts';
import { routes } from '../routes.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { listener } from './listener.ts';

let test: Test;
let short: Server;
let long: Server;
let cookie: string;

const portOf = (server: Server) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  test = await openTest();
  const { installation } = test;
  const doors = {
    workspace: workspaces.frontDoor(installation),
    session: sessionKeeper(installation),
    fresh: async () => true,
    heldBack,
  };
  const gates = openGates(installation, routes, doors);
  const application = getRequestListener(buildApp(installation, routes, doors, 'test', gates).fetch);
  short = createServer(listener(gates, application));
  long = createServer(application);
  for (const server of [short, long])
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const client = await test.as('administrator');
  cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
});
afterAll(async () => {
  for (const server of [short, long]) {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
  await test.close();
});

type Ask = {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
  chunked?: boolean;
};

function ask(server: Server, { method = 'GET', path, headers, body, chunked }: Ask) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      const sent = request(
        {
          port: portOf(server),
          host: '127.0.0.1',
          method,
          path,
          headers: {
            ...(body !== undefined && !chunked ? { 'content-length': String(Buffer.byteLength(body)) } : {}),
            ...headers,
          },
        },
        reply => {
          const chunks: Buffer[] = [];
          reply.on('data', chunk => chunks.push(chunk));
          reply.on('end', () => {
            const {
              date: _,
              connection: __,
              'keep-alive': ___,
              'transfer-encoding': ____,
              ...rest
            } = reply.headers;
            resolve({ status: reply.statusCode ?? 0, headers: rest, body: Buffer.concat(chunks) });
          });
        },
      );
      sent.on('error', reject);
      if (body !== undefined) sent.write(body);
      sent.end();
    },
  );
}

/** All but the correlation id, which grows and makes the length grow with it. */
const alike = (reply: Awaited<ReturnType<typeof ask>>) => ({
  status: reply.status,
  headers: { ...reply.headers, 'content-length': undefined },
  body: reply.body.toString().replace(/"correlationId":"[^"]*"/, ''),
});

const json = { 'content-type': 'application/json' };

describe('both ways answer alike', () => {
  it.each<[string, Ask]>([
    ['a session', { path: '/api/v1/session' }],
    ['no session', { path: '/api/v1/session', headers: { cookie: '' } }],
    ['a list with a query', { path: '/api/v1/people?limit=2' }],
    ['a query said twice, with plus and percent', { path: '/api/v1/people?limit=2&limit=3&x=%E4%BD%A0+b' }],
    ['a broken percent in a query', { path: '/api/v1/people?limit=%E4%2' }],
    ['a wrong query', { path: '/api/v1/people?limit=none' }],
    ['a parameter that is none', { path: '/api/v1/people/not-an-id' }],
    ['a parameter in percent', { path: '/api/v1/people/%6eo' }],
    ['nobody of that id', { path: '/api/v1/people/018f0000-0000-7000-8000-000000000000' }],
    ['an unknown address', { path: '/api/v1/nothing-here' }],
    ['another method', { method: 'PUT', path: '/api/v1/session', headers: json, body: '{}' }],
    ['HEAD', { method: 'HEAD', path: '/api/v1/session' }],
    ['a trailing slash', { path: '/api/v1/session/' }],
    ['capitals', { path: '/API/V1/SESSION' }],
    ['dots', { path: '/api/v1/x/../session' }],
    ['a foreign host', { path: '/api/v1/session', headers: { host: 'evil.example' } }],
    [
      'a foreign origin',
      { method: 'DELETE', path: '/api/v1/session', headers: { origin: 'https://evil.example' } },
    ],
    [
      'no JSON',
      { method: 'POST', path: '/api/v1/session', headers: { 'content-type': 'text/plain' }, body: 'x' },
    ],
    ['broken JSON', { method: 'POST', path: '/api/v1/session', headers: json, body: '{' }],
    ['an empty body', { method: 'POST', path: '/api/v1/session', headers: json, body: '' }],
    [
      'a byte order mark',
      { method: 'POST', path: '/api/v1/session', headers: json, body: '\ufeff{"name":1}' },
    ],
    ['a wrong body', { method: 'POST', path: '/api/v1/session', headers: json, body: '{"name":1}' }],
    [
      'a chunked body',
      { method: 'POST', path: '/api/v1/session', headers: json, body: '{"name":1}', chunked: true },
    ],
    [
      'a body too large',
      { method: 'POST', path: '/api/v1/session', headers: json, body: `"${'x'.repeat(1_100_000)}"` },
    ],
    ['another language', { path: '/api/v1/nothing', headers: { 'accept-language': 'zh-CN' } }],
    ['the document', { path: '/api/v1/openapi.json' }],
  ])('%s', async (_, question) => {
    const headers = { cookie, ...question.headers };
    const [one, other] = [
      await ask(short, { ...question, headers }),
      await ask(long, { ...question, headers }),
    ];
    expect(alike(one)).toEqual(alike(other));
  });

  it('cookies of a sign-in, several of them', async () => {
    const body = JSON.stringify({ name: 'manager@example.com', password, remember: true });
    const question = { method: 'POST', path: '/api/v1/session', headers: json, body };
    for (const server of [short, long]) {
      const reply = await ask(server, question);
      expect(reply.status).toBe(200);
      expect(reply.headers['set-cookie']).toHaveLength(2);
    }
  });

  it('a repeated write with its key', async () => {
    const customer = JSON.stringify({ name: '两次 Twice Ltd' });
    const headers = { ...json, cookie, 'idempotency-key': 'twice-4711' };
    const question = { method: 'POST', path: '/api/v1/customers', headers, body: customer };
    const first = await ask(short, question);
    expect(first.status).toBe(201);
    for (const server of [short, long]) {
      const again = await ask(server, question);
      expect(again.body.toString()).toBe(first.body.toString());
      expect(again.headers['idempotency-replayed']).toBe('true');
    }
  });
});

describe('compression', () => {
  it('is given to large replies where it is asked for', async () => {
    for (let i = 0; i < 40; i++)
      await ask(short, {
        method: 'POST',
        path: '/api/v1/customers',
        headers: { ...json, cookie },
        body: JSON.stringify({
          name: `Customer number ${i} 客户`,
          remark: 'much the same in every one of them',
        }),
      });
    for (const server of [short, long]) {
      const path = '/api/v1/customers?limit=40';
      const plain = await ask(server, { path, headers: { cookie } });
      const zipped = await ask(server, { path, headers: { cookie, 'accept-encoding': 'br, gzip' } });
      const refused = await ask(server, { path, headers: { cookie, 'accept-encoding': 'gzip;q=0' } });
      expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
      expect(gunzipSync(zipped.body).toString()).toBe(plain.body.toString());
      expect(zipped.body.length).toBeLessThan(plain.body.length / 3);
      expect(refused.headers['content-encoding']).toBeUndefined();
      const small = await ask(server, {
        path: '/api/v1/session',
        headers: { cookie, 'accept-encoding': 'gzip' },
      });
      expect(small.headers['content-encoding']).toBeUndefined();
    }
  });

  it('of an export comes as it flows', async () => {
    const question = { path: '/api/v1/exports/customer.csv' };
    const headers = { cookie, 'accept-encoding': 'gzip' };
    for (const server of [short, long]) {
      const reply = await ask(server, { ...question, headers });
      expect(reply.status).toBe(200);
      expect(gunzipSync(reply.body).toString()).toContain('Customer number 7');
    }
  });
});

describe('connections', () => {
  it('get a problem where a reply cannot be sent, and serve on', async () => {
    const gates = openGates(test.installation, routes, {
      workspace: async () => null,
      session: async () => null,
      fresh: async () => true,
      heldBack,
    });
    const broken = gates.all.map(gate => ({
      ...gate,
      pass: async () => ({ status: 200, headers: { 'x-file': '客户.csv' }, body: 'never' }),
    }));
    const server = createServer(listener({ ...gates, all: broken }, () => {}));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    for (const _ of [1, 2]) {
      const reply = await ask(server, { path: '/api/v1/session' });
      expect([reply.status, JSON.parse(reply.body.toString()).code]).toEqual([500, 'unexpected']);
    }
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  it('live on after a body that nobody read', async () => {
    const socket = connect(portOf(short), '127.0.0.1');
    let got = '';
    socket.on('data', chunk => {
      got += chunk.toString();
    });
    const body = JSON.stringify({ reason: 'x'.repeat(50_000) });
    const head = (line: string, more: string) => `${line} HTTP/1.1\r\nhost: 127.0.0.1\r\n${more}\r\n\r\n`;
    const length = `content-type: application/json\r\ncontent-length: ${body.length}`;
    socket.write(head('POST /api/v1/people', length) + body);
    socket.write(head('GET /api/v1/session', `cookie: ${cookie}`));
    await expect.poll(() => got.match(/HTTP\/1\.1 (\d+)/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 200']);
    socket.destroy();
  });

  it('that break off in the middle of a body harm nobody', async () => {
    const socket = connect(portOf(short), '127.0.0.1');
    await new Promise(resolve => socket.once('connect', resolve));
    socket.write(
      'POST /api/v1/session HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"name":',
    );
    await new Promise(resolve => setTimeout(resolve, 50));
    socket.destroy();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect((await ask(short, { path: '/api/v1/session', headers: { cookie } })).status).toBe(200);
  });
});
