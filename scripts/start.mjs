// `npm start`: makes the clone ready where needed, then becomes the server.
import { join } from 'node:path';
import { runOnPinned, runtimeFlags } from './pinned.mjs';
import { prepare, root } from './prepare.mjs';

prepare();
await runOnPinned([...runtimeFlags, join(root, 'server', 'src', 'main.ts'), ...process.argv.slice(2)]);
