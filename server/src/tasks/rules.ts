// From what was sent to columns, and what differs. Pure.
import type { z } from 'zod';
import type { Repeat } from '../db/tasks-tables.ts';
import { type Difference, differenceIn, filledIn } from '../difference.ts';
import type {
  TaskFilters as FilterSchema,
  NewTask as NewSchema,
  TaskPatch as PatchSchema,
} from './contract.ts';
import { dueDay, remindAt } from './moments.ts';
import type { Conditions, TaskFields, TaskRow } from './store.ts';

export type NewTask = z.output<typeof NewSchema>;
export type TaskPatch = z.output<typeof PatchSchema>;
export type TaskFilters = z.output<typeof FilterSchema>;
export type About = NonNullable<TaskPatch['about']>;

/** Fields as they travel, and their columns; what it is about, repetition and owner are settled apart. */
export const columnOf = {
  title: 'title',
  note: 'note',
  kind: 'kind',
  priority: 'priority',
  dueOn: 'due_on',
  dueAt: 'due_at',
  remindBefore: 'remind_minutes',
} as const;

const blank: TaskFields = {
  title: '',
  note: null,
  kind: 'todo',
  priority: 'normal',
  due_on: null,
  due_at: null,
  about_type: null,
  about_id: null,
  customer_id: null,
  zone: null,
  repeat: null,
  remind_minutes: null,
  owner_id: null,
  team_id: null,
  custom: {},
  custom_sort: {},
};

/** The columns that a patch sets; a day takes the place of a moment, and the other way round. */
export function columnsIn(patch: TaskPatch): Partial<TaskFields> {
  const columns: Record<string, unknown> = {};
  for (const [field, column] of Object.entries(columnOf)) {
    const value = patch[field as keyof typeof columnOf];
    if (value !== undefined) columns[column] = value === '' ? null : value;
  }
  if (patch.dueAt) Object.assign(columns, { due_at: new Date(patch.dueAt).toISOString(), due_on: null });
  else if (patch.dueOn) columns.due_at = null;
  if (patch.zone !== undefined) columns.zone = patch.zone;
  if (patch.repeat !== undefined) columns.repeat = patch.repeat;
  return columns;
}

/** Keeps the day of the month that a monthly series wants, with the weekdays in order. */
export function settledRepeat(row: TaskFields, home: string): Repeat | null {
  if (!row.repeat) return null;
  const { every, step, after, weekdays } = row.repeat;
  const settled: Repeat = {
    every,
    step,
    after,
    weekdays: every === 'week' ? [...new Set(weekdays)].sort() : [],
  };
  const day = dueDay(row, home);
  if (every === 'month' && day) settled.monthday = Number(day.slice(8));
  return settled;
}

export type Fault = 'both-dues' | 'repeat-needs-due' | 'reminder-needs-due';

/** What speaks against a task as it would be. */
export function faultIn(patch: TaskPatch, row: TaskFields): Fault | null {
  if (patch.dueOn && patch.dueAt) return 'both-dues';
  const isDue = row.due_on !== null || row.due_at !== null;
  if (row.repeat && !isDue) return 'repeat-needs-due';
  return row.remind_minutes !== null && !isDue ? 'reminder-needs-due' : null;
}

/** A new task's columns before links and owner are known. */
export const newFields = (patch: TaskPatch): TaskFields => ({ ...blank, ...columnsIn(patch) });

/** A task's own columns, without its state. */
export const fieldsOf = (row: TaskFields): TaskFields =>
  Object.fromEntries(
    (Object.keys(blank) as (keyof TaskFields)[]).map(column => [column, row[column]]),
  ) as TaskFields;

/** What hangs on due date and zone: the reminder comes anew where it moves. */
export const reminding = (row: TaskFields, home: string) => ({
  remind_at: remindAt(row, row.remind_minutes, home),
  reminded_at: null,
});

export type Links = {
  about?: { type: string; id: string; name: string } | null;
  owner?: { id: string; name: string } | null;
};

/** What the journal tells of a new task. */
export function told(row: TaskFields, links: Links): Record<string, unknown> {
  return {
    ...filledIn(columnOf, row),
    ...(row.repeat ? { repeat: row.repeat } : {}),
    ...(links.about ? { about: links.about } : {}),
    ...(links.owner ? { owner: links.owner } : {}),
  };
}

/** What really changes, for the database and for the journal; null for nothing. */
export function difference(
  row: TaskRow,
  wanted: Partial<TaskFields>,
  links: Links,
): (Difference & { columns: Partial<TaskFields> }) | null {
  const found = differenceIn(columnOf, row, wanted);
  const { columns, before, after } = found;
  if (wanted.repeat !== undefined && JSON.stringify(wanted.repeat) !== JSON.stringify(row.repeat)) {
    columns.repeat = wanted.repeat;
    Object.assign(before, { repeat: row.repeat });
    Object.assign(after, { repeat: wanted.repeat });
  }
  if (wanted.zone !== undefined && wanted.zone !== row.zone && Object.keys(columns).length > 0)
    columns.zone = wanted.zone;
  if (links.about !== undefined && (links.about?.id ?? null) !== row.about_id) {
    const { about_type, about_id, customer_id } = wanted;
    Object.assign(columns, { about_type, about_id, customer_id });
    before.about = row.about_id
      ? { type: row.about_type, id: row.about_id, name: row.about_name ?? '' }
      : null;
    after.about = links.about;
  }
  if (links.owner !== undefined && (links.owner?.id ?? null) !== row.owner_id) {
    Object.assign(columns, { owner_id: wanted.owner_id, team_id: wanted.team_id });
    before.owner = row.owner_id ? { id: row.owner_id, name: row.owner_name ?? '' } : null;
    after.owner = links.owner;
  }
  return Object.keys(columns).length === 0 ? null : found;
}

/** The conditions that filters mean for that person. */
export function conditionsOf(filters: TaskFilters, meId: string): Conditions {
  const { q, owner, about, customer, deleted, custom: _, ...rest } = filters;
  return {
    ...rest,
    status: deleted === 'true' ? 'all' : rest.status,
    aboutId: about,
    customerId: customer,
    ownerId: owner === 'me' ? meId : owner === 'none' ? null : owner,
  };
}
