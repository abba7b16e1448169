// Conversion: a lead becomes a customer, with the person as a contact and perhaps a deal, in one step or not at all.
import type { z } from 'zod';
import * as activities from '../activities/activities.ts';
import * as contacts from '../contacts/contacts.ts';
import * as customFields from '../custom-fields/custom-fields.ts';
import type { Customer } from '../customers/customers.ts';
import * as customers from '../customers/customers.ts';
import { nameKey, phoneDigits } from '../customers/imported.ts';
import * as deals from '../deals/deals.ts';
import type { Lead } from '../leads/leads.ts';
import * as leads from '../leads/leads.ts';
import { may, type ObjectType } from '../permissions.ts';
import type { By } from '../records/records.ts';
import { atomically, type World } from '../world.ts';
import type { conversionContract } from './contract.ts';

type Asked = z.output<(typeof conversionContract)['POST /leads/{id}/convert']['body']>;

export type Match = {
  id: string;
  name: string;
  owner: { id: string; name: string } | null;
  by: 'name' | 'phone' | 'email';
};
export type Matches =
  | { kind: 'matches'; items: Match[]; taken: boolean; ownerName: string | null }
  | { kind: 'not-found' | 'too-many' };

const most = 5;

/**
 * The customers within reach that a lead may be, by name, telephone or address. Where there is none, somebody else may
 * have one: that is asked, counted and logged as everywhere (L43).
 */
export async function matches(world: World, leadId: string, by: By): Promise<Matches> {
  const lead = await leads.byId(world, leadId, by);
  if (!lead) return { kind: 'not-found' };
  const items = await withinReach(world, lead, by);
  if (items.length > 0) return { kind: 'matches', items, taken: false, ownerName: null };
  const { phone, email } = lead;
  const asked = { name: lead.company ?? lead.name, phone: phone ?? undefined, email: email ?? undefined };
  const answer = await customers.taken(world, asked, by);
  if (answer.kind === 'too-many') return answer;
  return { kind: 'matches', items, taken: answer.taken, ownerName: answer.ownerName };
}

async function withinReach(world: World, lead: Lead, by: By): Promise<Match[]> {
  const found = new Map<string, Match>();
  const note = (row: Customer, how: Match['by']) => {
    const owner = row.owner_id ? { id: row.owner_id, name: row.owner_name ?? '' } : null;
    if (!found.has(row.id) && found.size < most)
      found.set(row.id, { id: row.id, name: row.name, owner, by: how });
  };
  const key = nameKey(lead.company ?? lead.name);
  const digits = (lead.phone_digits ?? '').length >= 6 ? lead.phone_digits : null;
  const asks = [
    { how: 'name', q: lead.company ?? lead.name, is: (row: Customer) => row.name_key === key },
    { how: 'phone', q: digits, is: (row: Customer) => row.phone_digits === digits },
    { how: 'email', q: lead.email, is: (row: Customer) => row.email === lead.email },
  ] as const;
  const reach = reaching(by, 'update', 'customer');
  for (const { how, q, is } of asks) {
    if (!q) continue;
    const page = await customers.list(world, { filters: { q }, limit: 50 }, reach);
    if (page.kind === 'page') for (const row of page.items) if (is(row)) note(row, how);
    if (how === 'name') continue;
    const people = await contacts.list(world, { filters: { q }, limit: 50 }, reaching(by, 'read', 'contact'));
    for (const person of people.kind === 'page' ? people.items : []) {
      const isTheirs = how === 'phone' ? person.phone_digits === digits : person.email === lead.email;
      if (!isTheirs || !person.customer_id) continue;
      const employer = await customers.byId(world, person.customer_id, reach);
      if (employer) note(employer, how);
    }
  }
  return [...found.values()];
}

const reaching = (by: By, action: 'create' | 'read' | 'update', object: ObjectType): By => ({
  ...by,
  action,
  reach: may(by.me, action, object),
});

export type Refused =
  | { kind: 'not-found' | 'not-allowed' | 'no-such-customer' | 'no-such-owner' | 'no-such-stage' }
  | { kind: 'fields-missing'; fields: string[] }
  | { kind: 'changed-meanwhile'; current: Lead };

class Undone extends Error {
  readonly refused: Refused;
  constructor(refused: Refused) {
    super(refused.kind);
    this.refused = refused;
  }
}

/** Turns a lead into a customer, all of it or nothing. One that is converted already answers what became of it. */
export async function convert(
  world: World,
  input: Asked & { id: string; version: number | null },
  by: By,
): Promise<{ kind: 'converted'; lead: Lead } | Refused> {
  try {
    return await atomically(world, async tx => {
      const lead = await leads.lock(tx, input.id, by);
      if (!lead) throw new Undone({ kind: 'not-found' });
      if (lead.status === 'converted') return { kind: 'converted', lead };
      if (input.version !== null && input.version !== lead.version)
        throw new Undone({ kind: 'changed-meanwhile', current: lead });
      const customer = await customerFor(tx, lead, input.customer, by);
      const contactId = input.contact
        ? await contactFor(tx, lead, customer, !('id' in input.customer), by)
        : null;
      const dealId = input.deal
        ? await dealFor(tx, lead, { customer, contactId, deal: input.deal }, by)
        : null;
      const isNew = !('id' in input.customer);
      const into = { customer: { id: customer.id, isNew }, contact: contactId, deal: dealId };
      await carryOwn(tx, lead, into, by);
      const nextAt = lead.next_follow_up_at;
      await activities.carryOver(tx, { leadId: lead.id, customer, contactId, nextAt }, by);
      const fate = { customerId: customer.id, customerName: customer.name, contactId, dealId };
      await leads.settle(tx, lead, fate, by);
      const converted = await leads.byId(tx, lead.id, by);
      return converted ? { kind: 'converted', lead: converted } : { kind: 'not-found' };
    });
  } catch (error) {
    if (error instanceof Undone) return error.refused;
    throw error;
  }
}

/** Whose what comes of a lead is to be: its owner's, as far as one may give it to him, else one's own. */
async function heir(world: World, lead: Lead, by: By): Promise<string> {
  const settled = lead.owner_id ? await customers.settleOwner(world, lead.owner_id, by) : null;
  return settled?.kind === 'owner' && settled.owner.id ? settled.owner.id : by.me.id;
}

async function customerFor(tx: World, lead: Lead, wanted: Asked['customer'], by: By): Promise<Customer> {
  if ('id' in wanted) {
    const there = await customers.lock(tx, wanted.id, reaching(by, 'update', 'customer'));
    if (!there) throw new Undone({ kind: 'no-such-customer' });
    return there;
  }
  const reach = reaching(by, 'create', 'customer');
  if (reach.reach === 'none') throw new Undone({ kind: 'not-allowed' });
  const { name, ownerId = await heir(tx, lead, reach) } = wanted;
  const { phone, email, source, city, address, remark, tags } = lead;
  const fields = {
    name,
    phone,
    email,
    source,
    city,
    address,
    remark,
    tags,
    stage: 'contacted',
    ownerId,
  } as const;
  const added = await customers.add(tx, fields, reach);
  if (added.kind === 'added') return added.customer;
  throw new Undone({ kind: added.kind === 'no-such-owner' ? 'no-such-owner' : 'not-allowed' });
}

async function contactFor(
  tx: World,
  lead: Lead,
  customer: Customer,
  isNew: boolean,
  by: By,
): Promise<string> {
  const reach = reaching(by, 'create', 'contact');
  if (reach.reach === 'none') throw new Undone({ kind: 'not-allowed' });
  const page = isNew
    ? null
    : await contacts.list(tx, { filters: { customer: customer.id }, limit: 200 }, reach);
  const digits = phoneDigits(lead.phone);
  const same = (page?.kind === 'page' ? page.items : []).find(
    one =>
      one.name === lead.name ||
      (digits && one.phone_digits === digits) ||
      (lead.email && one.email === lead.email),
  );
  if (same) return same.id;
  const { name, title, phone, email, wechat } = lead;
  const person = { name, title, phone, email, wechat, customerId: customer.id, isPrimary: isNew };
  const added = await contacts.add(tx, person, reach);
  if (added.kind === 'added') return added.contact.id;
  throw new Undone({ kind: 'no-such-customer' });
}

async function dealFor(
  tx: World,
  lead: Lead,
  input: { customer: Customer; contactId: string | null; deal: NonNullable<Asked['deal']> },
  by: By,
): Promise<string> {
  const reach = reaching(by, 'create', 'deal');
  if (reach.reach === 'none') throw new Undone({ kind: 'not-allowed' });
  const { customer, contactId, deal } = input;
  const ownerId = await heir(tx, lead, reach);
  const fields = { ...deal, customerId: customer.id, contactId, ownerId, source: lead.source };
  const added = await deals.add(tx, fields, reach);
  if (added.kind === 'added') return added.deal.id;
  if (added.kind === 'fields-missing') throw new Undone({ kind: 'fields-missing', fields: added.fields });
  throw new Undone({ kind: added.kind === 'no-such-stage' ? 'no-such-stage' : 'not-allowed' });
}

const rooms = { customer: customers, contact: contacts, deal: deals } as const;

/** Takes the values of a lead's own fields along to what comes of it; what does not fit there stays with the lead. */
async function carryOwn(
  tx: World,
  lead: Lead,
  fate: { customer: { id: string; isNew: boolean }; contact: string | null; deal: string | null },
  by: By,
): Promise<void> {
  if (Object.keys(lead.custom).length === 0) return;
  for (const object of ['customer', 'contact', 'deal'] as const) {
    const hand = reaching(by, object === 'customer' && !fate.customer.isNew ? 'update' : 'create', object);
    const id = object === 'customer' ? fate.customer.id : fate[object];
    const there = id && (await rooms[object].byId(tx, id, hand));
    if (!there) continue;
    const custom = await customFields.carried(
      tx,
      { object: 'lead', row: lead },
      { object, row: there },
      by.me,
    );
    if (Object.keys(custom).length > 0)
      await rooms[object].change(tx, { id: there.id, patch: { custom }, version: null }, hand);
  }
}
