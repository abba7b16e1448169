// Runs a TypeScript file of the project on the pinned runtime, whatever Node the machine has (Node 20 or newer).
import { join } from 'node:path';
import { runOnPinned } from './pinned.mjs';
import { installPackages, installRuntime, root } from './prepare.mjs';

const [file = '', ...args] = process.argv.slice(2);
installPackages();
installRuntime();
await runOnPinned([join(root, file), ...args]);
