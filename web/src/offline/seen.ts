// Records that a page has read already and still holds, wherever they stand in its answers.
import type { QueryClient } from '@tanstack/react-query';
import type { Row } from './records.ts';

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
