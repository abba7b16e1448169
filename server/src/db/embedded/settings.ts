// How the embedded PostgreSQL is set: safe for the data, moderate towards a small machine.
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';

/** What tests may ask for: `durable: false` trades the data's safety for speed. */
export type Tuning = { durable?: boolean; maxConnections?: number };

const fileName = 'latchkey.conf';
const megabytes = 1024 * 1024;

function memory(): number {
  const limit = process.constrainedMemory?.() ?? 0;
  const all = totalmem();
  return Math.floor((limit > 0 && limit < all ? limit : all) / megabytes);
}

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** The settings as lines of a PostgreSQL configuration file, closed by a line that names this very set. */
export function settings(input: {
  logDir: string;
  socketDir: string;
  clusterName: string;
  version: string;
  tuning: Tuning;
}): { text: string; build: string } {
  const ram = memory();
  const durable = input.tuning.durable ?? true;
  // An eighth of the memory: search at a million goes through more pages than a quarter of a gigabyte holds.
  const buffers = Math.min(durable ? 2048 : 128, Math.max(32, Math.floor(ram / 8)));
  const connections = input.tuning.maxConnections ?? 100;
  const values: [string, string | number][] = [
    ['listen_addresses', quoted('')],
    ['unix_socket_directories', quoted(input.socketDir)],
    ['unix_socket_permissions', '0700'],
    ['port', 5432],
    ['cluster_name', quoted(input.clusterName)],
    ['max_connections', connections],
    ['password_encryption', 'scram-sha-256'],
    ['fsync', durable ? 'on' : 'off'],
    ['synchronous_commit', durable ? 'on' : 'off'],
    ['full_page_writes', durable ? 'on' : 'off'],
    ['wal_compression', durable ? 'on' : 'off'],
    ['shared_buffers', `${buffers}MB`],
    ['effective_cache_size', `${Math.max(128, Math.floor(ram / 2))}MB`],
    ['work_mem', ram < 1024 ? '4MB' : '8MB'],
    ['maintenance_work_mem', `${Math.min(256, Math.max(32, Math.floor(ram / 16)))}MB`],
    ['max_wal_size', '1GB'],
    ['min_wal_size', '80MB'],
    ['wal_level', 'replica'],
    ['max_wal_senders', 4],
    ['checkpoint_completion_target', 0.9],
    ['checkpoint_timeout', durable ? '5min' : '30min'],
    ['random_page_cost', 1.1],
    ['effective_io_concurrency', 16],
    ['io_method', 'worker'],
    ['io_workers', Math.min(3, Math.max(1, availableParallelism()))],
    ['max_parallel_workers_per_gather', Math.min(2, Math.max(0, availableParallelism() - 1))],
    ['jit', 'off'],
    ['timezone', quoted('UTC')],
    ['log_timezone', quoted('UTC')],
    ['lc_messages', quoted('C')],
    ['default_text_search_config', quoted('pg_catalog.simple')],
    ['idle_in_transaction_session_timeout', quoted('10min')],
    ['client_connection_check_interval', quoted('5s')],
    ['logging_collector', 'on'],
    ['log_directory', quoted(input.logDir)],
    // One file a weekday, overwritten a week later: bounded without anybody sweeping.
    ['log_filename', quoted('postgres-%a.log')],
    ['log_truncate_on_rotation', 'on'],
    ['log_rotation_age', '1d'],
    ['log_rotation_size', 0],
    ['log_line_prefix', quoted('%m [%p] ')],
    // Statements carry people's data; the application names its own faults.
    ['log_min_error_statement', 'panic'],
    ['log_checkpoints', 'off'],
  ];
  const body = values.map(([key, value]) => `${key} = ${value}`).join('\n');
  const build = createHash('sha256').update(`${input.version}\n${body}`).digest('hex').slice(0, 16);
  const head =
    '# Written by Latchkey at every start. Settings of your own belong at the end of postgresql.conf.';
  return { text: `${head}\n${body}\nlatchkey.build = '${build}'\n`, build };
}

/** Puts the settings into the cluster's folder, before those its owner may have added by hand. */
export function writeSettings(cluster: string, text: string, own: (path: string) => void): void {
  const main = join(cluster, 'postgresql.conf');
  const include = `include '${fileName}'\n`;
  const lines = readOrEmpty(main);
  replace(join(cluster, fileName), text, own);
  if (lines.includes(include)) return;
  replace(main, `${lines}\n# Latchkey's settings; what follows them wins.\n${include}`, own);
}

// Whole or not at all: a disk that fills up meanwhile must not cost the file that was there.
function replace(path: string, text: string, own: (path: string) => void): void {
  if (readOrEmpty(path) === text) return;
  const draft = `${path}.new`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  own(draft);
  renameSync(draft, path);
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
