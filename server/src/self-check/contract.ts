// The self-check over HTTP: after an unlock one sees that records are complete and functions answer.
import { z } from 'zod';

const When = z.iso.datetime();

const Check = z.object({
  name: z.enum([
    'records',
    'last-writes',
    'list',
    'search',
    'write',
    'mail',
    'journal',
    'sealing',
    'jobs',
    'disk',
  ]),
  state: z.enum(['good', 'bad', 'unknown']),
  title: z.string(),
  words: z.string(),
});

const Count = z.object({
  kind: z.enum(['customer', 'contact', 'activity', 'deal', 'order']),
  title: z.string(),
  /** In the tables now. */
  now: z.int(),
  /** Of those that were there when the lock began, still there. */
  before: z.int(),
  added: z.int(),
  removed: z.int(),
  /** Named by the journal, and neither in the tables nor removed by anybody. */
  missing: z.int(),
});

export const Report = z
  .object({
    at: When,
    /** When the last lock began; null where there was none, and then the last day is looked at. */
    lockedAt: When.nullable(),
    since: When,
    good: z.boolean(),
    counts: z.array(Count),
    checks: z.array(Check),
  })
  .meta({ id: 'SelfCheck' });

export const selfCheckContract = {
  'GET /self-check': {
    summary: 'One’s own records and functions, looked at after an unlock',
    access: 'person',
    replies: { 200: Report },
  },
  'GET /self-check/system': {
    summary: 'Records of all kinds, the journal’s chain, jobs and mail, for administrators',
    access: ['read', 'audit'],
    replies: { 200: Report },
  },
} as const;
