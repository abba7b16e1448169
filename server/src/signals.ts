// Word between server processes on one database: LISTEN and NOTIFY, so that what one revokes all forget.
import { sql } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import type { World } from './world.ts';

export type Signal =
  | { kind: 'session-ended'; workspaceId: string; ids: string[] }
  | { kind: 'person-changed'; workspaceId: string; ids: string[] }
  | { kind: 'lane-changed'; workspaceId: string; ids: string[] }
  | { kind: 'workspace-changed'; workspaceId: string; ids: string[] }
  /** A password was set: ids are keyed hashes of sign-in names. */
  | { kind: 'password-changed'; workspaceId: string; ids: string[] }
  /** Entries have taken their places in the journal's chain: the last one's. */
  | { kind: 'journal-sealed'; workspaceId: string; ids: [seq: string] }
  /** These people have something new to be told, or have read it. */
  | { kind: 'inbox-changed'; workspaceId: string; ids: string[] }
  /** This process is about to stop: whoever is being told things goes to another. Never announced. */
  | { kind: 'closing' }
  /** Word may have been missed: forget everything that was remembered. */
  | { kind: 'deaf' };

export type Signals = {
  on: (listener: (signal: Signal) => void) => void;
  /** Delivers to the listeners of this process only. */
  tell: (signal: Signal) => void;
  close: () => Promise<void>;
};

const channel = 'latchkey';

/** Announces within the running transaction; every process hears it once it has committed, this one at once. */
export async function announce(
  world: World,
  signal: Exclude<Signal, { kind: 'deaf' | 'closing' }>,
): Promise<void> {
  await sql`select pg_notify(${channel}, ${JSON.stringify(signal)})`.execute(world.db);
  world.afterCommit(() => world.signals.tell(signal));
}

/** Listens on one connection of its own and comes back after a loss, telling `deaf` in between. */
export function listen(url: string, log: Logger): Signals & { ready: Promise<void> } {
  const listeners: ((signal: Signal) => void)[] = [];
  const tell = (signal: Signal) => {
    for (const listener of listeners) listener(signal);
  };
  let closed = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const connect = async () => {
    const mine = new pg.Client({
      connectionString: url,
      application_name: 'latchkey-listen',
      keepAlive: true,
    });
    client = mine;
    let lost = false;
    const again = () => {
      if (lost || closed) return;
      lost = true;
      tell({ kind: 'deaf' });
      mine.end().catch(() => {});
      timer = setTimeout(() => void connect().catch(again), 500);
    };
    mine.on('error', again);
    mine.on('end', again);
    mine.on('notification', message => {
      const signal = parse(message.payload);
      if (signal) tell(signal);
      else log.warn('a notification was not understood');
    });
    try {
      await mine.connect();
      await mine.query(`listen ${channel}`);
      tell({ kind: 'deaf' });
    } catch (error) {
      log.warn({ error: String(error) }, 'cannot listen for word of other processes, trying again');
      again();
    }
  };

  return {
    ready: connect(),
    on: listener => void listeners.push(listener),
    tell,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}

function parse(payload: string | undefined): Signal | null {
  try {
    return JSON.parse(payload ?? '') as Signal;
  } catch {
    return null;
  }
}
