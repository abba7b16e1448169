// Changes of many records in one go, over HTTP.
import { z } from 'zod';
import { ContactPatch } from '../contacts/contract.ts';
import { CustomerPatch } from '../customers/contract.ts';
import { DealPatch, Move } from '../deals/contract.ts';
import * as f from '../fields.ts';
import { LeadPatch } from '../leads/contract.ts';
import { OrderPatch } from '../orders/contract.ts';
import { TaskPatch } from '../tasks/contract.ts';

export const BatchObject = z.enum(['customer', 'contact', 'lead', 'deal', 'order', 'task']);

/** What may be changed of many at once, by object. */
export const patches = {
  customer: CustomerPatch.pick({
    ownerId: true,
    stage: true,
    level: true,
    source: true,
    industry: true,
    city: true,
    tags: true,
    nextFollowUpAt: true,
    custom: true,
  }),
  // Whose a contact is follows from the customer.
  contact: ContactPatch.pick({ title: true, custom: true }),
  lead: LeadPatch.pick({
    ownerId: true,
    status: true,
    unqualifiedReason: true,
    unqualifiedRemark: true,
    source: true,
    city: true,
    score: true,
    tags: true,
    nextFollowUpAt: true,
    custom: true,
  }),
  deal: DealPatch.pick({
    ownerId: true,
    source: true,
    expectedOn: true,
    probability: true,
    nextStep: true,
    custom: true,
  }).extend(
    Move.pick({ stageId: true, lostReason: true, lostRemark: true, wonReason: true }).partial().shape,
  ),
  order: OrderPatch.pick({ ownerId: true, custom: true }),
  task: TaskPatch.pick({ ownerId: true, priority: true, kind: true, dueOn: true, custom: true }),
} as const;

/** Filters as a list's query has them. */
export const Filters = z
  .record(z.string().regex(/^[a-zA-Z]{1,30}$/), z.string().max(2_000))
  .describe('The filters of the object’s list, as its query has them');

const which = {
  object: BatchObject,
  ids: z
    .array(z.uuid())
    .min(1)
    .max(200)
    .optional()
    .describe('These records; or leave it out and give `filters`'),
  filters: Filters.optional().describe('Every record that meets them; `{}` for all within reach'),
};

export const NewBatch = z
  .strictObject({
    ...which,
    set: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('As in a PATCH of such a record; of a deal also `stageId` with `lostReason`'),
    addTags: f.tags.optional(),
    removeTags: f.tags.optional(),
    remove: z.literal(true).optional().describe('Into the bin, in place of a change'),
  })
  .meta({ id: 'NewBatch' });

export const BatchView = z
  .object({
    id: z.uuid(),
    object: BatchObject,
    action: z.enum(['change', 'remove']),
    fields: z.array(z.string()).describe('What was changed'),
    state: z.enum(['gathering', 'running', 'done', 'undoing', 'undone', 'failed']),
    total: z.int(),
    done: z.int(),
    changed: z.int(),
    skipped: z.int().describe('Out of reach, or refused by a rule of their own'),
    reasons: z.record(z.string(), z.int()).describe('Why records were skipped, and how many for that'),
    restored: z.int(),
    kept: z.int().describe('Left as they are when the rest was taken back: changed again since'),
    by: f.Person,
    at: z.iso.datetime(),
    settledAt: z.iso.datetime().nullable(),
    undoableUntil: z.iso.datetime().nullable().describe('Null: it cannot be taken back now'),
  })
  .meta({ id: 'Batch' });

export const batchesContract = {
  'POST /batches': {
    summary:
      'Changes or bins many records as one step that can be taken back for 30 days; up to 200 at once, more in the background',
    access: 'person',
    body: NewBatch,
    replies: { 201: BatchView, 202: BatchView },
  },
  'POST /batches/count': {
    summary: 'How many records such filters mean, up to 10,000',
    access: 'person',
    body: z.strictObject({ object: BatchObject, filters: Filters }),
    replies: { 200: z.object({ count: z.int(), more: z.boolean() }) },
  },
  'GET /batches': {
    summary: 'One’s own batches, newest first; an administrator’s: everybody’s',
    access: 'person',
    query: z.strictObject({ limit: f.page.limit, after: z.uuid().optional() }),
    replies: { 200: z.object({ items: z.array(BatchView), next: z.uuid().nullable() }) },
  },
  'GET /batches/{id}': {
    summary: 'A batch and how far it has come',
    access: 'person',
    params: f.ById,
    replies: { 200: BatchView },
  },
  'POST /batches/{id}/undo': {
    summary: 'Takes a batch back: field by field, where nobody has changed it since',
    access: 'person',
    params: f.ById,
    replies: { 200: BatchView, 202: BatchView },
  },
} as const;
