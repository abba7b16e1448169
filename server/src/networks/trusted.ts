// Trusted networks: ranges from which people count as familiar, with a reason and an end; they end by themselves.
import { BlockList } from 'node:net';
import { memory } from '../memory.ts';
import { moment, type World } from '../world.ts';
import { type Range, readRange } from './ranges.ts';
import * as store from './store.ts';

type Watched = { id: string; endsAt: string; personId: string | null; list: BlockList };
type Trusted = { any: BlockList; each: Watched[] };

const remembered = memory<Trusted>(signal =>
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

async function read(world: World): Promise<Trusted> {
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
