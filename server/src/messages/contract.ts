// The outbox over HTTP.
import { z } from 'zod';
import { line, lines } from '../fields.ts';

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

const Which = {
  channel: z.enum(['email', 'sms']),
  template: z.string().max(60),
  language: z.enum(['zh-CN', 'en']),
};
const Text = z.object({ subject: line(200), paragraphs: z.array(lines(2_000)).min(1).max(20) });

export const messagesContract = {
  'GET /message-templates': {
    summary: 'Every message as it is sent now, with the values that may stand in it',
    access: ['read', 'policy'],
    replies: {
      200: z.object({
        items: z.array(
          z.object({
            ...Which,
            text: Text,
            values: z.array(z.string()),
            /** Values that must stay: without them the message would be worthless. */
            vital: z.array(z.string()),
            own: z.object({ at: z.iso.datetime(), by: z.uuid().nullable() }).nullable(),
          }),
        ),
        next: z.null(),
      }),
    },
  },
  'PUT /message-templates': {
    summary: 'Keeps a message in one’s own words; `text: null` goes back to those of the product',
    access: ['configure', 'policy'],
    body: z.strictObject({ ...Which, text: Text.nullable() }),
    replies: { 204: null },
  },
  'POST /message-templates/preview': {
    summary: 'How such a text would look, with sample values',
    access: ['configure', 'policy'],
    body: z.strictObject({ ...Which, text: Text }),
    replies: { 200: z.object({ subject: z.string(), body: z.string() }) },
  },
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
