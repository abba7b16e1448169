// One's own devices and sessions over HTTP, and suspending people, which ends theirs.
import { z } from 'zod';

const ById = z.object({ id: z.uuid() });

export const devicesContract = {
  'GET /devices': {
    summary: 'The browsers on which one is known',
    access: 'person',
    replies: {
      200: z.object({
        items: z.array(
          z.object({
            id: z.uuid(),
            label: z.string(),
            address: z.string().nullable(),
            createdAt: z.iso.datetime(),
            lastSeenAt: z.iso.datetime(),
            current: z.boolean(),
          }),
        ),
        next: z.null(),
      }),
    },
  },
  'GET /sessions': {
    summary: 'One’s own open sessions',
    access: 'person',
    replies: {
      200: z.object({
        items: z.array(
          z.object({
            id: z.uuid(),
            device: z.string().nullable(),
            address: z.string().nullable(),
            createdAt: z.iso.datetime(),
            lastSeenAt: z.iso.datetime(),
            endsAt: z.iso.datetime(),
            current: z.boolean(),
          }),
        ),
        next: z.null(),
      }),
    },
  },
  'GET /offline-key': {
    summary:
      'The key under which this browser keeps drafts and offline records of the person signed in; the same each time',
    access: 'person',
    query: z.strictObject({
      box: z
        .string()
        .regex(/^[\w-]{22,43}$/)
        .describe('Random name that the browser has given to its own store'),
    }),
    replies: {
      200: z.object({
        key: z.string().describe('32 bytes, base64url'),
        until: z.iso.datetime().describe('Without contact by then the browser forgets the key'),
      }),
    },
  },
  'POST /people/{id}/suspension': {
    summary: 'Suspends a person: all sessions end at once and for good',
    access: ['help', 'person'],
    params: ById,
    body: z.object({ reason: z.string().trim().min(3).max(500) }),
    replies: { 204: null },
  },
} as const;
