// Runs a TypeScript file of the project on the pinned runtime, whatever Node the machine has (Node 20 or newer).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = `${root}node_modules/node/bin/node`;
if (!existsSync(node)) {
  console.error('The pinned runtime is missing: run `npm ci` first.');
  process.exit(2);
}
const [file, ...args] = process.argv.slice(2);
const { status } = spawnSync(node, [`${root}${file}`, ...args], { stdio: 'inherit' });
process.exit(status ?? 1);
