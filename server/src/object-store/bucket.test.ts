// The bucket against a store that checks real signatures: what is put is there whole, and a fault is never "missing".
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bucket, openBucket } from './bucket.ts';
import { openStore, signatureOf } from './s3.fixture.ts';
import { readBucketSettings } from './settings.ts';

const account = {
  keyId: 'AKIAEXAMPLE',
  secret: 'se/cret+With=signs',
  region: 'cn-north-1',
  bucket: 'crm-files',
};
let store: Awaited<ReturnType<typeof openStore>>;
let bucket: Bucket;
const settings = (more: object = {}) => {
  const read = readBucketSettings({
    LATCHKEY_S3_BUCKET: account.bucket,
    LATCHKEY_S3_ENDPOINT: store.endpoint,
    LATCHKEY_S3_REGION: account.region,
    LATCHKEY_S3_KEY_ID: account.keyId,
    LATCHKEY_S3_SECRET: account.secret,
    LATCHKEY_S3_PATH_STYLE: 'true',
    ...more,
  });
  if (read.kind === 'faulty' || !read.settings) throw new Error('the settings of the test are wrong');
  return read.settings;
};

beforeAll(async () => {
  store = await openStore(account, 2);
  bucket = openBucket(settings());
});
afterAll(() => store.close());

const about = (text: string) => ({
  sha256: createHash('sha256').update(text).digest('hex'),
  type: 'text/plain',
});
const put = (key: string, text: string) => bucket.put(key, new Blob([text]), about(text));

it('checks signatures as Amazon documents them, in this test', () => {
  const example = {
    keyId: 'AKIAIOSFODNN7EXAMPLE',
    secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
    bucket: 'examplebucket',
  };
  const headers = {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'x-amz-date': '20130524T000000Z',
  };
  expect(signatureOf(example, { method: 'GET', url: '/test.txt', headers }, Object.keys(headers))).toBe(
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  );
});

it('puts objects whole, reads, lists page by page and removes them', async () => {
  for (const key of ['a/1', 'a/2', 'a/合同 (1).pdf', 'b/1'])
    expect(await put(key, `bytes of ${key}`)).toEqual({ kind: 'put' });
  expect(store.refusals).toEqual([]);
  const got = await bucket.get('a/2');
  expect(got.kind === 'got' && (await new Response(got.bytes).text())).toBe('bytes of a/2');
  expect(await bucket.look('a/1')).toEqual({ kind: 'there', size: 12 });
  const first = await bucket.list('a/', null);
  const second = first.kind === 'page' ? await bucket.list('a/', first.next) : first;
  const keys = [first, second].map(page => page.kind === 'page' && page.items.map(item => item.key));
  expect(keys).toEqual([['a/1', 'a/2'], ['a/合同 (1).pdf']]);
  expect(second).toMatchObject({ next: null, items: [{ changedAt: expect.any(Number) }] });
  expect([await bucket.remove('a/1'), await bucket.remove('a/1')]).toEqual([
    { kind: 'removed' },
    { kind: 'removed' },
  ]);
  expect([await bucket.get('a/1'), await bucket.look('a/1')]).toEqual([
    { kind: 'missing' },
    { kind: 'missing' },
  ]);
});

it('keeps nothing whose bytes are other than was said, and takes no fault for an empty place', async () => {
  expect(await bucket.put('x', new Blob(['other']), about('bytes'))).toEqual({ kind: 'damaged' });
  expect([store.objects.has('x'), store.refusals.pop()]).toEqual([false, 'XAmzContentSHA256Mismatch']);
  store.plans.push(500, 'hang up', 503, 507);
  expect(await put('x', 'y')).toMatchObject({ kind: 'away', why: /^500/ });
  expect((await bucket.get('a/2')).kind).toBe('away');
  expect((await bucket.list('', null)).kind).toBe('away');
  expect((await put('x', 'y')).kind).toBe('full');
  const stranger = openBucket({ ...settings(), secret: 'wrong' });
  expect(await stranger.get('a/2')).toMatchObject({ kind: 'away', why: /SignatureDoesNotMatch/ });
  const nowhere = openBucket({ ...settings(), address: `${store.endpoint}/no-such-bucket` });
  expect((await nowhere.get('a/2')).kind).toBe('away');
});

it('reads its settings, and says which do not go together', () => {
  expect(readBucketSettings({})).toEqual({ kind: 'ok', settings: null });
  const usual = { LATCHKEY_S3_ENDPOINT: undefined, LATCHKEY_S3_PATH_STYLE: undefined };
  expect(settings(usual).address).toBe('https://crm-files.s3.cn-north-1.amazonaws.com');
  expect(readBucketSettings({ LATCHKEY_S3_BUCKET: 'No', LATCHKEY_S3_ENDPOINT: 'https://s3/path' })).toEqual({
    kind: 'faulty',
    keys: ['LATCHKEY_S3_BUCKET', 'LATCHKEY_S3_ENDPOINT', 'LATCHKEY_S3_KEY_ID', 'LATCHKEY_S3_SECRET'],
  });
});
