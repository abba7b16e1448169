// A line that is lost in the middle of a write, of every kind: the request goes out, the socket dies before the reply, and
// the same request comes again under its Idempotency-Key. It has happened exactly once, with one answer.
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildApp } from './app.ts';
import { sessionKeeper } from './devices/devices.ts';
import { listener } from './edge/listener.ts';
import { openGates } from './gates.ts';
import { heldBack } from './locks/locks.ts';
import { type Write, writesOf } from './lost-line.fixture.ts';
import { routes } from './routes.ts';
import type { Client } from './testing/client.ts';
import { openTest, type Test } from './testing/harness.ts';
import * as workspaces from './workspaces/workspaces.ts';

let test: Test;
let admin: Client;
let server: Server;
let tables: string[];
let owner: pg.Client;
/** Requests that the server is at, also for those who have hung up. */
let dealtWith = 0;

beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  const { installation } = test;
  const doors = {
    workspace: workspaces.frontDoor(installation),
    session: sessionKeeper(installation),
    fresh: async () => true,
    heldBack,
  };
  const gates = openGates(installation, routes, doors);
  const app = buildApp(installation, routes, doors, 'test', gates);
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  const answered: typeof app.fetch = async (...given) => {
    dealtWith += 1;
    try {
      return await app.fetch(...given);
    } finally {
      dealtWith -= 1;
    }
  };
  server = createServer(listener(gates, getRequestListener(answered)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const found = await sql<{ name: string }>`select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'workspace_id'`.execute(test.world.db);
  // What a look leaves, or time alone, is no part of what was written.
  const passing = /^(idempotency_keys|sessions|devices|.*_views?|sign_ins|lanes|marks)$/;
  tables = found.rows.map(row => row.name).filter(name => !passing.test(name));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
  await owner.end();
  await test.close();
});

/** How many rows every table holds; asked hundreds of times, so planned once. */
async function counts(): Promise<Record<string, number>> {
  const text = tables.map(name => `select '${name}' as name, count(*)::int as rows from "${name}"`);
  const { rows } = await owner.query({ name: 'counts', text: text.join(' union all ') });
  return Object.fromEntries(rows.map(row => [row.name, row.rows]));
}

const grown = (before: Record<string, number>, after: Record<string, number>) =>
  Object.fromEntries(
    Object.entries(after)
      .map(([name, rows]) => [name, rows - (before[name] ?? 0)] as const)
      .filter(([, more]) => more !== 0),
  );

type Reply = { status: number; text: string; replayed: boolean };

/** Sends a write; `lost`: as soon as it is out the line is cut, whether or not it has been dealt with. */
function send(line: string, write: Write, key: string, lost: true): Promise<null>;
function send(line: string, write: Write, key: string): Promise<Reply>;
function send(line: string, write: Write, key: string, lost = false): Promise<Reply | null> {
  const [method = '', route = ''] = line.split(' ');
  const filled = write.path
    ? route.replace(/\{\w+\}(?:\/(?:history|payments)\/\{\w+\})?/, write.path)
    : route;
  const body = write.raw ?? (write.body === undefined ? '' : JSON.stringify(write.body));
  const cookies = [...(write.by ?? admin).cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return new Promise((resolve, reject) => {
    const out = request(
      {
        port: (server.address() as AddressInfo).port,
        host: '127.0.0.1',
        method,
        path: `/api/v1${filled}${write.query ? `?${write.query}` : ''}`,
        headers: {
          cookie: cookies,
          'idempotency-key': key,
          'content-type': write.type ?? 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      async reply => {
        const chunks: Buffer[] = [];
        for await (const chunk of reply) chunks.push(chunk as Buffer);
        const replayed = reply.headers['idempotency-replayed'] === 'true';
        resolve({ status: reply.statusCode ?? 0, text: Buffer.concat(chunks).toString(), replayed });
      },
    );
    out.on('error', error => (lost ? resolve(null) : reject(error)));
    out.end(body, () => {
      if (!lost) return;
      out.destroy();
      resolve(null);
    });
  });
}

/** Routes whose writes are about records: those of locks, people and the door have tests of their own. */
const elsewhere =
  /^\/(session|sessions|security-questions|policies|desk|kit|factors|devices|contact-points|support|vouching|tickets|people$|teams|me|invitations|requests|notices|message-templates|outbox|networks|alerts|weather|workspace|locks|roles|intake-keys|people\/\{id\}($|\/(suspension|invitation|verifying|grants)))/;
const written = routes.filter(
  ({ method, path, endpoint }) =>
    method !== 'GET' &&
    endpoint.access !== 'public' &&
    !endpoint.unkept &&
    !endpoint.mints &&
    !elsewhere.test(path),
);
/** Without a case: to be retried a run has to have failed, an import to be cancelled has to be running. */
const without = [
  'POST /automations/{id}/runs/{run}/retry',
  'POST /imports/{id}/cancel',
  'POST /first-steps/sample',
];

it('has happened exactly once, with one answer, whatever was written', async () => {
  const writes = await writesOf(test);
  const wrong: string[] = [];
  let number = 0;
  for (const { method, path } of written) {
    const line = `${method} ${path}`;
    const prepare = writes[line];
    if (!prepare) {
      if (!without.includes(line)) wrong.push(`${line} has no case`);
      continue;
    }
    const measured = async (work: (write: Write, key: string) => Promise<Reply>) => {
      number += 1;
      const write = await prepare(number);
      await test.jobs.settle();
      const before = await counts();
      const reply = await work(write, `lost-line-${number}`);
      // The second may be answered a moment before the first, whose work has committed, hands on what is to follow.
      await expect.poll(() => dealtWith).toBe(0);
      await test.jobs.settle();
      const after = await counts();
      return { write, key: `lost-line-${number}`, reply, after, left: grown(before, after) };
    };
    const plain = await measured((write, key) => send(line, write, key));
    const cut = await measured(async (write, key) => {
      await send(line, write, key, true);
      return send(line, write, key);
    });
    const again = await send(line, cut.write, cut.key);
    const more = grown(cut.after, await counts());
    const tell = (what: string) => wrong.push(`${line}: ${what}`.slice(0, 400));
    if (plain.reply.status >= 300) tell(`${plain.reply.status} ${plain.reply.text}`);
    if (cut.reply.status !== plain.reply.status) tell(`${cut.reply.status} ${cut.reply.text}`);
    // What the first of all writes a row for, the second writes over.
    const same = (other: typeof plain) => JSON.stringify(cut.left) === JSON.stringify(other.left);
    if (!same(plain) && !same(await measured((write, key) => send(line, write, key))))
      tell(`leaves ${JSON.stringify(cut.left)} instead of ${JSON.stringify(plain.left)}`);
    if (Object.keys(more).length > 0) tell(`leaves more when it comes again: ${JSON.stringify(more)}`);
    if (!again.replayed || again.status !== cut.reply.status || again.text !== cut.reply.text)
      tell(`answers ${again.status} ${again.text} after ${cut.reply.status} ${cut.reply.text}`);
  }
  expect(wrong).toEqual([]);
}, 60_000);
