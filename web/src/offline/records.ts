// The records that are kept for working without the server, by kind; rows as the server sends them.
import type { Calls } from '../calls.ts';

export type Customer = Calls['GET /customers/{id}']['reply'];
export type Contact = Calls['GET /contacts/{id}']['reply'];
export type Activity = Calls['GET /activities/{id}']['reply'];
export type Deal = Calls['GET /deals/{id}']['reply'];
export type Task = Calls['GET /tasks/{id}']['reply'];
export type Lead = Calls['GET /leads/{id}']['reply'];
export type Order = Calls['GET /orders/{id}']['reply'];
export type Pipeline = Calls['GET /pipelines']['reply']['items'][number];
export type Session = Calls['GET /session']['reply'];
export type Named = { id: string; name: string };

export type Records = {
  customers: Customer[];
  contacts: Contact[];
  activities: Activity[];
  deals: Deal[];
  tasks: Task[];
  leads: Lead[];
  orders: Order[];
};
export type Kind = keyof Records;
export type WorkingSet = Records & {
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
  tasks: [],
  leads: [],
  orders: [],
  pipelines: [],
  owners: [],
  replies: {},
  whole: 0,
  asOf: 0,
};

/** A record of any kind, where only what all have in common matters. */
export type Row = Record<string, unknown> & { id: string; version: number };

/** The kind of a record that others name by its type, such as what a task is about. */
export const kindsByType: Record<string, Kind> = {
  customer: 'customers',
  contact: 'contacts',
  deal: 'deals',
  lead: 'leads',
  order: 'orders',
};

/** What a record of any kind is called. */
export function nameOf(record: object): string {
  const { name, title, number } = record as { name?: string; title?: string; number?: string };
  return name || number || title || '';
}
