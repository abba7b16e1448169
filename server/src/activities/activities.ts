// Activities: what was done with a customer or a lead and what comes next; those keep the last and the next.
import * as audit from '../audit/audit.ts';
import * as comments from '../comments/comments.ts';
import * as contacts from '../contacts/contacts.ts';
import * as customers from '../customers/customers.ts';
import { paged, placeOf } from '../db/keyset.ts';
import { insertRecord, pageOf, updateRecord } from '../db/records.ts';
import { rekey as again } from '../db/rekeying.ts';
import { notedText } from '../folding.ts';
import * as leads from '../leads/leads.ts';
import type { By, Kind, PageOutcome } from '../records/records.ts';
import * as records from '../records/records.ts';
import { atomically, moment, type World } from '../world.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

export type Activity = store.ActivityRow;

/** Activities, as the kind of record that they are. */
export const activities: Kind<Activity> = {
  object: 'activity',
  shape: store.shape,
  nameOf: row => row.body.slice(0, 60),
  naming: row => ({ customerName: row.customer_name ?? row.lead_name }),
  sort: '-at',
};

/** One page within reach; `after` is the cursor of the page before. */
export async function list(
  world: World,
  input: {
    filters: rules.ActivityFilters;
    sort?: string | undefined;
    after?: string | undefined;
    limit: number;
  },
  by: By,
): Promise<PageOutcome<Activity>> {
  const { filters, ...asked } = input;
  const { author, customer, lead, kind, from, to } = filters;
  const authorId = author === 'me' ? by.me.id : author;
  const conditions = store.filtered({ customerId: customer, leadId: lead, authorId, kinds: kind, from, to });
  const particular = Boolean(from ?? to);
  return records.page(world, activities, { ...asked, conditions, particular, deleted: false }, by);
}

/** One within reach that is not in the bin. */
export async function byId(world: World, id: string, by: By): Promise<Activity | undefined> {
  return records.find(world, activities, id, by);
}

/** With whom an activity is, locked: the customer, or the lead that has not become one. */
type Party = { kind: 'customer'; row: customers.Customer } | { kind: 'lead'; row: leads.Lead };

// Whoever is held is locked before the activity, as everywhere, so that nobody waits in a ring.
async function hold(world: World, party: store.Party, by: By): Promise<Party | undefined> {
  if (party.kind === 'customer') {
    const row = await customers.lock(world, party.id, by);
    return row && { kind: 'customer', row };
  }
  const row = await leads.lock(world, party.id, by);
  return row && { kind: 'lead', row };
}

type Wrong = { kind: 'no-such-customer' | 'no-such-lead' | 'no-such-contact' };

/** Records an activity of one's own with a customer or lead within reach, and moves their last and next with it. */
export async function add(
  world: World,
  input: rules.NewActivity,
  by: By,
): Promise<{ kind: 'added'; activity: Activity } | Wrong> {
  const { customerId, leadId } = input;
  return atomically(world, async tx => {
    const asked = leadId
      ? ({ kind: 'lead', id: leadId } as const)
      : ({ kind: 'customer', id: customerId ?? '' } as const);
    const party = await hold(tx, asked, by);
    if (!party) return { kind: leadId ? 'no-such-lead' : 'no-such-customer' };
    // What is done with a lead that has become a customer is done with that one.
    const own = party.kind === 'customer' ? party.row.id : party.row.customer_id;
    const contact = await contactAt(tx, own, input.contactId, by);
    if (contact === 'none-such') return { kind: 'no-such-contact' };
    const at = moment(tx);
    const row: store.NewRow = {
      id: tx.random.id(),
      customer_id: own,
      lead_id: party.kind === 'lead' ? party.row.id : null,
      contact_id: contact?.id ?? null,
      kind: input.kind,
      body: input.body,
      at,
      next_step: null,
      next_at: null,
      ...rules.columnsIn(input),
      author_id: by.me.id,
      owner_id: party.row.owner_id,
      team_id: party.row.team_id,
      created_at: at,
    };
    const named = { id: party.row.id, name: party.row.name };
    const after = rules.told(
      row,
      party.kind === 'lead' ? { lead: named } : { customer: named },
      contact ?? null,
    );
    const entry = records.entryOf(tx, activities, 'add', row.id, by, { after });
    const keys = rules.keysOf(tx.workspaceId, row.body);
    await insertRecord(tx, store.shape, row, { at, by: by.me.id }, entry, keys);
    const nextAt = input.nextAt === undefined ? undefined : row.next_at;
    await leave(tx, party, row, { at: row.at, nextAt }, by);
    return { kind: 'added', activity: await records.reread(tx, activities, row.id) };
  });
}

/** The contact named, if it is at that customer; null and undefined stay what they are. */
async function contactAt(
  world: World,
  customerId: string | null,
  contactId: string | null | undefined,
  by: By,
): Promise<{ id: string; name: string } | null | undefined | 'none-such'> {
  if (!contactId) return contactId === undefined ? undefined : null;
  const contact = customerId ? await contacts.byId(world, contactId, by) : undefined;
  return contact && contact.customer_id === customerId ? { id: contact.id, name: contact.name } : 'none-such';
}

async function leave(
  world: World,
  party: Party,
  activity: { id: string; kind: Activity['kind'] },
  planned: { at: string; nextAt: string | null | undefined } | null,
  by: By,
): Promise<void> {
  const lastActivityAt = await store.latest(world, { kind: party.kind, id: party.row.id });
  const nextFollowUpAt = planned ? rules.nextFollowUp(party.row.next_follow_up_at, planned) : undefined;
  const left = { lastActivityAt, nextFollowUpAt, activityId: activity.id };
  if (party.kind === 'customer') return customers.touch(world, party.row, left, by);
  // A note to oneself reaches nobody.
  const reached = planned !== null && activity.kind !== 'note';
  await leads.touch(world, party.row, { ...left, reached }, by);
}

/** Gives what was done with a lead to the customer it has become, whom the caller holds; how many those were. */
export async function carryOver(
  tx: World,
  input: { leadId: string; customer: customers.Customer; contactId: string | null; nextAt: string | null },
  by: By,
): Promise<number> {
  const { leadId, customer, contactId, nextAt } = input;
  const { id: customerId, owner_id: ownerId, team_id: teamId } = customer;
  const count = await store.carryOver(tx, { leadId, customerId, contactId, ownerId, teamId });
  const lastActivityAt = await store.latest(tx, { kind: 'customer', id: customerId });
  const nextFollowUpAt = customer.next_follow_up_at === null && nextAt !== null ? nextAt : undefined;
  await customers.touch(tx, customer, { lastActivityAt, nextFollowUpAt, activityId: leadId }, by);
  return count;
}

export type ChangeOutcome =
  | { kind: 'changed'; activity: Activity }
  | { kind: 'changed-meanwhile'; current: Activity }
  | { kind: 'not-found' | 'no-such-contact' };

/** Changes an activity; where a version is named, only that one. Nothing is written when nothing differs. */
export async function change(
  world: World,
  input: { id: string; patch: rules.ActivityPatch; version: number | null },
  by: By,
): Promise<ChangeOutcome> {
  return atomically(world, async tx => {
    const party = await partyOf(tx, input.id, by);
    const held = await records.hold(tx, activities, input, by);
    if (held.kind !== 'held') return held;
    const { row } = held;
    if (!party) return { kind: 'not-found' };
    const contact = await contactAt(tx, row.customer_id, input.patch.contactId, by);
    if (contact === 'none-such') return { kind: 'no-such-contact' };
    const differing = rules.difference(row, input.patch, contact);
    if (!differing) return { kind: 'changed', activity: row };
    const { columns, before, after } = differing;
    const details = { customerName: row.customer_name ?? row.lead_name };
    const entry = records.entryOf(tx, activities, 'change', row.id, by, { before, after, details });
    const keys = columns.body === undefined ? null : rules.keysOf(tx.workspaceId, columns.body);
    const changed = { id: row.id, columns, keys, entry };
    await updateRecord(tx, store.shape, changed, { at: moment(tx), by: by.me.id });
    const at = columns.at ?? row.at;
    await leave(tx, party, row, 'next_at' in columns ? { at, nextAt: columns.next_at } : null, by);
    return { kind: 'changed', activity: await records.reread(tx, activities, row.id) };
  });
}

async function partyOf(world: World, id: string, by: By): Promise<Party | undefined> {
  const party = await store.partyOf(world, id);
  return party && hold(world, party, by);
}

/** Puts an activity into the bin, so that the last is the one before; or takes it out, as whom it is with is out. */
export async function bin(world: World, input: records.Versioned & { deleted: boolean }, by: By) {
  let party: Party | undefined;
  return records.bin(world, activities, input, by, {
    before: async (tx, id) => {
      party = await partyOf(tx, id, by);
    },
    against: () => (party ? null : ('not-found' as const)),
    afterwards: async (tx, row) => {
      if (party) await leave(tx, party, row, null, by);
    },
  });
}

export type Happening =
  | { kind: 'activity'; at: string; id: string; activity: Activity }
  | { kind: 'change'; at: string; id: string; change: ReturnType<typeof audit.asChange> }
  | { kind: 'comment'; at: string; id: string; comment: comments.Comment };

const newestFirst = { name: 'timeline', type: 'time', valueIn: (row: { at: string }) => row.at } as const;

/** What happened with one customer or lead within reach, newest first: activities, comments, changes to the record. */
export async function timeline(
  world: World,
  input: { party: store.Party; limit: number; after?: string | undefined },
  by: By,
): Promise<{ kind: 'page'; items: Happening[]; next: string | null } | { kind: 'not-found' | 'bad-cursor' }> {
  const { party } = input;
  const place = input.after === undefined ? null : placeOf(newestFirst, input.after);
  if (input.after !== undefined && !place) return { kind: 'bad-cursor' };
  const there =
    party.kind === 'customer' ? customers.byId(world, party.id, by) : leads.byId(world, party.id, by);
  if (!(await there)) return { kind: 'not-found' };
  const limit = input.limit + 1;
  const order = store.newestFirst;
  const conditions = party.kind === 'customer' ? { customerId: party.id } : { leadId: party.id };
  const asked = { conditions: store.filtered(conditions), deleted: false, particular: false };
  const done = await pageOf(world, store.shape, { kind: 'all' }, { ...asked, order, place, limit });
  const before = place ? { at: place.value, id: place.id } : null;
  const about = { objectType: party.kind, objectId: party.id, before, limit };
  const changed = await audit.aboutRecord(world, about);
  const said = await comments.about(world, { type: party.kind, id: party.id }, { place, limit });
  const happened: Happening[] = [
    ...done.map(activity => ({ kind: 'activity' as const, at: activity.at, id: activity.id, activity })),
    ...said.map(comment => ({
      kind: 'comment' as const,
      at: comment.created_at,
      id: comment.id,
      comment,
    })),
    ...changed.map(entry => ({
      kind: 'change' as const,
      at: entry.at,
      id: entry.id,
      change: audit.asChange(entry),
    })),
  ];
  const page = paged<Happening>(newestFirst, rules.merged(happened, limit), input.limit);
  return { kind: 'page', items: page.rows, next: page.next };
}

/** How many of the latest within reach are looked through for words that are common, or too short for keys. */
const looked = 20_000;

/** Those within reach whose text holds the words, newest first; where there are more, of one's own records before others'. */
export async function mentioning(
  world: World,
  input: { q: string; limit: number },
  by: By,
): Promise<store.Mention[]> {
  const keys = rules.keysOf(world.workspaceId, input.q).map(String);
  const asked = {
    q: notedText(input.q),
    limit: input.limit,
    first: by.me.id,
    looked,
    ways: keys.length > 0 ? [keys] : [],
  };
  return store.mentioning(world, records.fenceFor(activities, by), asked);
}

/** Makes the search keys of at most `limit` activities after `after` anew; answers the last, null when there are no more. */
export async function rekey(world: World, after: string | null, limit: number): Promise<string | null> {
  const what = { table: 'activities', keys: 'activity_keys', columns: ['body'], after, limit };
  return again<Activity>(world, what, row => rules.keysOf(world.workspaceId, row.body));
}
