// People over HTTP.
import { z } from 'zod';
import { line, Person } from '../fields.ts';

const Role = z.enum(['administrator', 'manager', 'rep', 'auditor']);

export const PersonView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    role: Role,
    roleId: z.uuid().nullable().describe('The further role whose base `role` is'),
    teamId: z.uuid().nullable(),
    state: z.enum(['invited', 'active', 'expired', 'suspended']),
    language: z.string(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Person' });

const PasswordRules = z.object({
  least: z.int().min(8).max(64),
  /** Kinds of character that must occur; Chinese characters count as lower case. */
  classes: z.array(z.enum(['upper', 'lower', 'digit', 'symbol'])).max(4),
  /** So many of the last ones may not be used again; 0 for none. */
  history: z.int().min(0).max(24),
  /** Days after which a new one is asked for; null for never. */
  rotationDays: z.int().min(30).max(730).nullable(),
  /** The company's own words that must not occur. */
  words: z.array(z.string().trim().min(2).max(60)).max(200),
});

const PasswordPolicyView = PasswordRules.extend({
  rotationSince: z.iso.datetime().nullable(),
  /** The list that every password is held against, always: how long it is, and which version. */
  screened: z.object({ size: z.int(), version: z.string() }),
});

const ById = z.object({ id: z.uuid() });

const TeamName = line(60).min(1);
const TeamView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    manager: Person.nullable(),
    people: z.int(),
  })
  .meta({ id: 'Team' });

export const staffContract = {
  'POST /people': {
    summary: 'Adds a person with a first password',
    access: ['create', 'person'],
    fresh: { member: 'role', is: 'administrator' },
    body: z.object({
      name: z.string().trim().min(1).max(100),
      email: z.email().max(320),
      role: Role,
      password: z.string().min(1).max(1_024),
      /** The password is good for one sign-in within a day, and replaced there: whoever made it knows it. */
      initial: z.boolean().default(false),
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
  'GET /teams': {
    summary: 'The teams, with who manages them and how many people they have',
    access: ['read', 'person'],
    replies: { 200: z.object({ items: z.array(TeamView), next: z.null() }) },
  },
  'POST /teams': {
    summary: 'Adds a team; people come to it by PATCH /people/{id}',
    access: ['update', 'person'],
    body: z.strictObject({ name: TeamName }),
    replies: { 201: TeamView },
  },
  'PATCH /teams/{id}': {
    summary: 'Names a team anew, or who of it manages it',
    access: ['update', 'person'],
    params: ById,
    body: z.strictObject({ name: TeamName.optional(), managerId: z.uuid().nullish() }),
    replies: { 200: TeamView },
  },
  'DELETE /teams/{id}': {
    summary: 'Removes a team that nobody is in',
    access: ['update', 'person'],
    params: ById,
    replies: { 204: null },
  },
  'GET /policies/password': {
    summary: 'What a password has to be',
    access: ['read', 'policy'],
    replies: { 200: PasswordPolicyView },
  },
  'PUT /policies/password': {
    summary: 'Chooses what a password has to be; it holds for passwords set from now on',
    access: ['configure', 'policy'],
    fresh: true,
    body: PasswordRules,
    replies: { 200: PasswordPolicyView },
  },
  'POST /passwords/strength': {
    summary: 'How strong a password would be; it is neither kept nor written down. Empty for the rule alone',
    access: 'public',
    whileHeld: true,
    unkept: true,
    body: z.object({
      password: z.string().max(1_024),
      name: z.string().max(100).default(''),
      email: z.string().max(320).default(''),
    }),
    replies: {
      200: z.object({
        /** 0: will not do, 1: just so, 2: good, 3: very good. */
        score: z.int().min(0).max(3),
        why: z.string().nullable(),
        rule: z.string(),
        least: z.int(),
      }),
    },
  },
  'PATCH /me': {
    summary: 'Changes one’s own settings',
    access: 'person',
    whileHeld: true,
    body: z.object({ language: z.enum(['zh-CN', 'en']) }),
    replies: { 204: null },
  },
} as const;
