// The first start over HTTP.
import { z } from 'zod';
import { zone } from '../fields.ts';

export const setUpContract = {
  'GET /setup': {
    summary: 'Whether this installation still has to be set up',
    access: 'public',
    replies: { 200: z.object({ needed: z.boolean(), demo: z.boolean(), outbox: z.boolean() }) },
  },
  'POST /setup': {
    summary: 'Makes the workspace and the first administrator; gone once one exists',
    access: 'public',
    mints: true,
    body: z.object({
      workspace: z.string().trim().min(1).max(100),
      name: z.string().trim().min(1).max(100),
      email: z.email().max(320),
      password: z.string().min(1).max(1_024),
      language: z.enum(['zh-CN', 'en']).default('zh-CN'),
      timeZone: zone
        .optional()
        .describe('The time zone (IANA) of the company’s days; left out: by the language'),
    }),
    replies: {
      201: z.object({
        kind: z.literal('signed-in'),
        user: z.object({
          id: z.uuid(),
          name: z.string(),
          email: z.string(),
          role: z.string(),
          language: z.string(),
        }),
      }),
    },
  },
} as const;
