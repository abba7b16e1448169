// Records that a page has read already and still holds, wherever they stand in its answers.
import type { QueryClient } from '@tanstack/react-query';
import { type Kind, kindsByType, type Row, type WorkingSet } from './records.ts';

/** The record of that id out of what was read; null where it was not. */
export function seenIn(queries: QueryClient, id: string): Row | null {
  for (const [, data] of queries.getQueriesData({})) {
    const found = within(data, id);
    if (found) return found;
  }
  return null;
}

function within(data: unknown, id: string): Row | null {
  if (typeof data !== 'object' || data === null) return null;
  if ('id' in data && data.id === id && 'version' in data) return data as Row;
  const parts = [
    ...('pages' in data && Array.isArray(data.pages) ? data.pages : []),
    ...('items' in data && Array.isArray(data.items) ? data.items : []),
    ...('activity' in data ? [data.activity] : []),
  ];
  for (const part of parts) {
    const found = within(part, id);
    if (found) return found;
  }
  return null;
}

/** The working set with the records that a write names, where only a page knows them. */
export function withSeen(queries: QueryClient, set: WorkingSet, body: Record<string, unknown>): WorkingSet {
  const about = body.about as { type: string; id: string } | null | undefined;
  const named: [Kind | undefined, unknown][] = [
    ['customers', body.customerId],
    ['leads', body.leadId],
    [about ? kindsByType[about.type] : undefined, about?.id],
  ];
  let known = set;
  for (const [kind, id] of named) {
    const found = kind && typeof id === 'string' ? seenIn(queries, id) : null;
    if (kind && found) known = { ...known, [kind]: [...known[kind], found] };
  }
  return known;
}
