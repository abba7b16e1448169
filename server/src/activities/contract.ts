// Activities over HTTP: what was done with a customer or a lead, and what comes next (follow-ups).
import { z } from 'zod';
import { Comment } from '../comments/contract.ts';
import * as f from '../fields.ts';
import * as records from '../records/contract.ts';

export const Kind = z.enum(['call', 'visit', 'meeting', 'note', 'email', 'message']);

const ActivityView = z
  .object({
    id: z.uuid(),
    customer: f.Person.nullable(),
    lead: f.Person.nullable().describe('The lead it was with, also once that has become the customer'),
    contact: f.Person.nullable(),
    kind: Kind,
    body: z.string(),
    at: z.iso.datetime(),
    author: f.Person.nullable(),
    nextStep: z.string().nullable(),
    nextAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    deletedAt: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Activity' });

/** What may be written; the author is whoever is signed in (L13). */
const writable = {
  contactId: z.uuid().nullish(),
  kind: Kind,
  body: f.lines(10_000).min(1),
  at: f.time.optional().describe('When it took place; left out: now'),
  nextStep: f.line(300).nullish(),
  nextAt: f.time
    .nullish()
    .describe(
      'When to follow up next. Left out: a follow-up that was due by then counts as done. Null: none is planned any more.',
    ),
};

const NewActivity = z
  .strictObject({
    customerId: z.uuid().optional(),
    leadId: z.uuid().optional().describe('In place of a customer: the lead it was with'),
    ...writable,
  })
  .refine(input => (input.customerId === undefined) !== (input.leadId === undefined), {
    path: ['customerId'],
    message: 'give a customer or a lead',
  })
  .meta({ id: 'NewActivity' });
export const ActivityPatch = z.strictObject({
  ...writable,
  kind: writable.kind.optional(),
  body: writable.body.optional(),
});
export { NewActivity };

export const ActivityFilters = z.strictObject({
  customer: z.uuid().optional(),
  lead: z.uuid().optional(),
  author: z.union([z.uuid(), z.enum(['me'])]).optional(),
  kind: z
    .string()
    .regex(/^[a-z]+(?:,[a-z]+)*$/)
    .transform(text => text.split(','))
    .pipe(z.array(Kind))
    .optional()
    .describe('One or several, separated by commas'),
  from: f.time.optional(),
  to: f.time.optional(),
});

const TimelineItem = z
  .union([
    z.object({ kind: z.literal('activity'), at: z.iso.datetime(), activity: ActivityView }),
    z.object({ kind: z.literal('change'), at: z.iso.datetime(), change: f.HistoryEntry }),
    z.object({ kind: z.literal('comment'), at: z.iso.datetime(), comment: Comment }),
  ])
  .meta({ id: 'TimelineItem' });

export const activitiesContract = {
  'GET /activities': {
    summary: 'The activities with customers and leads within one’s reach',
    access: ['read', 'activity'],
    query: ActivityFilters.extend({ ...f.page, sort: z.enum(['-at', 'at']).optional() }),
    replies: { 200: records.listOf(ActivityView) },
  },
  'POST /activities': {
    summary: 'Records an activity; last activity and next follow-up of the customer or lead move with it',
    access: ['create', 'activity'],
    body: NewActivity,
    replies: { 201: ActivityView },
  },
  'GET /activities/{id}': records.one('activity', ActivityView, 'One activity'),
  'PATCH /activities/{id}': {
    summary: 'Changes an activity; with If-Match only the version named',
    access: ['update', 'activity'],
    params: f.ById,
    body: ActivityPatch,
    replies: { 200: ActivityView },
  },
  'DELETE /activities/{id}': records.removed('activity', 'Puts an activity into the bin'),
  'POST /activities/{id}/restore': records.restored(
    'activity',
    ActivityView,
    'Takes an activity back out of the bin',
  ),
  'GET /activities/{id}/history': records.history(
    'activity',
    'Every change to an activity with before and after, newest first',
  ),
  'GET /customers/{id}/timeline': {
    summary:
      'What happened with a customer, newest first: activities, comments, changes to the record itself',
    access: ['read', 'activity'],
    params: f.ById,
    query: z.strictObject({ limit: f.page.limit, after: f.page.after }),
    replies: { 200: z.object({ items: z.array(TimelineItem), next: z.string().nullable() }) },
  },
  'GET /leads/{id}/timeline': {
    summary: 'What happened with a lead, newest first: activities, comments, changes to the record itself',
    access: ['read', 'lead'],
    params: f.ById,
    query: z.strictObject({ limit: f.page.limit, after: f.page.after }),
    replies: { 200: z.object({ items: z.array(TimelineItem), next: z.string().nullable() }) },
  },
} as const;
