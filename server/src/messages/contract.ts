// The outbox over HTTP.
import { z } from 'zod';

const OutboxMessage = z
  .object({
    id: z.uuid(),
    to: z.string(),
    channel: z.enum(['email', 'sms']),
    template: z.string(),
    subject: z.string(),
    body: z.string(),
    at: z.iso.datetime(),
    state: z.enum(['queued', 'sent', 'failed', 'kept']),
    problem: z.string().nullable(),
    attempts: z.int(),
  })
  .meta({ id: 'OutboxMessage' });

export const messagesContract = {
  'GET /outbox': {
    summary: 'Messages, newest first; also without signing in in a demo that sends no mail',
    // Whoever may read the outbox; but a demo without a mail server has no other way to hand visitors their codes.
    // That depends on the installation, which a contract does not know: the handler asks.
    access: 'public',
    query: z.object({
      to: z.string().trim().max(320).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      after: z.uuid().optional(),
    }),
    replies: { 200: z.object({ items: z.array(OutboxMessage), next: z.uuid().nullable() }) },
  },
  'POST /outbox/test': {
    summary: 'Sends a test message and tells how that went',
    access: ['configure', 'policy'],
    body: z.object({ to: z.string().trim().max(320) }),
    replies: {
      200: z.object({ state: z.enum(['sent', 'kept', 'failed']), problem: z.string().nullable() }),
    },
  },
} as const;
