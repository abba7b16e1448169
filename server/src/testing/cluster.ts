// A PostgreSQL of their own for tests: quick, in a temporary folder, gone afterwards.
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { claimIsDead } from '../db/embedded/claim.ts';
import { startEmbedded } from '../db/embedded/embedded.ts';
import { readReport, serves, shutDown } from '../db/embedded/postmaster.ts';
import { throwAwayPlace, throwAwayPlaces } from './place.ts';

const prefix = 'latchkey-test-';
const surelyOver = 10 * 60_000;

const remove = (folder: string) => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });

/** Starts a throw-away server; `ownerUrl` is its superuser's connection, `stop` removes everything. */
export async function startThrowAwayCluster(): Promise<{ ownerUrl: string; stop(): Promise<void> }> {
  await sweepAbandoned();
  const dataDir = mkdtempSync(join(throwAwayPlace(), prefix));
  const lines: string[] = [];
  const log = (line: string, detail?: object) => lines.push(`${line} ${JSON.stringify(detail ?? {})}`);
  const started = await startEmbedded({ dataDir, log, tuning: { durable: false, maxConnections: 300 } });
  if (started.kind === 'fault') {
    remove(dataDir);
    const { kind, detail } = started.fault;
    throw new Error(`no PostgreSQL for the tests: ${kind}: ${detail}\n${lines.join('\n')}`);
  }
  return {
    ownerUrl: started.server.ownerUrl,
    stop: async () => {
      await started.server.stop();
      remove(dataDir);
    },
  };
}

/** Removes what killed test runs left behind: only folders whose owner has provably ended. */
export async function sweepAbandoned(): Promise<void> {
  const folders = throwAwayPlaces().flatMap(place => readdirSync(place).map(name => join(place, name)));
  for (const folder of folders.filter(path => basename(path).startsWith(prefix))) {
    try {
      if (!isAbandoned(folder)) continue;
      const cluster = join(realpathSync(folder), 'postgres');
      const report = readReport(cluster);
      if (report !== null && serves(report.pid, cluster)) await shutDown(report.pid);
      remove(folder);
    } catch {
      // Another run sweeps at the same time, or the folder belongs to somebody else.
    }
  }
}

function isAbandoned(folder: string): boolean {
  if (existsSync(join(folder, 'latchkey.lock'))) return claimIsDead(folder);
  return Date.now() - statSync(folder).mtimeMs > surelyOver;
}
