// The journal over HTTP.
import { z } from 'zod';

const AuditEntry = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    actor: z.object({ id: z.uuid().nullable(), name: z.string().nullable() }),
    action: z.string(),
    object: z.object({ type: z.string(), id: z.uuid() }).nullable(),
    address: z.string().nullable(),
    device: z.string().nullable(),
    correlationId: z.string().nullable(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    details: z.record(z.string(), z.unknown()).nullable(),
    sealed: z.boolean(),
  })
  .meta({ id: 'AuditEntry' });

export const auditContract = {
  'GET /audit': {
    summary: 'The sign-in and operation log, newest first',
    access: ['read', 'audit'],
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      after: z.uuid().optional(),
      action: z.string().max(100).optional(),
      actor: z.uuid().optional(),
      objectType: z.string().max(50).optional(),
      object: z.uuid().optional(),
      address: z.string().max(64).optional(),
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional(),
    }),
    replies: { 200: z.object({ items: z.array(AuditEntry), next: z.uuid().nullable() }) },
  },
  'GET /audit/verification': {
    summary: 'Walks the chain of hashes and names the first altered entry',
    access: ['read', 'audit'],
    replies: {
      200: z.union([
        z.object({ kind: z.literal('intact'), entries: z.int(), head: z.string(), unsealed: z.int() }),
        z.object({
          kind: z.literal('altered'),
          seq: z.int(),
          id: z.uuid().nullable(),
          at: z.iso.datetime().nullable(),
          action: z.string().nullable(),
          why: z.string(),
        }),
      ]),
    },
  },
} as const;
