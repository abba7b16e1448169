// The shape of the CRM’s own tables: customers, contacts, activities, intake, imports.
import type { ColumnType, Generated } from 'kysely';
import type { Json, Nullable, NullableJson, NullableTime, Timestamp } from './columns.ts';
import type { CustomColumns } from './custom-fields-tables.ts';
import type { SearchKeys } from './search-tables.ts';

export type CustomerStage = 'new' | 'contacted' | 'interested' | 'negotiating' | 'won' | 'lost';
export type ActivityKind = 'call' | 'visit' | 'meeting' | 'note' | 'email' | 'message';
export type IntakeState = 'received' | 'accepted' | 'duplicate' | 'rejected';
export type ImportObject =
  | 'customer'
  | 'contact'
  | 'deal'
  | 'activity'
  | 'lead'
  | 'product'
  | 'task'
  | 'order';
export type ImportFormat = 'csv' | 'xlsx' | 'vcard' | 'jsonl';
export type ExportState = 'ready' | 'running' | 'done' | 'broken';
export type IntakeFiling = 'customer' | 'lead';
export type ImportState = 'uploaded' | 'running' | 'done' | 'failed' | 'cancelled' | 'undoing' | 'undone';

export type CrmTables = {
  customers: {
    workspace_id: string;
    id: string;
    name: string;
    name_key: string;
    name_sort: string;
    phone: Nullable<string>;
    phone_digits: Nullable<string>;
    email: Nullable<string>;
    website: Nullable<string>;
    industry: Nullable<string>;
    source: Nullable<string>;
    level: Nullable<string>;
    stage: ColumnType<CustomerStage, CustomerStage | undefined, CustomerStage>;
    address: Nullable<string>;
    city: Nullable<string>;
    remark: Nullable<string>;
    tags: ColumnType<string[], string[] | undefined, string[]>;
    owner_id: Nullable<string>;
    team_id: Nullable<string>;
    foreign_id: Nullable<string>;
    owner_since: NullableTime;
    next_follow_up_at: NullableTime;
    due_at: ColumnType<string, never, never>;
    last_activity_at: NullableTime;
    created_at: Timestamp;
    created_by: Nullable<string>;
    updated_at: Timestamp;
    updated_by: Nullable<string>;
    version: Generated<number>;
    deleted_at: NullableTime;
    deleted_by: Nullable<string>;
    import_id: Nullable<string>;
    merged_into: Nullable<string>;
  } & CustomColumns;
  contacts: {
    workspace_id: string;
    id: string;
    customer_id: Nullable<string>;
    name: string;
    name_sort: string;
    title: Nullable<string>;
    phone: Nullable<string>;
    phone_digits: Nullable<string>;
    email: Nullable<string>;
    wechat: Nullable<string>;
    is_primary: Generated<boolean>;
    remark: Nullable<string>;
    owner_id: Nullable<string>;
    team_id: Nullable<string>;
    foreign_id: Nullable<string>;
    created_at: Timestamp;
    created_by: Nullable<string>;
    updated_at: Timestamp;
    updated_by: Nullable<string>;
    version: Generated<number>;
    deleted_at: NullableTime;
    deleted_by: Nullable<string>;
    import_id: Nullable<string>;
    merged_into: Nullable<string>;
  } & CustomColumns;
  activities: {
    workspace_id: string;
    id: string;
    customer_id: Nullable<string>;
    lead_id: Nullable<string>;
    contact_id: Nullable<string>;
    kind: ActivityKind;
    body: string;
    at: Timestamp;
    author_id: Nullable<string>;
    next_step: Nullable<string>;
    next_at: NullableTime;
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
  };
  intake_keys: {
    workspace_id: string;
    id: string;
    name: string;
    key_hash: Nullable<Buffer>;
    source: string;
    owner_id: Nullable<string>;
    team_id: Nullable<string>;
    origins: ColumnType<string[], string[] | undefined, string[]>;
    files_as: ColumnType<IntakeFiling, IntakeFiling | undefined, IntakeFiling>;
    active: Generated<boolean>;
    received: Generated<number>;
    turned_away: Generated<number>;
    last_used_at: NullableTime;
    created_at: Timestamp;
    created_by: Nullable<string>;
    deleted_at: NullableTime;
  };
  intake_entries: {
    workspace_id: string;
    id: string;
    key_id: string;
    at: Timestamp;
    address: Nullable<string>;
    content_type: string;
    raw: Buffer;
    fingerprint: Nullable<Buffer>;
    parsed: NullableJson<Record<string, unknown>>;
    state: ColumnType<IntakeState, IntakeState | undefined, IntakeState>;
    problem: Nullable<string>;
    customer_id: Nullable<string>;
    lead_id: Nullable<string>;
    handled_by: Nullable<string>;
    handled_at: NullableTime;
    reason: Nullable<string>;
  };
  activity_keys: SearchKeys;
  customer_keys: SearchKeys;
  contact_keys: SearchKeys;
  imports: {
    workspace_id: string;
    id: string;
    object: ImportObject;
    format: ColumnType<ImportFormat, ImportFormat | undefined, never>;
    file_name: string;
    file_path: string;
    encoding: string;
    delimiter: string;
    columns: ColumnType<unknown[], string, string>;
    mapping: Json<Record<string, unknown>>;
    options: Json<Record<string, unknown>>;
    state: ImportState;
    total: number;
    done: Generated<number>;
    created: Generated<number>;
    updated: Generated<number>;
    skipped: Generated<number>;
    failed: Generated<number>;
    removed: Generated<number>;
    restored: Generated<number>;
    kept: Generated<number>;
    attempts: Generated<number>;
    problem: Nullable<string>;
    created_by: Nullable<string>;
    created_at: Timestamp;
    finished_at: NullableTime;
  };
  import_befores: {
    workspace_id: string;
    import_id: string;
    object: string;
    record_id: string;
    before: Json<unknown>;
    version: number;
  };
  exports: {
    workspace_id: string;
    id: string;
    object: string;
    format: string;
    filters: Json<Record<string, string>>;
    with_files: Generated<boolean>;
    language: string;
    state: ExportState;
    done: Generated<number>;
    created_by: Nullable<string>;
    created_at: Timestamp;
    finished_at: NullableTime;
  };
  import_faults: {
    workspace_id: string;
    import_id: string;
    row_number: number;
    faults: ColumnType<unknown[], string, string>;
    cells: Json<string[]>;
  };
};
