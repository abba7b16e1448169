// Putting back what a change replaced: the values before it, as a change of its own.
import { z } from 'zod';
import * as audit from '../audit/audit.ts';
import * as contacts from '../contacts/contacts.ts';
import { ContactPatch } from '../contacts/contract.ts';
import { CustomerPatch } from '../customers/contract.ts';
import * as customers from '../customers/customers.ts';
import { DealPatch } from '../deals/contract.ts';
import * as deals from '../deals/deals.ts';
import { LeadPatch } from '../leads/contract.ts';
import * as leads from '../leads/leads.ts';
import { OrderPatch } from '../orders/contract.ts';
import * as orders from '../orders/orders.ts';
import { fixedFields } from '../permissions.ts';
import { ProductPatch } from '../products/contract.ts';
import * as products from '../products/products.ts';
import type { By } from '../records/records.ts';
import { TaskPatch } from '../tasks/contract.ts';
import * as tasks from '../tasks/tasks.ts';
import type { World } from '../world.ts';

export type Versioned = 'customer' | 'contact' | 'deal' | 'lead' | 'order' | 'product' | 'task';

type Changed = { kind: string };
type Asked = { id: string; patch: Record<string, unknown>; version: number | null };

type Room = {
  patch: z.ZodObject;
  change: (world: World, input: Asked, by: By) => Promise<Changed>;
  find: (world: World, id: string, by: By) => Promise<unknown>;
  /** Fields that follow from others: they are neither put back nor missed. */
  follow?: readonly string[];
  /** A value as the room takes it, from the journal’s telling. */
  given?: (field: string, value: unknown) => unknown;
};

// Each patch is checked by the room's own schema before the room's own change is asked, as one that comes by HTTP is.
function room<P extends z.ZodObject>(
  patch: P,
  change: (
    world: World,
    input: { id: string; patch: z.output<P>; version: number | null },
    by: By,
  ) => Promise<Changed>,
  find: Room['find'],
  more: Pick<Room, 'follow' | 'given'> = {},
): Room {
  return {
    patch,
    change: (world, input, by) => change(world, { ...input, patch: patch.parse(input.patch) }, by),
    find,
    ...more,
  };
}

const without = (value: unknown, key: string) => {
  const { [key]: _, ...rest } = Object(value) as Record<string, unknown>;
  return rest;
};

const rooms: Record<Versioned, Room> = {
  customer: room(CustomerPatch, customers.change, customers.byId),
  contact: room(ContactPatch, contacts.change, contacts.byId),
  deal: room(DealPatch, deals.change, deals.byId),
  lead: room(LeadPatch, leads.change, leads.byId),
  order: room(OrderPatch, orders.change, orders.byId, {
    follow: ['total'],
    // A line told without a tax had none; left out it would be the product's.
    given: (field, value) =>
      field === 'lines' && Array.isArray(value)
        ? value.map(line => ({ taxRate: 0, ...Object(line) }))
        : value,
  }),
  product: room(ProductPatch, products.change, products.byId),
  task: room(TaskPatch, tasks.change, tasks.byId, {
    given: (field, value) =>
      value === null
        ? value
        : field === 'about'
          ? without(value, 'name')
          : field === 'repeat'
            ? without(value, 'monthday')
            : value,
  }),
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
  const { patch: schema, change, find, ...telling } = rooms[object];
  if (!(await find(world, id, by))) return { kind: 'not-found' };
  const entry = await audit.changeOf(world, { object: { type: object, id }, id: input.entryId });
  if (!entry) return { kind: 'not-found' };
  const { patch, fields, left } = patchOf(schema, entry.before ?? {}, fixedFields(by.me, object), telling);
  if (fields.length === 0 || !schema.safeParse(patch).success) return { kind: 'nothing' };
  const outcome = await change(world, { id, patch, version }, by);
  if (outcome.kind === 'changed') return { kind: 'done', fields, left };
  return outcome.kind === 'not-found' || outcome.kind === 'changed-meanwhile'
    ? { kind: outcome.kind }
    : { kind: 'not-possible' };
}

/** What a room is asked to write so that these values stand again; what it does not take any more is left. Pure. */
export function patchOf(
  schema: z.ZodObject,
  before: Record<string, unknown>,
  fixed: readonly string[],
  { follow = [], given = (_, value) => value }: Pick<Room, 'follow' | 'given'> = {},
) {
  const patch: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  const fields: string[] = [];
  const left: string[] = [];
  for (const [field, told] of Object.entries(before)) {
    if (follow.includes(field)) continue;
    const own = /^custom\.(.+)$/.exec(field)?.[1];
    const link = `${field}Id`;
    const known = own ? 'custom' : Object.hasOwn(schema.shape, link) ? link : field;
    const value = known === link ? ((told as { id?: string } | null)?.id ?? null) : given(field, told);
    const taken = own ? value : takenBy(schema.shape[known], value);
    if (fixed.includes(field) || fixed.includes(known) || taken === undefined || !(known in schema.shape)) {
      left.push(field);
      continue;
    }
    fields.push(field);
    if (own) custom[own] = taken;
    else patch[known] = taken;
  }
  if (Object.keys(custom).length > 0) patch.custom = custom;
  return { patch, fields, left };
}

/** The value as the schema of its field takes it: what was empty may be an empty text there; undefined where not at all. */
function takenBy(schema: z.core.$ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  return [value, ...(value === null ? [''] : [])].find(one => z.safeParse(schema, one).success);
}
