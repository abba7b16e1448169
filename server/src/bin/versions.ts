// Putting back what a change replaced: the values before it, as a change of its own.
import type { z } from 'zod';
import * as audit from '../audit/audit.ts';
import * as contacts from '../contacts/contacts.ts';
import { ContactPatch } from '../contacts/contract.ts';
import { CustomerPatch } from '../customers/contract.ts';
import * as customers from '../customers/customers.ts';
import { DealPatch } from '../deals/contract.ts';
import * as deals from '../deals/deals.ts';
import { LeadPatch } from '../leads/contract.ts';
import * as leads from '../leads/leads.ts';
import { fixedFields } from '../permissions.ts';
import type { By } from '../records/records.ts';
import * as records from '../records/records.ts';
import type { World } from '../world.ts';

export type Versioned = 'customer' | 'contact' | 'deal' | 'lead';

type Changed = { kind: string };
type Change = (
  world: World,
  input: { id: string; patch: Record<string, unknown>; version: number | null },
  by: By,
) => Promise<Changed>;

// Each patch is checked by the room's own schema before the room's own change is asked, as one that comes by HTTP is.
const rooms: Record<
  Versioned,
  { patch: z.ZodObject; change: Change; find: (world: World, id: string, by: By) => Promise<boolean> }
> = {
  customer: {
    patch: CustomerPatch,
    change: (world, input, by) =>
      customers.change(world, { ...input, patch: CustomerPatch.parse(input.patch) }, by),
    find: async (world, id, by) => (await records.find(world, customers.customers, id, by)) !== undefined,
  },
  contact: {
    patch: ContactPatch,
    change: (world, input, by) =>
      contacts.change(world, { ...input, patch: ContactPatch.parse(input.patch) }, by),
    find: async (world, id, by) => (await records.find(world, contacts.contacts, id, by)) !== undefined,
  },
  deal: {
    patch: DealPatch,
    change: (world, input, by) => deals.change(world, { ...input, patch: DealPatch.parse(input.patch) }, by),
    find: async (world, id, by) => (await records.find(world, deals.deals, id, by)) !== undefined,
  },
  lead: {
    patch: LeadPatch,
    change: (world, input, by) => leads.change(world, { ...input, patch: LeadPatch.parse(input.patch) }, by),
    find: async (world, id, by) => (await records.find(world, leads.leads, id, by)) !== undefined,
  },
};

export type PutBackOutcome =
  | { kind: 'done'; fields: string[]; left: string[] }
  | { kind: 'changed-meanwhile' }
  | { kind: 'not-found' | 'nothing' | 'not-possible' };

/**
 * Puts the values back that a record had before one of its changes; tells which were put back, and which stay: those
 * that the system keeps, and those that this person may not change.
 */
export async function putBack(
  world: World,
  input: { object: Versioned; id: string; entryId: string; version: number | null },
  by: By,
): Promise<PutBackOutcome> {
  const { object, id, version } = input;
  const room = rooms[object];
  if (!(await room.find(world, id, by))) return { kind: 'not-found' };
  const entry = await audit.changeOf(world, { object: { type: object, id }, id: input.entryId });
  if (!entry) return { kind: 'not-found' };
  const { patch, fields, left } = patchOf(room.patch, entry.before ?? {}, fixedFields(by.me, object));
  if (fields.length === 0 || !room.patch.safeParse(patch).success) return { kind: 'nothing' };
  const outcome = await room.change(world, { id, patch, version }, by);
  if (outcome.kind === 'changed') return { kind: 'done', fields, left };
  return outcome.kind === 'not-found' || outcome.kind === 'changed-meanwhile'
    ? { kind: outcome.kind }
    : { kind: 'not-possible' };
}

/** What a room is asked to write so that these values stand again. Pure. */
export function patchOf(schema: z.ZodObject, before: Record<string, unknown>, fixed: readonly string[]) {
  const patch: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  const fields: string[] = [];
  const left: string[] = [];
  for (const [field, value] of Object.entries(before)) {
    const own = /^custom\.(.+)$/.exec(field)?.[1];
    const link = `${field}Id`;
    const known = own ? 'custom' : Object.hasOwn(schema.shape, link) ? link : field;
    if (fixed.includes(field) || fixed.includes(known) || !Object.hasOwn(schema.shape, known)) {
      left.push(field);
      continue;
    }
    fields.push(field);
    if (own) custom[own] = value;
    else patch[known] = known === link ? ((value as { id?: string } | null)?.id ?? null) : value;
  }
  if (Object.keys(custom).length > 0) patch.custom = custom;
  return { patch, fields, left };
}
