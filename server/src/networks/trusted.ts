// Trusted networks: ranges from which people count as familiar, with a reason and an end; they end by themselves.
import { BlockList } from 'node:net';
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import { memory } from '../memory.ts';
import { announce } from '../signals.ts';
import * as staff from '../staff/staff.ts';
import { atomically, moment, type World } from '../world.ts';
import { holds, type Range, readRange, writeRange } from './ranges.ts';
import { readTrusted, TRUSTED_AT_MOST } from './rules.ts';
import * as store from './store.ts';

type Watched = { id: string; endsAt: string; personId: string | null; list: BlockList };
type Remembered = { any: BlockList; each: Watched[] };

const remembered = memory<Remembered>(signal =>
  signal.kind === 'workspace-changed' ? [signal.workspaceId] : null,
);

const family = (range: Range) => (range.family === 4 ? 'ipv4' : 'ipv6');

/** The trusted network that this person comes from, if any; asked of memory, not of the database. */
export async function trustedFor(
  world: World,
  personId: string,
  address: string,
): Promise<{ id: string; endsAt: string } | null> {
  const { any, each } = await remembered(world, world.workspaceId, () => read(world));
  if (each.length === 0) return null;
  const range = readRange(address);
  const [plain = ''] = address.split('/');
  if (!range || !any.check(plain, family(range))) return null;
  const now = world.now();
  const found = each.find(
    one =>
      (one.personId === null || one.personId === personId) &&
      Date.parse(one.endsAt) > now &&
      one.list.check(plain, family(range)),
  );
  return found ? { id: found.id, endsAt: found.endsAt } : null;
}

/** Whether anybody at all is trusted at this address; from memory. */
export async function trustsSomebody(world: World, address: string): Promise<boolean> {
  const { any, each } = await remembered(world, world.workspaceId, () => read(world));
  if (each.length === 0) return false;
  const range = readRange(address);
  const [plain = ''] = address.split('/');
  return range !== null && any.check(plain, family(range));
}

async function read(world: World): Promise<Remembered> {
  const any = new BlockList();
  const rows = await store.standingTrusted(world, moment(world));
  const each = rows.flatMap(row => {
    const range = readRange(row.range);
    if (!range) return [];
    const list = new BlockList();
    const [address = ''] = row.range.split('/');
    for (const one of [any, list]) one.addSubnet(address, range.bits, family(range));
    return [{ id: row.id, endsAt: row.ends_at, personId: row.person_id, list }];
  });
  return { any, each };
}

/** So many at most at a time; more is a rule of its own, not an exception. */
const most = 200;

export type Wanted = { cidr: string; personId?: string | null | undefined };
type By = { me: Me; visitor: Visitor };

/** What trusting a range would amount to, without doing it. */
export async function consider(world: World, { cidr, personId = null }: Wanted) {
  const read = readTrusted(cidr);
  if (read.kind !== 'ok') return { kind: read.kind };
  const standing = await store.standingTrusted(world, moment(world));
  const overlaps = standing.filter(row => {
    const other = readRange(row.range);
    const meets = other && (holds(other, read.range) || holds(read.range, other));
    return meets && (row.person_id === null || personId === null || row.person_id === personId);
  });
  return {
    kind: 'ok' as const,
    range: read.range,
    cidr: writeRange(read.range),
    cautions: read.cautions,
    overlaps: overlaps.map(row => row.range),
    standing: standing.length,
  };
}

/** Trusts a range until a moment at most 366 days away: for one person, or for everybody. */
export async function trust(world: World, input: Wanted & { reason: string; endsAt: string }, by: By) {
  const considered = await consider(world, input);
  if (considered.kind !== 'ok') return considered;
  const length = Date.parse(input.endsAt) - world.now();
  if (length <= 0) return { kind: 'past' as const };
  if (length > TRUSTED_AT_MOST) return { kind: 'too-long' as const };
  if (considered.standing >= most) return { kind: 'too-many' as const };
  const personId = input.personId ?? null;
  if (personId && !(await staff.byId(world, personId))) return { kind: 'no-such-person' as const };
  const row = {
    workspace_id: world.workspaceId,
    id: world.random.id(),
    range: considered.cidr,
    person_id: personId,
    reason: input.reason,
    ends_at: input.endsAt,
    created_at: moment(world),
    created_by: by.me.id,
  };
  return atomically(world, async tx => {
    await store.insertTrusted(tx, row);
    await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
    await audit.record(tx, {
      action: 'network.trust',
      by: by.me,
      visitor: by.visitor,
      object: objectOf(row),
      after: { name: row.range, person: personId, reason: row.reason, endsAt: row.ends_at },
      details: { network: row.id },
    });
    return { kind: 'trusted' as const, id: row.id, considered };
  });
}

/** Trusts a range no longer; it holds on every process within a second. */
export async function distrust(world: World, input: { id: string; reason: string }, by: By) {
  return atomically(world, async tx => {
    const row = await store.trustedById(tx, input.id);
    if (!row) return { kind: 'not-found' as const };
    const ending = { at: moment(tx), by: by.me.id, why: input.reason };
    if (!(await store.endTrusted(tx, input.id, ending))) return { kind: 'over' as const };
    await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
    await audit.record(tx, {
      action: 'network.distrust',
      by: by.me,
      visitor: by.visitor,
      object: objectOf(row),
      before: { name: row.range, person: row.person_id, reason: row.reason, endsAt: row.ends_at },
      details: { network: row.id, why: input.reason },
    });
    return { kind: 'distrusted' as const };
  });
}

/** The person concerned finds it in his own history. */
function objectOf(row: { id: string; person_id?: string | null }) {
  return row.person_id ? { type: 'person', id: row.person_id } : { type: 'network', id: row.id };
}

export type Trusted = store.TrustedRow;

/** Trusted networks, newest first: all, or those that stand, or those that are over. */
export async function list(
  world: World,
  input: { limit: number; after?: string | undefined; standing?: boolean | undefined },
): Promise<Trusted[]> {
  return store.listTrusted(world, { ...input, at: moment(world) });
}

/** One of them; undefined when there is none by that id. */
export const byId = store.trustedById;

/** Those that hold now and are meant for this person alone. */
export async function meantFor(world: World, personId: string): Promise<Trusted[]> {
  const rows = await store.standingTrusted(world, moment(world));
  return rows.filter(row => row.person_id === personId);
}

/** Whether it still counts. */
export function stands(row: Trusted, now: number): boolean {
  return row.ended_at === null && Date.parse(row.ends_at) > now;
}
