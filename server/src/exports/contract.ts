// Exports over HTTP: what one may see, as a file.
import { z } from 'zod';
import { ContactFilters } from '../contacts/contract.ts';
import { CustomerFilters } from '../customers/contract.ts';

const language = z.enum(['zh-CN', 'en']).optional();

export const exportFormats = ['csv', 'xlsx', 'jsonl', 'vcard', 'ics'] as const;
export const exportObjects = [
  'customer',
  'contact',
  'lead',
  'deal',
  'activity',
  'task',
  'product',
  'order',
  'everything',
] as const;
export type Format = (typeof exportFormats)[number];
export type Wanted = (typeof exportObjects)[number];

/** The files that there are of each object; of everything an archive with one such file for each object. */
export const formatsOf: Record<Wanted, readonly Format[]> = {
  customer: ['csv', 'xlsx', 'jsonl', 'ics'],
  contact: ['csv', 'xlsx', 'jsonl', 'vcard'],
  deal: ['csv', 'xlsx', 'jsonl'],
  lead: ['csv', 'xlsx', 'jsonl', 'vcard'],
  activity: ['csv', 'xlsx', 'jsonl', 'ics'],
  task: ['csv', 'xlsx', 'jsonl', 'ics'],
  product: ['csv', 'xlsx', 'jsonl'],
  order: ['csv', 'xlsx', 'jsonl'],
  everything: ['csv', 'xlsx', 'jsonl'],
};

const ExportView = z
  .object({
    id: z.uuid(),
    object: z.enum(exportObjects),
    format: z.enum(exportFormats),
    filters: z.record(z.string(), z.string()),
    files: z.boolean().describe('With the files attached to the records'),
    state: z.enum(['ready', 'running', 'done', 'broken']),
    done: z.int().min(0).describe('Records written so far'),
    href: z.string().describe('The file: it is written while it is read, as the records are then'),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Export' });

const ById = z.object({ id: z.uuid() });

export const exportsContract = {
  'GET /exports/customer.csv': {
    summary: 'All customers within reach that meet the filters, as CSV; no cap',
    access: ['export', 'customer'],
    query: CustomerFilters.extend({ language }),
    replies: { 200: 'text/csv' },
  },
  'GET /exports/contact.csv': {
    summary: 'All contacts within reach that meet the filters, each with its customer, as CSV; no cap',
    access: ['export', 'contact'],
    query: ContactFilters.extend({ language }),
    replies: { 200: 'text/csv' },
  },
  'POST /exports': {
    summary:
      'Asks for an export: the list’s own filters, any of the object’s formats; its file waits at `href`, without a cap',
    access: 'person',
    body: z.object({
      object: z.enum(exportObjects),
      format: z.enum(exportFormats).default('csv'),
      filters: z.record(z.string(), z.string()).default({}),
      files: z
        .boolean()
        .default(false)
        .describe('Of `everything`: the files attached to the records as well'),
      language,
    }),
    replies: { 201: ExportView },
  },
  'GET /exports': {
    summary: 'One’s own exports, newest first',
    access: 'person',
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      after: z.uuid().optional(),
    }),
    replies: { 200: z.object({ items: z.array(ExportView), next: z.uuid().nullable() }) },
  },
  'GET /exports/{id}': {
    summary: 'One export with its progress',
    access: 'person',
    params: ById,
    replies: { 200: ExportView },
  },
  'GET /exports/{id}/file': {
    summary: 'The file of an export; one that was cut off can be asked for again',
    access: 'person',
    params: ById,
    replies: { 200: 'application/octet-stream' },
  },
} as const;
