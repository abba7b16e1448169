// `npm start`: makes the clone ready where needed, then becomes the server.
import { join } from 'node:path';
import { runOnPinned } from './pinned.mjs';
import { prepare, root } from './prepare.mjs';

prepare();
const watch = new URL('watch-parent.mjs', import.meta.url).href;
// Started by hand, without npm, the server may outlive its shell on purpose (nohup, disown).
const preload = process.env.npm_lifecycle_event === 'start' ? ['--import', watch] : [];
runOnPinned([...preload, join(root, 'server', 'src', 'main.ts'), ...process.argv.slice(2)]);
