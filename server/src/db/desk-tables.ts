// The tables of the unlock desk.
import type { ColumnType } from 'kysely';
import type { Nullable, NullableTime, Timestamp } from './columns.ts';

type RequestState = 'waiting' | 'approved' | 'done' | 'refused';

export type DeskTables = {
  desk_requests: {
    workspace_id: string;
    id: string;
    person_id: string;
    action: string;
    factor_id: Nullable<string>;
    ticket_id: Nullable<string>;
    reason: string;
    proof: string;
    asked_by: string;
    asked_at: Timestamp;
    expires_at: Timestamp;
    state: ColumnType<RequestState, RequestState | undefined, RequestState>;
    decided_by: Nullable<string>;
    decided_at: NullableTime;
    decided_why: Nullable<string>;
    done_at: NullableTime;
  };
  desk_templates: { workspace_id: string; items: ColumnType<unknown, string, string> };
  kit_steps: { workspace_id: string; person_id: string; step: 'printed' | 'rehearsed'; at: Timestamp };
};
