// Whether this process lives and can serve, and its figures for Prometheus.
import { timingSafeEqual } from 'node:crypto';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import type { Bindings } from './app.ts';
import type { Installation } from './world.ts';

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
  app.get('/metrics', c => {
    const peer = c.env?.incoming?.socket.remoteAddress ?? '';
    const local = /^(::ffff:)?127\.|^::1$/.test(peer) && !c.req.header('x-forwarded-for');
    if (!local && !tokenRight(c.req.header('authorization'), installation.config.metricsToken))
      return c.text('give the metrics token as a bearer token\n', 401);
    requests++;
    const memory = process.memoryUsage();
    const pool = installation.databases.pool;
    return c.text(
      exposition([
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
      ]),
      200,
      { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    );
  });
}

function exposition(figures: [name: string, type: string, help: string, value: number][]): string {
  return figures
    .map(([name, type, help, value]) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`)
    .join('');
}

function tokenRight(header: string | undefined, token: string | null): boolean {
  if (!token || !header) return false;
  const given = Buffer.from(header);
  const right = Buffer.from(`Bearer ${token}`);
  return given.length === right.length && timingSafeEqual(given, right);
}
