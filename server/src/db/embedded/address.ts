// Where the embedded server is reached: a Unix socket in a folder closed to other users, and a password.
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { superuser } from './cluster-folder.ts';
import type { Runner } from './runner.ts';

export const databaseName = 'latchkey';

// Linux takes 107 bytes of socket path, macOS 103; the file's own name is counted in.
const longest = 103;

/** A short name for a data folder, the same at every start. */
export const folderMark = (folder: string) => createHash('sha256').update(folder).digest('hex').slice(0, 12);

/** The folder for the socket: beside the data where the path is short enough, else under /tmp. */
export function socketFolder(dataDir: string, runner: Runner): string {
  const near = join(dataDir, 'postgres-socket');
  if (Buffer.byteLength(join(near, '.s.PGSQL.5432')) <= longest) {
    mkdirSync(near, { recursive: true, mode: 0o700 });
    runner.own(near);
    return near;
  }
  const far = join('/tmp', `latchkey-${folderMark(dataDir)}`);
  const uid = runner.uid ?? process.getuid?.();
  const there = lstatSync(far, { throwIfNoEntry: false });
  if (there === undefined) {
    mkdirSync(far, { mode: 0o700 });
    runner.own(far);
    return far;
  }
  if (there.isDirectory() && there.uid === uid && (there.mode & 0o077) === 0) return far;
  // Somebody else sits on the name: take one nobody can have guessed. The server's report tells it later.
  const other = mkdtempSync('/tmp/latchkey-');
  runner.own(other);
  return other;
}

/** Reads the superuser's password, or makes one; `made` tells that the cluster may not know it yet. */
export function readPassword(dataDir: string): { password: string; made: boolean } {
  const path = join(dataDir, 'postgres-password');
  const stored = knownPassword(dataDir);
  if (stored !== null) return { password: stored, made: false };
  const password = randomBytes(24).toString('hex');
  writeFileSync(path, `${password}\n`, { mode: 0o600, flush: true });
  chmodSync(path, 0o600);
  return { password, made: true };
}

/** The stored password; null when there is none. */
export function knownPassword(dataDir: string): string | null {
  try {
    const stored = readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim();
    return /^[\w-]{16,}$/.test(stored) ? stored : null;
  } catch {
    return null;
  }
}

/** The connection string for a database behind a socket folder. */
export function urlFor(socketDir: string, password: string, database: string): string {
  return `postgres://${superuser}:${password}@localhost/${database}?host=${encodeURIComponent(socketDir)}&port=5432`;
}

type Greeting =
  | { kind: 'open'; build: string | null; folder: string }
  | { kind: 'wrong-password' }
  | { kind: 'no-database' }
  | { kind: 'closed'; detail: string };

async function ask<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

async function greet(url: string): Promise<Greeting> {
  try {
    return await ask(url, async client => {
      const sql = `SELECT current_setting('latchkey.build', true) AS build, current_setting('data_directory') AS folder`;
      const row = (await client.query<{ build: string | null; folder: string }>(sql)).rows[0];
      return { kind: 'open', build: row?.build ?? null, folder: row?.folder ?? '' };
    });
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === '28P01') return { kind: 'wrong-password' };
    if (code === '3D000') return { kind: 'no-database' };
    return { kind: 'closed', detail: error instanceof Error ? error.message : String(error) };
  }
}

/** Connects once, making the product's database where it is missing. */
export async function openDatabase(socketDir: string, password: string): Promise<Greeting> {
  const url = urlFor(socketDir, password, databaseName);
  const greeting = await greet(url);
  if (greeting.kind !== 'no-database') return greeting;
  try {
    await ask(urlFor(socketDir, password, 'postgres'), client =>
      client.query(`CREATE DATABASE ${databaseName}`),
    );
  } catch (error) {
    return { kind: 'closed', detail: error instanceof Error ? error.message : String(error) };
  }
  return greet(url);
}
