// The programs as careful npm settings leave them: libraries not linked, nothing executable.
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBinaries, linkLibraries, makeRunnable } from './binaries.ts';

test('the programs of this machine are found, with their version', () => {
  const found = findBinaries();
  expect(found).toMatchObject({ kind: 'found', binaries: { major: 18 } });
});

test('library links that a skipped install script left out are made, once', () => {
  const root = mkdtempSync(join(tmpdir(), 'latchkey-binaries-'));
  const lib = join(root, 'native', 'lib');
  mkdirSync(lib, { recursive: true });
  writeFileSync(join(lib, 'libpq.so.5.18'), 'code');
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  writeFileSync(join(root, 'native', 'pg-symlinks.json'), JSON.stringify(links));
  linkLibraries(root);
  linkLibraries(root);
  expect(readlinkSync(join(lib, 'libpq.so.5'))).toBe('libpq.so.5.18');
  expect(readFileSync(join(lib, 'libpq.so.5'), 'utf8')).toBe('code');
  rmSync(root, { recursive: true });
});

test('a program without the right to run gets it', () => {
  const root = mkdtempSync(join(tmpdir(), 'latchkey-binaries-'));
  const program = join(root, 'initdb');
  writeFileSync(program, '');
  chmodSync(program, 0o644);
  makeRunnable(program);
  expect(statSync(program).mode & 0o111).toBe(0o111);
  rmSync(root, { recursive: true });
});
