// The shape of the tables of leads and of the public pool.
import type { ColumnType, Generated } from 'kysely';
import type { Nullable, NullableTime, Timestamp } from './columns.ts';
import type { CustomColumns } from './custom-fields-tables.ts';
import type { SearchKeys } from './search-tables.ts';

export type LeadStatus = 'new' | 'contacted' | 'qualified' | 'unqualified' | 'converted';

export type LeadsTables = {
  leads: {
    workspace_id: string;
    id: string;
    name: string;
    name_sort: string;
    company: Nullable<string>;
    company_key: Nullable<string>;
    title: Nullable<string>;
    phone: Nullable<string>;
    phone_digits: Nullable<string>;
    email: Nullable<string>;
    wechat: Nullable<string>;
    source: Nullable<string>;
    city: Nullable<string>;
    address: Nullable<string>;
    remark: Nullable<string>;
    tags: ColumnType<string[], string[] | undefined, string[]>;
    status: ColumnType<LeadStatus, LeadStatus | undefined, LeadStatus>;
    unqualified_reason: Nullable<string>;
    unqualified_remark: Nullable<string>;
    score: Nullable<number>;
    owner_id: Nullable<string>;
    team_id: Nullable<string>;
    foreign_id: Nullable<string>;
    next_follow_up_at: NullableTime;
    due_at: ColumnType<string, never, never>;
    last_activity_at: NullableTime;
    converted_at: NullableTime;
    converted_by: Nullable<string>;
    customer_id: Nullable<string>;
    contact_id: Nullable<string>;
    deal_id: Nullable<string>;
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
  lead_keys: SearchKeys;
};
