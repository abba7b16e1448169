// The bytes of files below the data folder: received aside first, then kept whole or not at all.
import { createHash } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { World } from '../world.ts';
import { headBytes } from './rules.ts';

const folderOf = (world: World) => join(world.config.dataDir, 'files', world.workspaceId);

// By the last characters of the id, which are random, so that no folder grows without end.
const pathOf = (world: World, id: string) => join(folderOf(world), id.slice(-2), id);
const partOf = (world: World, id: string) => `${pathOf(world, id)}.part`;

export type Received =
  | { kind: 'received'; size: number; sha256: string; head: Buffer }
  | { kind: 'too-large' }
  | { kind: 'empty' | 'full' };

/** Writes bytes aside, to the disk for good; nothing is left of what is too large or breaks off. */
export async function receive(
  world: World,
  id: string,
  body: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<Received> {
  if (!body) return { kind: 'empty' };
  const part = partOf(world, id);
  let kept = false;
  try {
    await mkdir(dirname(part), { recursive: true, mode: 0o700 });
    const written = await write(part, body, most);
    kept = written.kind === 'received';
    return written;
  } catch (error) {
    if (isFull(error)) return { kind: 'full' };
    throw error;
  } finally {
    if (!kept) await rm(part, { force: true });
  }
}

/** Gives what was received its place in the folder. */
export async function settle(world: World, id: string): Promise<void> {
  const path = pathOf(world, id);
  await rename(partOf(world, id), path);
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
}

/** What was received, or what lies in its place, to be sent elsewhere without being held in memory. */
export const received = (world: World, id: string) => openAsBlob(partOf(world, id));
export const kept = (world: World, id: string) => openAsBlob(pathOf(world, id)).catch(() => undefined);
export const forget = (world: World, id: string) => rm(partOf(world, id), { force: true });

async function write(path: string, body: ReadableStream<Uint8Array>, most: number): Promise<Received> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o600);
  let size = 0;
  let head = Buffer.alloc(0);
  try {
    for await (const chunk of body) {
      size += chunk.byteLength;
      if (size > most) return { kind: 'too-large' };
      if (head.length < headBytes) head = Buffer.concat([head, chunk]).subarray(0, headBytes);
      hash.update(chunk);
      for (let at = 0; at < chunk.byteLength; )
        at += (await file.write(chunk, at, chunk.byteLength - at)).bytesWritten;
    }
    if (size === 0) return { kind: 'empty' };
    await file.sync();
    return { kind: 'received', size, sha256: hash.digest('hex'), head };
  } finally {
    await file.close();
  }
}

/** Whether a disk, or somebody's share of it, is full. */
export function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** The bytes of a file as they are read; undefined where they are gone. */
export async function read(world: World, id: string): Promise<ReadableStream<Uint8Array> | undefined> {
  const path = pathOf(world, id);
  const there = await stat(path).catch(() => null);
  return there ? (Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>) : undefined;
}

/** What room is left on the disk, in bytes. */
export async function free(world: World): Promise<number> {
  const { bavail, bsize } = await statfs(world.config.dataDir);
  return bavail * bsize;
}

/** How large a file is that lies in its place; undefined where it is gone. */
export async function sizeOf(world: World, id: string): Promise<number | undefined> {
  return (await stat(pathOf(world, id)).catch(() => null))?.size;
}

export async function discard(world: World, id: string): Promise<void> {
  await rm(pathOf(world, id), { force: true });
}

/** Ids of what has lain there for so long; what was only ever received is removed on the way. */
export async function* old(world: World, forMs: number): AsyncGenerator<string> {
  const folders = await readdir(folderOf(world)).catch(() => []);
  for (const folder of folders)
    for (const name of await readdir(join(folderOf(world), folder)).catch(() => [])) {
      const path = join(folderOf(world), folder, name);
      const there = await stat(path).catch(() => null);
      if (!there || there.mtimeMs >= Date.now() - forMs) continue;
      if (name.endsWith('.part')) await rm(path, { force: true });
      else yield name;
    }
}
