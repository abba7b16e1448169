// One's own further addresses over HTTP.
import { z } from 'zod';
import { ById, line } from '../fields.ts';

const ContactPoint = z
  .object({
    id: z.uuid(),
    kind: z.enum(['email', 'sms']),
    value: z.string(),
    purpose: z.enum(['primary', 'backup']),
    verified: z.boolean(),
    /** A phone that is asked for a code on new devices, besides the password. */
    factor: z.boolean(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'ContactPoint' });

export const contactPointsContract = {
  'GET /contact-points': {
    summary: 'Where one can be reached besides the sign-in address, to recover the account',
    access: 'person',
    replies: {
      200: z.object({
        items: z.array(ContactPoint),
        next: z.null(),
        /** Whether text messages are sent; without a service they stay in the outbox. */
        smsSent: z.boolean(),
        /** Whether changes are open now, or a confirmation is wanted first. */
        confirmed: z.boolean(),
      }),
    },
  },
  'POST /contact-points': {
    summary: 'Adds an e-mail address or a phone number and sends a code there',
    access: 'person',
    unkept: true,
    body: z.strictObject({ kind: z.enum(['email', 'sms']), value: line(320).min(3) }),
    replies: { 201: z.object({ id: z.uuid() }) },
  },
  'POST /contact-points/{id}/messages': {
    summary: 'Sends the code again; the one before is dead',
    access: 'person',
    unkept: true,
    params: ById,
    replies: { 202: null },
  },
  'POST /contact-points/{id}/proofs': {
    summary: 'Verifies an address by the code sent there',
    access: 'person',
    unkept: true,
    params: ById,
    body: z.strictObject({ code: z.string().min(1).max(64) }),
    replies: { 204: null },
  },
  'PUT /contact-points/{id}/factor': {
    summary: 'Makes a verified phone a second factor, or no longer one',
    access: 'person',
    unkept: true,
    params: ById,
    body: z.strictObject({ on: z.boolean() }),
    replies: { 204: null },
  },
  'DELETE /contact-points/{id}': {
    summary: 'Removes an address; all others are told',
    access: 'person',
    unkept: true,
    params: ById,
    replies: { 204: null },
  },
} as const;
