// Files in a bucket through HTTP: whole there or refused in words, never lost on the way between folder and bucket.
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../object-store/s3.fixture.ts';
import { readBucketSettings } from '../object-store/settings.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import type { World } from '../world.ts';
import * as files from './files.ts';

const account = { keyId: 'AKIAEXAMPLE', secret: 'a/secret', region: 'us-east-1', bucket: 'crm-files' };
let store: Awaited<ReturnType<typeof openStore>>;
let test: Test;
let rep: Client;
let about: string;
/** The same installation with files in the folder. */
let inFolder: World;

beforeAll(async () => {
  store = await openStore(account);
  const read = readBucketSettings({
    LATCHKEY_S3_BUCKET: account.bucket,
    LATCHKEY_S3_ENDPOINT: store.endpoint,
    LATCHKEY_S3_KEY_ID: account.keyId,
    LATCHKEY_S3_SECRET: account.secret,
    LATCHKEY_S3_PATH_STYLE: 'true',
  });
  if (read.kind === 'faulty') throw new Error(read.keys.join());
  test = await openTest({ config: { bucket: read.settings } });
  inFolder = { ...test.world, config: { ...test.world.config, bucket: null } };
  rep = await test.as('rep');
  about = `object=customer&objectId=${(await rep.post('/customers', { name: '华腾' })).body.id}`;
});
afterAll(async () => {
  await test.close();
  await store.close();
});

const text = (words: string) => new Uint8Array(Buffer.from(words));
const headers = { 'content-type': 'application/octet-stream' };
const upload = (name: string, words: string) =>
  rep.send(`POST /files?${about}&name=${encodeURIComponent(name)}`, { raw: text(words), headers });
const content = (id: string) => rep.get(`/files/${id}/content`);
const names = async () =>
  (await rep.get(`/files?${about}`)).body.items.map((one: { name: string }) => one.name);
const folder = () => join(test.world.config.dataDir, 'files');
const onDisk = () =>
  readdirSync(folder(), { recursive: true, encoding: 'utf8' }).filter(name =>
    statSync(join(folder(), name)).isFile(),
  );
const inBucket = () => [...store.objects.keys()].map(key => key.split('/').at(-1));

it('puts files into the bucket and nowhere else, and reads them from there', async () => {
  const added = await upload('记录.txt', '第一行');
  expect(added.status, added.text).toBe(201);
  expect([inBucket(), onDisk(), store.refusals]).toEqual([[added.body.id], [], []]);
  expect((await content(added.body.id)).text).toBe('第一行');
  store.plans.push('garble');
  // The right length, other bytes: the answer breaks off instead of passing for the file.
  await expect(content(added.body.id)).rejects.toThrow();
});

it('answers in words while the bucket is away, and keeps neither a row nor bytes of what it refused', async () => {
  const [before, there] = [await names(), inBucket()];
  expect(await files.check(test.world)).toEqual({ kind: 'ok' });
  store.plans.push(403);
  expect(await files.check(test.world)).toMatchObject({ kind: 'away', why: /^403/ });
  store.plans.push(503, 'hang up', 507);
  const replies = [await upload('a.txt', 'a'), await upload('b.txt', 'b'), await upload('c.txt', 'c')];
  expect(replies.map(one => one.body.code)).toEqual(['storage-away', 'storage-away', 'storage-full']);
  expect(replies[0]?.headers.get('retry-after')).toBe('60');
  const { items } = (await rep.get(`/files?${about}`)).body;
  store.plans.push(500);
  expect((await content(items[0].id)).body.code).toBe('storage-away');
  expect([await names(), inBucket(), onDisk()]).toEqual([before, there, []]);
});

it('moves files over and back, readable all the time, goes on after a break, and leaves what is damaged', async () => {
  const total = (await names()).length;
  expect((await files.move(inFolder, 'folder')).away).toMatch(/settings/);
  expect(await files.move(test.world, 'folder')).toMatchObject({ moved: total, failed: [], away: null });
  expect([inBucket(), onDisk().length]).toEqual([[], total]);
  const { id } = (await upload('二.txt', '第二行')).body;
  await files.move(test.world, 'folder');
  const damaged = (await upload('三.txt', '第三行')).body.id;
  await files.move(test.world, 'folder');
  const path = join(folder(), onDisk().find(name => name.endsWith(damaged)) ?? '');
  writeFileSync(path, '第三坏');
  store.plans.push(500);
  expect(await files.move(test.world, 'bucket')).toMatchObject({ moved: 0, away: /^500/ });
  expect((await content(id)).text).toBe('第二行');
  const again = await files.move(test.world, 'bucket');
  expect(again).toMatchObject({ moved: total + 1, away: null, failed: [{ id: damaged, why: 'damaged' }] });
  expect(inBucket()).not.toContain(damaged);
  expect((await content(id)).text).toBe('第二行');
  expect(onDisk().map(name => name.slice(-36))).toEqual([damaged]);
});

it('sweeps what no row names there, in both places, and nothing else', async () => {
  const { id } = (await upload('四.txt', '第四行')).body;
  const key = [...store.objects.keys()].find(one => one.endsWith(id)) ?? '';
  const stray = key.replace(/.{12}$/, '0'.repeat(12));
  const kept = store.objects.get(key);
  for (const one of store.objects.values()) one.changedAt -= 2 * 86_400_000;
  store.objects.set(stray, { bytes: Buffer.from('x'), changedAt: Date.now() - 2 * 86_400_000 });
  store.objects.set(`${stray}/other`, { bytes: Buffer.from('x'), changedAt: 0 });
  // A copy left in the folder by a move that was cut short.
  const [moved] = inBucket();
  const left = join(folder(), test.world.workspaceId, String(moved).slice(-2), String(moved));
  writeFileSync(left, 'copy');
  utimesSync(left, 0, 0);
  await files.sweep(test.world);
  expect(store.objects.get(key)).toBe(kept);
  expect([store.objects.has(stray), store.objects.has(`${stray}/other`)]).toEqual([false, true]);
  expect(onDisk().filter(name => name.endsWith(String(moved)))).toEqual([]);
  expect((await content(String(moved))).status).toBe(200);
});
