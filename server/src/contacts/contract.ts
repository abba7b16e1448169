// Contacts over HTTP: the people one deals with, most of them at a customer.
import { z } from 'zod';
import * as own from '../custom-fields/contract.ts';
import * as f from '../fields.ts';
import * as records from '../records/contract.ts';

export const ContactView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    customer: f.Person.nullable(),
    title: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    wechat: z.string().nullable(),
    isPrimary: z.boolean(),
    remark: z.string().nullable(),
    custom: own.CustomShown,
    owner: f.Person.nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    deletedAt: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Contact' });

/** What may be written; whose a contact is follows from its customer (L13). An empty text is kept as nothing. */
const writable = {
  name: f.line(200).min(1),
  customerId: z.uuid().nullish(),
  title: f.line(100).nullish(),
  phone: f.phone.nullish(),
  email: f.email.nullish(),
  wechat: f.line(100).nullish(),
  isPrimary: z.boolean().optional().describe('The one to call first; a customer has at most one'),
  remark: f.lines(5_000).nullish(),
  custom: own.CustomValues.optional(),
};

export const NewContact = z.strictObject(writable).meta({ id: 'NewContact' });
export const ContactPatch = z.strictObject({ ...writable, name: writable.name.optional() });

const sorts = [
  '-updatedAt',
  'updatedAt',
  '-createdAt',
  'createdAt',
  'name',
  '-name',
  '-deletedAt',
  'deletedAt',
] as const;

export const ContactFilters = z.strictObject({
  q: f.line(200).optional().describe('As for customers: name, phone, e-mail'),
  customer: z.uuid().optional(),
  owner: z.union([z.uuid(), z.enum(['me', 'none'])]).optional(),
  updatedFrom: f.time.optional(),
  updatedTo: f.time.optional(),
  custom: own.CustomFilter,
  deleted: z.enum(['true', 'false']).optional(),
});

export const contactsContract = {
  'GET /contacts': {
    summary: 'The contacts within one’s reach',
    access: ['read', 'contact'],
    query: ContactFilters.extend({ ...f.page, sort: own.sortOf(sorts) }),
    replies: { 200: records.listOf(ContactView) },
  },
  'POST /contacts': {
    summary: 'Adds a contact',
    access: ['create', 'contact'],
    body: NewContact,
    replies: { 201: ContactView },
  },
  'GET /contacts/{id}': records.one('contact', ContactView, 'One contact'),
  'PATCH /contacts/{id}': {
    summary: 'Changes a contact; with If-Match only the version named',
    access: ['update', 'contact'],
    params: f.ById,
    body: ContactPatch,
    replies: { 200: ContactView },
  },
  'DELETE /contacts/{id}': records.removed('contact', 'Puts a contact into the bin'),
  'POST /contacts/{id}/restore': records.restored(
    'contact',
    ContactView,
    'Takes a contact back out of the bin',
  ),
  'GET /contacts/{id}/history': records.history(
    'contact',
    'Every change to a contact with before and after, newest first; also of a deleted one',
  ),
} as const;
