// What a company has chosen for itself, over HTTP.
import { z } from 'zod';
import { zone } from '../fields.ts';

const Workspace = z
  .object({
    name: z.string(),
    language: z.string(),
    timeZone: z.string().describe('The time zone (IANA) of the company’s days'),
    chosen: z.boolean().describe('False: it comes of the language'),
    offlineHours: z
      .int()
      .describe('For so long a device that does not hear of the server can read what it has taken along'),
  })
  .meta({ id: 'Workspace' });

export const workspacesContract = {
  'GET /workspace': {
    summary: 'What the company is called, and in which time zone its days are meant',
    access: 'person',
    replies: { 200: Workspace },
  },
  'PUT /workspace': {
    summary:
      'Chooses the time zone of the company’s days: digests, reminders, dates of documents and what is due today go by it; null leaves it to the language. And for how many hours devices keep what they took along',
    access: ['configure', 'policy'],
    body: z.strictObject({
      timeZone: zone.nullable().optional(),
      offlineHours: z.int().min(1).max(168).optional(),
    }),
    replies: { 200: Workspace },
  },
} as const;
