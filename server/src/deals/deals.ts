// Deals: what is to be sold to whom, how far it has come, and who moved it there.
import * as contacts from '../contacts/contacts.ts';
import * as customFields from '../custom-fields/custom-fields.ts';
import * as customers from '../customers/customers.ts';
import { rekey as again } from '../db/rekeying.ts';
import { askedTitle, markOf } from '../folding.ts';
import { may } from '../permissions.ts';
import type { By, Kind, PageOutcome } from '../records/records.ts';
import * as records from '../records/records.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { keysOf } from './keys.ts';
import * as pipelines from './pipelines.ts';
import { holdStage } from './pipelines-store.ts';
import { isOffered } from './reasons.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

export { all as pipelinesOf, type Pipeline } from './pipelines.ts';
export { all as reasonsOf, wordsFor as reasonWords } from './reasons.ts';
export { whileStanding } from './standing.ts';
export { waiting } from './waiting.ts';
export type Deal = store.DealRow;

/** Deals, as the kind of record that they are. */
export const deals: Kind<Deal> = { object: 'deal', shape: store.shape, nameOf: row => row.title };

const day = 86_400_000;

/** The window of the funnel: what was asked for, or the last ninety days. */
export function windowOf(world: World, input: { from?: string | undefined; to?: string | undefined }) {
  const to = input.to ? new Date(input.to).toISOString() : moment(world);
  const from = input.from ? new Date(input.from).toISOString() : iso(Date.parse(to) - 90 * day);
  return { from, to };
}

const longestWindow = 3_660 * day;

/** Why no sums are reckoned over a window; null where they are. */
export function windowFault({ from, to }: { from: string; to: string }): string | null {
  const length = Date.parse(to) - Date.parse(from);
  if (length < 0) return 'lies after its end';
  return length > longestWindow ? 'spans more than ten years' : null;
}

/** One page within reach; `after` is the cursor of the page before. */
export async function list(
  world: World,
  input: { filters: rules.DealFilters } & records.Paging,
  by: By,
): Promise<PageOutcome<Deal> | { kind: 'bad-moved' }> {
  const {
    q,
    owner,
    custom,
    moved,
    movedStage,
    from,
    to,
    stage,
    pipeline,
    customer,
    state,
    deleted,
    ...rest
  } = input.filters;
  if (Boolean(moved) !== Boolean(movedStage)) return { kind: 'bad-moved' };
  const conditions: store.Conditions = {
    ...rest,
    texts: q ? askedTitle(markOf(world.workspaceId), q) : undefined,
    stageId: stage,
    pipelineId: pipeline,
    customerId: customer,
    kind: state,
    ownerId: ownerIn(owner, by),
    moved:
      moved && movedStage
        ? { kind: moved, stageId: movedStage, ...windowOf(world, { from, to }) }
        : undefined,
    deleted: deleted === 'true',
  };
  const { filters: _, ...page } = input;
  const keyed = conditions.texts && { table: 'deal_keys' as const, ways: conditions.texts.ways };
  const asked = { ...page, deleted: conditions.deleted, keyed, custom };
  const particular = store.isParticular(conditions);
  return records.page(
    world,
    deals,
    { ...asked, conditions: store.filtered(world, conditions), particular },
    by,
  );
}

/** An owner as filters name one: an id, `me`, or `none`. */
export function ownerIn(owner: string | undefined, by: By): string | null | undefined {
  return owner === 'me' ? by.me.id : owner === 'none' ? null : owner;
}

/** One within reach that is not in the bin. */
export async function byId(world: World, id: string, by: By): Promise<Deal | undefined> {
  return records.find(world, deals, id, by);
}

type Wrong =
  | { kind: 'no-such-customer' | 'no-such-contact' | 'no-such-stage' | 'not-allowed' | 'no-such-owner' }
  | { kind: 'fields-missing'; fields: rules.RequiredField[] }
  | customFields.WrongCustom;

const reading = (by: By, object: 'customer' | 'contact'): By => ({
  ...by,
  reach: may(by.me, 'read', object),
});

type Linked = { columns: Partial<store.DealFields>; links: rules.Links };

/** The customer, contact and owner that an input names, as far as it names any; `row` is what there is. */
async function linksIn(
  world: World,
  input: rules.DealPatch,
  row: Deal | null,
  by: By,
): Promise<({ kind: 'linked' } & Linked) | Wrong> {
  const linked: Linked = { columns: {}, links: {} };
  const customerId = input.customerId ?? row?.customer_id ?? '';
  if (customerId !== row?.customer_id) {
    // Held: it cannot go into the bin before what is new with it is there to go along.
    const customer = await customers.lock(world, customerId, reading(by, 'customer'));
    if (!customer) return { kind: 'no-such-customer' };
    linked.columns.customer_id = customer.id;
    linked.links.customer = { id: customer.id, name: customer.name };
  }
  // A contact belongs to one customer: it does not follow the deal to another.
  const contactId = input.contactId === undefined && linked.links.customer ? null : input.contactId;
  if (contactId) {
    const contact = await contacts.byId(world, contactId, reading(by, 'contact'));
    if (contact?.customer_id !== customerId) return { kind: 'no-such-contact' };
    linked.links.contact = { id: contact.id, name: contact.name };
  } else if (contactId === null) linked.links.contact = null;
  if (linked.links.contact !== undefined) linked.columns.contact_id = linked.links.contact?.id ?? null;
  if (row && input.ownerId === undefined) return { kind: 'linked', ...linked };
  const settled = await customers.settleOwner(world, input.ownerId, by);
  if (settled.kind !== 'owner') return settled;
  const { id, name, teamId } = settled.owner;
  linked.columns.owner_id = id;
  linked.columns.team_id = teamId;
  linked.links.owner = id === null ? null : { id, name };
  return { kind: 'linked', ...linked };
}

const blank = {
  contact_id: null,
  amount: 0,
  currency: 'CNY',
  probability: null,
  expected_on: null,
  source: null,
  lost_reason: null,
  lost_remark: null,
  won_reason: null,
  next_step: null,
  owner_id: null,
  team_id: null,
} as const;

/** Adds a deal at an open stage: the one named, or the first of the default pipeline. */
export async function add(
  world: World,
  input: rules.NewDeal,
  by: By,
): Promise<{ kind: 'added'; deal: Deal } | Wrong> {
  const { stageId, ...fields } = input;
  const first = (await pipelines.all(world))[0]?.stages.find(stage => stage.kind === 'open')?.id;
  return atomically(world, async tx => {
    const stage = await holdStage(tx, stageId ?? first ?? '');
    if (stage?.kind !== 'open') return { kind: 'no-such-stage' };
    const linked = await linksIn(tx, fields, null, by);
    if (linked.kind !== 'linked') return linked;
    const own = await customFields.settle(tx, 'deal', input.custom, null, by.me);
    if (own.kind !== 'settled') return own;
    const at = moment(tx);
    const row: store.DealFields & { id: string } = {
      ...blank,
      ...customFields.customColumns(own.custom),
      ...rules.columnsIn(fields),
      ...linked.columns,
      id: tx.random.id(),
      title: fields.title,
      customer_id: fields.customerId,
      pipeline_id: stage.pipeline_id,
      stage_id: stage.id,
      kind: stage.kind,
      stage_since: at,
    };
    const missing = rules.missingFor(stage, row);
    if (missing.length > 0) return { kind: 'fields-missing', fields: missing };
    const links = { ...linked.links, stage: { id: stage.id, name: stage.name } };
    const entry = records.entryOf(tx, deals, 'add', row.id, by, {
      after: { ...rules.told(row, links), ...own.after },
    });
    const move = moveOf(tx, row.id, { to: stage.id, from: null, since: null, at }, by);
    await store.insert(tx, row, move, { at, by: by.me.id }, entry);
    await askTasks(tx, stage, move);
    return { kind: 'added', deal: await records.reread(tx, deals, row.id) };
  });
}

/** What the stage gives to do is made by the room of tasks, which lies above: by a job that commits with the move. */
async function askTasks(tx: World, stage: pipelines.Stage, move: store.NewMove): Promise<void> {
  if (stage.tasks.length === 0) return;
  const { id, deal_id: deal, by_id: by, at } = move;
  await tx.jobs.send(tx, 'stages', { move: id, deal, by, at, tasks: stage.tasks });
}

function moveOf(
  world: World,
  dealId: string,
  way: { from: string | null; to: string; since: string | null; at: string },
  by: By,
): store.NewMove {
  const { from, to, since, at } = way;
  return {
    id: world.random.id(),
    deal_id: dealId,
    from_stage: from,
    to_stage: to,
    since,
    at,
    by_id: by.me.id,
  };
}

export type ChangeOutcome =
  | { kind: 'changed'; deal: Deal }
  | { kind: 'changed-meanwhile'; current: Deal }
  | { kind: 'not-found' | 'reason-missing' | 'reason-surplus' | 'win-reason-surplus' }
  | { kind: 'no-such-reason' | 'no-such-lost-reason' }
  | Wrong;

/** Changes a deal; where a version is named, only that one. Nothing is written when nothing differs. */
export async function change(
  world: World,
  input: { id: string; patch: rules.DealPatch; version: number | null },
  by: By,
): Promise<ChangeOutcome> {
  return atomically(world, async tx => {
    const held = await records.hold(tx, deals, input, by);
    if (held.kind !== 'held') return held;
    const { row } = held;
    const linked = await linksIn(tx, input.patch, row, by);
    if (linked.kind !== 'linked') return linked;
    const wanted = { ...rules.columnsIn(input.patch), ...linked.columns };
    const own = await customFields.settle(tx, 'deal', input.patch.custom, row, by.me);
    if (own.kind !== 'settled') return own;
    const differing = customFields.withCustom(rules.difference(row, wanted, linked.links), own);
    if (!differing) return { kind: 'changed', deal: row };
    const stage = await holdStage(tx, row.stage_id);
    const emptied = stage ? rules.emptiedBy(stage, row, { ...row, ...wanted }) : [];
    if (emptied.length > 0) return { kind: 'fields-missing', fields: emptied };
    const { before, after } = differing;
    const columns = 'owner_id' in differing.columns ? { team_id: linked.columns.team_id ?? null } : {};
    const entry = records.entryOf(tx, deals, 'change', row.id, by, {
      before,
      after,
      details: { name: row.title },
    });
    const stamp = { at: moment(tx), by: by.me.id };
    await store.update(tx, row, { ...differing.columns, ...columns }, stamp, entry);
    return { kind: 'changed', deal: await records.reread(tx, deals, row.id) };
  });
}

/** Moves a deal to a stage; a lost one needs a reason, and what the stage asks for may be filled in by the way. */
export async function move(
  world: World,
  input: { id: string; move: rules.MoveInput; version: number | null },
  by: By,
): Promise<ChangeOutcome> {
  const { stageId, lostReason, lostRemark, wonReason, set = {} } = input.move;
  return atomically(world, async tx => {
    const held = await records.hold(tx, deals, input, by);
    if (held.kind !== 'held') return held;
    const { row } = held;
    const stage = await holdStage(tx, stageId);
    if (!stage) return { kind: 'no-such-stage' };
    if (stage.kind === 'lost' && !lostReason) return { kind: 'reason-missing' };
    if (stage.kind !== 'lost' && (lostReason || lostRemark)) return { kind: 'reason-surplus' };
    if (lostReason && lostReason !== row.lost_reason && !(await isOffered(tx, 'lost', lostReason)))
      return { kind: 'no-such-lost-reason' };
    if (wonReason) {
      if (stage.kind !== 'won') return { kind: 'win-reason-surplus' };
      if (wonReason !== row.won_reason && !(await isOffered(tx, 'won', wonReason)))
        return { kind: 'no-such-reason' };
    }
    const linked = await linksIn(tx, set, row, by);
    if (linked.kind !== 'linked') return linked;
    const wanted: Partial<store.DealFields> = {
      ...rules.columnsIn(set),
      ...linked.columns,
      lost_reason: lostReason ?? null,
      lost_remark: lostRemark || null,
      won_reason: wonReason ?? null,
    };
    const missing = rules.missingFor(stage, { ...row, ...wanted });
    if (missing.length > 0) return { kind: 'fields-missing', fields: missing };
    const links = { ...linked.links, stage: { id: stage.id, name: stage.name } };
    const differing = rules.difference(row, wanted, links);
    if (!differing) return { kind: 'changed', deal: row };
    const at = moment(tx);
    const isMove = stage.id !== row.stage_id;
    const place = isMove
      ? { pipeline_id: stage.pipeline_id, kind: stage.kind, stage_since: at, stage_id: stage.id }
      : {};
    const { before, after } = differing;
    const action = isMove ? 'move' : 'change';
    const entry = records.entryOf(tx, deals, action, row.id, by, {
      before,
      after,
      details: { name: row.title },
    });
    const way = { from: row.stage_id, to: stage.id, since: row.stage_since, at };
    const kept = isMove ? moveOf(tx, row.id, way, by) : null;
    await store.update(tx, row, { ...differing.columns, ...place }, { at, by: by.me.id }, entry, kept);
    if (kept) await askTasks(tx, stage, kept);
    return { kind: 'changed', deal: await records.reread(tx, deals, row.id) };
  });
}

/** Puts a deal into the bin, or takes it out: not while its customer lies there. */
export async function bin(world: World, input: records.Versioned & { deleted: boolean }, by: By) {
  return records.bin(world, deals, input, by, {
    against: row => (row.customer_deleted ? ('not-found' as const) : null),
  });
}

/** The stages that a deal within reach has come through, newest first; undefined for no such deal. */
export async function movesOf(world: World, id: string, by: By): Promise<store.MoveRow[] | undefined> {
  const there = await records.find(world, deals, id, by, { deleted: 'either' });
  return there && store.moves(world, id);
}

/** Makes the search keys of at most `limit` deals after `after` anew; answers the last, null when there are no more. */
export async function rekey(world: World, after: string | null, limit: number): Promise<string | null> {
  const what = { table: 'deals', keys: 'deal_keys', columns: ['title', 'custom'], after, limit };
  return again<Deal>(world, what, row => keysOf(world, row));
}
