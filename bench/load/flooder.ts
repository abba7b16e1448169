// A flood of wrong passwords, in a process of its own: open-loop, from many addresses of the loopback network.
import { type Connection, connect } from './connection.ts';
import { request } from './load.ts';
import { atRate, type Flood, type Flooded, obey } from './open-loop.ts';

/** Connections of one address, and of all together. */
const ofAddress = 3;
const most = 8_000;
const crowd = Array.from({ length: 1_000 }, (_, i) => `127.0.${1 + (i % 4)}.${1 + Math.floor(i / 4)}`);
const ghosts = 500;

type Running = { end: () => void; tally: Flooded; from: number; loop: ReturnType<typeof usage> };

const usage = () => performance.eventLoopUtilization();
let running: Running | null = null;
let underWay = 0;
let count = 0;
const idle = new Map<string, Connection[]>();
const open = new Map<string, number>();

obey(async order => {
  if ('flood' in order) {
    start(order.flood);
    return {};
  }
  return stop();
});

function start(flood: Flood): void {
  const tally: Flooded = { seconds: 0, sent: 0, statuses: {}, busy: 0 };
  const end = atRate(flood.rate, () => void one(flood, tally));
  running = { end, tally, from: performance.now(), loop: usage() };
}

async function stop(): Promise<Flooded> {
  if (!running) throw new Error('there is no flood');
  const { end, tally, from, loop } = running;
  end();
  running = null;
  tally.seconds = (performance.now() - from) / 1_000;
  tally.busy = performance.eventLoopUtilization(loop).utilization;
  const until = performance.now() + 15_000;
  while (underWay > 0 && performance.now() < until) await new Promise(resolve => setTimeout(resolve, 20));
  for (const [address, connections] of idle) {
    for (const connection of connections) connection.close();
    open.set(address, (open.get(address) ?? 0) - connections.length);
  }
  idle.clear();
  return tally;
}

/** One guess, on a connection of its address; its answer is counted. */
async function one(flood: Flood, tally: Flooded): Promise<void> {
  const note = (what: string | number) => {
    tally.statuses[what] = (tally.statuses[what] ?? 0) + 1;
  };
  const turn = ++count;
  const address = flood.kind === 'crowd' ? freeOf(turn) : farAddress(turn);
  if (underWay >= most || address === null) return note('unsent');
  underWay++;
  tally.sent++;
  open.set(address, (open.get(address) ?? 0) + 1);
  const waiting = idle.get(address)?.pop();
  if (waiting) open.set(address, (open.get(address) ?? 0) - 1);
  let connection: Connection | undefined;
  let kept = false;
  try {
    connection = waiting ?? (await connect(flood.host, flood.port, address));
    note(await connection.send(Buffer.from(guess(flood, turn))));
    if (flood.kind === 'crowd' && running) {
      kept = true;
      idle.set(address, [...(idle.get(address) ?? []), connection]);
    }
  } catch {
    note('lost');
  } finally {
    underWay--;
    if (!kept) {
      connection?.close();
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    }
  }
}

/** An address of the crowd that has a connection to spare; null when none of a hundred has. */
function freeOf(turn: number): string | null {
  for (let i = 0; i < 100; i++) {
    const address = crowd[(turn * 619 + i) % crowd.length] ?? '';
    if (idle.get(address)?.length || (open.get(address) ?? 0) < ofAddress) return address;
  }
  return null;
}

/** Walks 127.1.0.1 to 127.254.255.254 in large steps, so that hardly two neighbours share a network. */
function farAddress(turn: number): string {
  const place = (turn * 104_729) % (254 * 256 * 254);
  return `127.${1 + Math.floor(place / (256 * 254))}.${Math.floor(place / 254) % 256}.${1 + (place % 254)}`;
}

function guess({ host, port, kind, people }: Flood, turn: number): string {
  const known = kind === 'crowd' && turn % 5 === 0 && people[(turn / 5) % people.length];
  const ghost = kind === 'crowd' ? `ghost${turn % ghosts}` : `nobody-${process.pid}-${turn}`;
  const name = known || `${ghost}@example.com`;
  // Never the same twice, and too odd for any list.
  const password = `wrong-${process.pid.toString(36)}-${turn.toString(36)}-quagga`;
  const body = JSON.stringify({ name, password });
  const headers: Record<string, string> = {
    'user-agent': 'flood',
    connection: kind === 'crowd' ? 'keep-alive' : 'close',
  };
  return request(`http://${host}:${port}`, 'POST /api/v1/session', { body, headers });
}
