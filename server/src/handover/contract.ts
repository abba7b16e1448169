// Hand-overs over HTTP.
import { z } from 'zod';
import * as f from '../fields.ts';

export const HandedObject = z.enum(['customer', 'contact', 'lead', 'deal', 'order', 'task']);

const PauseView = z
  .object({
    at: z.iso.datetime(),
    by: f.Person,
    reason: z.string(),
    untilOn: z.string().nullable().describe('The day of the return; null: with the next sign-in'),
    waiting: z.int().describe('Tasks that came due since'),
  })
  .meta({ id: 'Pause' });

const HandoverView = z
  .object({
    id: z.uuid(),
    person: f.Person,
    to: z.array(f.Person),
    objects: z.array(HandedObject),
    reason: z.string(),
    by: f.Person,
    at: z.iso.datetime(),
    state: z.enum(['moving', 'moved', 'returning', 'returned']),
    total: z.int(),
    moved: z.int(),
    returned: z.int(),
    kept: z.int().describe('Left where they were when the rest went back: they had changed hands since'),
    failed: z.int().describe('Records that could not be written and stayed where they were'),
    left: z
      .array(z.object({ object: HandedObject, id: z.uuid(), name: z.string() }))
      .describe('Those records, at most a hundred'),
    undoneAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Handover' });

export const handoverContract = {
  'GET /people/{id}/handover': {
    summary: 'What somebody has in hand, to whom it could go, and what was handed over before',
    access: ['update', 'customer'],
    params: f.ById,
    replies: {
      200: z.object({
        parts: z.array(z.object({ object: HandedObject, count: z.int() })),
        followUps: z.int().describe('Customers and leads with a follow-up planned'),
        targets: z.array(f.Person.extend({ team: z.string().nullable() })),
        items: z.array(HandoverView),
        pause: PauseView.nullable().describe('Reminders stand still, and what falls due waits'),
      }),
    },
  },
  'POST /people/{id}/handovers': {
    summary:
      'Gives what somebody has in hand to one or several colleagues, customer by customer; many are moved in the background',
    access: ['update', 'customer'],
    params: f.ById,
    body: z.strictObject({
      to: z.array(z.uuid()).min(1).max(20),
      objects: z.array(HandedObject).min(1),
      reason: f.lines(500).min(3),
    }),
    replies: { 201: HandoverView },
  },
  'POST /people/{id}/pause': {
    summary:
      'Lets the reminders of somebody who is locked or away stand still, until a day or until he signs in again; what falls due waits for his return, and the public pool takes none of his customers',
    access: ['update', 'customer'],
    params: f.ById,
    body: z.strictObject({ reason: f.lines(500).min(3), untilOn: f.day.nullish() }),
    replies: { 201: PauseView },
  },
  'POST /people/{id}/resume': {
    summary: 'Ends a pause: what came due meanwhile is due today, and he is reminded of it',
    access: ['update', 'customer'],
    params: f.ById,
    replies: { 200: z.object({ moved: z.int() }) },
  },
  'GET /handovers/{id}': {
    summary: 'One hand-over with its progress',
    access: ['update', 'customer'],
    params: f.ById,
    replies: { 200: HandoverView },
  },
  'POST /handovers/{id}/return': {
    summary: 'Gives back what was handed over, but for what has changed hands since',
    access: ['update', 'customer'],
    params: f.ById,
    body: z.strictObject({ reason: f.lines(500).min(3) }),
    replies: { 200: HandoverView },
  },
} as const;
