// The bin over HTTP: what lies in it of every kind, and for how long.
import { z } from 'zod';
import * as f from '../fields.ts';

/** Kinds of record that go into the bin. */
export const Binned = z.enum(['customer', 'contact', 'lead', 'deal', 'order', 'product', 'activity', 'task']);

/** What is listed there besides: files that were taken off records. */
export const Lying = z.enum([...Binned.options, 'file']);

const Item = z
  .object({
    object: Lying,
    id: z.uuid(),
    name: z.string(),
    customer: f.Person.nullable().describe('Whose customer’s it is, as far as there is one'),
    owner: f.Person.nullable(),
    deletedAt: z.iso.datetime(),
    deletedBy: f.Person.nullable(),
    until: z.iso.datetime().describe('When it is removed for good'),
    restorable: z.boolean(),
  })
  .meta({ id: 'BinItem' });

const Settings = z.object({ days: z.int(), version: z.int() });

const PutBack = z.object({
  fields: z.array(z.string()).describe('Put back'),
  left: z.array(z.string()).describe('Not put back: kept by the system, or not this person’s to change'),
});

const putBack = <const O extends 'customer' | 'contact' | 'deal' | 'lead' | 'order' | 'product' | 'task'>(
  object: O,
) =>
  ({
    summary: `Puts back what a change to this ${object} replaced, as a change of its own; with If-Match only over that version`,
    access: ['update', object],
    params: f.ById.extend({ entry: z.uuid() }),
    replies: { 200: PutBack },
  }) as const;

export const binContract = {
  'POST /customers/{id}/history/{entry}/restore': putBack('customer'),
  'POST /contacts/{id}/history/{entry}/restore': putBack('contact'),
  'POST /deals/{id}/history/{entry}/restore': putBack('deal'),
  'POST /leads/{id}/history/{entry}/restore': putBack('lead'),
  'POST /orders/{id}/history/{entry}/restore': putBack('order'),
  'POST /products/{id}/history/{entry}/restore': putBack('product'),
  'POST /tasks/{id}/history/{entry}/restore': putBack('task'),
  'GET /bin': {
    summary:
      'What lies in the bin within one’s reach, of every kind, newest first; what went there with its customer comes back with it; files are told of as far as one reads their record',
    access: 'person',
    query: z.strictObject({
      ...f.page,
      object: Lying.optional(),
      q: f.line(100).optional().describe('Part of the name'),
    }),
    replies: { 200: z.object({ items: z.array(Item), next: z.string().nullable() }) },
  },
  'GET /bin/settings': {
    summary: 'How many days the bin keeps what lies in it',
    access: 'person',
    replies: { 200: Settings },
  },
  'PUT /bin/settings': {
    summary: 'Says how many days the bin keeps what lies in it; what is older is removed for good',
    access: ['configure', 'policy'],
    body: z.strictObject({ days: z.int().min(1).max(3_650) }),
    replies: { 200: Settings },
  },
} as const;
