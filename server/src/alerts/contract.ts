// Alerts, hooks and settings over HTTP.
import { z } from 'zod';
import { ById, line } from '../fields.ts';

const Kind = z.enum([
  'spray',
  'flood',
  'defence',
  'calm',
  'stale-client',
  'break-glass',
  'device-lost',
  'desk-request',
  'desk-done',
  'ticket',
  'access-request',
  'not-me',
]);
const Severity = z.enum(['critical', 'warning', 'info']);
const Format = z.enum(['latchkey', 'wecom', 'dingtalk', 'feishu']);
const Data = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

export const AlertView = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    severity: Severity,
    at: z.iso.datetime(),
    title: z.string(),
    text: z.string(),
    /** `at` is there where the value is a moment, for showing it in the reader’s own time zone. */
    facts: z.array(z.object({ label: z.string(), value: z.string(), at: z.iso.datetime().nullable() })),
    data: Data,
    heldBack: z.int(),
    deliveries: z.array(
      z.object({
        hook: z.string(),
        state: z.enum(['queued', 'sent', 'failed']),
        problem: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Alert' });

export const HookView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    format: Format,
    /** Without what opens a robot’s group. */
    url: z.string(),
    signed: z.boolean(),
    kinds: z.array(Kind),
    ownNetwork: z.boolean(),
    active: z.boolean(),
    state: z.enum(['off', 'untried', 'good', 'retrying', 'failing']),
    createdBy: z.uuid().nullable(),
    createdAt: z.iso.datetime(),
    lastOkAt: z.iso.datetime().nullable(),
    lastProblem: z.string().nullable(),
    failures: z.int(),
    failingSince: z.iso.datetime().nullable(),
  })
  .meta({ id: 'AlertHook' });

/** The secret is there when it has just been made; it is not shown again. */
const HookReply = z.object({ hook: HookView, secret: z.string().nullable() });

const url = z.string().trim().min(1).max(2_000);
const secret = z.string().trim().max(500);
const SettingsView = z.object({
  quietMinutes: z.int(),
  off: z.array(Kind),
  kinds: z.array(z.object({ kind: Kind, severity: Severity, title: z.string() })),
});

export const alertsContract = {
  'GET /alerts': {
    summary: 'Alerts of the last 90 days, newest first',
    access: ['read', 'policy'],
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      after: z.uuid().optional(),
    }),
    replies: { 200: z.object({ items: z.array(AlertView), next: z.uuid().nullable() }) },
  },
  'GET /alerts/hooks': {
    summary: 'The webhooks that are told of alerts',
    access: ['read', 'policy'],
    replies: { 200: z.object({ items: z.array(HookView), next: z.null() }) },
  },
  'POST /alerts/hooks': {
    summary: 'Adds a webhook; the secret it is signed with is answered here and never again',
    access: ['configure', 'policy'],
    body: z.strictObject({
      name: line(100).min(1),
      format: Format.default('latchkey'),
      url,
      secret: secret.nullish(),
      kinds: z.array(Kind).max(50).default([]),
      ownNetwork: z.boolean().default(false),
    }),
    replies: { 201: HookReply },
    unkept: true,
  },
  'PATCH /alerts/hooks/{id}': {
    summary: 'Changes a webhook, switches it on or off, or makes a new secret',
    access: ['configure', 'policy'],
    params: ById,
    body: z.strictObject({
      name: line(100).min(1).optional(),
      url: url.optional(),
      secret: secret.nullish(),
      kinds: z.array(Kind).max(50).optional(),
      ownNetwork: z.boolean().optional(),
      active: z.boolean().optional(),
      renewSecret: z.boolean().optional(),
    }),
    replies: { 200: HookReply },
    unkept: true,
  },
  'DELETE /alerts/hooks/{id}': {
    summary: 'Removes a webhook',
    access: ['configure', 'policy'],
    params: ById,
    replies: { 204: null },
  },
  'POST /alerts/hooks/{id}/test': {
    summary: 'Sends a test alert to a webhook at once and tells what came back',
    access: ['configure', 'policy'],
    params: ById,
    replies: {
      200: z.object({
        ok: z.boolean(),
        status: z.int().nullable(),
        problem: z.string().nullable(),
        reply: z.string().nullable(),
        ms: z.int(),
      }),
    },
    unkept: true,
  },
  'GET /alerts/settings': {
    summary: 'How long the same kind is told only once, and what one has switched off for oneself',
    access: ['read', 'policy'],
    replies: { 200: SettingsView },
  },
  'PUT /alerts/settings': {
    summary:
      'Sets the quiet time of the workspace and one’s own switches; what is critical cannot be switched off',
    access: ['configure', 'policy'],
    body: z.strictObject({
      quietMinutes: z.int().min(1).max(1_440).optional(),
      off: z.array(Kind).max(50).optional(),
    }),
    replies: { 200: SettingsView },
  },
} as const;
