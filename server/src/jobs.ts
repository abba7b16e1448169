// Work for later: pg-boss on the same database, so that a job exists if and only if what caused it committed.
import { setTimeout as sleep } from 'node:timers/promises';
import { CompiledQuery } from 'kysely';
import { PgBoss } from 'pg-boss';
import { type JobLog, prepareQueues, type Queue, queues, quiet } from './job-queues.ts';
import type { World } from './world.ts';

export type { Queue };
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

const workers: Record<Queue, number> = {
  codes: 2,
  messages: 2,
  notices: 1,
  alerts: 1,
  hooks: 2,
  intake: 1,
  imports: 1,
  batches: 1,
  vouching: 1,
  automation: 1,
  calls: 2,
  stages: 1,
  sweep: 1,
};

/**
 * Prepares the queues with `ownerUrl` when they are missing or of another version, and hands out the jobs of this
 * process, which runs as `appUrl`.
 */
export async function openJobs(input: { ownerUrl: string; appUrl: string; log: JobLog }): Promise<Jobs> {
  const { ownerUrl, appUrl, log } = input;
  await prepareQueues(ownerUrl, appUrl, log);

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
  if (queue !== 'imports' && queue !== 'sweep') return null;
  return queue === 'imports' ? world.workspaceId : `${world.workspaceId} ${options.singletonKey ?? ''}`;
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
    // In the same breath as the last look: what is sent a moment later must start a run of its own.
    running = null;
  };
  const kick = () => {
    running ??= run();
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
