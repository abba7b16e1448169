// The lock file serves every platform: `npm ci` refuses one from which packages of other platforms are missing.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { missingEntries } from './complete-lock.mjs';

test('the lock file names the packages of all platforms (else run scripts/complete-lock.mjs)', () => {
  const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
  expect(missingEntries(lock)).toEqual([]);
});

test('a platform package that npm left out is added with what its name tells', () => {
  const parent = { license: 'MIT', dev: true, optionalDependencies: { '@x/tool-linux-arm64-musl': '1.2.3' } };
  expect(missingEntries({ packages: { 'node_modules/@x/tool': parent } })).toEqual([
    [
      'node_modules/@x/tool-linux-arm64-musl',
      {
        version: '1.2.3',
        cpu: ['arm64'],
        os: ['linux'],
        libc: ['musl'],
        dev: true,
        license: 'MIT',
        optional: true,
      },
    ],
  ]);
});
