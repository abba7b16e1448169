// The folder that holds the data: made whole or not at all, recognised when older, newer or damaged.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { classify, classifyError, type Faulted, fault, roomIn } from './faults.ts';
import { ended, pause, signal, startingWith } from './processes.ts';
import type { Runner } from './runner.ts';

export const superuser = 'postgres';

const unfinished = 'postgres.making-';

/** Environment of every PostgreSQL program: English messages, no setting of a stranger's libpq. */
export const plainEnvironment = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

type Place = { dataDir: string; binaries: Binaries; runner: Runner };

/** Runs a PostgreSQL program to its end as the chosen user and returns what it printed. */
export function run(
  place: Place,
  program: string,
  args: string[],
  input = '',
): Promise<{ code: number; output: string }> {
  const { file, args: all, identity } = place.runner.as(program, args);
  return new Promise(done => {
    const child = spawn(file, all, { cwd: '/', env: plainEnvironment, stdio: 'pipe', ...identity });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.on('error', error => done({ code: -1, output: `${output}\n${error.message}` }));
    child.on('close', code => done({ code: code ?? -1, output }));
  });
}

// Removes what an interrupted first start made, ending an initdb that still works on it. Nothing else has this name.
async function sweep(place: Place): Promise<void> {
  for (const name of readdirSync(place.dataDir).filter(entry => entry.startsWith(unfinished))) {
    const folder = join(place.dataDir, name);
    for (const pid of startingWith(`${place.binaries.initdb} --pgdata=${folder}`)) {
      signal(pid, 'SIGKILL');
      await ended(pid, 2_000);
    }
    // The server within initdb notices its end a moment later and may still be writing.
    for (let tries = 0; tries < 40 && existsSync(folder); tries++) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      await pause(25);
    }
  }
}

function syncFolder(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** Makes the cluster on the first start and checks on later ones that this PostgreSQL can read it. */
export async function ensureCluster(
  place: Place,
  password: string,
  tuning: { durable?: boolean },
): Promise<{ kind: 'there'; fresh: boolean } | Faulted> {
  const cluster = join(place.dataDir, 'postgres');
  const versionFile = join(cluster, 'PG_VERSION');
  try {
    if (existsSync(versionFile)) {
      const major = Number.parseInt(readFileSync(versionFile, 'utf8'), 10);
      if (major === place.binaries.major) return { kind: 'there', fresh: false };
      const both = `the data was written by PostgreSQL ${major}, this Latchkey brings PostgreSQL ${place.binaries.major}`;
      if (major > place.binaries.major) return fault('newer-version', both);
      return fault('did-not-start', `${both}: restore a backup into an empty data folder`);
    }
    if (existsSync(join(cluster, 'global', 'pg_control'))) {
      return fault('did-not-start', `${versionFile} is missing though data is there: restore it or a backup`);
    }
    await sweep(place);
    // Somebody else's half-made cluster is never deleted, only set aside.
    if (existsSync(cluster) && readdirSync(cluster).length > 0) {
      renameSync(cluster, `${cluster}.unfinished-${Date.now()}`);
    }
    return await make(place, cluster, password, tuning);
  } catch (error) {
    return classifyError(error, place.dataDir);
  }
}

async function make(
  place: Place,
  cluster: string,
  password: string,
  tuning: { durable?: boolean },
): Promise<{ kind: 'there'; fresh: boolean } | Faulted> {
  const mark = randomBytes(4).toString('hex');
  const making = join(place.dataDir, `${unfinished}${mark}`);
  const folder = join(making, 'cluster');
  const passwordFile = join(making, 'password');
  try {
    mkdirSync(making, { mode: 0o700 });
    place.runner.own(making);
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    place.runner.own(passwordFile);
    const { code, output } = await run(place, place.binaries.initdb, [
      `--pgdata=${folder}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Unicode rules built into PostgreSQL: the same order on every system and after every upgrade of it.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--data-checksums',
      ...(tuning.durable === false ? ['--no-sync'] : []),
    ]);
    if (code !== 0) return classify(output, roomIn(place.dataDir));
    renameSync(folder, cluster);
    syncFolder(place.dataDir);
    return { kind: 'there', fresh: true };
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** Sets the superuser's password without a running server, for a folder whose password was lost. */
export async function resetPassword(place: Place, password: string): Promise<Faulted | null> {
  const sql = `ALTER ROLE ${superuser} PASSWORD '${password}'\n`;
  const args = ['--single', '-D', join(place.dataDir, 'postgres'), 'postgres'];
  const { code, output } = await run(place, place.binaries.postgres, args, sql);
  return code === 0 ? null : classify(output, roomIn(place.dataDir));
}
