// Makes engine/dist a package of plain JavaScript with types: `npm publish engine/dist` sends it out.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';

const here = new URL('./', import.meta.url);
const { name, version, description, license, type, keywords } = JSON.parse(
  readFileSync(new URL('package.json', here), 'utf8'),
);
const exports = { '.': { types: './index.d.ts', default: './index.js' } };
const made = { name, version, description, license, type, keywords, sideEffects: false, exports };
writeFileSync(new URL('dist/package.json', here), `${JSON.stringify(made, null, 2)}\n`);
copyFileSync(new URL('README.md', here), new URL('dist/README.md', here));
copyFileSync(new URL('../LICENSE', here), new URL('dist/LICENSE', here));
