// Customers over HTTP.
import { z } from 'zod';
import * as own from '../custom-fields/contract.ts';
import * as f from '../fields.ts';
import * as records from '../records/contract.ts';

export const Stage = z.enum(['new', 'contacted', 'interested', 'negotiating', 'won', 'lost']);

export const CustomerView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    website: z.string().nullable(),
    industry: z.string().nullable(),
    source: z.string().nullable(),
    level: z.string().nullable(),
    stage: Stage,
    address: z.string().nullable(),
    city: z.string().nullable(),
    remark: z.string().nullable(),
    tags: z.array(z.string()),
    custom: own.CustomShown,
    owner: f.Person.nullable(),
    nextFollowUpAt: z.iso.datetime().nullable(),
    lastActivityAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    deletedAt: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Customer' });

/** What may be written; everything else in a record is the system's (L13). An empty text is kept as nothing. */
const writable = {
  name: f.line(200).min(1),
  phone: f.phone.nullish(),
  email: f.email.nullish(),
  website: f.website.nullish(),
  industry: f.line(100).nullish(),
  source: f.line(100).nullish(),
  level: f.line(50).nullish(),
  stage: Stage.optional(),
  address: f.lines(500).nullish(),
  city: f.line(100).nullish(),
  remark: f.lines(5_000).nullish(),
  tags: f.tags.optional(),
  custom: own.CustomValues.optional(),
  nextFollowUpAt: f.time.nullish(),
  ownerId: z
    .uuid()
    .nullish()
    .describe('Left out: whoever is signed in. Null: nobody, where one may do that.'),
};

export const NewCustomer = z.strictObject(writable).meta({ id: 'NewCustomer' });
export const CustomerPatch = z.strictObject({ ...writable, name: writable.name.optional() });

const BulkPatch = CustomerPatch.pick({
  ownerId: true,
  stage: true,
  level: true,
  source: true,
  industry: true,
  city: true,
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

export const CustomerFilters = z.strictObject({
  q: f
    .line(200)
    .optional()
    .describe(
      'Two characters or more anywhere in the name; four digits or more in a row of the phone; an e-mail address, its name or its domain. One character: names that begin with it.',
    ),
  owner: z
    .union([z.uuid(), z.enum(['me', 'none'])])
    .optional()
    .describe('An id, `me`, or `none`'),
  stage: z
    .string()
    .regex(/^[a-z]+(?:,[a-z]+)*$/)
    .transform(text => text.split(','))
    .pipe(z.array(Stage))
    .optional()
    .describe('One or several, separated by commas'),
  source: f.line(100).min(1).optional(),
  level: f.line(50).min(1).optional(),
  industry: f.line(100).min(1).optional(),
  city: f.line(100).min(1).optional(),
  tag: f.line(50).min(1).optional(),
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

export const customersContract = {
  'GET /customers': {
    summary: 'The customers within one’s reach',
    access: ['read', 'customer'],
    query: CustomerFilters.extend({ ...f.page, sort: own.sortOf(sorts) }),
    replies: { 200: records.listOf(CustomerView) },
  },
  'POST /customers': {
    summary: 'Adds a customer',
    access: ['create', 'customer'],
    body: NewCustomer,
    replies: { 201: CustomerView },
  },
  'GET /customers/duplicates': {
    summary:
      'Is this customer taken? Tells whose it is and nothing else; each question is logged and they are counted',
    access: ['create', 'customer'],
    query: z.strictObject({
      name: f.line(200).optional(),
      phone: f.phone.optional(),
      email: f.email.optional(),
    }),
    replies: {
      200: z.object({ taken: z.boolean(), owner: z.object({ name: z.string() }).nullable() }),
    },
  },
  'POST /customers/bulk': {
    summary: 'Changes up to 200 customers at once; tells which of them are not there or out of reach',
    access: ['update', 'customer'],
    body: z.strictObject({ ids: z.array(z.uuid()).min(1).max(200), patch: BulkPatch }),
    replies: { 200: z.object({ changed: z.int(), missing: z.array(z.uuid()) }) },
  },
  'GET /customers/{id}': records.one('customer', CustomerView, 'One customer'),
  'PATCH /customers/{id}': {
    summary: 'Changes a customer; with If-Match only the version named',
    access: ['update', 'customer'],
    params: f.ById,
    body: CustomerPatch,
    replies: { 200: CustomerView },
  },
  'DELETE /customers/{id}': records.removed(
    'customer',
    'Puts a customer into the bin, with contacts and activities',
  ),
  'POST /customers/{id}/restore': records.restored(
    'customer',
    CustomerView,
    'Takes a customer back out of the bin, with what went in with it',
  ),
  'GET /customers/{id}/history': records.history(
    'customer',
    'Every change to a customer with before and after, newest first; also of a deleted one',
  ),
  'GET /owners': {
    summary: 'The people within one’s reach who may own customers',
    access: ['read', 'customer'],
    replies: { 200: z.object({ items: z.array(f.Person), next: z.null() }) },
  },
} as const;
