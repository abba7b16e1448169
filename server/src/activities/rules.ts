// From what was sent to columns, what an activity leaves on its customer, and how a time line is merged. Pure.
import type { z } from 'zod';
import { type Difference, differenceIn, filledIn } from '../difference.ts';
import { markOf, noteKeys } from '../folding.ts';
import type {
  ActivityFilters as FilterSchema,
  NewActivity as NewSchema,
  ActivityPatch as PatchSchema,
} from './contract.ts';
import type { ActivityFields, ActivityRow } from './store.ts';

export type NewActivity = z.output<typeof NewSchema>;
export type ActivityPatch = z.output<typeof PatchSchema>;
export type ActivityFilters = z.output<typeof FilterSchema>;

const columnOf = { kind: 'kind', body: 'body', at: 'at', nextStep: 'next_step', nextAt: 'next_at' } as const;

/** The search keys of a note, or of what is looked for in notes. */
export const keysOf = (workspaceId: string, text: string) => noteKeys(markOf(workspaceId), text);

const asTime = (text: string) => new Date(text).toISOString();

/** The columns that a patch sets; the contact is settled elsewhere. */
export function columnsIn(patch: ActivityPatch): Partial<ActivityFields> {
  const columns: Partial<ActivityFields> = {};
  if (patch.kind !== undefined) columns.kind = patch.kind;
  if (patch.body !== undefined) columns.body = patch.body;
  if (patch.at !== undefined) columns.at = asTime(patch.at);
  if (patch.nextStep !== undefined) columns.next_step = patch.nextStep || null;
  if (patch.nextAt !== undefined) columns.next_at = patch.nextAt === null ? null : asTime(patch.nextAt);
  return columns;
}

type Named = { id: string; name: string } | null;

/** What the journal tells of a new activity with such a `party`. */
export function told(
  row: ActivityFields,
  party: { customer: Named } | { lead: Named },
  contact: Named,
): Record<string, unknown> {
  return { ...party, ...filledIn(columnOf, row), ...(contact ? { contact } : {}) };
}

/** What really changes in `row`; `contact` is the new one, null for none, undefined where it stays. */
export function difference(
  row: ActivityRow,
  patch: ActivityPatch,
  contact: Named | undefined,
): (Difference & { columns: Partial<ActivityFields> }) | null {
  const found = differenceIn(columnOf, row, columnsIn(patch));
  if (contact !== undefined && (contact?.id ?? null) !== row.contact_id) {
    found.columns.contact_id = contact?.id ?? null;
    found.before.contact = row.contact_id ? { id: row.contact_id, name: row.contact_name } : null;
    found.after.contact = contact ? { id: contact.id, name: contact.name } : null;
  }
  return Object.keys(found.columns).length === 0 ? null : found;
}

/**
 * The customer's next follow-up after an activity at that time, or undefined where it stays: what was planned anew
 * counts; without a word about it, a follow-up that was due by then has been done.
 */
export function nextFollowUp(
  planned: string | null,
  activity: { at: string; nextAt: string | null | undefined },
): string | null | undefined {
  const next = activity.nextAt;
  if (next === undefined) return planned !== null && planned <= activity.at ? null : undefined;
  return next === planned ? undefined : next;
}

/** What happened, newest first, at most `limit` of it. */
export function merged<T extends { at: string; id: string }>(happened: T[], limit: number): T[] {
  const key = (item: T) => `${item.at} ${item.id}`;
  return [...happened].sort((a, b) => (key(a) < key(b) ? 1 : -1)).slice(0, limit);
}
