// Views of lists that are kept, over HTTP.
import { z } from 'zod';
import * as f from '../fields.ts';

export const ViewObject = z.enum(['customer', 'contact', 'lead', 'deal', 'order', 'product', 'task']);
export const Audience = z.enum(['own', 'team', 'all']);

const name = z.string().regex(/^[a-zA-Z]{1,30}$/);
const column = z.string().regex(/^(?:custom\.)?[a-zA-Z][\w]{0,59}$/);

const written = {
  name: f.line(60).min(1),
  audience: Audience.describe(
    '`team`: the team of whoever keeps it; `all`: everybody, by administrators and managers',
  ),
  filters: z
    .record(name, f.line(2_000))
    .refine(filters => Object.keys(filters).length <= 30, 'are more than 30')
    .describe('The filters of the list, as its query has them'),
  sort: z
    .string()
    .regex(/^-?(?:custom\.)?[a-zA-Z][\w]{0,59}$/)
    .nullish(),
  columns: z.array(column).min(1).max(30).nullish().describe('Which columns, in their order; null: as usual'),
};

export const SavedView = z
  .object({
    id: z.uuid(),
    object: ViewObject,
    name: z.string(),
    audience: Audience,
    filters: z.record(z.string(), z.string()),
    sort: z.string().nullable(),
    columns: z.array(z.string()).nullable(),
    owner: f.Person,
    mayChange: z.boolean(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'SavedView' });

export const viewsContract = {
  'GET /views': {
    summary:
      'The views one may use: one’s own, those of the team and those for all; never one that asks by fields hidden from one',
    access: 'person',
    query: z.strictObject({ object: ViewObject.optional() }),
    replies: { 200: z.object({ items: z.array(SavedView), next: z.null() }) },
  },
  'POST /views': {
    summary: 'Keeps a view; whoever uses it sees in it only what is within his own reach',
    access: 'person',
    body: z.strictObject({ object: ViewObject, ...written }).meta({ id: 'NewSavedView' }),
    replies: { 201: SavedView },
  },
  'PATCH /views/{id}': {
    summary: 'Changes a view: one’s own; a shared one also as administrator',
    access: 'person',
    params: f.ById,
    body: z.strictObject({
      name: written.name.optional(),
      audience: written.audience.optional(),
      filters: written.filters.optional(),
      sort: written.sort,
      columns: written.columns,
    }),
    replies: { 200: SavedView },
  },
  'DELETE /views/{id}': {
    summary: 'Drops a view: one’s own; a shared one also as administrator',
    access: 'person',
    params: f.ById,
    replies: { 204: null },
  },
} as const;
