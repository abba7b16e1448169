// Imports over HTTP. A page uploads a file, corrects the mapping against the preview, starts, watches.
import { z } from 'zod';
import { importFields, rowFaultCodes } from '../mapping/fields.ts';

export const importStates = [
  'uploaded',
  'running',
  'done',
  'failed',
  'cancelled',
  'undoing',
  'undone',
] as const;

const ObjectName = z.enum(['customer', 'contact', 'deal', 'activity', 'lead', 'product', 'task', 'order']);
export const Format = z.enum(['csv', 'xlsx', 'vcard', 'jsonl']);
const Encoding = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'windows-1252']);
const Field = z.union([
  z.enum([...new Set(Object.values(importFields).flat())]),
  z.templateLiteral(['custom.', z.string().max(60)]).describe('A field of the workspace’s own, by its key'),
  z.templateLiteral(['list.', z.uuid()]).describe('The price of a product in a price list, by its id'),
]);
const Count = z.int().min(0);
const ById = z.object({ id: z.uuid() });

/** Column name → field; columns left out or null are not imported. */
export const Mapping = z.record(z.string(), Field.nullable());

const optionShape = {
  /** A record that is there already: leave it, add another, or fill it with the row's values that are not empty. */
  duplicates: z.enum(['skip', 'create', 'update']),
  /** Who gets the rows that name no owner; the importer when null. */
  owner: z.uuid().nullable(),
  /** Rows that name an owner who is not known or not within reach: at fault, or the default owner's. */
  unknownOwner: z.enum(['fault', 'default']),
  /** Keep the created time of the file; otherwise it is the time of the import. */
  keepTimes: z.boolean(),
  /** Contacts: make the customers that are named and not there yet. */
  createCustomers: z.boolean(),
  /** The zone that times without one are meant in; by the workspace's language when null. */
  timeZone: z.string().max(64).nullable(),
  /** 05/06/2024 is the fifth of June. */
  dayFirst: z.boolean(),
};

export const Options = z.object(optionShape).meta({ id: 'ImportOptions' });

export const defaultOptions: z.infer<typeof Options> = {
  duplicates: 'skip',
  owner: null,
  unknownOwner: 'fault',
  keepTimes: true,
  createCustomers: true,
  timeZone: null,
  dayFirst: false,
};

const Fault = z.object({
  column: z.string().nullable(),
  field: z.string().nullable(),
  code: z.enum(rowFaultCodes),
  value: z.string().nullable(),
  message: z.string(),
});

const importShape = {
  id: z.uuid(),
  object: ObjectName,
  fileName: z.string(),
  /** What was uploaded; everything but CSV is read as CSV in UTF-8 from then on. */
  format: Format,
  encoding: Encoding,
  delimiter: z.enum([',', ';', '\t']),
  columns: z.array(
    z.object({ name: z.string(), samples: z.array(z.string()), suggestion: Field.nullable() }),
  ),
  /** Rows with data in the file, the headings not counted. */
  rows: Count,
  mapping: Mapping,
  options: Options,
  state: z.enum(importStates),
  /** Same as `rows`. Progress is `done / total`, and `(removed + kept) / created` while an import is undone. */
  total: Count,
  done: Count,
  created: Count,
  updated: Count,
  skipped: Count,
  failed: Count,
  /** After undo: records taken back, and records left because somebody has changed or used them since. */
  removed: Count,
  /** After undo: records that have their values of before again. */
  restored: Count,
  kept: Count,
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdBy: z.object({ id: z.uuid().nullable(), name: z.string().nullable() }),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
};

export const ImportView = z.object(importShape).meta({ id: 'Import' });

export const ImportDraft = z
  .object({
    ...importShape,
    fields: z
      .array(
        z.object({
          field: Field,
          label: z
            .string()
            .nullable()
            .describe('What the workspace calls it; null: a field that comes with the product'),
          need: z
            .enum(['needed', 'stands-in', 'free'])
            .describe('`needed`: some column becomes it, or one that stands in for it'),
          several: z.boolean().describe('Several columns may become it'),
        }),
      )
      .describe('What columns may become, for whoever imports, in the order of people’s looking for it'),
    placed: z.boolean().describe('Rows may name customers that are not there yet'),
    /** The first 20 rows as they would be stored. */
    preview: z.array(
      z.object({
        /** As a spreadsheet counts: the headings are row 1. */
        row: z.int(),
        values: z.record(z.string(), z.union([z.string(), z.array(z.string()), z.boolean()])),
        faults: z.array(Fault),
        /** `part`: goes in with a row above it, as a further line of an order. */
        outcome: z.enum(['create', 'update', 'part', 'skip', 'fault']),
        /** Values of a record there is already that the row would replace by others. */
        conflicts: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
      }),
    ),
    /** What an import would do, tried on the first rows without writing anything. */
    dryRun: z.object({
      rows: Count,
      /** True when the whole file was looked at. */
      complete: z.boolean(),
      create: Count,
      update: Count,
      /** Rows that go in with the one above them. */
      part: Count,
      skip: Count,
      fault: Count,
      /** Updates that would replace values somebody has entered; the others only fill what is empty. */
      conflict: Count,
    }),
  })
  .meta({ id: 'ImportDraft' });

const Page = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.uuid().optional(),
});

export const importsContract = {
  'POST /imports': {
    summary:
      'Uploads a file (the raw body, at most 200 MB): CSV, XLSX, vCard or JSON lines, told from its content; proposes a mapping',
    access: 'person',
    query: z.object({
      object: ObjectName,
      fileName: z.string().trim().min(1).max(255),
      /** Only where the detection is wrong. */
      encoding: Encoding.optional(),
    }),
    raw: { type: 'text/csv', limit: 200 * 1_048_576 },
    replies: { 201: ImportDraft },
  },
  'GET /imports': {
    summary: 'Imports, newest first: one’s own, for administrators all',
    access: 'person',
    query: Page,
    replies: { 200: z.object({ items: z.array(ImportView), next: z.uuid().nullable() }) },
  },
  'GET /imports/{id}': {
    summary: 'One import with its progress',
    access: 'person',
    params: ById,
    replies: { 200: ImportView },
  },
  'GET /imports/{id}/preview': {
    summary: 'The preview of an import that was not started yet',
    access: 'person',
    params: ById,
    replies: { 200: ImportDraft },
  },
  'PATCH /imports/{id}': {
    summary: 'Sets mapping and options and previews again; what is left out stays',
    access: 'person',
    params: ById,
    body: z.object({
      mapping: Mapping.optional(),
      options: z.strictObject(optionShape).partial().optional(),
    }),
    replies: { 200: ImportDraft },
  },
  'DELETE /imports/{id}': {
    summary: 'Throws away an upload that was not started',
    access: 'person',
    params: ById,
    replies: { 204: null },
  },
  'POST /imports/{id}/start': {
    summary: 'Starts an import, or goes on with one that was cancelled or has failed',
    access: 'person',
    params: ById,
    replies: { 202: ImportView },
  },
  'POST /imports/{id}/cancel': {
    summary: 'Stops a running import; what is in stays in',
    access: 'person',
    params: ById,
    replies: { 202: ImportView },
  },
  'POST /imports/{id}/undo': {
    summary:
      'Takes back what an import created and gives back what it wrote over, except what was changed since',
    access: 'person',
    params: ById,
    replies: { 202: ImportView },
  },
  'GET /imports/{id}/faults': {
    summary: 'Rows that could not be imported, with the reasons',
    access: 'person',
    params: ById,
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      /** The row number of the last item of the page before. */
      after: z.coerce.number().int().min(0).optional(),
    }),
    replies: {
      200: z.object({
        items: z.array(z.object({ row: z.int(), faults: z.array(Fault), cells: z.array(z.string()) })),
        next: z.int().nullable(),
      }),
    },
  },
  'GET /imports/{id}/faults.csv': {
    summary: 'The same rows as a file to correct and import again, with a column of reasons',
    access: 'person',
    params: ById,
    replies: { 200: 'text/csv' },
  },
  'GET /imports/{id}/kept': {
    summary: 'After undo: the records that were left because they were changed or used since',
    access: 'person',
    params: ById,
    query: Page,
    replies: {
      200: z.object({
        items: z.array(z.object({ object: ObjectName, id: z.uuid(), name: z.string() })),
        next: z.uuid().nullable(),
      }),
    },
  },
} as const;
