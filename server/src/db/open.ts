// The database of this process: embedded or one's own, migrated, and the address the application connects to.
import { DatabaseError } from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Secrets } from '../secrets.ts';
import { type EmbeddedFault, startEmbedded } from './embedded/embedded.ts';
import { migrate } from './migrate.ts';

export type DatabaseOutcome =
  | { kind: 'ready'; ownerUrl: string; appUrl: string; close: () => Promise<void> }
  | { kind: 'fault'; sentence: string };

/** Opens the database; every expected failure is one sentence that says what to do. */
export async function openDatabase(config: Config, secrets: Secrets, log: Logger): Promise<DatabaseOutcome> {
  let ownerUrl = config.databaseUrl;
  let close = async () => {};
  if (!ownerUrl) {
    const started = await startEmbedded({
      dataDir: config.dataDir,
      log: (line, detail) => log.info(detail ?? {}, line),
      onExit: code => {
        log.fatal({ code }, 'the embedded PostgreSQL has ended and does not come back');
        process.exitCode = 1;
        process.kill(process.pid, 'SIGTERM');
      },
    });
    if (started.kind === 'fault') return { kind: 'fault', sentence: embeddedSentence(started.fault, config) };
    ownerUrl = started.server.ownerUrl;
    close = started.server.stop;
  }
  try {
    const migrated = await migrate(
      ownerUrl,
      secrets.mac('database-role', 'latchkey_app').toString('base64url'),
    );
    if (migrated.kind === 'newer-version') {
      await close();
      return {
        kind: 'fault',
        sentence: `The database was used by a newer Latchkey (schema ${migrated.found}, this version knows ${migrated.known}). Start that version or a later one; nothing was changed.`,
      };
    }
    if (migrated.kind === 'altered') {
      await close();
      return {
        kind: 'fault',
        sentence: `The migration ${migrated.name} differs from the one this database was made with. Start an unaltered copy of Latchkey; nothing was changed.`,
      };
    }
    if (migrated.applied > 0)
      log.info({ applied: migrated.applied, schema: migrated.version }, 'database brought up to date');
    return { kind: 'ready', ownerUrl, appUrl: migrated.appUrl, close };
  } catch (error) {
    await close();
    const sentence = databaseSentence(error, config);
    if (sentence) return { kind: 'fault', sentence };
    throw error;
  }
}

function embeddedSentence(fault: EmbeddedFault, config: Config): string {
  switch (fault.kind) {
    case 'data-folder-in-use':
      return `Another Latchkey is running on ${config.dataDir}: ${fault.detail}. Stop it, or give this one another LATCHKEY_DATA.`;
    case 'disk-full':
      return `There is no room left on the disk of ${config.dataDir}: ${fault.detail}. Make room and start again; nothing was damaged.`;
    case 'not-writable':
      return `The data folder ${config.dataDir} cannot be written: ${fault.detail}. Change its rights, or choose another LATCHKEY_DATA.`;
    case 'newer-version':
      return `The data folder ${config.dataDir} belongs to a newer PostgreSQL: ${fault.detail}. Start the Latchkey that made it; nothing was changed.`;
    case 'binaries-missing':
      return `The embedded PostgreSQL is not installed for this machine: ${fault.detail}. Run npm ci again, or set DATABASE_URL.`;
    case 'did-not-start':
      return `The embedded PostgreSQL did not start: ${fault.detail}`;
  }
}

function databaseSentence(error: unknown, config: Config): string | null {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  const where = config.databaseUrl ? 'DATABASE_URL' : 'the embedded database';
  if (cause instanceof DatabaseError) {
    if (cause.code === '28P01' || cause.code === '28000')
      return `${where}: the user name or password is refused. Check both in DATABASE_URL.`;
    if (cause.code === '3D000')
      return `${where}: that database does not exist. Create it first, e.g. with createdb.`;
    if (cause.code === '53100')
      return `${where}: the disk is full. Make room and start again; nothing was damaged.`;
    if (cause.code === '42501')
      return `${where}: the user lacks a right (${cause.message}). He must own the database.`;
    return `${where}: ${cause.message} (${cause.code}). Nothing was changed.`;
  }
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  if (code && /^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|ECONNRESET|EAI_AGAIN|ENOENT)$/.test(code))
    return `${where}: no PostgreSQL answers there (${code}). Check host and port in DATABASE_URL and that the server runs.`;
  return null;
}
