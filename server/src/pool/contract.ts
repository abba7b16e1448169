// The public pool (公海) over HTTP: what lies there, taking and giving back, and the rules.
import { z } from 'zod';
import { Stage } from '../customers/contract.ts';
import * as f from '../fields.ts';

export const Reason = z.enum(['idle', 'no-deal', 'released']);

/** What anybody may see of a customer before it is his: no telephone, no address. */
const PoolCustomer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    city: z.string().nullable(),
    industry: z.string().nullable(),
    source: z.string().nullable(),
    level: z.string().nullable(),
    stage: Stage,
    team: f.Person.nullable(),
    since: z.iso.datetime(),
    reason: Reason,
    remark: z.string().nullable(),
    formerOwner: f.Person.nullable(),
  })
  .meta({ id: 'PoolCustomer' });

const Holder = z
  .object({
    owner: f.Person,
    since: z.iso.datetime(),
    until: z.iso.datetime().nullable().describe('Null: still'),
    why: z
      .enum(['given', ...Reason.options])
      .nullable()
      .describe('Why it ended'),
  })
  .meta({ id: 'CustomerHolder' });

const days = z.int().min(1).max(3650);

/** Rules of a team. */
const rule = {
  active: z.boolean(),
  idleDays: days.nullable().describe('Returns after so many days without a follow-up; null: never'),
  deallessDays: days
    .nullable()
    .describe('Returns after so many days without a deal made or changed; null: never'),
  exemptStages: z.array(Stage).max(6),
  exemptOpenDeals: z.boolean(),
  warnDays: z.int().min(0).max(365).describe('The owner is told so many days before'),
  protectDays: z.int().min(0).max(3650).describe('After coming to an owner nothing returns for so long'),
  claimsPerDay: z.int().min(1).max(10_000).nullable().describe('Within 24 hours'),
  claimsPerWeek: z.int().min(1).max(10_000).nullable().describe('Within seven days'),
  holdingCap: z.int().min(1).max(1_000_000).nullable().describe('So many customers of one’s own at most'),
};
export const RuleInput = z.strictObject(rule).meta({ id: 'PoolRuleInput' });
const RuleView = z.object({ ...rule, version: z.int() }).meta({ id: 'PoolRule' });

const ByTeam = z.object({
  team: z.union([z.uuid(), z.literal('default')]).describe('`default`: all teams without rules of their own'),
});

export const poolContract = {
  'GET /pool': {
    summary:
      'The customers in the pool of one’s team and of nobody’s, the latest first; without how to reach them',
    access: ['read', 'customer'],
    query: z.strictObject({
      q: f.line(100).optional().describe('Anywhere in the name'),
      city: f.line(100).min(1).optional(),
      industry: f.line(100).min(1).optional(),
      source: f.line(100).min(1).optional(),
      reason: Reason.optional(),
      ...f.page,
    }),
    replies: { 200: z.object({ items: z.array(PoolCustomer), next: z.string().nullable() }) },
  },
  'POST /pool': {
    summary: 'Gives a customer back to the pool, with a reason',
    access: ['update', 'customer'],
    body: z.strictObject({ customerId: z.uuid(), reason: f.line(300).min(1) }),
    replies: { 204: null },
  },
  'GET /pool/mine': {
    summary:
      'What the rules mean for oneself: how many one may still take and hold; null: as many as one likes',
    access: ['read', 'customer'],
    replies: {
      200: z.object({
        active: z.boolean(),
        holding: z.int(),
        holdingCap: z.int().nullable(),
        left: z.int().nullable().describe('How many may be claimed now'),
      }),
    },
  },
  'GET /pool/rules': {
    summary: 'The rules that one may see: all of them, or those of one’s own team',
    access: ['update', 'customer'],
    replies: {
      200: z.object({
        default: RuleView.nullable(),
        mayDefault: z.boolean(),
        teams: z.array(z.object({ team: f.Person, rule: RuleView.nullable() })),
      }),
    },
  },
  'PUT /pool/rules/{team}': {
    summary: 'Sets the rules of a team, or of all without their own',
    access: ['update', 'customer'],
    params: ByTeam,
    body: RuleInput,
    replies: { 200: RuleView },
  },
  'DELETE /pool/rules/{team}': {
    summary: 'Drops the rules of a team: those of all apply again',
    access: ['update', 'customer'],
    params: ByTeam,
    replies: { 204: null },
  },
  'POST /pool/preview': {
    summary: 'How many customers such rules would take from their owners, now and within the days of warning',
    access: ['update', 'customer'],
    body: z.strictObject({ team: ByTeam.shape.team, rule: RuleInput }),
    replies: { 200: z.object({ due: z.int(), soon: z.int() }) },
  },
  'GET /pool/{id}': {
    summary: 'One customer in the pool, and whose it was',
    access: ['read', 'customer'],
    params: f.ById,
    replies: { 200: PoolCustomer.extend({ holders: z.array(Holder) }).meta({ id: 'PoolCustomerInFull' }) },
  },
  'POST /pool/{id}/claim': {
    summary: 'Takes a customer out of the pool for oneself; one of several at once gets it',
    access: ['update', 'customer'],
    params: f.ById,
    replies: { 204: null },
  },
  'POST /pool/{id}/assign': {
    summary: 'Gives a customer of the pool to somebody',
    access: ['update', 'customer'],
    params: f.ById,
    body: z.strictObject({ ownerId: z.uuid() }),
    replies: { 204: null },
  },
  'GET /customers/{id}/holders': {
    summary: 'Whose a customer is and was, the latest first',
    access: ['read', 'customer'],
    params: f.ById,
    replies: { 200: z.object({ items: z.array(Holder), next: z.null() }) },
  },
} as const;
