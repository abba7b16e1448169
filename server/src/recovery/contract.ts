// Recovery over HTTP.
import { z } from 'zod';

const Arrival = z.object({ id: z.uuid() });
const Token = z.string().min(20).max(100);
const Flow = z.string().min(1).max(4_096);

export const recoveryContract = {
  'POST /recovery': {
    summary: 'Begins a recovery; the same answer for every name',
    access: 'public',
    mints: true,
    body: z.object({ name: z.string().min(1).max(1_000), via: z.enum(['email', 'sms']).default('email') }),
    replies: { 202: z.object({ flow: z.string() }) },
  },
  'POST /recovery/proofs': {
    summary: 'Proves the recovery by the code of the message',
    access: 'public',
    mints: true,
    body: z.object({ flow: Flow, code: z.string().min(1).max(64) }),
    replies: { 200: z.object({ kind: z.literal('proved'), flow: z.string() }) },
  },
  'POST /recovery/password': {
    summary: 'Sets the new password; never signs in by itself',
    access: 'public',
    mints: true,
    body: z.object({ flow: Flow, password: z.string().min(1).max(1_024) }),
    replies: { 204: null },
  },
  'POST /arrivals/{id}/view': {
    summary: 'What is told of a sign-in on a strange device, to the holder of its link or its owner',
    access: 'public',
    params: Arrival,
    body: z.object({ token: Token.optional() }),
    replies: {
      200: z.object({
        at: z.iso.datetime(),
        address: z.string(),
        place: z.string(),
        device: z.string(),
        signals: z.array(z.string()),
        answer: z.enum(['me', 'not-me']).nullable(),
      }),
    },
  },
  'POST /arrivals/{id}': {
    summary:
      '“It was me”, or “it was not me”: ends that session and voids the password; `flow` is a recovery',
    access: 'public',
    params: Arrival,
    body: z.object({ token: Token.optional(), answer: z.enum(['me', 'not-me']) }),
    replies: { 200: z.object({ kind: z.enum(['kept', 'ended']), flow: z.string().nullable() }) },
  },
  'GET /arrivals': {
    summary: 'One’s own sign-ins on strange devices, newest first',
    access: 'person',
    replies: {
      200: z.object({
        items: z.array(
          z.object({
            id: z.uuid(),
            at: z.iso.datetime(),
            address: z.string(),
            place: z.string(),
            device: z.string(),
            signals: z.array(z.string()),
            answer: z.enum(['me', 'not-me']).nullable(),
          }),
        ),
        next: z.null(),
      }),
    },
  },
} as const;
