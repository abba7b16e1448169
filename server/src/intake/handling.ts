// What a person does with an entry: makes a customer or a lead of it, or puts it aside with a reason.
import type { z } from 'zod';
import * as activities from '../activities/activities.ts';
import * as audit from '../audit/audit.ts';
import * as contacts from '../contacts/contacts.ts';
import type { WrongCustom } from '../custom-fields/custom-fields.ts';
import type { By } from '../customers/customers.ts';
import * as customers from '../customers/customers.ts';
import { fenceOf } from '../db/fence.ts';
import * as leads from '../leads/leads.ts';
import { may } from '../permissions.ts';
import { atomically, moment, type World } from '../world.ts';
import type { intakeContract } from './contract.ts';
import * as store from './store.ts';

type Accepting = z.output<(typeof intakeContract)['POST /intake/{id}/accept']['body']>;

type Handled =
  | { kind: 'done'; entry: store.EntryRow }
  | { kind: 'not-found' }
  | { kind: 'wrong-state'; state: string };

/** Makes a customer of an entry, with a contact and a note where given, or a lead; once, whoever else is at it. */
export async function accept(
  world: World,
  input: { id: string } & Accepting,
  by: By,
): Promise<Handled | WrongCustom | { kind: 'not-allowed' | 'no-such-owner' }> {
  const { me } = by;
  return atomically(world, async tx => {
    const entry = await store.entryById(tx, fenceOf(me, by.reach), input.id, { lock: true });
    if (!entry) return { kind: 'not-found' };
    if (entry.state !== 'received' && entry.state !== 'rejected')
      return { kind: 'wrong-state', state: entry.state };
    const reachTo = (object: 'customer' | 'contact' | 'activity' | 'lead') => ({
      ...by,
      reach: may(me, 'create', object),
    });
    if (input.filesAs === 'lead') {
      const lead = await leads.add(tx, leadIn(input, entry.source), reachTo('lead'));
      if (lead.kind === 'no-such-owner') return { kind: lead.kind };
      if (lead.kind !== 'added') return { kind: 'not-allowed' };
      const { id, name } = lead.lead;
      if (input.message) {
        const note = { leadId: id, kind: 'note', body: input.message } as const;
        await activities.add(tx, note, reachTo('activity'));
      }
      return settled(tx, input.id, { lead_id: id }, name, by);
    }
    const source = input.customer.source ?? entry.source;
    const added = await customers.add(tx, { ...input.customer, source }, reachTo('customer'));
    if (added.kind !== 'added') return added;
    const { id, name } = added.customer;
    if (input.contact) {
      const contact = { ...input.contact, customerId: id, isPrimary: true };
      await contacts.add(tx, contact, reachTo('contact'));
    }
    if (input.message) {
      const note = { customerId: id, kind: 'note', body: input.message } as const;
      await activities.add(tx, note, reachTo('activity'));
    }
    return settled(tx, input.id, { customer_id: id }, name, by);
  });
}

/** The lead that an accepting form describes: the person, or the customer where nobody is named. */
function leadIn({ customer, contact }: Accepting, source: string): leads.NewLead {
  const { city, address, ownerId } = customer;
  const common = { city, address, ownerId, source: customer.source ?? source };
  if (!contact) return { ...common, name: customer.name, phone: customer.phone, email: customer.email };
  const { name, title, wechat } = contact;
  const [phone, email] = [contact.phone ?? customer.phone, contact.email ?? customer.email];
  return { ...common, name, title, wechat, phone, email, company: customer.name };
}

async function settled(
  tx: World,
  id: string,
  became: { customer_id: string } | { lead_id: string },
  name: string,
  by: By,
): Promise<Handled> {
  const handled = { handled_by: by.me.id, handled_at: moment(tx) };
  await store.updateEntry(tx, id, { state: 'accepted', problem: null, ...became, ...handled });
  await record(tx, 'intake.accept', id, by, { name });
  return done(tx, id);
}

/** Puts an entry that waits aside, with a reason; it is kept and can still be accepted. */
export async function reject(world: World, input: { id: string; reason: string }, by: By): Promise<Handled> {
  return atomically(world, async tx => {
    const entry = await store.entryById(tx, fenceOf(by.me, by.reach), input.id, { lock: true });
    if (!entry) return { kind: 'not-found' };
    if (entry.state !== 'received') return { kind: 'wrong-state', state: entry.state };
    await store.updateEntry(tx, input.id, {
      state: 'rejected',
      handled_by: by.me.id,
      handled_at: moment(tx),
      reason: input.reason,
    });
    await record(tx, 'intake.reject', input.id, by, { reason: input.reason, name: entry.key_name });
    return done(tx, input.id);
  });
}

async function done(world: World, id: string): Promise<Handled> {
  const entry = await store.entryById(world, { kind: 'all' }, id, { lock: false });
  return entry ? { kind: 'done', entry } : { kind: 'not-found' };
}

async function record(
  world: World,
  action: string,
  id: string,
  by: By,
  details: Record<string, unknown>,
): Promise<void> {
  await audit.record(world, {
    action,
    by: by.me,
    visitor: by.visitor,
    object: { type: 'intake', id },
    details,
  });
}
