// Whether this process lives and can serve, and its figures for Prometheus.
import { timingSafeEqual } from 'node:crypto';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import type { Bindings } from './app.ts';
import * as locks from './locks/locks.ts';
import * as weather from './weather/weather.ts';
import * as workspaces from './workspaces/workspaces.ts';
import { type Installation, moment, worldOf } from './world.ts';

/** `/healthz`: the process answers. `/readyz`: the database answers too. `/metrics`: text for Prometheus. */
export function addHealth(app: Hono<{ Bindings: Bindings }>, installation: Installation): void {
  const startedAt = Date.now();
  let requests = 0;
  app.get('/healthz', c => c.json({ status: 'ok' }));
  app.get('/readyz', async c => {
    try {
      await sql`select 1`.execute(installation.databases.outside);
      return c.json({ status: 'ok' });
    } catch {
      return c.json({ status: 'database-away' }, 503, { 'retry-after': '2' });
    }
  });
  app.get('/metrics', async c => {
    const peer = c.env?.incoming?.socket.remoteAddress ?? '';
    const local = /^(::ffff:)?127\.|^::1$/.test(peer) && !c.req.header('x-forwarded-for');
    if (!local && !tokenRight(c.req.header('authorization'), installation.config.metricsToken))
      return c.text('give the metrics token as a bearer token\n', 401);
    requests++;
    const memory = process.memoryUsage();
    const pool = installation.databases.pool;
    const figures: Figure[] = [
      [
        'latchkey_uptime_seconds',
        'gauge',
        'Seconds since this process started',
        (Date.now() - startedAt) / 1_000,
      ],
      ['latchkey_resident_memory_bytes', 'gauge', 'Resident memory of this process', memory.rss],
      ['latchkey_heap_used_bytes', 'gauge', 'Heap in use', memory.heapUsed],
      ['latchkey_database_connections', 'gauge', 'Open database connections', pool.totalCount],
      ['latchkey_database_waiting', 'gauge', 'Requests waiting for a connection', pool.waitingCount],
      [
        'latchkey_password_verifications_total',
        'counter',
        'Passwords that reached the hash',
        installation.passwords.verified(),
      ],
      [
        'latchkey_password_waiting',
        'gauge',
        'Verifications waiting for room',
        installation.passwords.waiting(),
      ],
      ['latchkey_metrics_scrapes_total', 'counter', 'Times these figures were read', requests],
      [
        'latchkey_sign_ins_total',
        'counter',
        'What attempts to sign in came to in this process',
        Object.entries(weather.totals(installation)).map(([outcome, value]) => ({ outcome, value })),
      ],
      ...(await skies(installation)),
    ];
    return c.text(exposition(figures), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  });
}

type Figure = [
  name: string,
  type: 'gauge' | 'counter',
  help: string,
  value: number | { outcome: string; value: number }[],
];

/** What the database knows of all workspaces together; left out while it is away. */
async function skies(installation: Installation): Promise<Figure[]> {
  let [alarms, defences, standing] = [0, 0, 0];
  try {
    for (const id of await workspaces.all(installation)) {
      const world = worldOf(installation, id);
      const { alarm, defence } = await weather.now(world);
      if (alarm) alarms++;
      if (defence) defences++;
      standing += await locks.countStanding(world, moment(world));
    }
  } catch (error) {
    installation.log.warn({ err: error }, 'the figures of the database could not be read');
    return [];
  }
  return [
    ['latchkey_alarms', 'gauge', 'Workspaces in which the alarm of a spray holds', alarms],
    ['latchkey_defences', 'gauge', 'Workspaces in defence mode', defences],
    ['latchkey_locks_standing', 'gauge', 'Locks that hold now', standing],
  ];
}

function exposition(figures: Figure[]): string {
  return figures
    .map(([name, type, help, value]) => {
      const lines =
        typeof value === 'number'
          ? `${name} ${value}\n`
          : value.map(one => `${name}{outcome="${one.outcome}"} ${one.value}\n`).join('');
      return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines}`;
    })
    .join('');
}

function tokenRight(header: string | undefined, token: string | null): boolean {
  if (!token || !header) return false;
  const given = Buffer.from(header);
  const right = Buffer.from(`Bearer ${token}`);
  return given.length === right.length && timingSafeEqual(given, right);
}
