// Finds a Chromium for the browser stories, or brings one.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root, runtime } from './prepare.mjs';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const places = [
  '/usr/lib/chromium/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

// Ubuntu's packages of this name only tell to install a snap: what counts is whether it answers.
const answers = path => spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;

const quietly = (program, args) =>
  spawnSync(program, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;

async function fromPlaywright() {
  const { chromium } = await import('playwright-core');
  return chromium.executablePath();
}

async function present() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = [...names.flatMap(name => folders.map(folder => join(folder, name))), ...places];
  return [...candidates, await fromPlaywright()].find(path => existsSync(path) && answers(path));
}

/** The path of a Chromium that runs; null when there is none and none could be installed. */
export async function findChromium() {
  const there = await present();
  if (there) return there;
  console.error('No Chromium found for the browser stories; installing one …');
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    quietly('apt-get', ['update', '-qq']);
    quietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk']);
    const installed = await present();
    if (installed) return installed;
  }
  quietly(runtime, [join(root, 'node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium']);
  const fetched = await present();
  if (fetched) return fetched;
  console.error('Install Chromium (Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM_PATH.');
  return null;
}
