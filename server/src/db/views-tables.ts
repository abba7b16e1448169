// The tables of batches, which change many records in one go, and of views that are kept.
import type { Generated } from 'kysely';
import type { Json, Nullable, NullableJson, NullableTime, Timestamp } from './columns.ts';

export type BatchState = 'gathering' | 'running' | 'done' | 'undoing' | 'undone' | 'failed';

export type ViewsTables = {
  batches: {
    workspace_id: string;
    id: string;
    object: string;
    action: 'change' | 'remove';
    change: Json<unknown>;
    filters: NullableJson<unknown>;
    state: BatchState;
    total: Generated<number>;
    done: Generated<number>;
    changed: Generated<number>;
    skipped: Generated<number>;
    restored: Generated<number>;
    kept: Generated<number>;
    attempts: Generated<number>;
    by_id: string;
    at: Timestamp;
    settled_at: NullableTime;
    undone_by: Nullable<string>;
    undone_at: NullableTime;
  };
  batch_records: {
    workspace_id: string;
    batch_id: string;
    record_id: string;
    state: Generated<string>;
    why: Nullable<string>;
    before: NullableJson<unknown>;
    after: NullableJson<unknown>;
  };
  saved_views: {
    workspace_id: string;
    id: string;
    object: string;
    name: string;
    owner_id: string;
    audience: 'own' | 'team' | 'all';
    team_id: Nullable<string>;
    filters: Json<unknown>;
    sort: Nullable<string>;
    columns: string[] | null;
    created_at: Timestamp;
    updated_at: Timestamp;
    version: Generated<number>;
  };
};
