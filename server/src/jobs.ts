// Work for later: pg-boss on the same database, so that a job exists if and only if what caused it committed.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CompiledQuery } from 'kysely';
import pg from 'pg';
import { PgBoss, type Queue as QueueSettings } from 'pg-boss';
import bossPackage from 'pg-boss/package.json' with { type: 'json' };
import type { Logger } from 'pino';
import type { World } from './world.ts';

export type Queue = 'messages' | 'notices' | 'imports' | 'sweep';
export type JobData = { workspaceId: string } & Record<string, unknown>;
export type SendOptions = {
  startAfterSeconds?: number;
  /** Sweeps of one workspace and key wait at most once, however often they are sent; elsewhere without effect. */
  singletonKey?: string;
};

export type Jobs = {
  /** Queues a job inside the world's transaction when there is one: it commits and rolls back with it. */
  send: (world: World, queue: Queue, data: Record<string, unknown>, options?: SendOptions) => Promise<void>;
  /**
   * Registers the worker of a queue. The handler runs outside of any transaction and may be called again for the same
   * job after a crash; when it throws, the job is tried again later, as often as its queue allows.
   */
  work: (queue: Queue, handler: (data: JobData) => Promise<void>) => void;
  /** Begins to work; resolves once the workers are up, however long the database stays away. */
  start: () => Promise<void>;
  /** Takes no further jobs and lets the running ones finish within 10 s; those cut off are tried again. */
  stop: () => Promise<void>;
};

type Settings = Omit<QueueSettings, 'name'> & { retryLimit: number };

const hour = 3_600;
const day = 24 * hour;

/** How often a job is tried again, and how long its row is kept; times in seconds. */
export const queues: Record<Queue, Settings> = {
  // Tried again after about 20, 40, 80, 160 and 320 s: longer than a mail server's restart or its greylisting.
  messages: {
    retryLimit: 5,
    retryDelay: 20,
    retryBackoff: true,
    retryDelayMax: 600,
    expireInSeconds: 120,
    heartbeatSeconds: 30,
    retentionSeconds: 2 * day,
    deleteAfterSeconds: hour,
  },
  // Turned into messages when worked on; a lock that nobody owns tells nobody.
  notices: {
    retryLimit: 5,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 600,
    expireInSeconds: 60,
    heartbeatSeconds: 30,
    retentionSeconds: 2 * day,
    deleteAfterSeconds: hour,
  },
  // One at a time for each workspace (its id is the singleton key), over all processes.
  imports: {
    policy: 'singleton',
    retryLimit: 3,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 60,
    expireInSeconds: 6 * hour,
    heartbeatSeconds: 30,
    retentionSeconds: 7 * day,
    deleteAfterSeconds: day,
  },
  // One waiting and one running for each workspace and key, so that sweeps never pile up.
  sweep: {
    policy: 'stately',
    retryLimit: 2,
    retryDelay: 30,
    expireInSeconds: hour / 4,
    heartbeatSeconds: 30,
    retentionSeconds: day,
    deleteAfterSeconds: hour,
  },
};

const names = Object.keys(queues) as Queue[];
const workers: Record<Queue, number> = { messages: 2, notices: 1, imports: 1, sweep: 1 };
const mark = `latchkey ${createHash('sha256')
  .update(JSON.stringify([bossPackage.pgboss.schema, queues]))
  .digest('hex')
  .slice(0, 16)}`;

const quiet = {
  schedule: false,
  reindex: false,
  monitorVacuum: false,
  registerInstance: false,
  openTelemetry: { enabled: false },
} as const;

type JobLog = Pick<Logger, 'info' | 'warn' | 'error'>;

/**
 * Prepares the queues with `ownerUrl` when they are missing or of another version, and hands out the jobs of this
 * process, which runs as `appUrl`.
 */
export async function openJobs(input: { ownerUrl: string; appUrl: string; log: JobLog }): Promise<Jobs> {
  const { ownerUrl, appUrl, log } = input;
  if (!(await isPrepared(appUrl))) await prepare(ownerUrl, appUrl, log);

  const boss = new PgBoss({
    connectionString: appUrl,
    application_name: 'latchkey-jobs',
    max: 3,
    migrate: false,
    createSchema: false,
    ...quiet,
    superviseIntervalSeconds: 30,
    monitorIntervalSeconds: 30,
  });
  boss.on('error', error => log.error({ err: error }, 'the job queue reports an error'));
  boss.on('warning', warning => log.warn({ warning: warning.message }, 'the job queue warns'));

  const handlers = new Map<Queue, (data: JobData) => Promise<void>>();
  const ids = new Map<Queue, string[]>();
  let working = false;
  let stopped = false;

  const wake = (queue: Queue) => {
    for (const id of ids.get(queue) ?? []) boss.notifyWorker(id);
  };

  const employ = async (queue: Queue, handler: (data: JobData) => Promise<void>) => {
    const mine: string[] = [];
    ids.set(queue, mine);
    for (let i = 0; i < workers[queue]; i++) {
      const id: string = await boss.work<JobData>(queue, { pollingIntervalSeconds: 2 }, async ([job]) => {
        try {
          if (job) await handler(job.data);
        } catch (error) {
          log.warn({ err: error, queue, job: job?.id }, 'a job failed');
          throw error; // pg-boss tries it again, as often as the queue allows
        } finally {
          boss.notifyWorker(id); // looks for the next job at once; pg-boss would wait for its next poll
        }
      });
      mine.push(id);
    }
  };

  return {
    async send(world, queue, data, options = {}) {
      if (stopped) throw new Error('no jobs are taken any more: the server is stopping');
      await boss.start();
      const db = {
        executeSql: async (text: string, values: unknown[] = []) => ({
          rows: (await world.db.executeQuery(CompiledQuery.raw(text, values))).rows,
        }),
      };
      const key = keyOf(world, queue, options);
      await boss.send(
        queue,
        { ...data, workspaceId: world.workspaceId },
        {
          db,
          ...(key === null ? {} : { singletonKey: key }),
          ...(options.startAfterSeconds ? { startAfter: options.startAfterSeconds } : {}),
        },
      );
      if (!options.startAfterSeconds) world.afterCommit(() => wake(queue));
    },

    work(queue, handler) {
      handlers.set(queue, handler);
      if (working) employ(queue, handler).catch(error => log.error({ err: error, queue }, 'a worker is out'));
    },

    async start() {
      for (;;) {
        if (stopped) return;
        try {
          await boss.start();
          break;
        } catch (error) {
          log.warn({ err: error }, 'jobs wait for the database');
          await sleep(2_000, undefined, { ref: false });
        }
      }
      working = true;
      for (const [queue, handler] of handlers) await employ(queue, handler);
    },

    async stop() {
      stopped = true;
      await boss.stop({ graceful: true, timeout: 10_000 });
    },
  };
}

function keyOf(world: World, queue: Queue, options: SendOptions): string | null {
  if (queue === 'messages' || queue === 'notices') return null;
  return queue === 'imports' ? world.workspaceId : `${world.workspaceId} ${options.singletonKey ?? ''}`;
}

async function isPrepared(appUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: appUrl, application_name: 'latchkey-jobs' });
  await client.connect();
  try {
    const { rows } = await client.query<{ mark: string | null; usable: boolean }>(
      `select obj_description(oid, 'pg_namespace') as mark, has_schema_privilege(oid, 'usage') as usable
       from pg_namespace where nspname = 'pgboss'`,
    );
    return rows[0]?.mark === mark && rows[0].usable;
  } finally {
    await client.end();
  }
}

/** Makes or upgrades the schema and its queues and opens them to the application's role; safe when several do it. */
async function prepare(ownerUrl: string, appUrl: string, log: JobLog): Promise<void> {
  const owner = new PgBoss({
    connectionString: ownerUrl,
    application_name: 'latchkey-jobs-setup',
    max: 2,
    supervise: false,
    ...quiet,
  });
  owner.on('error', error => log.error({ err: error }, 'the job queue reports an error'));
  await owner.start();
  try {
    while ((await owner.getBamStatus()).some(row => row.status === 'pending' || row.status === 'in_progress'))
      await sleep(200); // an upgrade builds its indexes in the background of this connection alone
    for (const name of names) {
      const { policy, ...changeable } = queues[name];
      await owner.createQueue(name, { ...changeable, ...(policy ? { policy } : {}) });
      await owner.updateQueue(name, changeable);
    }
    const role = decodeURIComponent(new URL(appUrl).username);
    const grants =
      role === decodeURIComponent(new URL(ownerUrl).username)
        ? ''
        : `grant usage on schema pgboss to ${pg.escapeIdentifier(role)};
           grant select, insert, update, delete on all tables in schema pgboss to ${pg.escapeIdentifier(role)};
           grant usage on all sequences in schema pgboss to ${pg.escapeIdentifier(role)};
           grant execute on all functions in schema pgboss to ${pg.escapeIdentifier(role)};`;
    await owner.getDb().executeSql(`${grants} comment on schema pgboss is ${pg.escapeLiteral(mark)}`);
  } finally {
    await owner.stop({ graceful: false });
  }
}

type Waiting = { queue: Queue; data: JobData; key: string | null; after: number; left: number };

/** Jobs for tests: run in this process, one after the other, as soon as what caused them has committed. */
export function directJobs(): Jobs & {
  /** Resolves when all is done, jobs included that fall due within so many seconds from now; throws what failed for good. */
  settle: (withinSeconds?: number) => Promise<void>;
} {
  const handlers = new Map<Queue, (data: JobData) => Promise<void>>();
  const waiting: Waiting[] = [];
  const failures: unknown[] = [];
  let running: Promise<void> | null = null;
  let horizon = 0;

  const next = () => waiting.findIndex(job => job.after <= horizon && handlers.has(job.queue));
  const run = async () => {
    await Promise.resolve();
    for (let at = next(); at >= 0; at = next()) {
      const [job] = waiting.splice(at, 1);
      if (!job) return;
      try {
        await handlers.get(job.queue)?.(structuredClone(job.data));
      } catch (error) {
        if (job.left > 0) waiting.push({ ...job, left: job.left - 1 });
        else failures.push(error);
      }
    }
  };
  const kick = () => {
    running ??= run().finally(() => {
      running = null;
    });
  };

  return {
    async send(world, queue, data, options = {}) {
      const job: Waiting = {
        queue,
        data: { ...data, workspaceId: world.workspaceId },
        key: queue === 'sweep' ? keyOf(world, queue, options) : null,
        after: options.startAfterSeconds ?? 0,
        left: queues[queue].retryLimit,
      };
      world.afterCommit(() => {
        if (job.key !== null && waiting.some(other => other.queue === queue && other.key === job.key)) return;
        waiting.push(job);
        kick();
      });
    },
    work(queue, handler) {
      handlers.set(queue, handler);
      kick();
    },
    start: async () => {},
    stop: async () => {
      await running;
    },
    async settle(withinSeconds = 0) {
      horizon = withinSeconds;
      kick();
      while (running) await running;
      horizon = 0;
      if (failures.length > 0) throw failures.splice(0)[0];
    },
  };
}
