// `flood`: how long people on known devices wait while strangers send wrong passwords at ten times the hash capacity,
// against the same when nobody floods; with `--minutes N` one long flood, to see that memory stays flat.
import { setTimeout as sleep } from 'node:timers/promises';
import { openGenerator, placeholder, request } from './load/load.ts';
import {
  type Flood,
  type Flooded,
  type Habit,
  openFlooder,
  openPacer,
  type Paced,
} from './load/open-loop.ts';
import { machine, median, type Options, type Result, round, volley } from './measure.ts';
import { type Observed, observe } from './observing.ts';
import { cores, cpuSeconds, startReference, stop } from './processes.ts';
import { freshProduct, type Product, password, signIn } from './product.ts';

const owner = 'rep@demo.test';
const people = ['rep', 'rep2', 'manager', 'admin', 'auditor'].map(name => `${name}@demo.test`);
const kinds = ['crowd', 'wide'] as const;
const goal = 2;
/** Times the hash capacity. */
const times = 10;

type Kind = Flood['kind'];
type Habits = 'sign-in' | 'write' | 'list';
type Turn = { paced: Paced; p99: Record<Habits, number> };
type FloodTurn = Turn & { flooded: Flooded; observed: Observed; serverShare: number | null };

type Stage = Awaited<ReturnType<typeof setStage>>;

export async function run(options: Options): Promise<Result[]> {
  const stage = await setStage();
  const result = await (options.minutes ? long(stage, options.minutes) : inTurns(stage, options));
  await stop(stage.product.child);
  return [result];
}

/** The product, its owner at work on a known device, and the flood's rate. */
async function setStage() {
  const capacity = await hashCapacity();
  const product = await freshProduct();
  const { hostname: host, port } = new URL(product.url);
  const rate = round(times * capacity, 0);
  const at = { host, port: Number(port) };
  const habits = await habitsOf(product);
  return { product, capacity, rate, at, habits, flooder: openFlooder(), pacer: openPacer() };
}

/** Bare argon2id verifications a second, with the product's cost, on all cores. */
async function hashCapacity(): Promise<number> {
  const bare = await startReference('argon2.ts', { UV_THREADPOOL_SIZE: String(cores) });
  const side = { started: bare, requests: [request(bare.url, 'GET /')], expect: [200] };
  const generator = openGenerator();
  const rates: number[] = [];
  for (let i = 0; i < 3; i++)
    rates.push((await volley(generator, side, { connections: 16, seconds: 1 })).rate);
  await stop(bare.child);
  return median(rates);
}

async function habitsOf({ url }: Product): Promise<Habit[]> {
  const cookies = await signIn(url, owner);
  const device = cookies.split('; ').find(cookie => cookie.startsWith('latchkey-device=')) ?? '';
  const body = JSON.stringify({ name: owner, password });
  const customer = JSON.stringify({ name: `洪流 Flood ${placeholder}`, phone: `139${placeholder}` });
  return [
    {
      name: 'sign-in',
      request: request(url, 'POST /api/v1/session', { cookies: device, body }),
      rate: 10,
      expect: 200,
    },
    {
      name: 'write',
      request: request(url, 'POST /api/v1/customers', { cookies, body: customer }),
      rate: 10,
      expect: 201,
    },
    {
      name: 'list',
      request: request(url, 'GET /api/v1/customers?limit=50', { cookies }),
      rate: 10,
      expect: 200,
    },
  ];
}

async function idleTurn({ pacer, at, habits }: Stage, seconds: number): Promise<Turn> {
  return turnOf(await pacer.pace({ ...at, seconds, habits }));
}

/** The same work while strangers flood; begins to measure once the flood has risen, ends when its last answer is in. */
async function floodTurn(stage: Stage, kind: Kind, seconds: number, observing = 1_000): Promise<FloodTurn> {
  const { product, pacer, flooder, at, habits, rate } = stage;
  await flooder.start({ ...at, rate, kind, people });
  await sleep(1_000);
  const watch = observe(product, observing);
  const cpu = cpuSeconds(product.pid);
  const paced = await pacer.pace({ ...at, seconds, habits });
  const used = cpuSeconds(product.pid);
  const observed = await watch.end();
  const flooded = await flooder.stop();
  await sleep(500);
  const serverShare = cpu === null || used === null ? null : (used - cpu) / seconds;
  return { ...turnOf(paced), flooded, observed, serverShare };
}

function turnOf(paced: Paced): Turn {
  const of = (name: Habits) => round(quantile(paced.waits[name] ?? [], 0.99));
  return { paced, p99: { 'sign-in': of('sign-in'), write: of('write'), list: of('list') } };
}

async function inTurns(stage: Stage, options: Options): Promise<Result> {
  const [pairs, seconds] = options.quick ? [2, 5] : [5, 7];
  await idleTurn(stage, 2);
  const idle: Turn[] = [];
  const under: Record<Kind, FloodTurn[]> = { crowd: [], wide: [] };
  for (let pair = 0; pair < pairs; pair++) {
    idle.push(await idleTurn(stage, seconds));
    for (const kind of pair % 2 === 0 ? kinds : [...kinds].reverse())
      under[kind].push(await floodTurn(stage, kind, seconds));
  }
  const before = p99s(idle, 'sign-in');
  const worse = median(p99s(under.wide, 'sign-in')) > median(p99s(under.crowd, 'sign-in')) ? 'wide' : 'crowd';
  const all = [...idle, ...under.crowd, ...under.wide];
  const wrong = wrongOf(all);
  const ours = p99s(under[worse], 'sign-in');
  const ratio = round(median(ours) / median(before), 3);
  const memory = [...under.crowd, ...under.wide].flatMap(turn => turn.observed.samples.map(s => s.megabytes));
  return {
    name: 'flood',
    ours: median(ours),
    reference: median(before),
    ratio,
    samples: { ours, reference: before },
    machine: machine(),
    unit: 'ms (p99)',
    goal: `ratio ≤ ${goal.toFixed(2)}, every owner in`,
    met: ratio <= goal && Object.keys(wrong).length === 0,
    notes: [
      `hash capacity ${round(stage.capacity, 0)}/s, flood ${stage.rate}/s; the worse of two floods counts: ${worse}`,
      answered(all, wrong),
      ...kinds.flatMap(kind => floodNotes(kind, under[kind], idle)),
      `memory of the Node process ${Math.min(...memory)} to ${Math.max(...memory)} MB`,
    ],
    figures: {
      capacity: stage.capacity,
      rate: stage.rate,
      worse,
      wrong,
      idle: idle.map(turn => turn.p99),
      ...Object.fromEntries(
        kinds.map(kind => [
          kind,
          under[kind].map(({ p99, flooded, observed }) => ({ p99, flooded, observed })),
        ]),
      ),
    },
  };
}

const p99s = (turns: Turn[], name: Habits) => turns.map(turn => turn.p99[name]);

function wrongOf(turns: Turn[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { paced } of turns)
    for (const [what, n] of Object.entries(paced.wrong)) sum[what] = (sum[what] ?? 0) + n;
  return sum;
}

function answered(turns: Turn[], wrong: Record<string, number>): string {
  const signIns = turns.reduce((sum, turn) => sum + (turn.paced.waits['sign-in']?.length ?? 0), 0);
  const amiss = Object.entries(wrong).map(([what, n]) => `${n} × ${what}`);
  return amiss.length > 0
    ? `NOT ANSWERED AS THEY SHOULD: ${amiss.join(', ')}`
    : `all ${signIns} sign-ins of the owner let him in, every list and write was answered`;
}

function floodNotes(kind: Kind, turns: FloodTurn[], idle: Turn[]): string[] {
  const statuses: Record<string, number> = {};
  for (const { flooded } of turns)
    for (const [status, n] of Object.entries(flooded.statuses))
      statuses[status] = (statuses[status] ?? 0) + n;
  const sent = turns.reduce((sum, turn) => sum + turn.flooded.sent, 0);
  const seconds = turns.reduce((sum, turn) => sum + turn.flooded.seconds, 0);
  const of = (name: Habits) => {
    const [ours, before] = [median(p99s(turns, name)), median(p99s(idle, name))];
    return `${name} ${round(ours)} / ${round(before)} ms (${round(ours / before)}×)`;
  };
  const pooled = (some: Turn[]) =>
    round(
      quantile(
        some.flatMap(turn => turn.paced.waits['sign-in'] ?? []),
        0.99,
      ),
    );
  const waiting = Math.max(...turns.map(turn => turn.observed.mostWaiting));
  const hashed = turns.reduce((sum, turn) => sum + turn.observed.hashed, 0);
  const share = median(turns.map(turn => turn.serverShare ?? Number.NaN));
  return [
    `${kind}: p99 in the flood / idle: ${(['sign-in', 'write', 'list'] as const).map(of).join(', ')}; sign-in over all turns together ${pooled(turns)} / ${pooled(idle)} ms`,
    `${kind}: ${round(sent / seconds, 0)} guesses/s sent, answers ${JSON.stringify(statuses)}; ${hashed} passwords hashed, at most ${waiting} waiting; the Node process used ${round(share)} cores; the flooder's event loop ${Math.round(Math.max(...turns.map(turn => turn.flooded.busy)) * 100)} % at work`,
  ];
}

/** One flood of so many minutes. */
async function long(stage: Stage, minutes: number): Promise<Result> {
  await idleTurn(stage, 2);
  const before = await idleTurn(stage, 20);
  const { rssMegabytes: start } = await observe(stage.product, 1_000).end();
  const turn = await floodTurn(stage, 'wide', minutes * 60, 10_000);
  const { samples } = turn.observed;
  // What is filled once — caches, plans, compiled code — is filled in the first three tenths.
  const settled = samples.filter(sample => sample.second >= minutes * 60 * 0.3);
  const growth = slope(settled.map(sample => [sample.second / 60, sample.megabytes]));
  const wrong = wrongOf([before, turn]);
  const writes = turn.paced.waits.write ?? [];
  const limit = goal * before.p99.write;
  const slow = writes.filter(wait => wait > limit).length;
  const ratio = round(turn.p99['sign-in'] / before.p99['sign-in'], 3);
  return {
    name: 'flood',
    ours: turn.p99['sign-in'],
    reference: before.p99['sign-in'],
    ratio,
    samples: { ours: [turn.p99['sign-in']], reference: [before.p99['sign-in']] },
    machine: machine(),
    unit: 'ms (p99)',
    goal: `ratio ≤ ${goal.toFixed(2)}, every owner in, memory flat`,
    met: ratio <= goal && Object.keys(wrong).length === 0 && growth <= 1,
    notes: [
      `${minutes} minutes of the wide flood at ${stage.rate}/s`,
      answered([before, turn], wrong),
      ...floodNotes('wide', [turn], [before]),
      `writes: ${slow} of ${writes.length} took longer than twice the idle p99 (${round(limit)} ms), the slowest ${round(Math.max(...writes))} ms`,
      `memory of the Node process: ${start} MB before, ${samples.map(sample => sample.megabytes).join(' ')} MB; ${round(growth)} MB a minute over the last seven tenths (flat: at most 1)`,
    ],
    figures: {
      growthPerMinute: growth,
      slowWrites: slow,
      writes: writes.length,
      wrong,
      samples,
      flooded: turn.flooded,
    },
  };
}

/** The least-squares slope through points. */
export function slope(points: [number, number][]): number {
  const mean = (i: 0 | 1) => points.reduce((sum, point) => sum + point[i], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  const under = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  return under === 0 ? 0 : over / under;
}

/** The value below which such a share lies. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
