// Leads: people who may become customers; whose they are, how far they have come, and whether somebody has them already.
import * as customFields from '../custom-fields/custom-fields.ts';
import * as customers from '../customers/customers.ts';
import { fenceOf } from '../db/fence.ts';
import { isParticular } from '../db/keyset.ts';
import { insertRecord, updateRecord } from '../db/records.ts';
import { phoneDigits } from '../folding.ts';
import type { By, Kind, PageOutcome } from '../records/records.ts';
import * as records from '../records/records.ts';
import { atomically, moment, type World } from '../world.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

export { addMany, type ImportedLead, rekey, stream } from './many.ts';
export type { LeadFilters, LeadPatch, NewLead } from './rules.ts';
export type Lead = store.LeadRow;

/** Leads, as the kind of record that they are. */
export const leads: Kind<Lead> = { object: 'lead', shape: store.shape, nameOf: row => row.name };

/** One page within reach; `after` is the cursor of the page before. */
export async function list(
  world: World,
  input: { filters: rules.LeadFilters } & records.Paging,
  by: By,
): Promise<PageOutcome<Lead>> {
  const { filters: given, ...page } = input;
  const filters = await customFields.meant(world, 'lead', given);
  const wanted = rules.conditionsOf(world.workspaceId, filters, by.me);
  const conditions = filters.q ? store.conditions(wanted) : await store.filtered(world, wanted);
  const keyed = filters.q ? { table: 'lead_keys' as const, ways: wanted.ways } : undefined;
  const asked = { ...page, keyed };
  const { deleted } = wanted;
  const { custom } = filters;
  const particular = isParticular(wanted, page.sort);
  return records.page(world, leads, { ...asked, conditions, custom, deleted, particular }, by);
}

/** One within reach that is not in the bin. */
export async function byId(world: World, id: string, by: By): Promise<Lead | undefined> {
  return records.find(world, leads, id, by);
}

/** The same, locked until the transaction ends. */
export async function lock(world: World, id: string, by: By): Promise<Lead | undefined> {
  return records.find(world, leads, id, by, { deleted: 'no', lock: true });
}

export type Wrong =
  | { kind: 'not-allowed' | 'no-such-owner' | 'reason-missing' | 'reason-surplus' }
  | customFields.WrongCustom;

/** Adds a lead: record, search keys and journal entry in one statement. */
export async function add(
  world: World,
  input: rules.NewLead,
  by: By,
): Promise<{ kind: 'added'; lead: Lead } | Wrong> {
  const { ownerId, ...fields } = input;
  const settled = await customers.settleOwner(world, ownerId, by);
  if (settled.kind !== 'owner') return settled;
  const { owner } = settled;
  const given = rules.columnsIn(fields);
  const status = rules.settleStatus(null, given);
  if (status !== 'settled') return { kind: status };
  const own = await customFields.settle(world, 'lead', input.custom, null, by.me);
  if (own.kind !== 'settled') return own;
  const row = { ...rules.columnsOf(given, owner), ...customFields.customColumns(own.custom) };
  const id = world.random.id();
  const entry = records.entryOf(world, leads, 'add', id, by, {
    after: { ...rules.told(row, owner), ...own.after },
  });
  const stamp = { at: moment(world), by: by.me.id };
  await insertRecord(world, store.shape, { id, ...row }, stamp, entry, rules.keysOf(world.workspaceId, row));
  return { kind: 'added', lead: await records.reread(world, leads, id) };
}

export type ChangeOutcome =
  | { kind: 'changed'; lead: Lead }
  | { kind: 'changed-meanwhile'; current: Lead }
  | { kind: 'not-found' | 'converted' }
  | Wrong;

/** Changes a lead; where a version is named, only that one. Nothing is written when nothing differs. */
export async function change(
  world: World,
  input: { id: string; patch: rules.LeadPatch; version: number | null },
  by: By,
): Promise<ChangeOutcome> {
  return atomically(world, async tx => {
    const held = await records.hold(tx, leads, input, by);
    if (held.kind !== 'held') return held;
    if (held.row.status === 'converted') return { kind: 'converted' };
    const owner = await ownerIn(tx, input.patch, by);
    if (owner && 'kind' in owner) return owner;
    const wrong = await write(tx, held.row, input.patch, owner, by);
    if (wrong) return wrong;
    return { kind: 'changed', lead: await records.reread(tx, leads, held.row.id) };
  });
}

async function ownerIn(world: World, patch: rules.LeadPatch, by: By) {
  if (patch.ownerId === undefined) return undefined;
  const settled = await customers.settleOwner(world, patch.ownerId, by);
  return settled.kind === 'owner' ? settled.owner : settled;
}

async function write(
  tx: World,
  row: Lead,
  patch: Omit<rules.LeadPatch, 'ownerId'>,
  owner: rules.Owner | undefined,
  by: By,
  more: Record<string, unknown> = {},
): Promise<{ kind: 'reason-missing' | 'reason-surplus' } | customFields.WrongCustom | null> {
  const wanted = rules.columnsIn(patch);
  const status = rules.settleStatus(row, wanted);
  if (status !== 'settled') return { kind: status };
  const own = await customFields.settle(tx, 'lead', patch.custom, row, by.me);
  if (own.kind !== 'settled') return own;
  const differing = customFields.withCustom(rules.difference(row, wanted, owner), own);
  if (!differing) return null;
  const { columns, before, after } = differing;
  const details = { name: row.name, ...more };
  const entry = records.entryOf(tx, leads, 'change', row.id, by, { before, after, details });
  const keys = rules.altersKeys(columns) ? rules.keysOf(tx.workspaceId, { ...row, ...columns }) : null;
  await updateRecord(tx, store.shape, { id: row.id, columns, keys, entry }, { at: moment(tx), by: by.me.id });
  return null;
}

/** Changes many leads in one transaction; tells which were not there, out of reach or converted. */
export async function changeMany(
  world: World,
  input: { ids: string[]; patch: rules.LeadPatch },
  by: By,
): Promise<{ kind: 'changed'; changed: number; missing: string[] } | Wrong> {
  return atomically(world, async tx => {
    const owner = await ownerIn(tx, input.patch, by);
    if (owner && 'kind' in owner) return owner;
    const { ownerId: _, ...patch } = input.patch;
    const wrong = rules.settleStatus(null, rules.columnsIn(patch));
    if (wrong !== 'settled') return { kind: wrong };
    const ids = [...new Set(input.ids)];
    const rows = await store.lockMany(tx, fenceOf(by.me, by.reach), ids);
    for (const row of rows) {
      const refused = await write(tx, row, patch, owner, by);
      if (refused) return refused;
    }
    const found = new Set(rows.map(row => row.id));
    return { kind: 'changed', changed: rows.length, missing: ids.filter(id => !found.has(id)) };
  });
}

/** Puts a lead into the bin with its activities, or takes it out with what went in with it. */
export async function bin(world: World, input: records.Versioned & { deleted: boolean }, by: By) {
  return records.bin(world, leads, input, by, {
    against: row => (row.merged_into ? ('merged' as const) : null),
  });
}

/**
 * What an activity leaves on its lead, which is locked already: when the last one was, the next follow-up where it
 * changes (undefined: it stays), and `contacted` in place of `new` once somebody has been in touch.
 */
export async function touch(
  world: World,
  lead: Lead,
  left: {
    lastActivityAt: string | null;
    nextFollowUpAt: string | null | undefined;
    activityId: string;
    reached: boolean;
  },
  by: By,
): Promise<void> {
  await store.touch(world, lead.id, left.lastActivityAt, { at: moment(world), by: by.me.id });
  if (lead.status === 'converted') return;
  const contacted = left.reached && lead.status === 'new' ? ({ status: 'contacted' } as const) : {};
  const next = left.nextFollowUpAt === undefined ? {} : { nextFollowUpAt: left.nextFollowUpAt };
  await write(world, lead, { ...contacted, ...next }, undefined, by, { activity: left.activityId });
}

/** What became of a lead. */
export type Fate = {
  customerId: string;
  customerName: string;
  contactId: string | null;
  dealId: string | null;
};

/** Marks a locked lead as converted. */
export async function settle(tx: World, lead: Lead, fate: Fate, by: By): Promise<void> {
  const at = moment(tx);
  const columns = {
    status: 'converted',
    unqualified_reason: null,
    unqualified_remark: null,
    next_follow_up_at: null,
    converted_at: at,
    converted_by: by.me.id,
    customer_id: fate.customerId,
    contact_id: fate.contactId,
    deal_id: fate.dealId,
  };
  const entry = records.entryOf(tx, leads, 'convert', lead.id, by, {
    before: { status: lead.status },
    after: { status: 'converted', customer: { id: fate.customerId, name: fate.customerName } },
    details: { name: lead.name, customerName: fate.customerName },
  });
  await updateRecord(tx, store.shape, { id: lead.id, columns, entry }, { at, by: by.me.id });
}

type Asked = { company?: string | undefined; phone?: string | undefined; email?: string | undefined };

/**
 * Whether anybody in the workspace has such a customer or such an open lead, and who; counted and logged as the question
 * about customers is (L43).
 */
export async function taken(
  world: World,
  input: Asked,
  by: By,
): Promise<
  { kind: 'answer'; taken: 'no' | 'customer' | 'lead'; ownerName: string | null } | { kind: 'too-many' }
> {
  const { company, phone, email } = input;
  const asked = await customers.taken(world, { name: company, phone, email }, by);
  if (asked.kind === 'too-many') return asked;
  if (asked.taken) return { kind: 'answer', taken: 'customer', ownerName: asked.ownerName };
  const found = await store.alike(world, {
    company_key: rules.companyKey(company),
    phone_digits: phoneDigits(phone),
    email: email || null,
  });
  return { kind: 'answer', taken: found ? 'lead' : 'no', ownerName: found?.owner_name ?? null };
}

/** An open lead of the workspace, whosever, with that telephone (its digits) or address. */
export async function known(
  world: World,
  match: { digits: string | null; email: string | null },
): Promise<{ id: string } | undefined> {
  return store.alike(world, { company_key: null, phone_digits: match.digits, email: match.email });
}
