// Records shared with a colleague or a team, over HTTP.
import { z } from 'zod';
import * as f from '../fields.ts';
import { SubjectRef } from '../subjects/contract.ts';

const ShareView = z
  .object({
    id: z.uuid(),
    person: f.Person.nullable(),
    team: f.Person.nullable(),
    mayUpdate: z.boolean(),
    until: z.iso.datetime().nullable(),
    reason: z.string().nullable(),
    by: f.Person,
    at: z.iso.datetime(),
  })
  .meta({ id: 'Share' });

const Target = z.object({ id: z.uuid(), name: z.string(), kind: z.enum(['person', 'team']) });

export const sharingContract = {
  'GET /shares': {
    summary: 'With whom a record is shared, and whether one may share it oneself',
    access: 'person',
    query: z.strictObject(SubjectRef.shape),
    replies: {
      200: z.object({
        items: z.array(ShareView),
        mine: z.boolean().describe('Whether it is one’s own to share'),
        next: z.null(),
      }),
    },
  },
  'GET /shares/targets': {
    summary: 'Teams and colleagues with whom one may share a record, by what their names hold',
    access: 'person',
    query: z.strictObject({
      ...SubjectRef.shape,
      q: f.line(60).default(''),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    replies: { 200: z.object({ items: z.array(Target), next: z.null() }) },
  },
  'POST /shares': {
    summary:
      'Opens a record to a colleague or a team, in place of what stood for them; a customer opens with contacts, activities and deals',
    access: 'person',
    body: z.strictObject({
      ...SubjectRef.shape,
      personId: z.uuid().optional(),
      teamId: z.uuid().optional(),
      mayUpdate: z.boolean().default(false),
      until: f.time.nullish(),
      reason: f.lines(500).nullish(),
    }),
    replies: { 201: ShareView },
  },
  'DELETE /shares/{id}': {
    summary: 'Closes a record again to whom it was shared with',
    access: 'person',
    params: f.ById,
    replies: { 204: null },
  },
} as const;
