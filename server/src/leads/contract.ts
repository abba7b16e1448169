// Leads over HTTP: people who may become customers.
import { z } from 'zod';
import * as own from '../custom-fields/contract.ts';
import * as f from '../fields.ts';
import * as records from '../records/contract.ts';

export const LeadStatus = z.enum(['new', 'contacted', 'qualified', 'unqualified', 'converted']);
/** Why a lead comes to nothing. */
export const UnqualifiedReason = z.enum([
  'no-need',
  'no-budget',
  'no-reply',
  'wrong-person',
  'competitor',
  'not-serious',
  'other',
]);

const text = z.string().nullable();

export const LeadView = z
  .object({
    id: z.uuid(),
    name: z.string().describe('The person'),
    company: text,
    title: text,
    phone: text,
    email: text,
    wechat: text,
    source: text,
    city: text,
    address: text,
    remark: text,
    tags: z.array(z.string()),
    status: LeadStatus,
    unqualifiedReason: UnqualifiedReason.nullable(),
    unqualifiedRemark: text,
    score: z.int().nullable(),
    custom: own.CustomShown,
    owner: f.Person.nullable(),
    nextFollowUpAt: z.iso.datetime().nullable(),
    lastActivityAt: z.iso.datetime().nullable(),
    converted: z
      .object({
        at: z.iso.datetime(),
        by: f.Person.nullable(),
        customer: f.Person.nullable(),
        contactId: z.uuid().nullable(),
        deal: f.Person.nullable(),
      })
      .nullable()
      .describe('What became of it; null until it is converted'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    deletedAt: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Lead' });

/** What may be written; `converted` is reached by converting alone (L13). */
const writable = {
  name: f.line(200).min(1).describe('The person'),
  company: f.line(200).nullish(),
  title: f.line(100).nullish(),
  phone: f.phone.nullish(),
  email: f.email.nullish(),
  wechat: f.line(100).nullish(),
  source: f.line(100).nullish(),
  city: f.line(100).nullish(),
  address: f.lines(500).nullish(),
  remark: f.lines(5_000).nullish(),
  tags: f.tags.optional(),
  status: LeadStatus.exclude(['converted']).optional(),
  unqualifiedReason: UnqualifiedReason.nullish().describe(
    'Goes with the status `unqualified`, which needs it',
  ),
  unqualifiedRemark: f.lines(2_000).nullish(),
  score: z.int().min(0).max(100).nullish(),
  nextFollowUpAt: f.time.nullish(),
  custom: own.CustomValues.optional(),
  ownerId: z
    .uuid()
    .nullish()
    .describe('Left out: whoever is signed in. Null: nobody, where one may do that.'),
};

export const NewLead = z.strictObject(writable).meta({ id: 'NewLead' });
export const LeadPatch = z.strictObject({ ...writable, name: writable.name.optional() });

const BulkPatch = LeadPatch.pick({
  ownerId: true,
  status: true,
  unqualifiedReason: true,
  unqualifiedRemark: true,
  source: true,
  city: true,
  score: true,
  tags: true,
  nextFollowUpAt: true,
  custom: true,
});

export const sorts = [
  '-updatedAt',
  'updatedAt',
  '-createdAt',
  'createdAt',
  'name',
  '-name',
  'nextFollowUpAt',
  '-nextFollowUpAt',
  '-deletedAt',
  'deletedAt',
] as const;

export const LeadFilters = z.strictObject({
  q: f
    .line(200)
    .optional()
    .describe(
      'Two characters or more anywhere in the person’s or the company’s name; four digits or more in a row of the phone; an e-mail address, its name or its domain. One character: names that begin with it.',
    ),
  owner: z
    .union([z.uuid(), z.enum(['me', 'none'])])
    .optional()
    .describe('An id, `me`, or `none`'),
  status: z
    .string()
    .regex(/^[a-z]+(?:,[a-z]+)*$/)
    .transform(words => words.split(','))
    .pipe(z.array(LeadStatus))
    .optional()
    .describe('One or several, separated by commas'),
  source: f.line(100).min(1).optional(),
  city: f.line(100).min(1).optional(),
  tag: f.line(50).min(1).optional(),
  customer: z.uuid().optional().describe('Leads that became this customer'),
  createdFrom: f.time.optional(),
  createdTo: f.time.optional(),
  updatedFrom: f.time.optional(),
  updatedTo: f.time.optional(),
  followUpFrom: f.time.optional(),
  followUpTo: f.time.optional(),
  custom: own.CustomFilter,
  deleted: z
    .enum(['true', 'false'])
    .optional()
    .describe('`true`: what lies in the bin, ordered by `deletedAt`'),
});

export const leadsContract = {
  'GET /leads': {
    summary: 'The leads within one’s reach',
    access: ['read', 'lead'],
    query: LeadFilters.extend({ ...f.page, sort: own.sortOf(sorts) }),
    replies: { 200: records.listOf(LeadView) },
  },
  'POST /leads': {
    summary: 'Adds a lead',
    access: ['create', 'lead'],
    body: NewLead,
    replies: { 201: LeadView },
  },
  'GET /leads/duplicates': {
    summary:
      'Is this one taken, as a customer or as a lead? Tells whose it is and nothing else; each question is logged and they are counted',
    access: ['create', 'lead'],
    query: z.strictObject({
      company: f.line(200).optional(),
      phone: f.phone.optional(),
      email: f.email.optional(),
    }),
    replies: {
      200: z.object({
        taken: z.enum(['no', 'customer', 'lead']),
        owner: z.object({ name: z.string() }).nullable(),
      }),
    },
  },
  'POST /leads/bulk': {
    summary:
      'Changes up to 200 leads at once; tells which of them are not there, out of reach or converted already',
    access: ['update', 'lead'],
    body: z.strictObject({ ids: z.array(z.uuid()).min(1).max(200), patch: BulkPatch }),
    replies: { 200: z.object({ changed: z.int(), missing: z.array(z.uuid()) }) },
  },
  'GET /leads/{id}': records.one('lead', LeadView, 'One lead'),
  'PATCH /leads/{id}': {
    summary: 'Changes a lead that is not converted; with If-Match only the version named',
    access: ['update', 'lead'],
    params: f.ById,
    body: LeadPatch,
    replies: { 200: LeadView },
  },
  'DELETE /leads/{id}': records.removed('lead', 'Puts a lead into the bin, with its activities'),
  'POST /leads/{id}/restore': records.restored(
    'lead',
    LeadView,
    'Takes a lead back out of the bin, with what went in with it',
  ),
  'GET /leads/{id}/history': records.history(
    'lead',
    'Every change to a lead with before and after, newest first; also of a deleted one',
  ),
} as const;
