// Locks and the lock policy over HTTP.
import { z } from 'zod';

const Way = z.object({ kind: z.string(), href: z.string().optional(), note: z.string() });

export const LockView = z
  .object({
    id: z.uuid(),
    cause: z.string(),
    scope: z.array(z.string()),
    since: z.iso.datetime(),
    until: z.iso.datetime().nullable(),
    stands: z.boolean(),
    waysOut: z.array(Way),
    normal: z.boolean().nullable(),
    why: z.string(),
    mind: z.string(),
    subject: z.object({
      kind: z.string(),
      person: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
    }),
    evidence: z.record(z.string(), z.unknown()),
    lifted: z
      .object({
        at: z.iso.datetime(),
        how: z.string().nullable(),
        by: z.uuid().nullable(),
        reason: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Lock' });

const Page = z.object({ items: z.array(LockView), next: z.uuid().nullable() });

const Measure = z.enum(['tell', 'prove']);

/** What a right password on a strange device takes: `tell` the owner, or have it `prove` itself first. */
const Arrivals = z.strictObject({ newDevice: Measure, abnormal: Measure });

export const LockPolicy = z.discriminatedUnion('preset', [
  z.strictObject({
    preset: z.enum(['calm', 'balanced', 'strict', 'prove']),
    arrivals: Arrivals.optional(),
  }),
  z.strictObject({
    preset: z.literal('classic'),
    failures: z.int().min(1).max(50).default(5),
    minutes: z.int().min(1).max(1_440).default(30),
    arrivals: Arrivals.optional(),
  }),
]);

const Lane = z.object({
  tries: z.number(),
  pauseMinutes: z.number(),
  reserve: z.number(),
  perDay: z.number(),
});
const PolicyView = z.object({
  preset: z.string(),
  failures: z.int().optional(),
  minutes: z.int().optional(),
  lanes: z.record(z.string(), Lane),
  arrivals: Arrivals,
  warnings: z.array(z.object({ kind: z.string(), value: z.number() })),
});

export const locksContract = {
  'GET /locks/mine': {
    summary: 'One’s own locks, past and present',
    access: 'person',
    replies: { 200: Page },
  },
  'GET /locks': {
    summary: 'All locks, newest first',
    access: ['read', 'lock'],
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      after: z.uuid().optional(),
      person: z.uuid().optional(),
      standing: z.enum(['true', 'false']).optional(),
    }),
    replies: { 200: Page },
  },
  'POST /locks/{id}/lift': {
    summary: 'Lifts a lock, with a reason and the way the person was identified',
    access: ['help', 'lock'],
    params: z.object({ id: z.uuid() }),
    body: z.object({ reason: z.string().trim().min(3).max(500), proof: z.string().trim().min(2).max(100) }),
    replies: { 204: null },
  },
  'GET /policies/lock': {
    summary: 'The lock policy',
    access: ['read', 'policy'],
    replies: { 200: PolicyView },
  },
  'GET /policies/lock/preview': {
    summary: 'What a lock policy would amount to: its lanes and its warnings, without choosing it',
    access: ['read', 'policy'],
    query: z.object({
      preset: z.enum(['calm', 'balanced', 'strict', 'prove', 'classic']),
      failures: z.coerce.number().int().min(1).max(50).default(5),
      minutes: z.coerce.number().int().min(1).max(1_440).default(30),
    }),
    replies: { 200: PolicyView },
  },
  'PUT /policies/lock': {
    summary: 'Chooses the lock policy: a preset, or classic with failures and minutes',
    access: ['configure', 'policy'],
    body: LockPolicy,
    replies: { 200: PolicyView },
  },
} as const;
