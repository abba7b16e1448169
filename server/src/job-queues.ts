// The queues of pg-boss: how each is retried and kept, and how they come into the database.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { PgBoss, type Queue as QueueSettings } from 'pg-boss';
import bossPackage from 'pg-boss/package.json' with { type: 'json' };
import type { Logger } from 'pino';

export type Queue =
  | 'codes'
  | 'messages'
  | 'notices'
  | 'alerts'
  | 'hooks'
  | 'intake'
  | 'imports'
  | 'batches'
  | 'vouching'
  | 'automation'
  | 'calls'
  | 'stages'
  | 'sweep';
export type JobLog = Pick<Logger, 'info' | 'warn' | 'error'>;

type Settings = Omit<QueueSettings, 'name'> & { retryLimit: number };

const hour = 3_600;
const day = 24 * hour;

/** How often a job is tried again, and how long its row is kept; times in seconds. */
export const queues: Record<Queue, Settings> = {
  // Tried again after about 20, 40, 80, 160 and 320 s: longer than a mail server's restart or its greylisting. More
  // tries than a message has attempts, as some find it still in the hands of a process that died.
  messages: {
    retryLimit: 8,
    retryDelay: 20,
    retryBackoff: true,
    retryDelayMax: 600,
    expireInSeconds: 120,
    heartbeatSeconds: 30,
    retentionSeconds: 2 * day,
    deleteAfterSeconds: hour,
  },
  // Asked for by somebody who waits at the door: tried again soon, and not for long.
  codes: {
    retryLimit: 4,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 30,
    expireInSeconds: 60,
    heartbeatSeconds: 30,
    retentionSeconds: hour,
    deleteAfterSeconds: 60,
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
  // Turned into messages to the colleagues who may vouch.
  vouching: {
    retryLimit: 5,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 600,
    expireInSeconds: 60,
    heartbeatSeconds: 30,
    retentionSeconds: 2 * day,
    deleteAfterSeconds: hour,
  },
  // Turned into messages and deliveries when worked on.
  alerts: {
    retryLimit: 5,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 600,
    expireInSeconds: 60,
    heartbeatSeconds: 30,
    retentionSeconds: 2 * day,
    deleteAfterSeconds: hour,
  },
  // Tried again for about a day, from half a minute to two hours apart; a delivery gives up before its job does.
  hooks: {
    retryLimit: 30,
    retryDelay: 30,
    retryBackoff: true,
    retryDelayMax: 2 * hour,
    expireInSeconds: 60,
    heartbeatSeconds: 30,
    retentionSeconds: 3 * day,
    deleteAfterSeconds: hour,
  },
  // What came in is kept whether or not this succeeds: then it waits for a person.
  intake: {
    retryLimit: 6,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 600,
    expireInSeconds: 60,
    heartbeatSeconds: 30,
    retentionSeconds: 2 * day,
    deleteAfterSeconds: hour,
  },
  // What rules do to records: tried again for about a day.
  automation: {
    retryLimit: 20,
    retryDelay: 10,
    retryBackoff: true,
    retryDelayMax: 2 * hour,
    expireInSeconds: 120,
    heartbeatSeconds: 30,
    retentionSeconds: 3 * day,
    deleteAfterSeconds: hour,
  },
  // What rules tell other systems, apart from what they do: a system that never answers must not hold up records.
  calls: {
    retryLimit: 20,
    retryDelay: 10,
    retryBackoff: true,
    retryDelayMax: 2 * hour,
    expireInSeconds: 60,
    heartbeatSeconds: 30,
    retentionSeconds: 3 * day,
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
  // Each goes on where it stands; two at once take turns.
  batches: {
    retryLimit: 4,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 60,
    expireInSeconds: 6 * hour,
    heartbeatSeconds: 30,
    retentionSeconds: 7 * day,
    deleteAfterSeconds: day,
  },
  // Turned into tasks when worked on.
  stages: {
    retryLimit: 5,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 600,
    expireInSeconds: 60,
    heartbeatSeconds: 30,
    retentionSeconds: 2 * day,
    deleteAfterSeconds: hour,
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
const mark = `latchkey ${createHash('sha256')
  .update(JSON.stringify([bossPackage.pgboss.schema, queues]))
  .digest('hex')
  .slice(0, 16)}`;

/** What of pg-boss is not needed here. */
export const quiet = {
  schedule: false,
  reindex: false,
  monitorVacuum: false,
  registerInstance: false,
  openTelemetry: { enabled: false },
} as const;

const lockKey = 7_106_235_003; // any constant, shared by all Latchkey processes on the database

/**
 * Makes or upgrades the queues and opens them to the application's role, unless that has been done; the owner is asked
 * only then. Safe when several processes start at once.
 */
export async function prepareQueues(ownerUrl: string, appUrl: string, log: JobLog): Promise<void> {
  if (await isPrepared(appUrl)) return;
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'latchkey-jobs-setup' });
  client.on('error', () => {}); // the query under way tells of it
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    if (!(await isPrepared(appUrl))) await prepare(ownerUrl, appUrl, log);
  } finally {
    await client.end();
  }
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
