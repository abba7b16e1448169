// Exports over HTTP: what one may see, as a file.
import { z } from 'zod';
import { ContactFilters } from '../contacts/contract.ts';
import { CustomerFilters } from '../customers/contract.ts';

const language = z.enum(['zh-CN', 'en']).optional();

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
    summary: 'Names the address of an export; filters as the list of such records takes them',
    access: 'person',
    body: z.object({
      object: z.enum(['customer', 'contact']),
      format: z.enum(['csv']).default('csv'),
      filters: z.record(z.string(), z.string()).default({}),
    }),
    replies: { 201: z.object({ href: z.string() }) },
  },
} as const;
