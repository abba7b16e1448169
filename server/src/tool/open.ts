// Opens the installation for the administrator's tool: beside a running server, or alone.
import { pino } from 'pino';
import type { Config } from '../config.ts';
import { runningUrl } from '../db/embedded/embedded.ts';
import { openDatabase } from '../db/open.ts';
import { openInstallation } from '../installation.ts';
import { openJobs } from '../jobs.ts';
import { readOrMakeSecret, secretsFrom } from '../secrets.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { type World, worldOf } from '../world.ts';

export type Opened =
  | { kind: 'open'; world: World; close: () => Promise<void> }
  | { kind: 'fault'; sentence: string };

/** Opens the first workspace; a server that runs on the data folder is joined, else its database is started. */
export async function openForTool(config: Config): Promise<Opened> {
  const log = pino({ level: 'silent' });
  const secrets = secretsFrom(readOrMakeSecret(config.secretFile));
  const joined = config.databaseUrl ?? runningUrl(config.dataDir);
  const database = await openDatabase({ ...config, databaseUrl: joined }, secrets, log);
  if (database.kind === 'fault') return database;
  const jobs = await openJobs({ ownerUrl: database.ownerUrl, appUrl: database.appUrl, log });
  const installation = await openInstallation({
    config,
    log,
    appUrl: database.appUrl,
    secrets,
    jobs,
    poolSize: 3,
  });
  const close = async () => {
    await installation.close();
    await database.close();
  };
  const [first] = await workspaces.all(installation);
  if (!first) {
    await close();
    return { kind: 'fault', sentence: 'There is no workspace yet: open the set-up page first.' };
  }
  return { kind: 'open', world: worldOf(installation, first), close };
}
