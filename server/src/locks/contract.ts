// The lock policy over HTTP.
import { z } from 'zod';

const Measure = z.enum(['tell', 'prove']);

/** What a right password on a strange device takes: `tell` the owner, or have it `prove` itself first. */
const Arrivals = z.strictObject({ newDevice: Measure, abnormal: Measure });

const Numbers = z.strictObject({
  tries: z.number(),
  pauseMinutes: z.number(),
  reserve: z.number(),
  perDay: z.number(),
});

/** Lanes in numbers of one's own; the engine's bounds are checked behind. */
export const LockLanes = z.strictObject({
  knownDevice: Numbers,
  familiarNetwork: Numbers,
  strangers: Numbers,
  alarm: Numbers,
});

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
  z.strictObject({ preset: z.literal('custom'), lanes: LockLanes, arrivals: Arrivals.optional() }),
]);

const PolicyView = z.object({
  preset: z.string(),
  failures: z.int().optional(),
  minutes: z.int().optional(),
  lanes: LockLanes,
  arrivals: Arrivals,
  warnings: z.array(z.object({ kind: z.string(), value: z.number(), words: z.string() })),
});

const Attacker = z.object({ month: z.int(), halfYear: z.int(), chance: z.number() });
const Outlook = z.object({
  owners: z.object({ visits: z.int(), refused: z.int(), asked: z.int() }),
  strangers: z.object({
    tries: z.int(),
    verified: z.int(),
    stopped: z.int(),
    names: z.int(),
    locked: z.int(),
  }),
  attacker: Attacker,
});

/** A draft beside the present policy: the last ninety days replayed, and an attacker's chance by calculation. */
const PolicyPreview = PolicyView.extend({
  days: z.int(),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  records: z.int(),
  cut: z.boolean(),
  now: Outlook,
  draft: Outlook,
  reference: z.object({ failures: z.int(), minutes: z.int(), attacker: Attacker }),
  basis: z.object({ list: z.int(), fits: z.array(z.string()) }),
});

export const locksContract = {
  'GET /policies/lock': {
    summary: 'The lock policy',
    access: ['read', 'policy'],
    replies: { 200: PolicyView },
  },
  'GET /policies/lock/preview': {
    summary:
      'What a lock policy would amount to, without choosing it: its lanes and warnings, the last ninety days replayed under it and under the present one, and how far a guesser would get',
    access: ['read', 'policy'],
    query: z.object({
      preset: z.enum(['calm', 'balanced', 'strict', 'prove', 'classic', 'custom']),
      failures: z.coerce.number().int().min(1).max(50).default(5),
      minutes: z.coerce.number().int().min(1).max(1_440).default(30),
      /** The four lanes of `custom`, as JSON. */
      lanes: z.string().max(1_000).optional(),
      newDevice: Measure.optional(),
      abnormal: Measure.optional(),
    }),
    replies: { 200: PolicyPreview },
  },
  'PUT /policies/lock': {
    summary: 'Chooses the lock policy: a preset, classic with failures and minutes, or custom lanes',
    access: ['configure', 'policy'],
    fresh: true,
    body: LockPolicy,
    replies: { 200: PolicyView },
  },
} as const;
