// The shape of the tables of automation, and of the places that readers of the journal keep.
import type { Generated } from 'kysely';
import type { Json, Nullable, NullableTime, Timestamp } from './columns.ts';

export type AutomationTables = {
  journal_readers: { workspace_id: string; reader: string; seq: number };
  automation_rules: {
    workspace_id: string;
    id: string;
    name: string;
    owner_id: string;
    active: boolean;
    since: number;
    paused: Nullable<'loop' | 'owner'>;
    event: Json<unknown>;
    conditions: Json<unknown>;
    actions: Json<unknown>;
    turn: Generated<number>;
    created_at: Timestamp;
    updated_at: Timestamp;
    version: Generated<number>;
  };
  automation_runs: {
    workspace_id: string;
    id: string;
    rule_id: string;
    cause: string;
    object_type: string;
    object_id: string;
    depth: number;
    state: Generated<'waiting' | 'done' | 'skipped' | 'failed'>;
    problem: Nullable<string>;
    outcome: Json<unknown>;
    attempts: Generated<number>;
    at: Timestamp;
    ended_at: NullableTime;
  };
  automation_calls: {
    workspace_id: string;
    id: string;
    run_id: string;
    hook_id: string;
    data: Json<unknown>;
    state: Generated<'queued' | 'sent' | 'failed'>;
    problem: Nullable<string>;
    attempts: Generated<number>;
    at: Timestamp;
  };
};
