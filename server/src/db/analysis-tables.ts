// The tables of analysis: sums of deals, what changed in deals, targets.
import type { Generated } from 'kysely';
import type { Nullable, Timestamp } from './columns.ts';

export type AnalysisTables = {
  deal_sums: {
    workspace_id: string;
    id: Generated<string>;
    pipeline_id: string;
    stage_id: string;
    owner_id: Nullable<string>;
    team_id: Nullable<string>;
    currency: string;
    month: Nullable<string>;
    chance: Nullable<number>;
    count: number;
    amount: number;
  };
  deal_changes: {
    workspace_id: string;
    id: Generated<string>;
    deal_id: string;
    at: Timestamp;
    by_id: Nullable<string>;
    amount_before: number;
    amount_after: number;
    currency_before: string;
    currency_after: string;
    expected_before: Nullable<string>;
    expected_after: Nullable<string>;
  };
  sales_targets: {
    workspace_id: string;
    id: string;
    subject: 'person' | 'team' | 'everybody';
    subject_id: string;
    period: string;
    currency: string;
    amount: number;
    set_by: Nullable<string>;
    set_at: Timestamp;
  };
};
