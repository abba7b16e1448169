// All the dependency injection there is: what the rooms need from outside, handed in as one value.
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Ask } from './db/asked-together.ts';
import type { Databases } from './db/pool.ts';
import type { Database } from './db/tables.ts';
import type { Geo } from './geo.ts';
import type { Jobs } from './jobs.ts';
import type { Mailer } from './mailer.ts';
import type { Passwords } from './passwords.ts';
import type { Screening } from './screening/screening.ts';
import type { Secrets } from './secrets.ts';
import type { Signals } from './signals.ts';
import type { SmsSender } from './sms/sender.ts';

/** Unpredictable values; tests may hand in their own dice. */
export type Random = {
  bytes: (count: number) => Buffer;
  /** A new UUIDv7 (RFC 9562), ordered by time. */
  id: () => string;
  /** `count` decimal digits, each equally likely. */
  digits: (count: number) => string;
};

/** What one installation has, whatever the workspace. */
export type Installation = {
  config: Config;
  log: Logger;
  /** Milliseconds since 1970. */
  now: () => number;
  random: Random;
  secrets: Secrets;
  passwords: Passwords;
  screening: Screening;
  databases: Databases;
  mail: Mailer;
  sms: SmsSender;
  jobs: Jobs;
  signals: Signals;
  geo: Geo;
};

/** The installation seen from one workspace; every face takes it first. */
export type World = Installation & {
  workspaceId: string;
  db: Kysely<Database>;
  /** Runs after the transaction has committed, or at once outside of one; dropped when it rolls back. */
  afterCommit: (work: () => void) => void;
  /** How small questions are asked where several come at once; left out, each by itself. */
  ask?: Ask;
  inTransaction: boolean;
  /** The rule that does what is done here, where it is no person: the journal names it instead of whose rights it has. */
  cause?: Cause;
};

/** A rule by id and name, its run, and how many rules stand before it in a row. */
export type Cause = { rule: string; name: string; run: string; depth: number };

/** The world of one workspace. */
export function worldOf(installation: Installation, workspaceId: string): World {
  return {
    ...installation,
    workspaceId,
    db: installation.databases.of(workspaceId),
    afterCommit: work => work(),
    inTransaction: false,
  };
}

/** Runs `work` in one transaction, all or nothing; within a transaction it joins that one. */
export async function atomically<T>(world: World, work: (world: World) => Promise<T>): Promise<T> {
  if (world.inTransaction) return work(world);
  const after: (() => void)[] = [];
  const result = await world.db
    .transaction()
    .execute(db => work({ ...world, db, inTransaction: true, afterCommit: hook => after.push(hook) }));
  for (const hook of after) hook();
  return result;
}

/** Now, as ISO 8601 in UTC: the form in which times go to the database and over the wire. */
export function moment(world: { now: () => number }): string {
  return iso(world.now());
}

/** Milliseconds since 1970 as ISO 8601 in UTC. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
