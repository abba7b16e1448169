// A whole installation on a database of its own, for tests through HTTP: real PostgreSQL, quick hashes, a clock to turn.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { pino } from 'pino';
import { inject } from 'vitest';
import { buildApp } from '../app.ts';
import { type Config, readConfig } from '../config.ts';
import { roleFor } from '../db/migrate.ts';
import type { Role } from '../db/tables.ts';
import { sessionKeeper } from '../devices/devices.ts';
import { standsFresh } from '../factors/factors.ts';
import { openInstallation } from '../installation.ts';
import { directJobs } from '../jobs.ts';
import { heldBack } from '../locks/locks.ts';
import { routes } from '../routes.ts';
import { secretsFrom } from '../secrets.ts';
import * as staff from '../staff/staff.ts';
import * as weather from '../weather/weather.ts';
import { registerWorkers } from '../workers.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, worldOf } from '../world.ts';
import { Client } from './client.ts';
import { appPassword, templateName } from './global-setup.ts';

export const password = 'correct-horse-battery';

/** A database cloned from the migrated template, with the addresses of its owner and of the application's role. */
export async function cloneDatabase() {
  const clusterUrl = inject('clusterUrl');
  const name = `t_${crypto.randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: clusterUrl });
  await admin.connect();
  await admin.query(`create database ${name} template ${templateName} strategy file_copy`);
  await admin.end();
  const owner = new URL(clusterUrl);
  owner.pathname = `/${name}`;
  const app = new URL(owner.href);
  app.username = roleFor(templateName);
  app.password = appPassword;
  return { name, ownerUrl: owner.href, appUrl: app.href };
}

export type TestOptions = { config?: Partial<Config>; empty?: boolean };

/** Opens an installation; unless `empty`, with a workspace, a team and one person of every role (two reps). */
export async function openTest(options: TestOptions = {}) {
  const database = await cloneDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-data-'));
  const read = readConfig({ LATCHKEY_DATA: dataDir, LATCHKEY_LOG: 'silent' });
  if (read.kind !== 'ok') throw new Error(read.faults.join('\n'));
  const config: Config = {
    ...read.config,
    passwordCost: { memoryCost: 64, timeCost: 1 },
    checkReplies: true,
    ...options.config,
  };
  const jobs = directJobs();
  let skew = 0;
  const installation = await openInstallation({
    config,
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    appUrl: database.appUrl,
    secrets: secretsFrom(Buffer.alloc(48, 7)),
    jobs,
    now: () => Date.now() + skew,
    poolSize: 12,
  });
  registerWorkers(installation);
  const doors = {
    workspace: workspaces.frontDoor(installation),
    session: sessionKeeper(installation),
    fresh: standsFresh,
    heldBack,
  };
  const app = buildApp(installation, routes, doors, '0.0.0-test');
  const workspaceId = options.empty ? '' : installation.random.id();
  const world = worldOf(installation, workspaceId);
  const people = options.empty ? {} : await populate(world);
  return {
    installation,
    world,
    app,
    jobs,
    ...database,
    dataDir,
    /** Ids of the people by their role; the second rep is `rep2`, in another team. */
    people: people as Record<Role | 'rep2', string>,
    /** A client without any session, on an address of the test network. */
    client: (address?: string) => new Client(app, config, address),
    /** A client signed in as that person. */
    as: async (who: Role | 'rep2', address?: string) => {
      const client = new Client(app, config, address);
      await client.signIn(`${who}@example.com`, password);
      return client;
    },
    /** Turns the clock forward (or back), in milliseconds. */
    turn: (ms: number) => {
      skew += ms;
    },
    /** Forgets whom strangers missed on: else the misses of one test are the spray of the next. */
    fairWeather: async () => {
      await sql`delete from touches`.execute(world.db);
      await sql`update weather set alarm_until = null`.execute(world.db);
      weather.forgetTouches(world);
      installation.signals.tell({ kind: 'workspace-changed', workspaceId, ids: [] });
    },
    close: async () => {
      await installation.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type Test = Awaited<ReturnType<typeof openTest>>;

async function populate(world: ReturnType<typeof worldOf>): Promise<Record<string, string>> {
  const people: Record<string, string> = {};
  await atomically(world, async tx => {
    await workspaces.create(tx, {
      name: 'Test Trading 测试商贸',
      language: 'en',
      demo: false,
      slug: 'main',
      onlyIfFirst: false,
    });
    const [one, two] = [await staff.addTeam(tx, 'North 北区'), await staff.addTeam(tx, 'South 南区')];
    const roles = [
      ['administrator', 'administrator', null],
      ['manager', 'manager', one],
      ['rep', 'rep', one],
      ['rep2', 'rep', two],
      ['auditor', 'auditor', null],
    ] as const;
    for (const [key, role, teamId] of roles) {
      const added = await staff.add(
        tx,
        {
          name: `${key} person`,
          email: `${key}@example.com`,
          role,
          password,
          language: 'en',
          teamId,
          emailVerified: true,
        },
        {},
      );
      if (added.kind !== 'added') throw new Error(`no ${key}: ${added.kind}`);
      people[key] = added.id;
    }
  });
  return people;
}
