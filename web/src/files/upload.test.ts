// Sizes of files in words.
import { expect, it } from 'vitest';
import { sizeWords } from './upload.ts';

it('tells sizes in the unit that fits', () => {
  expect([0, 999, 1_024, 1_536, 250_000, 26_214_400, 5e12].map(sizeWords)).toEqual([
    '0 B',
    '999 B',
    '1.0 KB',
    '1.5 KB',
    '244 KB',
    '25.0 MB',
    '4657 GB',
  ]);
});
