// The records that are kept for working without the server, by kind; rows as the server sends them.
import type { Calls } from '../calls.ts';

export type Customer = Calls['GET /customers/{id}']['reply'];
export type Contact = Calls['GET /contacts/{id}']['reply'];
export type Activity = Calls['GET /activities/{id}']['reply'];
export type Deal = Calls['GET /deals/{id}']['reply'];
export type Pipeline = Calls['GET /pipelines']['reply']['items'][number];
export type Session = Calls['GET /session']['reply'];
export type Named = { id: string; name: string };

export type Kind = 'customers' | 'contacts' | 'activities' | 'deals';
export type WorkingSet = {
  customers: Customer[];
  contacts: Contact[];
  activities: Activity[];
  deals: Deal[];
  pipelines: Pipeline[];
  owners: Named[];
  /** Replies that are taken along as they are, by their call. */
  replies: Record<string, unknown>;
  /** When it was read (epoch milliseconds), whole, and last. */
  whole: number;
  asOf: number;
};

export const nothing: WorkingSet = {
  customers: [],
  contacts: [],
  activities: [],
  deals: [],
  pipelines: [],
  owners: [],
  replies: {},
  whole: 0,
  asOf: 0,
};

/** A record of any kind, where only what all have in common matters. */
export type Row = Record<string, unknown> & { id: string; version: number };
