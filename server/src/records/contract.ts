// The addresses that every kind of record has, as parts of the contracts of the objects.
import { z } from 'zod';
import * as f from '../fields.ts';

type Kept = 'customer' | 'contact' | 'activity' | 'deal' | 'lead' | 'product' | 'order' | 'task';

/** `GET /things/{id}` */
export const one = <const O extends Kept, V extends z.ZodType>(object: O, view: V, summary: string) =>
  ({ summary, access: ['read', object], params: f.ById, replies: { 200: view } }) as const;

/** `DELETE /things/{id}` */
export const removed = <const O extends Kept>(object: O, summary: string) =>
  ({ summary, access: ['delete', object], params: f.ById, replies: { 204: null } }) as const;

/** `POST /things/{id}/restore` */
export const restored = <const O extends Kept, V extends z.ZodType>(object: O, view: V, summary: string) =>
  ({ summary, access: ['delete', object], params: f.ById, replies: { 200: view } }) as const;

/** `GET /things/{id}/history` */
export const history = <const O extends Kept>(object: O, summary: string) =>
  ({
    summary,
    access: ['read', object],
    params: f.ById,
    query: f.HistoryQuery,
    replies: { 200: f.HistoryPage },
  }) as const;

/** What a list replies with. */
export const listOf = <V extends z.ZodType>(view: V) =>
  z.object({ items: z.array(view), next: z.string().nullable() });
