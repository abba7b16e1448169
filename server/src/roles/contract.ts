// Roles and what they may do, over HTTP.
import { z } from 'zod';
import * as f from '../fields.ts';

export const Base = z.enum(['administrator', 'manager', 'rep', 'auditor']);
const Reach = z.enum(['none', 'own', 'team', 'all']);
const Name = z.string().max(40);

const Rules = z
  .record(Name, z.record(Name, Reach))
  .describe('How far each action on each kind of record reaches');
const Fields = z
  .record(Name, z.record(z.string().max(80), z.enum(['hidden', 'read'])))
  .describe('Fields that are hidden, or can be read and not changed; all others can be both');

const RoleView = z
  .object({
    key: z.string().describe('What the role goes by: its base for the four there always are, else an id'),
    base: Base,
    name: z.string().nullable().describe('Null for the four there always are'),
    people: z.int(),
    rules: Rules,
    usual: Rules.describe('The same as it comes'),
    choices: z.record(Name, z.record(Name, z.array(Reach))).describe('What may be set, and to what'),
    fields: Fields,
    version: z.int(),
    updatedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Role' });

const Policy = z.strictObject({ rules: Rules, fields: Fields });
const Reason = f.lines(500).min(3);
const RoleName = f.line(40).min(2);
const ByKey = z.object({ key: z.string().max(40) });

const Effect = z.object({
  people: z.array(f.Person).describe('Whoever has the role, at most 50 of them'),
  count: z.int(),
  rules: z.array(z.object({ object: z.string(), action: z.string(), before: Reach, after: Reach })),
  fields: z.array(
    z.object({
      object: z.string(),
      field: z.string(),
      before: z.enum(['hidden', 'read']).nullable(),
      after: z.enum(['hidden', 'read']).nullable(),
    }),
  ),
});

export const rolesContract = {
  'GET /roles': {
    summary: 'The roles of this workspace: who may do what, how far, and which fields are hidden or fixed',
    access: ['read', 'policy'],
    replies: {
      200: z.object({
        items: z.array(RoleView),
        governable: z.record(Name, z.array(z.string())).describe('The fields that may be hidden or fixed'),
        next: z.null(),
      }),
    },
  },
  'POST /roles': {
    summary: 'Makes a further role on the base of one of the four; asks to confirm who one is',
    access: ['configure', 'policy'],
    body: Policy.extend({ base: Base, name: RoleName, reason: Reason }),
    replies: { 201: RoleView },
  },
  'GET /roles/{key}': {
    summary: 'One role',
    access: ['read', 'policy'],
    params: ByKey,
    replies: { 200: RoleView },
  },
  'PUT /roles/{key}': {
    summary: 'Sets what a role may do; sessions go on with what is permitted now. Asks to confirm who one is',
    access: ['configure', 'policy'],
    params: ByKey,
    body: Policy.extend({ name: RoleName.optional(), reason: Reason }),
    replies: { 200: RoleView },
  },
  'POST /roles/{key}/preview': {
    summary: 'What a change would give and take, and to whom; changes nothing',
    access: ['read', 'policy'],
    params: ByKey,
    body: Policy,
    replies: { 200: Effect },
  },
  'DELETE /roles/{key}': {
    summary: 'Removes a further role that nobody has; one of the four becomes as it comes',
    access: ['configure', 'policy'],
    params: ByKey,
    replies: { 204: null },
  },
} as const;
