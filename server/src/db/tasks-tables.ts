// The shape of the tables of tasks, of reminders and of calendar addresses.
import type { ColumnType, Generated } from 'kysely';
import type { Nullable, NullableJson, NullableTime, Timestamp } from './columns.ts';
import type { CustomColumns } from './custom-fields-tables.ts';
import type { SearchKeys } from './search-tables.ts';

export type TaskKind = 'todo' | 'call' | 'meeting' | 'visit' | 'email';
export type TaskPriority = 'low' | 'normal' | 'high';

/** How a task repeats: every so many days, weeks (on these days of the week, Monday being 1) or months. */
export type Repeat = {
  every: 'day' | 'week' | 'month';
  step: number;
  weekdays: number[];
  /** Counted from the day it was due, or from the day it was done. */
  after: 'due' | 'done';
  /** With months: the day that a shorter month cannot have, so that a longer one has it again. */
  monthday?: number;
};

export type TasksTables = {
  tasks: {
    workspace_id: string;
    id: string;
    title: string;
    note: Nullable<string>;
    kind: ColumnType<TaskKind, TaskKind | undefined, TaskKind>;
    priority: ColumnType<TaskPriority, TaskPriority | undefined, TaskPriority>;
    due_on: Nullable<string>;
    due_at: NullableTime;
    due_sort: ColumnType<string, never, never>;
    about_type: Nullable<string>;
    about_id: Nullable<string>;
    customer_id: Nullable<string>;
    zone: Nullable<string>;
    repeat: NullableJson<Repeat>;
    previous_id: Nullable<string>;
    remind_minutes: Nullable<number>;
    remind_at: NullableTime;
    reminded_at: NullableTime;
    done_at: NullableTime;
    done_by: Nullable<string>;
    source: Nullable<string>;
    foreign_id: Nullable<string>;
    import_id: Nullable<string>;
    owner_id: Nullable<string>;
    team_id: Nullable<string>;
    created_at: Timestamp;
    created_by: Nullable<string>;
    updated_at: Timestamp;
    updated_by: Nullable<string>;
    version: Generated<number>;
    deleted_at: NullableTime;
    deleted_by: Nullable<string>;
  } & CustomColumns;
  agenda_pauses: {
    workspace_id: string;
    id: string;
    person_id: string;
    reason: string;
    by_id: string;
    at: Timestamp;
    until_on: Nullable<string>;
    ended_at: NullableTime;
    ended_by: Nullable<string>;
    moved: Generated<number>;
  };
  task_keys: SearchKeys;
  agenda_settings: {
    workspace_id: string;
    person_id: string;
    zone: Nullable<string>;
    quiet_from: Nullable<number>;
    quiet_to: Nullable<number>;
  };
  agenda_told: { workspace_id: string; record_id: string; planned_at: Timestamp; told_at: Timestamp };
  calendar_feeds: {
    workspace_id: string;
    id: string;
    person_id: string;
    secret_hash: Buffer;
    created_at: Timestamp;
    read_at: NullableTime;
    ended_at: NullableTime;
  };
};
