// The tables of roles as a workspace makes them, of records shared, and of hand-overs.
import type { Generated } from 'kysely';
import type { FieldRules, Role, Rules } from '../permissions.ts';
import type { Json, Nullable, NullableTime, Timestamp } from './columns.ts';

export type RightsTables = {
  role_policies: {
    workspace_id: string;
    id: string;
    base: Role;
    name: Nullable<string>;
    rules: Json<Rules>;
    fields: Json<FieldRules>;
    created_at: Timestamp;
    updated_at: Timestamp;
    updated_by: Nullable<string>;
    version: Generated<number>;
  };
  handovers: {
    workspace_id: string;
    id: string;
    person_id: string;
    to_ids: string[];
    objects: string[];
    reason: string;
    by_id: string;
    at: Timestamp;
    state: 'moving' | 'moved' | 'returning' | 'returned';
    total: number;
    moved: Generated<number>;
    returned: Generated<number>;
    kept: Generated<number>;
    failed: Generated<number>;
    settled_at: NullableTime;
    undone_by: Nullable<string>;
    undone_at: NullableTime;
  };
  handover_faults: {
    workspace_id: string;
    handover_id: string;
    object: string;
    record_id: string;
    name: string;
    on_return: boolean;
    at: Timestamp;
  };
  handover_items: {
    workspace_id: string;
    handover_id: string;
    object: string;
    record_id: string;
    to_id: string;
    given_back: Nullable<boolean>;
  };
  record_shares: {
    workspace_id: string;
    id: string;
    object: string;
    record_id: string;
    person_id: Nullable<string>;
    team_id: Nullable<string>;
    may_update: boolean;
    until: NullableTime;
    reason: Nullable<string>;
    shared_by: string;
    shared_at: Timestamp;
    ended_at: NullableTime;
    ended_by: Nullable<string>;
  };
};
