// How tasks are found: by their titles.
import { sql } from 'kysely';
import * as customFields from '../custom-fields/custom-fields.ts';
import { type Keyed, textConditions } from '../db/key-search.ts';
import { rekey as again } from '../db/rekeying.ts';
import { askedTitle, markOf, titleKeys } from '../folding.ts';
import type { World } from '../world.ts';
import type { TaskFilters } from './rules.ts';
import type { TaskRow } from './store.ts';

/** The search keys of a task. */
export function keysOf(
  workspaceId: string,
  row: { title: string; custom?: customFields.Custom | undefined },
): number[] {
  return titleKeys(markOf(workspaceId), row.title, customFields.valueKeys(row.custom ?? {}));
}

/** Whether such a change alters the search keys. */
export const altersKeys = (columns: object): boolean => 'title' in columns || 'custom' in columns;

/** What a search text and values of own fields ask of `tasks t`, and the keys that such tasks have. */
export function asks(world: World, asked: Pick<TaskFilters, 'q' | 'custom'>) {
  const mark = markOf(world.workspaceId);
  const values = customFields.askedKeys(asked.custom).map(([letter, value]) => `${mark}${letter}${value}`);
  const wanted = askedTitle(mark, asked.q);
  const ways =
    wanted.name === null && values.length > 0 ? [values] : wanted.ways.map(way => [...way, ...values]);
  const keyed: Keyed = { table: 'task_keys', ways };
  return { conditions: textConditions(sql`t`, 'task_keys', wanted, sql`t.title`), keyed };
}

/** Makes the search keys of at most `limit` tasks after `after` anew; the last of them, null for no more. */
export async function rekey(world: World, after: string | null, limit: number): Promise<string | null> {
  const what = { table: 'tasks', keys: 'task_keys', columns: ['title', 'custom'], after, limit };
  return again<TaskRow>(world, what, row => keysOf(world.workspaceId, row));
}
