// The tables of deals: pipelines, their stages, deals and their moves.

import type { ColumnType, Generated } from 'kysely';
import type { Json, Nullable, NullableTime, Timestamp } from './columns.ts';
import type { CustomColumns } from './custom-fields-tables.ts';
import type { SearchKeys } from './search-tables.ts';

export type StageKind = 'open' | 'won' | 'lost';

export type DealsTables = {
  pipelines: {
    workspace_id: string;
    id: string;
    name: string;
    position: number;
    is_default: Generated<boolean>;
    created_at: Timestamp;
    updated_at: Timestamp;
    version: Generated<number>;
    deleted_at: NullableTime;
  };
  deal_stages: {
    workspace_id: string;
    id: string;
    pipeline_id: string;
    name: string;
    position: number;
    kind: StageKind;
    probability: number;
    required_fields: ColumnType<string[], string[] | undefined, string[]>;
    ageing_days: Nullable<number>;
    deleted_at: NullableTime;
  };
  deal_keys: SearchKeys;
  deal_reasons: {
    workspace_id: string;
    kind: 'won' | 'lost';
    items: Json<{ key: string; label: string | null; labelOther?: string | null; active: boolean }[]>;
    updated_at: Timestamp;
    updated_by: Nullable<string>;
    version: Generated<number>;
  };
  deals: {
    workspace_id: string;
    id: string;
    title: string;
    customer_id: string;
    contact_id: Nullable<string>;
    amount: Generated<number>;
    currency: Generated<string>;
    pipeline_id: string;
    stage_id: string;
    kind: StageKind;
    stage_since: Timestamp;
    probability: Nullable<number>;
    expected_on: Nullable<string>;
    expected_at: ColumnType<string, never, never>;
    source: Nullable<string>;
    lost_reason: Nullable<string>;
    won_reason: Nullable<string>;
    lost_remark: Nullable<string>;
    next_step: Nullable<string>;
    owner_id: Nullable<string>;
    team_id: Nullable<string>;
    created_at: Timestamp;
    created_by: Nullable<string>;
    updated_at: Timestamp;
    updated_by: Nullable<string>;
    foreign_id: Nullable<string>;
    import_id: Nullable<string>;
    version: Generated<number>;
    deleted_at: NullableTime;
    deleted_by: Nullable<string>;
  } & CustomColumns;
  deal_moves: {
    workspace_id: string;
    id: string;
    deal_id: string;
    from_stage: Nullable<string>;
    to_stage: string;
    since: NullableTime;
    at: Timestamp;
    by_id: Nullable<string>;
  };
};
