// Fields that a workspace adds to its records, over HTTP.
import { z } from 'zod';
import * as f from '../fields.ts';
import { LinkType } from '../subjects/contract.ts';

/** The objects that take such fields. */
export const Extended = z.enum(['customer', 'contact', 'lead', 'deal', 'order', 'product', 'task']);
export const Kind = z.enum([
  'text',
  'lines',
  'number',
  'money',
  'date',
  'choice',
  'person',
  'link',
  'flag',
  'file',
  'record',
]);

const key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'is made of a to z, digits and _');
const Choice = z.object({ id: z.string(), label: z.string(), archived: z.boolean().optional() });

export const CustomField = z
  .object({
    id: z.uuid(),
    object: Extended,
    key,
    label: z.string(),
    labelOther: z.string().nullable().describe('The label in the other of the two languages'),
    kind: Kind,
    choices: z.array(Choice),
    currency: z.string().nullable(),
    target: LinkType.nullable().describe('Of `record`: which kind of record it links to'),
    required: z.boolean(),
    position: z.int(),
    archivedAt: z.iso.datetime().nullable(),
    indexed: z
      .boolean()
      .describe('Lists are sorted by it along an index; false where the installation has as many as it may'),
    version: z.int(),
  })
  .meta({ id: 'CustomField' });

const choices = z
  .array(
    z.strictObject({
      id: z.string().max(20).optional().describe('Left out: a new one'),
      label: f.line(60).min(1),
      archived: z.boolean().optional(),
    }),
  )
  .max(100);

const changeable = {
  label: f.line(60).min(1),
  labelOther: f.line(60).nullish(),
  required: z.boolean().default(false),
  position: z.int().min(0).max(10_000).optional(),
};

export const NewCustomField = z.strictObject({
  object: Extended,
  key: key.optional().describe('How the API calls it; left out: made from the label'),
  kind: Kind.describe(
    'Stays as it is. `file`: one of the files attached to the record itself; `record`: a link to another record',
  ),
  choices: choices.optional().describe('For `choice`'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional()
    .describe('For `money`, ISO 4217'),
  target: LinkType.optional().describe('For `record`: which kind it links to'),
  ...changeable,
});

const CustomFieldPatch = z.strictObject({
  label: changeable.label.optional(),
  labelOther: changeable.labelOther,
  required: z.boolean().optional(),
  position: changeable.position,
  choices: choices.optional().describe('Those left out are archived, as records may hold them'),
  archived: z.boolean().optional(),
});

/** Values of such fields by key, as they are written; null or an empty text takes one away. */
export const CustomValues = z
  .record(key, z.union([z.string().max(5_000), z.number(), z.boolean(), z.null()]))
  .describe('Values of the workspace’s own fields, by their keys');

/** The same as records show them. */
export const CustomShown = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const Scalar = z.union([z.string().max(200), z.number(), z.boolean()]);
const Condition = z.union([
  Scalar,
  z.null(),
  z.array(Scalar).min(1).max(50),
  z.strictObject({
    from: Scalar.optional(),
    to: Scalar.optional(),
    contains: z.string().max(200).optional(),
  }),
]);

/** What a list's query member `custom` holds: JSON. */
export const CustomFilter = z
  .string()
  .max(2_000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.record(key, Condition))
  .optional()
  .describe(
    'JSON: by key a value, several in a list, `{"from":…,"to":…}` (to: not included), `{"contains":…}`, or null for none: `{"size":{"from":10},"segment":"o1"}`',
  );

/** The orders of a list, those by custom fields included. */
export const sortOf = <const S extends readonly [string, ...string[]]>(sorts: S) =>
  z
    .union([z.enum(sorts), z.string().regex(/^-?custom\.[a-z][a-z0-9_]{0,39}$/)])
    .optional()
    .describe('Also by the workspace’s own fields: `custom.key`, `-custom.key`');

const ref = z.templateLiteral([z.enum([...LinkType.options, 'file']), '.', z.uuid()]);

export const customFieldsContract = {
  'GET /custom-fields': {
    summary: 'The fields that this workspace has added to its records, in their order',
    access: 'person',
    query: z.strictObject({ object: Extended.optional(), archived: z.enum(['true', 'false']).optional() }),
    replies: { 200: z.object({ items: z.array(CustomField), next: z.null() }) },
  },
  'POST /custom-fields': {
    summary: 'Adds a field; lists, forms, imports and exports have it at once',
    access: ['configure', 'policy'],
    body: NewCustomField,
    replies: { 201: CustomField },
  },
  'GET /custom-fields/names': {
    summary: 'What records and files are called that fields link to, as far as one may read them',
    access: 'person',
    query: z.strictObject({
      refs: z
        .string()
        .max(5_000)
        .transform(text => [...new Set(text.split(','))])
        .pipe(z.array(ref).min(1).max(100))
        .describe('`customer.<id>`, `file.<id>` …, up to 100, separated by commas'),
    }),
    replies: {
      200: z.object({ items: z.array(z.object({ ref: z.string(), name: z.string() })), next: z.null() }),
    },
  },
  'PATCH /custom-fields/{id}': {
    summary: 'Changes a field; archived, it is shown no more and its values are kept',
    access: ['configure', 'policy'],
    params: f.ById,
    body: CustomFieldPatch,
    replies: { 200: CustomField },
  },
} as const;
