// Where the bytes of files lie: below the data folder or in a bucket. Whole, checked as they come and as they go.
import { createHash } from 'node:crypto';
import { type Bucket, openBucket } from '../object-store/bucket.ts';
import type { World } from '../world.ts';
import * as disk from './disk.ts';

export type Place = 'folder' | 'bucket';
type Bytes = ReadableStream<Uint8Array>;
/** Said to the log, not to people. */
export type Away = { kind: 'away'; why: string };

const buckets = new WeakMap<object, Bucket>();

function bucketOf(world: World): Bucket | undefined {
  const settings = world.config.bucket;
  if (!settings) return undefined;
  const known = buckets.get(settings);
  if (known) return known;
  const opened = openBucket(settings);
  buckets.set(settings, opened);
  return opened;
}

const unset: Away = { kind: 'away', why: 'the LATCHKEY_S3_… settings of its bucket are gone' };
const prefixOf = (world: World) => `files/${world.workspaceId}/`;
const keyOf = (world: World, id: string) => `${prefixOf(world)}${id}`;

/** Where new files go. */
export const placeNow = (world: World): Place => (world.config.bucket ? 'bucket' : 'folder');

type Print = { id: string; sha256: string; type: string; size: number };

/** Keeps what was received in such a place; nothing is left aside of it. */
export async function settle(
  world: World,
  place: Place,
  file: Print,
): Promise<{ kind: 'kept' } | { kind: 'full' | 'damaged' } | Away> {
  if (place === 'folder') {
    await disk.settle(world, file.id);
    return { kind: 'kept' };
  }
  try {
    return await put(world, file, await disk.received(world, file.id));
  } finally {
    await disk.forget(world, file.id);
  }
}

async function put(
  world: World,
  file: Print,
  body: Blob,
): Promise<{ kind: 'kept' } | { kind: 'full' | 'damaged' } | Away> {
  const bucket = bucketOf(world);
  if (!bucket) return unset;
  const outcome = await bucket.put(keyOf(world, file.id), body, file);
  return outcome.kind === 'put' ? { kind: 'kept' } : outcome;
}

/** The bytes of a file; the stream breaks off before its end where they are not those that were kept. */
export async function read(
  world: World,
  file: Print & { place: Place },
): Promise<{ kind: 'got'; bytes: Bytes } | { kind: 'missing' } | Away> {
  if (file.place === 'folder') {
    const bytes = await disk.read(world, file.id);
    return bytes ? { kind: 'got', bytes: bytes.pipeThrough(checked(file)) } : { kind: 'missing' };
  }
  const bucket = bucketOf(world);
  if (!bucket) return unset;
  const got = await bucket.get(keyOf(world, file.id));
  return got.kind === 'got' ? { kind: 'got', bytes: got.bytes.pipeThrough(checked(file)) } : got;
}

/** Lets bytes through, the last of them only once all are known to be right. */
function checked(file: Print): TransformStream<Uint8Array, Uint8Array> {
  const hash = createHash('sha256');
  let held: Uint8Array | null = null;
  return new TransformStream({
    transform(chunk, out) {
      hash.update(chunk);
      if (held) out.enqueue(held);
      held = chunk;
    },
    flush(out) {
      if (hash.digest('hex') !== file.sha256) return out.error(new Error(`file ${file.id} is damaged`));
      if (held) out.enqueue(held);
    },
  });
}

/** Whether the place of new files can be used now: the bucket answers, and takes the key. */
export async function check(world: World): Promise<{ kind: 'ok' } | Away> {
  const seen = await bucketOf(world)?.list(prefixOf(world), null);
  return seen?.kind === 'away' ? seen : { kind: 'ok' };
}

/** Removes bytes that no row names any more; what cannot be reached now goes with a later sweep. */
export async function discard(world: World, place: Place, id: string): Promise<void> {
  if (place === 'folder') return disk.discard(world, id);
  const outcome = (await bucketOf(world)?.remove(keyOf(world, id))) ?? unset;
  if (outcome.kind === 'away') world.log.warn({ file: id, why: outcome.why }, 'a file is left in the bucket');
}

/** Whether bytes of that size lie there now. */
export async function isThere(world: World, place: Place, file: Print): Promise<boolean | Away> {
  if (place === 'folder') return (await disk.sizeOf(world, file.id)) === file.size;
  const seen = (await bucketOf(world)?.look(keyOf(world, file.id))) ?? unset;
  return seen.kind === 'away' ? seen : seen.kind === 'there' && seen.size === file.size;
}

/** Copies a file's bytes to the other place, checked by their hash. */
export async function copy(
  world: World,
  file: Print & { place: Place },
  to: Place,
): Promise<{ kind: 'kept' } | { kind: 'missing' | 'damaged' | 'full' } | Away> {
  if (to === 'bucket') {
    const body = await disk.kept(world, file.id);
    if (!body) return { kind: 'missing' };
    // The store refuses what does not have the hash that is told it.
    if (body.size !== file.size) return { kind: 'damaged' };
    return put(world, file, body);
  }
  const got = await read(world, file);
  if (got.kind !== 'got') return got;
  try {
    const received = await disk.receive(world, file.id, got.bytes, file.size);
    if (received.kind === 'full') return { kind: 'full' };
    if (received.kind !== 'received') return { kind: 'damaged' };
  } catch (error) {
    return { kind: 'away', why: (error as Error).message };
  }
  return settle(world, 'folder', file);
}

const staleMs = 24 * 3_600_000;

/** What has lain in either place for a day or longer, as far as it looks like a file: told by its id. */
export async function* old(world: World): AsyncGenerator<{ id: string; place: Place }> {
  for await (const id of disk.old(world, staleMs)) yield { id, place: 'folder' };
  const bucket = bucketOf(world);
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<Bucket['list']>> | undefined = await bucket?.list(prefixOf(world), after);
    if (page?.kind === 'away') world.log.warn({ why: page.why }, 'the bucket could not be looked through');
    if (page?.kind !== 'page') return;
    for (const { key, changedAt } of page.items) {
      const id = key.slice(prefixOf(world).length);
      if (isId.test(id) && changedAt < Date.now() - staleMs) yield { id, place: 'bucket' };
    }
    after = page.next;
  } while (after !== null);
}

const isId = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
