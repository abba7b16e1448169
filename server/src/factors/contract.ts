// Second factors over HTTP.
import { z } from 'zod';
import { line } from '../fields.ts';

const Factor = z
  .object({
    id: z.uuid(),
    kind: z.enum(['totp', 'passkey', 'sms-code']),
    name: z.string(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
    /** A passkey that other devices of the person share. */
    backedUp: z.boolean(),
  })
  .meta({ id: 'Factor' });

const Name = line(60);
const ById = z.object({ id: z.uuid() });
const base64 = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\w-]*={0,2}$/);
const extensions = z.record(z.string().max(60), z.unknown()).default({});
const attachment = z.enum(['platform', 'cross-platform']).optional();

/** What a browser answers when it has made a passkey (WebAuthn 5.1.8). */
const Registration = z.object({
  id: base64(1_400).min(16),
  rawId: base64(1_400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64(4_000),
    attestationObject: base64(16_000),
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensions,
});

/** What a browser answers when it has shown a passkey. */
export const Assertion = z.object({
  id: base64(1_400).min(16),
  rawId: base64(1_400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64(4_000),
    authenticatorData: base64(4_000),
    signature: base64(8_000),
    userHandle: base64(200).nullish(),
  }),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensions,
});

const Options = z.object({ flow: z.string(), options: z.record(z.string(), z.unknown()) });
const FactorPolicy = z.object({
  roles: z.array(z.enum(['administrator', 'manager', 'rep', 'auditor'])).max(4),
  graceUntil: z.iso.datetime({ offset: true }).nullable(),
});
const Code = z.string().min(1).max(64);

export const factorsContract = {
  'GET /factors': {
    summary: 'One’s own second factors, recovery codes, and what is asked when',
    access: 'person',
    replies: {
      200: z.object({
        items: z.array(Factor),
        next: z.null(),
        recoveryCodes: z.object({ left: z.int(), madeAt: z.iso.datetime() }).nullable(),
        askOnNewDevices: z.boolean(),
        required: z.object({ from: z.iso.datetime().nullable(), overdue: z.boolean() }).nullable(),
        passkeysOffered: z.boolean(),
        /** Whether changes are open now, or a confirmation is wanted first. */
        confirmed: z.boolean(),
      }),
    },
  },
  'PATCH /factors': {
    summary: 'Chooses whether a factor is asked for on new devices',
    access: 'person',
    unkept: true,
    body: z.strictObject({ askOnNewDevices: z.boolean() }),
    replies: { 204: null },
  },
  'POST /factors/totp': {
    summary: 'Begins an authenticator: its secret as text, address and QR code; it counts once confirmed',
    access: 'person',
    unkept: true,
    replies: { 201: z.object({ secret: z.string(), uri: z.string(), svg: z.string() }) },
  },
  'POST /factors/totp/confirm': {
    summary: 'Confirms the authenticator begun last by one right code',
    access: 'person',
    unkept: true,
    body: z.object({ code: Code, name: Name.default('') }),
    replies: { 204: null },
  },
  'POST /factors/passkeys/options': {
    summary: 'What a browser needs to make a passkey',
    access: 'person',
    unkept: true,
    replies: { 200: Options },
  },
  'POST /factors/passkeys': {
    summary: 'Keeps a passkey that the browser has made',
    access: 'person',
    unkept: true,
    body: z.object({ response: Registration, name: Name.default('') }),
    replies: { 201: z.object({ id: z.uuid() }) },
  },
  'POST /factors/recovery-codes': {
    summary: 'Draws ten recovery codes, told this once; those before are dead',
    access: 'person',
    unkept: true,
    replies: { 201: z.object({ codes: z.array(z.string()) }) },
  },
  'PATCH /factors/{id}': {
    summary: 'Calls a factor by another name',
    access: 'person',
    unkept: true,
    params: ById,
    body: z.strictObject({ name: Name.min(1) }),
    replies: { 204: null },
  },
  'DELETE /factors/{id}': {
    summary: 'Removes a factor',
    access: 'person',
    unkept: true,
    params: ById,
    replies: { 204: null },
  },
  'DELETE /devices/{id}': {
    summary: 'Forgets a device and ends its sessions, once the session is confirmed',
    access: 'person',
    params: ById,
    replies: { 204: null },
  },
  'DELETE /sessions': {
    summary: 'Ends all one’s sessions but this one, once this one is confirmed',
    access: 'person',
    replies: { 200: z.object({ ended: z.int() }) },
  },
  'DELETE /sessions/{id}': {
    summary: 'Ends one session; another than this one once this one is confirmed',
    access: 'person',
    params: ById,
    replies: { 204: null },
  },
  'POST /session/confirm': {
    summary: 'Shows again who one is, by password or factor, before factors are changed; renews the session',
    access: 'person',
    mints: true,
    body: z.union([
      z.strictObject({ password: z.string().min(1).max(1_024) }),
      z.strictObject({ kind: z.enum(['totp', 'recovery-code']), code: Code }),
      z.strictObject({ kind: z.literal('passkey'), response: Assertion }),
    ]),
    replies: { 204: null },
  },
  'POST /session/passkey': {
    summary: 'What a browser needs to show a passkey: to sign in, or with `confirm` to confirm the session',
    access: 'public',
    unkept: true,
    body: z.strictObject({ remember: z.boolean().default(true), confirm: z.boolean().default(false) }),
    replies: { 200: Options },
  },
  'GET /policies/factors': {
    summary: 'Which roles have to have a second factor, and from when on',
    access: ['read', 'policy'],
    replies: { 200: FactorPolicy },
  },
  'PUT /policies/factors': {
    summary: 'Chooses which roles have to have a second factor, and from when on',
    access: ['configure', 'policy'],
    fresh: true,
    body: FactorPolicy,
    replies: { 200: FactorPolicy },
  },
} as const;
