// One search over everything, over HTTP.
import { z } from 'zod';
import * as f from '../fields.ts';

export const Found = z.enum(['customer', 'contact', 'lead', 'deal', 'order', 'product', 'activity', 'task']);

const Item = z.object({
  id: z.uuid(),
  title: z.string(),
  detail: z.string().nullable().describe('What tells it from others of the same name'),
  owner: f.Person.nullable(),
  at: z.iso.datetime(),
  /** Where it belongs to a customer. */
  customer: f.Person.nullable(),
});

export const searchContract = {
  'GET /search': {
    summary:
      'Finds by two characters anywhere in a name, by pinyin or its initials, four digits in a row of a phone, e-mail, number, words of a note, or how a text in an own field begins; what is one’s own and was touched lately first',
    access: 'person',
    query: z.strictObject({
      q: f.line(200).min(1),
      limit: z.coerce.number().int().min(1).max(20).default(6).describe('At most so many of each kind'),
      object: Found.optional(),
    }),
    replies: {
      200: z.object({
        groups: z.array(
          z.object({
            object: Found,
            items: z.array(Item),
            /** Nothing is written so; these are written nearly so. */
            near: z.boolean(),
          }),
        ),
      }),
    },
  },
} as const;
