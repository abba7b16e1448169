// The product's own world on a running installation's database, with an ear on the statements it sends.
import { Kysely, PostgresDialect } from 'kysely';
import { pino } from 'pino';
import { readConfig } from '../../server/src/config.ts';
import { runningUrl } from '../../server/src/db/embedded/embedded.ts';
import { openDatabases } from '../../server/src/db/pool.ts';
import type { Database } from '../../server/src/db/tables.ts';
import type { Me } from '../../server/src/http.ts';
import { openInstallation } from '../../server/src/installation.ts';
import { directJobs } from '../../server/src/jobs.ts';
import { readOrMakeSecret, secretsFrom } from '../../server/src/secrets.ts';
import * as staff from '../../server/src/staff/staff.ts';
import { type World, worldOf } from '../../server/src/world.ts';

export type Sent = { text: string; values: readonly unknown[] };
export type Opened = { world: World; me: Me; appUrl: string; sent: Sent[]; close: () => Promise<void> };

/** Opens the world of the only workspace for a person by sign-in name. */
export async function openWorld(dataDir: string, name: string): Promise<Opened> {
  const ownerUrl = runningUrl(dataDir);
  const read = readConfig({ LATCHKEY_DATA: dataDir });
  if (ownerUrl === null || read.kind !== 'ok') throw new Error(`nothing runs in ${dataDir}`);
  const secrets = secretsFrom(readOrMakeSecret(read.config.secretFile));
  const url = new URL(ownerUrl);
  url.username = 'latchkey_app';
  url.password = secrets.mac('database-role', 'latchkey_app').toString('base64url');
  const appUrl = url.href;
  const installation = await openInstallation({
    config: read.config,
    log: pino({ level: 'silent' }),
    appUrl,
    secrets,
    jobs: directJobs(),
    poolSize: 2,
  });
  const { rows } = await installation.databases.pool.query('select workspace_id from workspace_directory');
  const workspaceId: string = rows[0].workspace_id;
  const listening = openDatabases(appUrl, { size: 1, onError: () => {} });
  const client = await listening.pool.connect();
  await client.query("select set_config('latchkey.workspace', $1, false)", [workspaceId]);
  client.release();
  const sent: Sent[] = [];
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: listening.pool }),
    log: event => void sent.push({ text: event.query.sql, values: event.query.parameters }),
  });
  const world: World = { ...worldOf(installation, workspaceId), db };
  const person = await staff.bySignInName(world, name);
  if (!person) throw new Error(`${name} is not there`);
  const me: Me = {
    id: person.id,
    name: person.name,
    email: person.email,
    role: person.role,
    teamId: person.team_id,
    language: 'en',
    sessionId: '',
    deviceId: null,
  };
  const close = async () => {
    await listening.close();
    await installation.close();
  };
  return { world, me, appUrl, sent, close };
}
