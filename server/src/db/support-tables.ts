// The tables of support.
import type { ColumnType, Generated } from 'kysely';
import type { Json, Nullable, NullableJson, NullableTime, Timestamp } from './columns.ts';

export type TicketState = 'open' | 'waiting' | 'solved' | 'closed';

export type SupportTables = {
  support_settings: { workspace_id: string; hours: string; phone: string; email: string; note: string };
  tickets: {
    workspace_id: string;
    id: string;
    number: string;
    token_hash: Buffer;
    state: ColumnType<TicketState, TicketState | undefined, TicketState>;
    cause: string;
    account: string;
    person_id: Nullable<string>;
    signed_in: boolean;
    name: string;
    contact: string;
    language: string;
    address: Nullable<string>;
    device: string;
    facts: Json<Record<string, unknown>>;
    opened_at: Timestamp;
    changed_at: Timestamp;
    closed_at: NullableTime;
    vouching_asked_at: NullableTime;
    proven_at: NullableTime;
    proven_how: Nullable<'code' | 'vouched'>;
    proof_used_at: NullableTime;
    checks: NullableJson<Record<string, boolean>>;
  };
  ticket_entries: {
    workspace_id: string;
    ticket_id: string;
    id: string;
    at: Timestamp;
    side: 'author' | 'support' | 'system';
    kind: string;
    by_id: Nullable<string>;
    by_name: Nullable<string>;
    text: Generated<string>;
  };
  ticket_pictures: {
    workspace_id: string;
    ticket_id: string;
    id: string;
    at: Timestamp;
    file: string;
    type: string;
    size: number;
  };
  ticket_vouches: {
    workspace_id: string;
    ticket_id: string;
    person_id: string;
    as_role: 'superior' | 'peer';
    how: string;
    at: Timestamp;
  };
};
