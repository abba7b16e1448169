// Sealing: opens with the same key in the same place only, and a pad covers at once what it uncovers again.
import { expect, it } from 'vitest';
import { base64, cover, keysFrom, makePad, open, seal, uncover } from './cipher.ts';

const secret = base64(new Uint8Array(32).fill(7));

it('L50 opens for the same person in the same place only, and the key cannot be taken out', async () => {
  const keys = await keysFrom('anna', secret);
  const sealed = await seal(keys, 'draft', { words: '底价三百二十万' });
  expect(new TextDecoder().decode(sealed.data)).not.toContain('底价');
  expect(await open(await keysFrom('anna', secret), 'draft', sealed)).toEqual({ words: '底价三百二十万' });
  expect(await open(keys, 'queue', sealed)).toBeUndefined();
  expect(await open(await keysFrom('bob', secret), 'draft', sealed)).toBeUndefined();
  const another = await keysFrom('anna', base64(new Uint8Array(32).fill(8)));
  expect(await open(another, 'draft', sealed)).toBeUndefined();
  await expect(crypto.subtle.exportKey('raw', keys.seal)).rejects.toThrow();
});

it('L50 a pad covers words without waiting, and no two are alike', async () => {
  const keys = await keysFrom('anna', secret);
  const covered = cover(await makePad(keys), '只说给自己');
  expect(covered).not.toContain('只说');
  expect(await uncover(keys, covered ?? '')).toBe('只说给自己');
  expect(cover(await makePad(keys), '只说给自己')).not.toBe(covered);
  expect(cover(await makePad(keys), 'x'.repeat(60_000))).toBeNull();
});
