// Intake (客户信息接收): what comes in is kept first and understood afterwards; nothing is dropped in silence (E4).
import { createHash } from 'node:crypto';
import * as audit from '../audit/audit.ts';
import type { By } from '../customers/customers.ts';
import { fenceOf } from '../db/fence.ts';
import { paged, placeOf } from '../db/keyset.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import type { Key } from './keys.ts';
import { parameterOf } from './reading.ts';
import * as store from './store.ts';

export { accept, reject } from './handling.ts';
export * as keys from './keys.ts';
export { work } from './sorting.ts';

export type Entry = store.EntryRow;

/** How many entries one key takes in a minute. */
export const perMinute = 120;
const minute = 60_000;
const day = 86_400_000;

export type Received =
  | { kind: 'kept'; receipt: string }
  | { kind: 'slow-down'; seconds: number }
  | { kind: 'no-such-key' };

/**
 * Keeps a body under a key and queues the job that makes a customer of it, in one transaction: the receipt exists if
 * and only if both do. The same body within 24 hours has the same receipt, also when both come at once.
 */
export async function receive(
  world: World,
  input: { key: Key; body: Buffer; contentType: string; visitor: NonNullable<By['visitor']> },
): Promise<Received> {
  const { key, body, contentType, visitor } = input;
  const fingerprint = fingerprintOf(body, contentType);
  return atomically(world, async tx => {
    if (!(await store.holdKey(tx, key.id))) return { kind: 'no-such-key' };
    const now = tx.now();
    const twin = await store.twin(tx, key.id, fingerprint);
    if (twin && now - Date.parse(twin.at) < day) return { kind: 'kept', receipt: twin.id };
    const full = await store.latestButFew(tx, key.id, iso(now - minute), perMinute);
    if (full) {
      await store.countTurnedAway(tx, key.id);
      return {
        kind: 'slow-down',
        seconds: Math.max(1, Math.ceil((Date.parse(full) + minute - now) / 1_000)),
      };
    }
    if (twin) await store.forgetFingerprint(tx, twin.id);
    const id = tx.random.id();
    const at = moment(tx);
    await store.insertEntry(tx, {
      id,
      key_id: key.id,
      at,
      address: visitor.address,
      content_type: contentType.slice(0, 300),
      raw: body,
      fingerprint,
    });
    await store.countReceived(tx, key.id, at);
    await audit.record(tx, {
      action: 'intake.receive',
      by: { id: key.id, name: key.name },
      visitor,
      object: { type: 'intake', id },
    });
    await tx.jobs.send(tx, 'intake', { id });
    return { kind: 'kept', receipt: id };
  });
}

/** What tells two bodies apart; browsers mark the parts of the same form anew each time they send it. */
function fingerprintOf(body: Buffer, contentType: string): Buffer {
  const boundary = parameterOf(contentType, 'boundary');
  const hash = createHash('sha256').update(`${contentType.split(';', 1)[0]?.trim().toLowerCase()}\n`);
  if (!boundary) return hash.update(body).digest();
  return hash.update(body.toString('latin1').replaceAll(boundary, ''), 'latin1').digest();
}

/** One page of what came in within reach, newest first. */
export async function list(
  world: World,
  input: { wanted: store.Wanted; after?: string | undefined; limit: number },
  by: By,
): Promise<{ kind: 'page'; items: Entry[]; next: string | null } | { kind: 'bad-cursor' }> {
  const place = input.after === undefined ? null : placeOf(store.newestFirst, input.after);
  if (input.after !== undefined && !place) return { kind: 'bad-cursor' };
  const fence = fenceOf(by.me, by.reach);
  const rows = await store.list(world, fence, { wanted: input.wanted, place, limit: input.limit + 1 });
  const page = paged(store.newestFirst, rows, input.limit);
  return { kind: 'page', items: page.rows, next: page.next };
}

/** One entry within reach with its body. */
export async function byId(
  world: World,
  id: string,
  by: By,
): Promise<{ entry: Entry; raw: Buffer } | undefined> {
  const entry = await store.entryById(world, fenceOf(by.me, by.reach), id, { lock: false });
  return entry && { entry, raw: await store.rawOf(world, id) };
}
