// Recovery over HTTP.
import { z } from 'zod';

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
} as const;
