// The objects that are changed in batches: how each is gathered, read, changed and binned through the face of its room.
import type { z } from 'zod';
import * as contacts from '../contacts/contacts.ts';
import { ContactFilters } from '../contacts/contract.ts';
import { contactView } from '../contacts/routes.ts';
import { CustomerFilters } from '../customers/contract.ts';
import * as customers from '../customers/customers.ts';
import { customerView } from '../customers/routes.ts';
import { DealFilters, type DealPatch, type Move } from '../deals/contract.ts';
import * as deals from '../deals/deals.ts';
import { dealView } from '../deals/routes.ts';
import { LeadFilters } from '../leads/contract.ts';
import * as leads from '../leads/leads.ts';
import { leadView } from '../leads/routes.ts';
import { OrderFilters } from '../orders/contract.ts';
import * as orders from '../orders/orders.ts';
import { orderView } from '../orders/routes.ts';
import * as records from '../records/records.ts';
import { TaskFilters } from '../tasks/contract.ts';
import { taskView } from '../tasks/routes.ts';
import * as tasks from '../tasks/tasks.ts';
import type { World } from '../world.ts';
import type { BatchObject } from './contract.ts';

export type Name = z.output<typeof BatchObject>;
export type Patch = Record<string, unknown>;
export type View = { id: string; version: number; owner: { id: string } | null } & Record<string, unknown>;
type Outcome = { kind: string };

export type Batched = {
  /** The ids of all within reach that meet the filters, as they stand in an address. */
  gather: (world: World, filters: unknown, by: records.By) => AsyncIterable<string>;
  filters: { safeParse: (value: unknown) => { success: boolean; error?: z.ZodError | undefined } };
  /** One within reach, locked. */
  hold: (tx: World, id: string, by: records.By) => Promise<View | undefined>;
  change: (tx: World, id: string, patch: Patch, by: records.By) => Promise<Outcome>;
  bin: (
    tx: World,
    input: { id: string; version: number | null; deleted: boolean },
    by: records.By,
  ) => Promise<Outcome>;
};

/** All pages of a list, one after the other. */
async function* paged(
  page: (
    after: string | undefined,
  ) => Promise<{ kind: string; items?: { id: string }[]; next?: string | null }>,
): AsyncGenerator<string> {
  let after: string | undefined;
  do {
    const found = await page(after);
    if (found.kind !== 'page') throw new Error(`the records of a batch could not be read: ${found.kind}`);
    for (const row of found.items ?? []) yield row.id;
    after = found.next ?? undefined;
  } while (after !== undefined);
}

async function* idsOf(rows: AsyncIterable<{ id: string }>): AsyncGenerator<string> {
  for await (const row of rows) yield row.id;
}

const lock = { deleted: 'no', lock: true } as const;
const limit = 1_000;

/** A move to another stage asks what that stage asks for; the rest is a change like any other. */
async function changeDeal(tx: World, id: string, patch: Patch, by: records.By): Promise<Outcome> {
  const { stageId, lostReason, lostRemark, wonReason, ...rest } = patch as z.output<typeof DealPatch> &
    Partial<z.output<typeof Move>>;
  if (stageId !== undefined) {
    const move = {
      stageId,
      ...(lostReason ? { lostReason } : {}),
      ...(lostRemark ? { lostRemark } : {}),
      ...(wonReason ? { wonReason } : {}),
    };
    const moved = await deals.move(tx, { id, move, version: null }, by);
    if (moved.kind !== 'changed') return moved;
  }
  if (Object.keys(rest).length === 0) return { kind: 'changed' };
  return deals.change(tx, { id, patch: rest, version: null }, by);
}

export const objects: Record<Name, Batched> = {
  customer: {
    filters: CustomerFilters,
    gather: (world, filters, by) => idsOf(customers.stream(world, CustomerFilters.parse(filters), by)),
    hold: async (tx, id, by) => {
      const row = await records.find(tx, customers.customers, id, by, lock);
      return row && customerView(row);
    },
    change: (tx, id, patch, by) => customers.change(tx, { id, patch, version: null }, by),
    bin: customers.bin,
  },
  contact: {
    filters: ContactFilters,
    gather: (world, filters, by) => idsOf(contacts.stream(world, ContactFilters.parse(filters), by)),
    hold: async (tx, id, by) => {
      const row = await records.find(tx, contacts.contacts, id, by, lock);
      return row && contactView(row);
    },
    change: (tx, id, patch, by) => contacts.change(tx, { id, patch, version: null }, by),
    bin: contacts.bin,
  },
  lead: {
    filters: LeadFilters,
    gather: (world, filters, by) => idsOf(leads.stream(world, LeadFilters.parse(filters), by)),
    hold: async (tx, id, by) => {
      const row = await records.find(tx, leads.leads, id, by, lock);
      return row && leadView(row);
    },
    change: (tx, id, patch, by) => leads.change(tx, { id, patch, version: null }, by),
    bin: leads.bin,
  },
  deal: {
    filters: DealFilters,
    gather: (world, given, by) => {
      const filters = DealFilters.parse(given);
      return paged(after => deals.list(world, { filters, sort: 'createdAt', after, limit }, by));
    },
    hold: async (tx, id, by) => {
      const row = await records.find(tx, deals.deals, id, by, lock);
      if (!row) return undefined;
      const view = dealView(row);
      return { ...view, stageId: view.stage.id, probability: view.probabilityOwn ? view.probability : null };
    },
    change: changeDeal,
    bin: deals.bin,
  },
  order: {
    filters: OrderFilters,
    gather: (world, given, by) => {
      const filters = OrderFilters.parse(given);
      return paged(after => orders.list(world, { filters, sort: 'createdAt', after, limit }, by));
    },
    hold: async (tx, id, by) => {
      const row = await records.find(tx, orders.orders, id, by, lock);
      return row && orderView(row);
    },
    change: (tx, id, patch, by) => orders.change(tx, { id, patch, version: null }, by),
    bin: orders.bin,
  },
  task: {
    filters: TaskFilters,
    gather: (world, given, by) => {
      const filters = TaskFilters.parse(given);
      return paged(after => tasks.list(world, { filters, sort: 'createdAt', after, limit }, by));
    },
    hold: async (tx, id, by) => {
      const row = await records.find(tx, tasks.tasks, id, by, lock);
      return row && taskView(row);
    },
    change: (tx, id, patch, by) => tasks.change(tx, { id, patch, version: null }, by),
    bin: tasks.bin,
  },
};
