// Signing in and out over HTTP.
import { z } from 'zod';
import { Assertion } from '../factors/contract.ts';
import { Story, Told } from '../stories/contract.ts';

export const User = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    role: z.enum(['administrator', 'manager', 'rep', 'auditor']),
    language: z.string(),
  })
  .meta({ id: 'User' });

const Outcome = z.union([
  z.object({ kind: z.literal('signed-in'), user: User }),
  z.object({
    kind: z.literal('proof-needed'),
    flow: z.string(),
    proofs: z.array(z.object({ kind: z.string(), hint: z.string().optional() })),
  }),
]);

const Flow = z.string().min(1).max(4_096);

export const signInContract = {
  'POST /session': {
    summary:
      'Signs in; 423 with `lock` and `flow` while the lane is spent, the same for names that do not exist',
    access: 'public',
    mints: true,
    body: z.object({
      name: z.string().min(1).max(1_000),
      password: z.string().min(1).max(1_024),
      remember: z.boolean().default(true),
    }),
    replies: { 200: Outcome },
  },
  'POST /session/messages': {
    summary: 'Sends, or sends again, a code for a flow; answers the same whoever it is for',
    access: 'public',
    body: z.object({ flow: Flow, kind: z.enum(['email-code', 'sms-code']) }),
    replies: { 202: z.object({ flow: z.string() }) },
  },
  'POST /session/proofs': {
    summary: 'Proves oneself in a flow; a passkey alone signs in, with the flow of POST /session/passkey',
    access: 'public',
    mints: true,
    body: z.union([
      z.object({
        flow: Flow,
        kind: z.enum(['totp', 'email-code', 'sms-code', 'recovery-code', 'desk-code']),
        code: z.string().min(1).max(64),
      }),
      z.object({ flow: Flow, kind: z.literal('passkey'), response: Assertion }),
    ]),
    replies: { 200: Outcome },
  },
  'POST /session/story': {
    summary:
      'The story of the lock behind a flow, on a known device of its person; 404 alike for everybody else',
    access: 'public',
    unkept: true,
    body: z.object({ flow: Flow }),
    replies: { 200: Story },
  },
  'GET /session': {
    summary: 'The person signed in, what he may do, and his own locks',
    access: 'person',
    whileHeld: true,
    replies: {
      200: z.object({
        user: User,
        workspace: z.object({ id: z.uuid(), name: z.string() }),
        capabilities: z.array(z.string()),
        /** By kind of record: fields that the role hides, or lets one read and not change. */
        fields: z.record(z.string(), z.record(z.string(), z.enum(['hidden', 'read']))),
        locks: z.array(Told),
        /** The lock that holds this session back from all but what lifts it. */
        held: Told.nullable(),
      }),
    },
  },
  'DELETE /session': { summary: 'Signs out', access: 'person', whileHeld: true, replies: { 204: null } },
  'POST /me/password': {
    summary:
      'Changes one’s own password and ends all other sessions; `current` only a session held back may leave out',
    access: 'person',
    mints: true,
    whileHeld: true,
    body: z.object({ current: z.string().min(1).max(1_024).optional(), next: z.string().min(1).max(1_024) }),
    replies: { 204: null },
  },
} as const;
