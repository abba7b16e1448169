// The one way to the database: connections that carry their workspace, so that no query can forget it.
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { keepPlans } from './kept-plans.ts';
import type { Database } from './tables.ts';

const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, isoTime);

/** PostgreSQL's text form of a UTC timestamptz(3) as ISO 8601 with milliseconds. */
export function isoTime(text: string): string {
  if (text.charCodeAt(10) !== 32 || !text.endsWith('+00')) return text;
  const clock = text.slice(11, -3);
  const padded = clock.length === 8 ? `${clock}.000` : clock.padEnd(12, '0').slice(0, 12);
  return `${text.slice(0, 10)}T${padded}Z`;
}

type Fenced = pg.PoolClient & { workspaceId?: string };

/** A pool of connections and one Kysely per workspace on top of it. */
export type Databases = {
  of: (workspaceId: string) => Kysely<Database>;
  /** Without a workspace: sees the directory and nothing behind the fences. */
  outside: Kysely<Database>;
  pool: pg.Pool;
  close: () => Promise<void>;
};

/** Opens the pool. `url` is the application role's; `size` connections at most. */
export function openDatabases(
  url: string,
  options: { size: number; onError: (error: Error) => void },
): Databases {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.size,
    types,
    application_name: 'latchkey',
    options: '-c TimeZone=UTC -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
  });
  pool.on('error', options.onError);
  // A connection that breaks while it is handed out has no listener of the pool's: without one the process would end.
  pool.on('connect', client => {
    client.on('error', options.onError);
    keepPlans(client);
  });
  const known = new Map<string, Kysely<Database>>();
  const of = (workspaceId: string) => {
    let db = known.get(workspaceId);
    if (!db) {
      if (known.size >= 1_000) known.clear();
      db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: fencedPool(pool, workspaceId) }) });
      known.set(workspaceId, db);
    }
    return db;
  };
  return { of, outside: of(''), pool, close: () => pool.end() };
}

/** A view of the pool whose connections are set to one workspace before they are handed out. */
function fencedPool(pool: pg.Pool, workspaceId: string) {
  return {
    options: pool.options,
    async connect(): Promise<pg.PoolClient> {
      const client: Fenced = await pool.connect();
      if (client.workspaceId !== workspaceId) {
        try {
          await client.query("select set_config('latchkey.workspace', $1, false)", [workspaceId]);
          client.workspaceId = workspaceId;
        } catch (error) {
          client.release(true);
          throw error;
        }
      }
      return client;
    },
    end: async () => {},
  };
}
