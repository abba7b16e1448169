// What happens while one looks on: the stream of events, and the feed of what has happened.
import { z } from 'zod';
import * as f from '../fields.ts';
import { SubjectRef } from '../subjects/contract.ts';

const Happening = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    actor: z.object({ id: z.uuid().nullable(), name: z.string().nullable() }),
    action: z.string(),
    object: SubjectRef.extend({ name: z.string() }).describe('The record it happened at'),
    excerpt: z.string().nullable().describe('The beginning of a comment or follow-up'),
    from: z.string().nullable().describe('The stage a deal left'),
    to: z.string().nullable().describe('The stage a deal came to'),
  })
  .meta({ id: 'Happening' });

export const eventsContract = {
  'GET /events': {
    summary:
      'Server-sent events: `changed` {object, id, version, of?} for a record within one’s reach, `inbox` when there is something to be told, `reload` when too much was missed. Ends with the session, and from time to time; go on with Last-Event-ID or `after`.',
    access: 'person',
    unasked: true,
    query: z.object({
      after: z.string().max(20).optional(),
      age: z.coerce
        .number()
        .int()
        .min(0)
        .max(600_000)
        .optional()
        .catch(undefined)
        .describe('Milliseconds since the page began to read; what changed meanwhile is told as well'),
    }),
    replies: { 200: 'text/event-stream' },
  },
  'GET /feed': {
    summary: 'What has happened within one’s reach, newest first: new records, moves, follow-ups, comments',
    access: 'person',
    query: z.strictObject({
      person: z
        .union([z.uuid(), z.literal('me')])
        .optional()
        .describe('What this person did: an id, or `me`'),
      limit: f.page.limit.default(30),
      after: z.uuid().optional(),
    }),
    replies: {
      200: z.object({
        items: z.array(Happening),
        next: z.uuid().nullable().describe('A page may be short although there is a next one'),
      }),
    },
  },
} as const;
