// Forward-only SQL migrations under an advisory lock, and the application's own role.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const folder = fileURLToPath(new URL('../../migrations/', import.meta.url));
const lockKey = 7_106_235_001; // any constant, shared by all Latchkey processes on the database

export type Migration = { version: number; name: string; sql: string; checksum: string };

export type MigrationOutcome =
  | { kind: 'ready'; applied: number; version: number; appUrl: string }
  | { kind: 'newer-version'; found: number; known: number }
  | { kind: 'altered'; name: string };

/** The migrations shipped with this version, in order. */
export function migrations(): Migration[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.sql'))
    .sort()
    .map(name => {
      const sql = readFileSync(folder + name, 'utf8');
      return { version: Number(name.slice(0, 4)), name, sql, checksum: sha256(sql) };
    });
}

/**
 * Brings the database to this version, each migration in its own transaction; safe when several processes start at
 * once. `ownerUrl` may do DDL; the outcome's `appUrl` belongs to a role that may not and that no fence lets through.
 */
export async function migrate(ownerUrl: string, appPassword: string): Promise<MigrationOutcome> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'latchkey-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await client.query(
      'create table if not exists schema_migrations (version integer primary key, name text not null, checksum text not null, at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ version: number; name: string; checksum: string }>(
      'select version, name, checksum from schema_migrations order by version',
    );
    const known = migrations();
    const newest = known.at(-1)?.version ?? 0;
    const found = rows.at(-1)?.version ?? 0;
    if (found > newest) return { kind: 'newer-version', found, known: newest };
    const done = new Map(rows.map(row => [row.version, row]));
    for (const migration of known) {
      const earlier = done.get(migration.version);
      if (earlier && earlier.checksum !== migration.checksum)
        return { kind: 'altered', name: migration.name };
    }
    const missing = known.filter(migration => !done.has(migration.version));
    for (const migration of missing) await apply(client, migration);
    const appUrl = await makeRole(client, ownerUrl, appPassword, missing.length > 0);
    return { kind: 'ready', applied: missing.length, version: newest, appUrl };
  } finally {
    await client.end();
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into schema_migrations (version, name, checksum) values ($1, $2, $3)', [
      migration.version,
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${migration.name} failed`, { cause: error });
  }
}

/**
 * The application's role in a database, named after it: roles belong to the whole server, and two installations on one
 * server must not set each other's password.
 */
export function roleFor(database: string): string {
  const name = `${database}_app`;
  return name.length <= 63 ? name : `${database.slice(0, 40)}_${sha256(database).slice(0, 16)}_app`;
}

/**
 * The role the application connects as: no BYPASSRLS, no DDL, no update or delete of the journal. Where the owner may
 * not create roles, he is himself no superuser and every table forces its fence on him as well: then he serves.
 */
async function makeRole(
  client: pg.Client,
  ownerUrl: string,
  password: string,
  tablesChanged: boolean,
): Promise<string> {
  const database = (await client.query<{ db: string }>('select current_database() as db')).rows[0]?.db ?? '';
  const name = roleFor(database);
  const { rows } = await client.query<{ may: boolean; there: boolean }>(
    `select r.rolsuper or r.rolcreaterole as may, exists (select from pg_roles where rolname = $1) as there
       from pg_roles r where r.rolname = current_user`,
    [name],
  );
  const state = rows[0];
  if (!state?.may) return ownerUrl;
  const role = pg.escapeIdentifier(name);
  const appUrl = withCredentials(ownerUrl, name, password);
  const attributes = `login nosuperuser nobypassrls nocreatedb nocreaterole password ${pg.escapeLiteral(password)}`;
  const stands = state.there && (await signsIn(appUrl));
  if (stands && !tablesChanged) return appUrl;
  if (!stands) await client.query(`${state.there ? 'alter' : 'create'} role ${role} ${attributes}`);
  await client.query(`
    grant connect on database ${pg.escapeIdentifier(database)} to ${role};
    grant usage on schema public to ${role};
    grant select, insert, update, delete on all tables in schema public to ${role};
    grant usage on all sequences in schema public to ${role};
    revoke update, delete, truncate on audit_entries from ${role};
    grant update (seq, hash) on audit_entries to ${role};
    revoke insert, update, delete on schema_migrations from ${role};
  `);
  return appUrl;
}

async function signsIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function withCredentials(ownerUrl: string, name: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = encodeURIComponent(name);
  url.password = password;
  return url.href;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
