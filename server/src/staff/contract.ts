// People over HTTP.
import { z } from 'zod';

const Role = z.enum(['administrator', 'manager', 'rep', 'auditor']);

export const PersonView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    role: Role,
    teamId: z.uuid().nullable(),
    state: z.enum(['invited', 'active', 'expired', 'suspended']),
    language: z.string(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Person' });

const ById = z.object({ id: z.uuid() });

export const staffContract = {
  'GET /people': {
    summary: 'The people of the workspace',
    access: ['read', 'person'],
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      after: z.uuid().optional(),
    }),
    replies: { 200: z.object({ items: z.array(PersonView), next: z.uuid().nullable() }) },
  },
  'POST /people': {
    summary: 'Adds a person with a first password',
    access: ['create', 'person'],
    body: z.object({
      name: z.string().trim().min(1).max(100),
      email: z.email().max(320),
      role: Role,
      password: z.string().min(1).max(1_024),
      language: z.enum(['zh-CN', 'en']).default('zh-CN'),
      teamId: z.uuid().nullish(),
    }),
    replies: { 201: PersonView },
  },
  'GET /people/{id}': {
    summary: 'One person',
    access: ['read', 'person'],
    params: ById,
    replies: { 200: PersonView },
  },
  'POST /people/{id}/suspension': {
    summary: 'Suspends a person: all sessions end at once',
    access: ['help', 'person'],
    params: ById,
    body: z.object({ reason: z.string().trim().min(3).max(500) }),
    replies: { 204: null },
  },
  'DELETE /people/{id}/suspension': {
    summary: 'Lets a suspended person work again',
    access: ['help', 'person'],
    params: ById,
    replies: { 204: null },
  },
  'PATCH /me': {
    summary: 'Changes one’s own settings',
    access: 'person',
    whileHeld: true,
    body: z.object({ language: z.enum(['zh-CN', 'en']) }),
    replies: { 204: null },
  },
} as const;
