// The bytes of files below the data folder: whole or not there at all.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { World } from '../world.ts';
import { headBytes } from './rules.ts';

const folderOf = (world: World) => join(world.config.dataDir, 'files', world.workspaceId);

// By the last characters of the id, which are random, so that no folder grows without end.
const pathOf = (world: World, id: string) => join(folderOf(world), id.slice(-2), id);

export type Received =
  | { kind: 'received'; size: number; sha256: string; head: Buffer }
  | { kind: 'too-large' }
  | { kind: 'empty' | 'full' };

/** Writes a request's body to the disk for good; nothing is left of one that is too large or breaks off. */
export async function receive(
  world: World,
  id: string,
  body: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<Received> {
  if (!body) return { kind: 'empty' };
  const path = pathOf(world, id);
  const part = `${path}.part`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const written = await write(part, body, most);
    if (written.kind !== 'received') return written;
    await rename(part, path);
    const folder = await open(dirname(path), 'r');
    await folder.sync().finally(() => folder.close());
    return written;
  } catch (error) {
    if (isFull(error)) return { kind: 'full' };
    throw error;
  } finally {
    await rm(part, { force: true });
  }
}

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

export async function discard(world: World, id: string): Promise<void> {
  await rm(pathOf(world, id), { force: true });
}

const staleMs = 24 * 3_600_000;

/** Files on the disk for a day or longer that no row knows: a process died before it could write one. */
export async function* strays(world: World): AsyncGenerator<{ id: string; path: string }> {
  const folders = await readdir(folderOf(world)).catch(() => []);
  for (const folder of folders)
    for (const name of await readdir(join(folderOf(world), folder)).catch(() => [])) {
      const path = join(folderOf(world), folder, name);
      const there = await stat(path).catch(() => null);
      if (there && there.mtimeMs < Date.now() - staleMs) yield { id: name.replace(/\.part$/, ''), path };
    }
}

export const remove = (path: string) => rm(path, { force: true });
