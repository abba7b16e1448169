// The shape of the table that keeps how far search keys have been made anew.
import type { Nullable, NullableTime } from './columns.ts';

export type SearchTables = {
  rekeyed: {
    workspace_id: string;
    target: string;
    version: number;
    after_id: Nullable<string>;
    done_at: NullableTime;
  };
};
