// First steps over HTTP: how far a workspace has come, who has put them away, and a sample to look around in.
import { z } from 'zod';

const Sampled = z.enum(['customer', 'contact', 'lead', 'deal', 'order', 'product', 'activity', 'task']);

const Sample = z
  .object({
    records: z.int().describe('Records of the sample that are there still'),
    changed: z
      .array(z.object({ object: Sampled, id: z.uuid(), name: z.string() }))
      .describe('Those of them that somebody has changed since, or that something else hangs on'),
  })
  .meta({ id: 'Sample' });

const Steps = z
  .object({
    closed: z.boolean().describe('Whether the person who asks wants to see them no more'),
    customers: z.boolean().describe('Whether there is a customer beside the sample'),
    deals: z.boolean().describe('Whether there is a deal beside the sample'),
    empty: z.boolean().describe('Nothing has been entered, so that a sample may be added'),
    sample: z.int().nullable().describe('How many records of the sample there are; null for no sample'),
  })
  .meta({ id: 'FirstSteps' });

export const firstStepsContract = {
  'GET /first-steps': {
    summary: 'How far this workspace has come, and whether one wants to hear of it',
    access: 'person',
    replies: { 200: Steps },
  },
  'PUT /first-steps': {
    summary: 'Puts the first steps away for oneself, or takes them out again',
    access: 'person',
    body: z.strictObject({ closed: z.boolean() }),
    replies: { 200: Steps },
  },
  'GET /first-steps/sample': {
    summary: 'The sample: how much of it is there, and what has been made of it',
    access: ['configure', 'policy'],
    replies: { 200: Sample },
  },
  'POST /first-steps/sample': {
    summary: 'Adds sample records to a workspace that is empty, all of them owned by whoever asks',
    access: ['configure', 'policy'],
    replies: { 201: z.object({ records: z.int() }) },
  },
  'DELETE /first-steps/sample': {
    summary:
      'Puts the sample into the bin, and nothing else; what was changed since goes with it or stays as one’s own',
    access: ['configure', 'policy'],
    query: z.strictObject({ changed: z.enum(['keep', 'remove']) }),
    replies: { 200: z.object({ removed: z.int(), kept: z.int() }) },
  },
} as const;
