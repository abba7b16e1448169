// `scale`: sign-ins on known devices and pages of customers a second with two server processes on one database, against
// one process on it; and whether a lock made through one holds on the other, and its lift opens both.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runningUrl } from '../server/src/db/embedded/embedded.ts';
import { openGenerator, request } from './load/load.ts';
import { machine, median, type Options, type Result, round, type Side, volley } from './measure.ts';
import { type Started, startProduct, stop, temporaryFolder } from './processes.ts';
import { freshProduct, password, signIn } from './product.ts';

const atOnce = 16;
/** Two processes on the cores of one may lose a little to switching between them. */
const goal = 0.9;
const owner = 'rep@demo.test';
type Work = 'sign-ins' | 'lists';

export async function run(options: Options): Promise<Result[]> {
  const first = await freshProduct();
  const second = await alongside(first.dataDir);
  const results = [
    await measure('scale-sign-in', 'sign-ins', [first, second], options),
    await measure('scale-list', 'lists', [first, second], options),
  ];
  const faults = await lessons(first.url, second.url);
  for (const result of results) {
    result.met &&= faults.length === 0;
    result.notes.push(
      faults.length === 0
        ? 'a lock made through one process held on the other at once, and a lift through one opened both'
        : `LESSONS BROKEN: ${faults.join('; ')}`,
    );
  }
  await stop(second.child);
  await stop(first.child);
  return results;
}

/** A second process on the database and with the secret of the first. */
async function alongside(dataDir: string): Promise<Started> {
  const url = runningUrl(dataDir);
  if (url === null) throw new Error(`nothing runs in ${dataDir}`);
  const secret = join(dataDir, 'secret');
  readFileSync(secret);
  return startProduct({
    dataDir: temporaryFolder(),
    env: { DATABASE_URL: url, LATCHKEY_SECRET_FILE: secret },
  });
}

/** One process and two in turns; the same connections in all, shared out evenly between two. */
async function measure(
  name: string,
  work: Work,
  servers: [Started, Started],
  options: Options,
): Promise<Result> {
  const generators = [openGenerator(), openGenerator()];
  const sides: Side[] = [];
  for (const started of servers)
    sides.push({ started, requests: await requests(started.url, work), expect: [200] });
  const seconds = options.quick ? 1 : 2;
  const fire = async (count: 1 | 2): Promise<number> => {
    const volleys = sides.slice(0, count).map((side, i) => {
      const generator = generators[i];
      if (!generator) throw new Error('there is no generator');
      return volley(generator, side, { connections: atOnce / count, seconds });
    });
    return (await Promise.all(volleys)).reduce((sum, one) => sum + one.rate, 0);
  };
  await fire(2);
  await fire(1);
  const samples = { ours: [] as number[], reference: [] as number[] };
  for (let pair = 0; pair < (options.quick ? 3 : 6); pair++) {
    for (const count of pair % 2 === 0 ? ([2, 1] as const) : ([1, 2] as const)) {
      await sleep(150);
      samples[count === 2 ? 'ours' : 'reference'].push(round(await fire(count)));
    }
  }
  const ratio = round(median(samples.ours.map((rate, i) => rate / (samples.reference[i] ?? Number.NaN))), 3);
  return {
    name,
    ours: round(median(samples.ours)),
    reference: round(median(samples.reference)),
    ratio,
    samples,
    machine: machine(),
    unit: `${work}/s`,
    goal: `nothing slower (≥ ${goal.toFixed(2)})`,
    met: ratio >= goal,
    notes: [
      `ours: two processes on one database, ${atOnce / 2} connections each; reference: one with ${atOnce}`,
    ],
  };
}

async function requests(url: string, work: Work): Promise<string[]> {
  if (work === 'lists') {
    const cookies = await signIn(url, 'manager@demo.test');
    return [request(url, 'GET /api/v1/customers?limit=50', { cookies })];
  }
  const body = JSON.stringify({ name: owner, password });
  const all: string[] = [];
  for (let i = 0; i < atOnce; i++) {
    const cookies = await signIn(url, owner);
    const device = cookies.split('; ').find(cookie => cookie.startsWith('latchkey-device=')) ?? '';
    all.push(request(url, 'POST /api/v1/session', { cookies: device, body }));
  }
  return all;
}

type Reply = { status: number; body: unknown };

async function call(url: string, line: string, cookie = '', body?: unknown): Promise<Reply> {
  const [method = 'GET', path = ''] = line.split(' ');
  const reply = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { ...(cookie ? { cookie } : {}), ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await reply.text();
  return { status: reply.status, body: text ? JSON.parse(text) : null };
}

/** What must hold across processes, looked at once; empty when all of it does. */
async function lessons(one: string, other: string): Promise<string[]> {
  const faults: string[] = [];
  const check = (holds: boolean, what: string) => void (holds || faults.push(what));
  const name = 'rep2@demo.test';
  const admin = await signIn(one, 'admin@demo.test');
  const guess = (url: string, n: number) =>
    call(url, 'POST /session', '', { name, password: `wrong guess of scale ${n}` });
  let locked = false;
  for (let n = 0; n < 10 && !locked; n++) locked = (await guess(one, n)).status === 423;
  check(locked, 'guesses through one process did not lock the name');
  check(
    (await guess(other, 100)).status === 423,
    'a lock made through one process did not hold on the other',
  );
  check((await guess(one, 101)).status === 423, 'the lock did not hold where it was made');
  const { body } = await call(one, 'GET /locks?standing=true', admin);
  const { items } = body as { items: { id: string }[] };
  for (const { id } of items) {
    const how = { reason: 'the benchmark asked', proof: 'in person' };
    const { status } = await call(one, `POST /locks/${id}/lift`, admin, how);
    check(status === 204, `the lift was answered ${status}`);
  }
  for (const url of [one, other]) {
    let status = 0;
    for (let i = 0; i < 20 && status !== 200; i++) {
      status = (await call(url, 'POST /session', '', { name, password })).status;
      if (status !== 200) await sleep(50);
    }
    check(
      status === 200,
      `after the lift ${url === one ? 'the one' : 'the other'} process answered ${status}`,
    );
  }
  return faults;
}
