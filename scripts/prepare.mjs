// Makes a clone ready to run on any Node from 20 on: packages, the pinned runtime, the built pages.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const runtime = join(root, 'node_modules', 'node', 'bin', 'node');

const lockFile = join(root, 'package-lock.json');
const installed = join(root, 'node_modules', '.package-lock.json');
const installMark = join(root, 'node_modules', '.latchkey-installed');
const built = join(root, 'web', 'dist', '.built');

// npm puts our own node_modules/.bin first in PATH; an installation must not run on what it replaces.
const systemPath = (process.env.PATH ?? '')
  .split(delimiter)
  .filter(folder => !/node_modules[\\/]\.bin$/.test(folder))
  .join(delimiter);

/** Environment for what runs on the pinned runtime: compiled code is kept, so that later starts are quick. */
export const runtimeEnvironment = {
  ...process.env,
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'node-compile'),
};

/** Ends the program with words a person can act on. */
export function giveUp(...lines) {
  for (const line of lines) console.error(line);
  process.exit(1);
}

function npm(...args) {
  const options = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync('npm', [...args, ...options], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PATH: systemPath },
  });
  if (error) giveUp(`npm could not be run (${error.message}): install Node.js together with npm.`);
  return status === 0;
}

const changedAt = path => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Installs the packages when there are none, or others than package-lock.json names. */
export function installPackages() {
  const lock = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  const isInstalled = existsSync(installed);
  if (isInstalled && existsSync(installMark) && readFileSync(installMark, 'utf8') === lock) return;
  // Somebody has run npm by hand since the lock file changed: that installation is current.
  if (!isInstalled || changedAt(installed) < changedAt(lockFile)) {
    console.error('Installing packages (once, a minute or so) …');
    // A registry that lacks some platform's package makes `ci` refuse where `install` does as well.
    if (!npm('ci') && !npm('install', '--no-save')) {
      giveUp('The packages could not be installed: see above, then start again.');
    }
  }
  writeFileSync(installMark, lock);
}

/** Brings the pinned runtime when install scripts were not allowed to. */
export function installRuntime() {
  if (!existsSync(runtime)) fetchRuntime();
  // With this link npm itself starts us on the pinned runtime, which then needs no child.
  const link = join(root, 'node_modules', '.bin', 'node');
  if (lstatSync(link, { throwIfNoEntry: false }) || process.platform === 'win32') return;
  symlinkSync(join('..', 'node', 'bin', 'node'), link);
}

function fetchRuntime() {
  console.error('Fetching the pinned Node.js runtime …');
  const home = join(root, 'node_modules', 'node');
  const { status } = spawnSync(process.execPath, ['installArchSpecificPackage'], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PATH: systemPath },
  });
  if (status !== 0 || !existsSync(runtime)) {
    giveUp(
      'The pinned Node.js runtime (package "node") could not be installed.',
      'Allow its install script and run `npm rebuild node`, then start again.',
    );
  }
}

function* filesIn(folder, wanted) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path, wanted);
    else if (wanted(entry.name)) yield path;
  }
}

// Name, time and size of every file the pages are made of; reading them all would cost the quick start.
function pagesMark() {
  const sources = [
    ...filesIn(join(root, 'web'), () => true),
    ...filesIn(join(root, 'engine', 'src'), name => !name.includes('.test.')),
    ...filesIn(join(root, 'server', 'src'), name => name === 'contract.ts' || name === 'contract.tsx'),
    lockFile,
  ];
  const hash = createHash('sha1');
  for (const path of sources.sort()) {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path.slice(root.length)}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
}

/** Builds the pages when they are missing or older than their sources; `LATCHKEY_SKIP_BUILD=1` leaves them. */
export function buildPages() {
  if (process.env.LATCHKEY_SKIP_BUILD === '1') return;
  const mark = pagesMark();
  if (existsSync(built) && readFileSync(built, 'utf8') === mark) return;
  console.error('Building the pages (once, half a minute or so) …');
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build', '--workspace', 'web'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, PATH: `${join(runtime, '..')}${delimiter}${systemPath}`, NODE_ENV: 'production' },
  });
  if (status !== 0) giveUp(stdout ?? '', stderr ?? '', 'The pages could not be built: see above.');
  mkdirSync(join(built, '..'), { recursive: true });
  writeFileSync(built, mark);
}

/** Everything `npm start` and `npm test` need. */
export function prepare() {
  installPackages();
  installRuntime();
  buildPages();
}
