// The tables of account states, password policies and permissions given to one person.
import type { ColumnType } from 'kysely';
import type { Json, Nullable, NullableTime, Timestamp } from './columns.ts';

type RequestState = 'open' | 'granted' | 'refused';

export type AccountsTables = {
  question_policies: { workspace_id: string; enabled: boolean; reason: string; changed_at: Timestamp };
  security_questions: {
    workspace_id: string;
    person_id: string;
    questions: string;
    answers_hash: string;
    set_at: Timestamp;
  };
  password_policies: {
    workspace_id: string;
    least: number;
    classes: string[];
    history: number;
    rotation_days: Nullable<number>;
    rotation_since: NullableTime;
    words: string[];
  };
  former_passwords: {
    workspace_id: string;
    person_id: string;
    id: string;
    hash: string;
    replaced_at: Timestamp;
  };
  grants: {
    workspace_id: string;
    id: string;
    person_id: string;
    action: string;
    object: string;
    reach: 'own' | 'team' | 'all';
    until: NullableTime;
    granted_by: Nullable<string>;
    granted_at: Timestamp;
    ended_at: NullableTime;
  };
  access_requests: {
    workspace_id: string;
    id: string;
    person_id: string;
    kind: 'permission' | 'extension';
    action: string;
    object: string;
    reason: string;
    asked_at: Timestamp;
    state: ColumnType<RequestState, RequestState | undefined, RequestState>;
    decided_by: Nullable<string>;
    decided_at: NullableTime;
    decided_why: Nullable<string>;
    until: NullableTime;
  };
  notices: {
    workspace_id: string;
    id: string;
    person_id: string;
    kind: string;
    at: Timestamp;
    by_name: Nullable<string>;
    details: Json<Record<string, unknown>>;
    seen_at: NullableTime;
  };
  invitations: {
    workspace_id: string;
    id: string;
    person_id: string;
    token_hash: Buffer;
    invited_by: string;
    created_at: Timestamp;
    expires_at: Timestamp;
    used_at: NullableTime;
    dead_at: NullableTime;
  };
  account_reminders: {
    workspace_id: string;
    person_id: string;
    kind: 'ends' | 'password' | 'email';
    due_at: Timestamp;
    days: number;
  };
};
