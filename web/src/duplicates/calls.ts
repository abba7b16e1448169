// The calls that merge each kind of record, and what they have in common.
import type { Calls } from '../calls.ts';

export const alikes = ['customer', 'contact', 'lead'] as const;
export type Alike = (typeof alikes)[number];

export const previews = {
  customer: 'GET /customers/{id}/merge',
  contact: 'GET /contacts/{id}/merge',
  lead: 'GET /leads/{id}/merge',
} as const satisfies Record<Alike, keyof Calls>;

export const merges = {
  customer: 'POST /customers/{id}/merge',
  contact: 'POST /contacts/{id}/merge',
  lead: 'POST /leads/{id}/merge',
} as const satisfies Record<Alike, keyof Calls>;

export type Preview = Calls[(typeof previews)[Alike]]['reply'];
export type Merged = Preview['survivor'];

/** What an address names; customers where it names nothing. */
export const alikeOf = (text: string | undefined): Alike => alikes.find(one => one === text) ?? 'customer';

/** The page of a record; contacts have none of their own. */
export const pageOf = {
  customer: '/customers/$id',
  lead: '/leads/$id',
} as const;
