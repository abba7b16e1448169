// The shape of the tables of the public pool.
import type { Generated } from 'kysely';
import type { Nullable, Timestamp } from './columns.ts';
import type { CustomerStage } from './crm-tables.ts';

export type PoolReason = 'idle' | 'no-deal' | 'released';

export type PoolTables = {
  pool_rules: {
    workspace_id: string;
    team_id: string;
    active: boolean;
    idle_days: Nullable<number>;
    dealless_days: Nullable<number>;
    exempt_stages: CustomerStage[];
    exempt_open_deals: boolean;
    warn_days: number;
    protect_days: number;
    claims_per_day: Nullable<number>;
    claims_per_week: Nullable<number>;
    holding_cap: Nullable<number>;
    updated_at: Timestamp;
    updated_by: Nullable<string>;
    version: Generated<number>;
  };
  pool_entries: {
    workspace_id: string;
    customer_id: string;
    at: Timestamp;
    from_id: Nullable<string>;
    reason: PoolReason;
    remark: Nullable<string>;
    by_id: Nullable<string>;
  };
  pool_claims: { workspace_id: string; id: string; person_id: string; customer_id: string; at: number };
  pool_warnings: { workspace_id: string; customer_id: string; owner_id: string; at: number };
  customer_holders: {
    workspace_id: string;
    id: Generated<string>;
    customer_id: string;
    owner_id: string;
    since: Timestamp;
    until: Timestamp;
    why: string;
  };
};
