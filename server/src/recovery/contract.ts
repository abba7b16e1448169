// Recovery over HTTP.
import { z } from 'zod';
import { Assertion } from '../factors/contract.ts';
import { Answers, Question } from '../questions/contract.ts';

const Arrival = z.object({ id: z.uuid() });
const Token = z.string().min(20).max(100);
const Flow = z.string().min(1).max(4_096);

const Proved = z.union([
  z.object({ kind: z.literal('proved'), flow: z.string() }),
  z.object({
    kind: z.literal('factor-needed'),
    flow: z.string(),
    /** Empty where the only factor is the very phone that brought the code. */
    proofs: z.array(z.object({ kind: z.string() })),
  }),
  /** Only where the workspace asks them, the person has set them, and no second factor was shown. */
  z.object({ kind: z.literal('answers-needed'), flow: z.string(), questions: z.array(Question) }),
]);

export const recoveryContract = {
  'POST /recovery': {
    summary: 'Begins a recovery; the same answer for every name',
    access: 'public',
    mints: true,
    body: z.object({
      name: z.string().min(1).max(1_000),
      via: z.enum(['email', 'sms']).default('email'),
      /** Sends a new code within this recovery; the one before is dead, its misses stay. */
      flow: Flow.optional(),
    }),
    replies: { 202: z.object({ flow: z.string() }) },
  },
  'POST /recovery/proofs': {
    summary: 'Proves the recovery by the code of the message',
    access: 'public',
    mints: true,
    body: z.object({ flow: Flow, code: z.string().min(1).max(64) }),
    replies: { 200: Proved },
  },
  'POST /recovery/messages': {
    summary: 'Sends a code to the phone that is a second factor, once the recovery is proved',
    access: 'public',
    unkept: true,
    body: z.strictObject({ flow: Flow }),
    replies: { 202: z.object({ flow: z.string() }) },
  },
  'POST /recovery/passkey': {
    summary: 'What a browser needs to show a passkey in a recovery that is proved',
    access: 'public',
    unkept: true,
    body: z.strictObject({ flow: Flow }),
    replies: { 200: z.object({ flow: z.string(), options: z.record(z.string(), z.unknown()) }) },
  },
  'POST /recovery/factors': {
    summary: 'Proves a second factor, without which whoever has one sets no password',
    access: 'public',
    mints: true,
    body: z.union([
      z.strictObject({
        flow: Flow,
        kind: z.enum(['totp', 'recovery-code', 'sms-code']),
        code: z.string().min(1).max(64),
      }),
      z.strictObject({ flow: Flow, kind: z.literal('passkey'), response: Assertion }),
    ]),
    replies: { 200: Proved },
  },
  'POST /recovery/answers': {
    summary: 'Answers the security questions of a recovery that is proved; never enough by themselves',
    access: 'public',
    mints: true,
    body: z.strictObject({ flow: Flow, answers: Answers }),
    replies: { 200: Proved },
  },
  'POST /recovery/stop': {
    summary: '“This was not me”: stops a recovery by the link of its messages, or voids the password it set',
    access: 'public',
    body: z.strictObject({ token: Token }),
    replies: { 200: z.object({ kind: z.enum(['stopped', 'voided', 'over']) }) },
  },
  'POST /recovery/password': {
    summary: 'Sets the new password; never signs in by itself',
    access: 'public',
    mints: true,
    body: z.object({
      flow: Flow,
      password: z.string().min(1).max(1_024),
      endSessions: z.boolean().default(true),
    }),
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
