// Screenshots of tickets: known by their bytes, kept in the data folder under names that nobody chose.
import { mkdir, open, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Visitor } from '../http.ts';
import { atomically, moment, type World } from '../world.ts';
import { maySendPicture, type SlowDown } from './flooding.ts';
import { extensions, type PictureType, pictureType } from './rules.ts';
import * as store from './store.ts';

const mostPerTicket = 5;
/** All pictures of one workspace together. */
const mostBytes = 1_073_741_824;

const folderOf = (world: Pick<World, 'config' | 'workspaceId'>) =>
  join(world.config.dataDir, 'support', world.workspaceId);

export type Kept =
  | { kind: 'kept'; picture: { id: string; at: string; type: string; size: number } }
  | { kind: 'no-picture' | 'enough' | 'closed' }
  | SlowDown;

/** Keeps a picture for a ticket; its name and declared type are never believed. */
export async function keep(
  world: World,
  ticket: store.Ticket,
  bytes: Buffer,
  visitor: Visitor,
): Promise<Kept> {
  if (ticket.state === 'closed') return { kind: 'closed' };
  const full = await maySendPicture(world, visitor);
  if (full) return full;
  const type = pictureType(bytes);
  if (!type) return { kind: 'no-picture' };
  const file = `${world.random.bytes(24).toString('base64url')}.bin`;
  const folder = folderOf(world);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, file);
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  const kept = await atomically(world, async tx => {
    const held = await store.hold(tx, ticket.id);
    if (!held || held.state === 'closed') return { kind: 'closed' as const };
    const before = await store.pictures(tx, ticket.id);
    if (before.length >= mostPerTicket || (await store.pictureBytes(tx)) + bytes.length > mostBytes)
      return { kind: 'enough' as const };
    const picture = { id: tx.random.id(), at: moment(tx), type, size: bytes.length };
    await store.insertPicture(tx, { ticket_id: ticket.id, file, ...picture });
    return { kind: 'kept' as const, picture };
  });
  if (kept.kind !== 'kept') await unlink(path);
  return kept;
}

/** A picture of a ticket for saving: its bytes, and headers that let no browser show or run it in place. */
export async function fetch(
  world: World,
  ticket: Pick<store.Ticket, 'id' | 'number'>,
  id: string,
): Promise<{ stream: ReadableStream<Uint8Array>; type: string; headers: Record<string, string> } | null> {
  const found = (await store.pictures(world, ticket.id)).find(picture => picture.id === id);
  if (!found) return null;
  const name = `ticket-${ticket.number}-${id.slice(-4)}.${extensions[found.type as PictureType] ?? 'bin'}`;
  const file = await open(join(folderOf(world), found.file)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  // Restored without its folder, or kept by another machine.
  if (!file) return null;
  const stream = Readable.toWeb(file.createReadStream());
  return {
    stream: stream as ReadableStream<Uint8Array>,
    type: found.type,
    headers: {
      'content-disposition': `attachment; filename="${name}"`,
      'content-length': String(found.size),
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
    },
  };
}

/** Removes pictures whose tickets are gone. */
export async function removeFiles(world: World, files: string[]): Promise<void> {
  for (const file of files) await rm(join(folderOf(world), file), { force: true });
}
