// Trusted networks, and one's own familiar ones, over HTTP.
import { z } from 'zod';
import { ById, line, Person, time } from '../fields.ts';

const Warning = z.object({ kind: z.enum(['loopback', 'wide', 'overlap']), words: z.string() });

export const TrustedNetwork = z
  .object({
    id: z.uuid(),
    cidr: z.string(),
    origin: z.string().nullable(),
    /** Null: whoever comes from it. */
    person: Person.nullable(),
    reason: z.string(),
    endsAt: z.iso.datetime(),
    createdAt: z.iso.datetime(),
    createdBy: Person,
    stands: z.boolean(),
    ended: z.object({ at: z.iso.datetime(), by: Person.nullable(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'TrustedNetwork' });

const cidr = line(64).min(1);

export const networksContract = {
  'GET /networks/trusted': {
    summary: 'Networks that administrators trust for a while, newest first, and where one comes from now',
    access: ['read', 'policy'],
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      after: z.uuid().optional(),
      standing: z.enum(['true', 'false']).optional(),
    }),
    replies: {
      200: z.object({
        items: z.array(TrustedNetwork),
        next: z.uuid().nullable(),
        here: z.object({ address: z.string(), cidr: z.string(), origin: z.string().nullable() }),
      }),
    },
  },
  'GET /networks/trusted/preview': {
    summary: 'What trusting a range would amount to: its one form, its size, what speaks against it',
    access: ['read', 'policy'],
    query: z.object({ cidr, personId: z.uuid().optional() }),
    replies: {
      200: z.object({
        cidr: z.string().nullable(),
        origin: z.string().nullable(),
        /** Decimal digits, as IPv6 ranges hold more than a number can say. */
        addresses: z.string().nullable(),
        fault: z.string().nullable(),
        warnings: z.array(Warning),
      }),
    },
  },
  'POST /networks/trusted': {
    summary: 'Trusts a network until a moment at most 366 days away: for one person, or for everybody',
    access: ['configure', 'policy'],
    body: z.strictObject({
      cidr,
      personId: z.uuid().nullish(),
      reason: line(500).min(3),
      endsAt: time,
    }),
    replies: { 201: TrustedNetwork.extend({ warnings: z.array(Warning) }) },
  },
  'POST /networks/trusted/{id}/end': {
    summary: 'Trusts a network no longer',
    access: ['configure', 'policy'],
    params: ById,
    body: z.strictObject({ reason: line(500).min(3) }),
    replies: { 204: null },
  },
  'GET /networks/mine': {
    summary: 'The networks from which one’s own account is known, and those trusted for oneself',
    access: 'person',
    replies: {
      200: z.object({
        items: z.array(
          z.object({
            id: z.uuid(),
            source: z.string(),
            origin: z.string(),
            firstSeenAt: z.iso.datetime(),
            lastSeenAt: z.iso.datetime(),
            current: z.boolean(),
          }),
        ),
        trusted: z.array(
          z.object({ id: z.uuid(), cidr: z.string(), reason: z.string(), endsAt: z.iso.datetime() }),
        ),
        next: z.null(),
      }),
    },
  },
  'DELETE /networks/mine/{id}': {
    summary: 'Forgets one of one’s own familiar networks',
    access: 'person',
    params: ById,
    replies: { 204: null },
  },
} as const;
