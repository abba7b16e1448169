// The embedded PostgreSQL: from a data folder to a running, watched server and its connection string.
import { mkdirSync, realpathSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  databaseName,
  folderMark,
  knownPassword,
  openDatabase,
  readPassword,
  socketFolder,
  urlFor,
} from './address.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Claim, claimFolder } from './claim.ts';
import { ensureCluster, resetPassword } from './cluster-folder.ts';
import { classify, classifyError, type EmbeddedFault, type Faulted, fault, roomIn } from './faults.ts';
import {
  clearRemains,
  follow,
  launch,
  type Postmaster,
  readReport,
  serves,
  shutDown,
  untilReady,
} from './postmaster.ts';
import { ended, pause } from './processes.ts';
import { chooseRunner, type Runner } from './runner.ts';
import { linesFromNow } from './server-log.ts';
import { settings, type Tuning, writeSettings } from './settings.ts';
import { type Embedded, supervise } from './supervisor.ts';

export type { Embedded, EmbeddedFault };

const patience = 3_000;

type Input = {
  dataDir: string;
  log: (line: string, detail?: object) => void;
  onExit?: (code: number | null) => void;
  tuning?: Tuning;
};

type Site = {
  dataDir: string;
  cluster: string;
  clusterName: string;
  socketDir: string;
  logDir: string;
  binaries: Binaries;
  runner: Runner;
  password: string;
  conf: { text: string; build: string };
  input: Input;
};

type Outcome = { kind: 'ready'; server: Embedded } | Faulted;

/**
 * Starts the PostgreSQL of a data folder, making it on the first start, or takes over the one a killed Latchkey left.
 * It is started again when it dies; `onExit` hears when that stays in vain. Stop it with `server.stop()`.
 */
export async function startEmbedded(input: Input): Promise<Outcome> {
  const began = performance.now();
  const found = findBinaries();
  if (found.kind === 'fault') return found;
  const made = makeFolder(input.dataDir);
  if (made.kind === 'fault') return made;
  const { dataDir } = made;
  let release = () => {};
  try {
    const chosen = chooseRunner(dataDir, join(found.binaries.root, 'native', 'bin'));
    if (chosen.kind === 'fault') return chosen;
    const claim = await claimPatiently(dataDir);
    if (claim.kind === 'taken') {
      return fault('data-folder-in-use', `process ${claim.by} serves ${dataDir}`);
    }
    release = claim.release;
    if (chosen.runner.remark !== null) input.log(chosen.runner.remark);
    const outcome = await serve(dataDir, found.binaries, chosen.runner, release, input);
    if (outcome.kind === 'fault') release();
    else
      input.log('PostgreSQL is ready', {
        ms: Math.round(performance.now() - began),
        pid: outcome.server.pid,
        adopted: outcome.server.adopted,
      });
    return outcome;
  } catch (error) {
    release();
    return classifyError(error, dataDir);
  }
}

/** The connection string of the server now running on a data folder, for tools beside it; null when none runs. */
export function runningUrl(dataDir: string): string | null {
  try {
    const cluster = join(realpathSync(dataDir), 'postgres');
    const report = readReport(cluster);
    const password = knownPassword(dataDir);
    if (report === null || password === null || !serves(report.pid, cluster)) return null;
    return urlFor(report.socketDir, password, databaseName);
  } catch {
    return null;
  }
}

// A predecessor told to stop a moment ago is still draining: give it time before calling the folder taken.
async function claimPatiently(dataDir: string): Promise<Claim> {
  for (const until = performance.now() + patience; ; await pause(50)) {
    const claim = await claimFolder(dataDir);
    if (claim.kind === 'held' || performance.now() > until) return claim;
  }
}

function makeFolder(dataDir: string): { kind: 'made'; dataDir: string } | Faulted {
  try {
    // Closed is the data folder alone, not the way to it.
    mkdirSync(dirname(resolve(dataDir)), { recursive: true });
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return { kind: 'made', dataDir: realpathSync(dataDir) };
  } catch (error) {
    return classifyError(error, dataDir);
  }
}

async function serve(
  dataDir: string,
  binaries: Binaries,
  runner: Runner,
  release: () => void,
  input: Input,
): Promise<Outcome> {
  const cluster = join(dataDir, 'postgres');
  const { password, made } = readPassword(dataDir);
  const logDir = join(dataDir, 'postgres-log');
  mkdirSync(logDir, { recursive: true, mode: 0o700 });
  runner.own(logDir, true);
  const socketDir = socketFolder(dataDir, runner);
  const clusterName = `latchkey-${folderMark(dataDir)}`;
  const conf = settings({
    logDir,
    socketDir,
    clusterName,
    version: binaries.version,
    tuning: input.tuning ?? {},
  });
  const site: Site = {
    dataDir,
    cluster,
    clusterName,
    socketDir,
    logDir,
    binaries,
    runner,
    password,
    conf,
    input,
  };

  const adopted = await takeOver(site);
  if (adopted !== null) return watched(site, adopted.server, adopted.socketDir, release);

  const there = await ensureCluster(site, password, input.tuning ?? {});
  if (there.kind === 'fault') return there;
  runner.own(cluster, statSync(cluster).uid !== (runner.uid ?? statSync(cluster).uid));
  await clearRemains(cluster, clusterName, socketDir);
  if (made && !there.fresh) {
    const failed = await renewPassword(site);
    if (failed !== null) return failed;
  }
  const up = await bringUp(site);
  return up.kind === 'fault' ? up : watched(site, up.server, socketDir, release);
}

function watched(site: Site, first: Postmaster, socketDir: string, release: () => void): Outcome {
  const { log, onExit } = site.input;
  const ownerUrl = urlFor(socketDir, site.password, databaseName);
  const again = { ...site, socketDir };
  const leave = () => {
    if (!socketDir.startsWith(site.dataDir)) removeEmpty(socketDir);
    release();
  };
  const revive = async () => {
    await clearRemains(site.cluster, site.clusterName, socketDir);
    return bringUp(again);
  };
  return {
    kind: 'ready',
    server: supervise({ first, ownerUrl, bringUp: revive, release: leave, log, onExit }),
  };
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Still in use by a server that is only now shutting down: the next start finds it again.
  }
}

// A server without an owner is kept when it is exactly the one we would start, else stopped.
async function takeOver(site: Site): Promise<{ server: Postmaster; socketDir: string } | null> {
  const report = readReport(site.cluster);
  if (report === null || !serves(report.pid, site.cluster)) return null;
  const { log } = site.input;
  if (report.status === 'stopping') {
    log('an earlier PostgreSQL is still stopping; waiting for it', { pid: report.pid });
    await ended(report.pid, 60_000);
  } else {
    const server = follow(report.pid);
    if (
      await untilReady(server, site.cluster, () =>
        log('an earlier PostgreSQL is still starting; waiting for it'),
      )
    ) {
      const greeting = await openDatabase(report.socketDir, site.password);
      if (
        greeting.kind === 'open' &&
        greeting.folder === site.cluster &&
        greeting.build === site.conf.build
      ) {
        return { server, socketDir: report.socketDir };
      }
      log('an earlier PostgreSQL runs with other settings; starting it anew', { pid: report.pid });
    }
  }
  await shutDown(report.pid);
  return null;
}

async function renewPassword(site: Site): Promise<Faulted | null> {
  site.input.log('the password file of PostgreSQL does not fit its data; setting a new password');
  writeSettings(site.cluster, site.conf.text, site.runner.own);
  return resetPassword(site, site.password);
}

async function bringUp(site: Site, healed = false): Promise<{ kind: 'up'; server: Postmaster } | Faulted> {
  const { log } = site.input;
  try {
    writeSettings(site.cluster, site.conf.text, site.runner.own);
    const logged = linesFromNow(site.logDir);
    const server = launch(site.runner, site.binaries.postgres, site.cluster);
    const ready = await untilReady(server, site.cluster, () =>
      log('PostgreSQL is recovering its data; waiting for it'),
    );
    if (!ready) return classify(`${server.output()}\n${logged()}`, roomIn(site.dataDir));
    const greeting = await openDatabase(site.socketDir, site.password);
    if (greeting.kind === 'open') return { kind: 'up', server };
    await shutDown(server.pid);
    if (greeting.kind === 'wrong-password' && !healed) {
      return (await renewPassword(site)) ?? (await bringUp(site, true));
    }
    return classify(greeting.kind === 'closed' ? greeting.detail : greeting.kind, roomIn(site.dataDir));
  } catch (error) {
    return classifyError(error, site.dataDir);
  }
}
