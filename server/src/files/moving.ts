// Moves files between the data folder and the bucket, one by one; what is interrupted goes on where it stood.
import * as audit from '../audit/audit.ts';
import { atomically, type World } from '../world.ts';
import * as depot from './depot.ts';
import * as store from './store.ts';

export type Moved = { moved: number; bytes: number; failed: { id: string; name: string; why: string }[] };

/**
 * Moves every file that does not lie in `to` yet, those in the bin included; each is copied, checked, named there by its
 * row and only then removed here, so that it can be read all the time. Stops where the store cannot be reached.
 */
export async function move(
  world: World,
  to: depot.Place,
  tell: (soFar: Moved) => void = () => undefined,
): Promise<Moved & { away: string | null }> {
  const from = to === 'bucket' ? 'folder' : 'bucket';
  const done: Moved = { moved: 0, bytes: 0, failed: [] };
  let away: string | null = null;
  let after = '00000000-0000-0000-0000-000000000000';
  while (away === null) {
    const rows = await store.lyingIn(world, from, after, 100);
    for (const file of rows) {
      const outcome = await moveOne(world, file, to);
      if (outcome.kind === 'away') {
        away = outcome.why;
        break;
      }
      if (outcome.kind === 'moved') {
        done.moved += 1;
        done.bytes += file.size;
      } else if (outcome.kind !== 'gone')
        done.failed.push({ id: file.id, name: file.name, why: outcome.kind });
    }
    const last = rows.at(-1);
    if (rows.length > 0) tell(done);
    if (!last) break;
    after = last.id;
  }
  if (done.moved > 0)
    await audit.record(world, {
      action: 'file.move',
      by: null,
      visitor: null,
      details: { to, moved: done.moved, bytes: done.bytes, failed: done.failed.length },
    });
  return { ...done, away };
}

async function moveOne(
  world: World,
  file: store.FileRow,
  to: depot.Place,
): Promise<{ kind: 'moved' | 'gone' | 'missing' | 'damaged' | 'full' } | depot.Away> {
  const copied = await depot.copy(world, file, to);
  if (copied.kind !== 'kept') return copied;
  // With the row held, as a sweep holds it before it takes a copy for a stray.
  const outcome = await atomically(world, async tx => {
    const row = await store.hold(tx, file.id);
    if (!row) return { kind: 'gone' as const };
    if (row.place === to) return { kind: 'moved' as const };
    const there = await depot.isThere(tx, to, file);
    if (there !== true) return there || { kind: 'damaged' as const };
    await store.put(tx, file.id, to);
    return { kind: 'moved' as const };
  });
  // What was removed meanwhile needs no copy.
  if (outcome.kind === 'gone') await depot.discard(world, to, file.id);
  if (outcome.kind === 'moved') await depot.discard(world, file.place, file.id);
  return outcome;
}
