// The job behind every receipt: reads what came in and makes a customer or a lead of it, or leaves it to a person.
import * as activities from '../activities/activities.ts';
import * as contacts from '../contacts/contacts.ts';
import type { By, Owner } from '../customers/customers.ts';
import * as customers from '../customers/customers.ts';
import { phoneDigits } from '../folding.ts';
import * as leads from '../leads/leads.ts';
import * as staff from '../staff/staff.ts';
import { atomically, moment, type World } from '../world.ts';
import { readBody } from './reading.ts';
import {
  type Found,
  leadOf,
  noteForLead,
  noteInFull,
  noteOf,
  type Parsed,
  recognise,
  recordsOf,
  verdict,
} from './rules.ts';
import * as store from './store.ts';

/** Sorts one entry, once: all of it commits together or is tried again. What cannot be sorted stays for a person. */
export async function work(world: World, id: string): Promise<void> {
  try {
    await atomically(world, tx => sort(tx, id));
  } catch (error) {
    // Says so on the list while the queue tries again; the entry itself is safe in any case.
    await store.updateEntry(world, id, { problem: 'fault' }).catch(() => {});
    throw error;
  }
}

async function sort(tx: World, id: string): Promise<void> {
  const entry = await store.entryById(tx, { kind: 'all' }, id, { lock: true });
  if (entry?.state !== 'received') return;
  const reading = await readBody(new Uint8Array(await store.rawOf(tx, id)), entry.content_type);
  const parsed = recognise(reading.kind === 'unreadable' ? [] : reading.fields);
  const by = byKey(entry);
  if (reading.kind === 'fields') {
    await store.oneAtATime(tx);
    const known = await knownCustomer(tx, parsed.found, by);
    if (known) {
      await addNote(tx, known, noteInFull(parsed, entry.key_name), by);
      return settle(tx, id, parsed, { state: 'duplicate', customer_id: known.id });
    }
    const lead = entry.files_as === 'lead' ? await knownLead(tx, parsed.found) : undefined;
    if (lead) {
      await noteWithLead(tx, lead.id, noteInFull(parsed, entry.key_name), by);
      return settle(tx, id, parsed, { state: 'duplicate', lead_id: lead.id });
    }
  }
  const fate = verdict(reading.kind, parsed.found, entry);
  if (fate !== 'ready') return store.updateEntry(tx, id, { parsed, problem: fate });
  if (entry.files_as === 'lead')
    return settle(tx, id, parsed, { state: 'accepted', lead_id: await makeLead(tx, entry, parsed, by) });
  const customerId = await make(tx, entry, parsed, by);
  await settle(tx, id, parsed, { state: 'accepted', customer_id: customerId });
}

async function settle(tx: World, id: string, parsed: Parsed, change: store.EntryChange): Promise<void> {
  await store.updateEntry(tx, id, { parsed, problem: null, handled_at: moment(tx), ...change });
}

/** Whose hand it is when no person's is: the key's. It may do what making a customer of an entry needs. */
function byKey(entry: store.EntryRow): By {
  const me = {
    id: entry.key_id,
    name: entry.key_name,
    email: '',
    role: 'administrator',
    teamId: null,
    language: 'zh-CN',
    sessionId: '',
    deviceId: null,
  } as const;
  return { me, reach: 'all', visitor: null };
}

async function make(tx: World, entry: store.EntryRow, parsed: Parsed, by: By): Promise<string> {
  const { customer, contact } = recordsOf(parsed.found, entry.source);
  const owner = await ownerOf(tx, entry);
  const [id = ''] = await customers.addMany(tx, { rows: [{ fields: customer }], owner }, by);
  if (contact) await contacts.add(tx, { ...contact, customerId: id, isPrimary: true }, by);
  const note = noteOf(parsed);
  if (note) await activities.add(tx, { customerId: id, kind: 'note', body: note }, by);
  return id;
}

async function makeLead(tx: World, entry: store.EntryRow, parsed: Parsed, by: By): Promise<string> {
  const fields = leadOf(parsed.found, entry.source);
  const owner = await ownerOf(tx, entry);
  const [id = ''] = await leads.addMany(tx, { rows: [{ fields }], owner }, by);
  const note = noteForLead(parsed);
  if (note) await noteWithLead(tx, id, note, by);
  return id;
}

async function noteWithLead(tx: World, leadId: string, body: string, by: By): Promise<void> {
  const outcome = await activities.add(tx, { leadId, kind: 'note', body }, by);
  if (outcome.kind !== 'added') throw new Error(`no note with lead ${leadId}: ${outcome.kind}`);
}

/** The open lead of the workspace, whosever, who has such a telephone or address. */
async function knownLead(world: World, found: Found): Promise<{ id: string } | undefined> {
  const phones = [found.mobile, found.phone].map(phoneDigits).filter(text => (text ?? '').length >= 6);
  for (const digits of phones) {
    const there = await leads.known(world, { digits, email: null });
    if (there) return there;
  }
  return found.email ? leads.known(world, { digits: null, email: found.email }) : undefined;
}

/** The key's owner while he works here, locked or not; else nobody, and the team that would have been his. */
async function ownerOf(world: World, entry: store.EntryRow): Promise<Owner> {
  const person = entry.owner_id ? await staff.byId(world, entry.owner_id) : undefined;
  if (person?.state === 'active' && person.role !== 'auditor')
    return { id: person.id, name: person.name, teamId: person.team_id };
  return { id: null, name: null, teamId: person?.team_id ?? entry.team_id };
}

type Known = { id: string; next_follow_up_at: string | null };

/** The customer of the workspace, whosever, who has such a telephone or address, himself or by a contact. */
async function knownCustomer(world: World, found: Found, by: By): Promise<Known | null> {
  const phones = [found.mobile, found.phone].map(phoneDigits).filter(text => (text ?? '').length >= 6);
  for (const q of [...phones, found.email]) {
    if (!q) continue;
    const meets = (row: { phone_digits: string | null; email: string | null }) =>
      row.phone_digits === q || row.email === q;
    const input = { filters: { q }, limit: 50 };
    const own = await customers.list(world, input, by);
    const customer = own.kind === 'page' ? own.items.find(meets) : undefined;
    if (customer) return customer;
    const theirs = await contacts.list(world, input, by);
    const contact =
      theirs.kind === 'page' ? theirs.items.find(row => row.customer_id && meets(row)) : undefined;
    const employer = contact?.customer_id ? await customers.byId(world, contact.customer_id, by) : undefined;
    if (employer) return employer;
  }
  return null;
}

async function addNote(tx: World, customer: Known, body: string, by: By): Promise<void> {
  // What comes in by itself is no follow-up: one that is due stays due.
  const due = customer.next_follow_up_at;
  const stays = due !== null && due <= moment(tx) ? { nextAt: due } : {};
  const outcome = await activities.add(tx, { customerId: customer.id, kind: 'note', body, ...stays }, by);
  if (outcome.kind !== 'added') throw new Error(`no note with customer ${customer.id}: ${outcome.kind}`);
}
