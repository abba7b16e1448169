// First steps (开始使用): what a new workspace has done already, and sample records that come and go in one step.
import * as activities from '../activities/activities.ts';
import * as audit from '../audit/audit.ts';
import * as contacts from '../contacts/contacts.ts';
import * as customers from '../customers/customers.ts';
import * as deals from '../deals/deals.ts';
import type { Me, Visitor } from '../http.ts';
import * as leads from '../leads/leads.ts';
import * as orders from '../orders/orders.ts';
import * as products from '../products/products.ts';
import type { By } from '../records/records.ts';
import * as tasks from '../tasks/tasks.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, moment, type World } from '../world.ts';
import { tied } from './rules.ts';
import { fill } from './sample.ts';
import * as store from './store.ts';

export type Hand = { me: Me; visitor: Visitor };
export type { Sampled } from './store.ts';

/** How far the workspace has come, and whether this person has put the steps away. */
export async function standing(world: World, me: Me) {
  const [has, records, closed] = [
    await store.entered(world),
    await store.sampled(world),
    await store.isClosed(world, me.id),
  ];
  return {
    closed,
    customers: has.customers,
    deals: has.deals,
    empty: !has.anything && records.length === 0,
    sample: records.length > 0 ? records.length : null,
  };
}

/** Puts the steps away for one person, or takes them out again. */
export async function close(world: World, me: Me, closed: boolean): Promise<void> {
  await store.setClosed(world, me.id, closed ? moment(world) : null);
}

/** What there is of the sample, and what of it is no longer as it was made or is in use by something else. */
export async function sample(world: World): Promise<{ records: number; changed: store.Sampled[] }> {
  const records = await store.sampled(world);
  return { records: records.length, changed: tied(records) };
}

export type AddOutcome = { kind: 'added'; records: number } | { kind: 'not-empty' };

/** Adds the sample, in the language of the workspace, to one in which nothing has been entered. */
export async function addSample(world: World, hand: Hand): Promise<AddOutcome> {
  return atomically(world, async tx => {
    await store.takeTurn(tx);
    if (!(await standing(tx, hand.me)).empty) return { kind: 'not-empty' };
    const workspace = await workspaces.find(tx);
    const made = await fill(tx, workspace?.language === 'zh-CN' ? 'zh-CN' : 'en', byOf(hand));
    await store.keep(tx, made);
    await audit.record(tx, entryOf(tx, 'sample.add', hand, { records: made.length }));
    return { kind: 'added', records: made.length };
  });
}

const byOf = ({ me, visitor }: Hand): By => ({ me, visitor, reach: 'all' });

const entryOf = (world: World, action: string, { me, visitor }: Hand, details: Record<string, unknown>) => ({
  action,
  by: me,
  visitor,
  object: { type: 'workspace', id: world.workspaceId },
  details,
});

type Bin = (
  tx: World,
  input: { id: string; version: null; deleted: true },
  by: By,
) => Promise<{ kind: string }>;

// What belongs to something goes before it, so that each has an entry of its own.
const bins: [object: store.Sampled['object'], bin: Bin][] = [
  ['task', tasks.bin],
  ['order', orders.bin],
  ['deal', deals.bin],
  ['activity', activities.bin],
  ['lead', leads.bin],
  ['contact', contacts.bin],
  ['customer', customers.bin],
  ['product', products.bin],
];

/** Puts the sample into the bin, and nothing else. What was changed since goes as well, or stays and is no sample. */
export async function removeSample(
  world: World,
  changed: 'keep' | 'remove',
  hand: Hand,
): Promise<{ removed: number; kept: number }> {
  return atomically(world, async tx => {
    await store.takeTurn(tx);
    const records = await store.sampled(tx);
    // What others have hung on a record stays with it: removing the one would take the other along.
    const staying = new Set(tied(records, changed === 'keep' ? 'all' : 'used').map(one => one.id));
    for (const [object, bin] of bins)
      for (const one of records)
        if (one.object === object && !staying.has(one.id))
          await bin(tx, { id: one.id, version: null, deleted: true }, byOf(hand));
    await store.forget(tx);
    const counts = { removed: records.length - staying.size, kept: staying.size };
    if (records.length > 0) await audit.record(tx, entryOf(tx, 'sample.remove', hand, counts));
    return counts;
  });
}
